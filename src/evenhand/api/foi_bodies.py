"""What the calls about requests for information take and give."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from evenhand.api.bodies import Needed
from evenhand.api.reply import OrNothing, Reply, of
from evenhand.api.values import CallBody, Choice, Chosen, Day, ShortText, Text, day_or_none
from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_law import Text as Says
from evenhand.rules.foi import Channel, FoiStanding, FoiStep
from evenhand.rules.foi_costs import Activity
from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_neither import Neither
from evenhand.rules.foi_parts import Treatment, Wanted
from evenhand.rules.foi_registers import HeldIn, Register
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.rules.public_letters import WrittenIn
from evenhand.rules.questions import By

Number = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^FOI-\d{4}-\d{4,8}$"})]
MaybeDay = Annotated[
    date | None,
    BeforeValidator(day_or_none),
    WithJsonSchema({"type": ["string", "null"], "format": "date"}),
]
VERSION = "5d41402abc4b2a76b9719d911017c592ae1b0c5e5d41402abc4b2a76b9719d91"
Minutes = Annotated[int, Field(ge=0, le=600_000)]


class LogInformationRequest(CallBody):
    """A request that came by mail or on paper, with where the reply goes."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "channel": "paper",
                "received_on": "2026-06-01",
                "name": "Quilla Marsh",
                "postal": "1 Quay Street",
                "asked": "How many referrals were sent in 2025?",
            }
        }
    )

    channel: Choice[Channel]
    received_on: Day
    name: ShortText
    asked: Text
    email: ShortText = ""
    postal: Text = ""
    language: Choice[WrittenIn] = WrittenIn.ENGLISH


class CorrectReach(CallBody):
    """Where the reply goes, in place of what was known before: one of the two at least."""

    model_config = ConfigDict(json_schema_extra={"example": {"postal": "2 Quay Street"}})

    email: ShortText = ""
    postal: Text = ""


class TakeStep(CallBody):
    """A step: a question back has ``narrower``, a fee ``pence``, more time ``until``."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"step": "fee_asked", "on": "2026-06-05", "text": "Copies.", "pence": 1250}
        }
    )

    step: Choice[FoiStep]
    on: Day
    text: Needed
    narrower: Text = ""
    until: MaybeDay = None
    pence: int | None = None


class AnswerFoiReview(CallBody):
    """Whether who asked for a review is right, so that a further reply follows, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"upheld": True, "on": "2026-06-05", "text": "They are to be told more."}
        }
    )

    upheld: bool
    on: Day
    text: Needed


class EstimateCost(CallBody):
    """Minutes of what counts. Any redacting or considering is refused: E-FOI-85."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"determining": 30, "locating": 600, "like": ""}}
    )

    determining: Minutes = 0
    locating: Minutes = 0
    retrieving: Minutes = 0
    extracting: Minutes = 0
    redacting: Minutes = 0
    considering: Minutes = 0
    like: ShortText = ""


class HoldRecord(CallBody):
    """A record that the request is about, and why."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reference": "2026-000123", "reason": "It is asked for."}}
    )

    reference: ShortText
    reason: Needed


class AddPart(CallBody):
    """One part of a request, in words that can be published.

    ``held_in`` is needed for a document or a statement: what it asks for of a register of the desk,
    or ``none``.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"asked": "Who audited you?", "wants": "statement", "held_in": "scrutiny"}
        }
    )

    asked: Needed
    wants: Choice[Wanted]
    held_in: Annotated[HeldIn | None, Chosen(HeldIn)] = None


class PartSeen(CallBody):
    """Which version of a part was read: nothing is said of one that took its place. E-MOVE-02."""

    model_config = ConfigDict(json_schema_extra={"example": {"version": VERSION}})

    version: ShortText


class ChangePart(PartSeen, AddPart):
    """What a part asks, written down anew: all of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"version": VERSION, "asked": "Who audited you?", "wants": "other"}
        }
    )


class RemovePart(PartSeen):
    """Why a part is removed."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": VERSION, "reason": "Nobody asked that."}}
    )

    reason: Needed


class GiveAnswer(PartSeen):
    """An answer in words."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": VERSION, "answer": "By hand."}}
    )

    answer: Needed


class RegisterAnswer(PartSeen):
    """A register of the desk, and what it says, as somebody read it over."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": VERSION,
                "which": "operations",
                "answer": "Mail that failed is sent again.",
            }
        }
    )

    which: Choice[Register]
    answer: Needed


class CorrectPublished(CallBody):
    """What in a published reply is wrong, and how that was found."""

    model_config = ConfigDict(json_schema_extra={"example": {"text": "One record was left out."}})

    text: Needed


class CountAnswer(PartSeen):
    """A question of the library, as at the day of receipt, or before its end the last one over."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": VERSION, "code": "records_held", "by": []}}
    )

    code: ShortText
    start: MaybeDay = None
    end: MaybeDay = None
    by: Annotated[list[Choice[By]], Field(max_length=2)] = []


class WithholdPart(PartSeen):
    """An exemption, and all that the refusal notice says of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": VERSION,
                "exemption": "s42",
                "why": "Advice.",
                "public_interest": "Candour.",
            }
        }
    )

    exemption: ShortText
    why: Text = ""
    prejudice: Annotated[Prejudice | None, Chosen(Prejudice)] = None
    how: Text = ""
    public_interest: Text = ""


class ConfirmPart(PartSeen):
    """Which version of a part is confirmed; of what is not held, see there."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": VERSION, "none_answers": True}}
    )

    none_answers: bool = False


class SayNotHeld(PartSeen):
    """Why a part is not held.

    ``none_answers``: no number of ``GET /questions`` answers it. Needed of what wants ``other``,
    here and where it is confirmed.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": VERSION,
                "why": "We looked in the archive.",
                "none_answers": True,
            }
        }
    )

    why: Needed
    none_answers: bool = False


class SayNeither(PartSeen):
    """On which subsection it rests that nothing is said, and why. The reply has only the first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": VERSION,
                "section": "40(5B)",
                "why": "It would tell of somebody.",
            }
        }
    )

    section: Choice[Neither]
    why: Needed
    public_interest: Text = ""


class GiveBackPart(PartSeen):
    """Why a second officer gives a part back."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"version": VERSION, "reason": "Say it plainly."}}
    )

    reason: Needed


class ReplySeen(CallBody):
    """Which letter was read: none that took its place is approved. E-MOVE-02."""

    model_config = ConfigDict(json_schema_extra={"example": {"letter": 2}})

    letter: int


class GiveBackReply(ReplySeen):
    """Why a second officer gives a reply back."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"letter": 2, "reason": "Say it plainly."}}
    )

    reason: Needed


class WriteReply(CallBody):
    """What a reply needs beside its parts."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"title": "Referrals in 2025", "help": "See the counts."}}
    )

    title: ShortText
    help: Text


class ClockReading(Reply):
    """The last day of a clock, as one text has it."""

    text: Says
    on: date


class RequestLine(Reply):
    """A request as listed, without a word of it."""

    reference: str
    channel: Channel
    received_on: date
    standing: FoiStanding
    clock: str | None = None
    due_on: date | None = Field(default=None, description="The earliest reading")
    waits_for: Happened | None = None
    readings: list[ClockReading] = []
    closed_on: date | None
    corrects: OrNothing = Field(description="Of which request it corrects the published reply")


class RequestLines(Reply):
    """Requests that run, the most urgent first, and the last that were closed."""

    running: list[RequestLine]
    closed: list[RequestLine]
    more: bool


class RequestStep(Reply):
    """A step of a request."""

    step: FoiStep
    on: date
    by: str
    text: str
    until: date | None
    pence: int | None


class RequestPart(Reply):
    """A part of a request and what becomes of it."""

    number: int = of("fact", "number")
    version: str = of("fact", "version")
    reply: int = of("fact", "reply")
    wants: Wanted = of("fact", "wants")
    held_in: HeldIn | None = of("fact", "held_in")
    treatment: Treatment | None = of("fact", "treatment")
    question: OrNothing = of("fact", "question")
    asked: str
    answer: OrNothing
    exemption: OrNothing = of("fact", "exemption")
    why: OrNothing
    prejudice: Prejudice | None
    how: OrNothing
    public_interest: OrNothing
    by: OrNothing
    confirmed_by: OrNothing


class RequestLetter(Reply):
    """A letter about a request."""

    number: int
    reply: int
    kind: LetterKind
    title: OrNothing
    text: str
    by: str
    written_at: datetime
    approved_by: OrNothing
    returned: bool
    by_mail: bool
    sent_on: date | None
    failed: OrNothing


class RequestCost(Reply):
    """The estimate of what answering would cost."""

    minutes: dict[Activity, int]
    total: int
    pence: int
    by: str
    like: OrNothing


class HoldingClock(Reply):
    """The clock by which records are held, and whether it was read where the law has it."""

    code: str
    verified: bool


class InformationRequest(RequestLine):
    """A request with all that happened; not who asked."""

    asked: str
    language: OrNothing = Field(description="In which letters are written, unless it is erased")
    steps: list[RequestStep]
    parts: list[RequestPart]
    letters: list[RequestLetter]
    cost: RequestCost | None
    holds: int
    held_until: date | None = Field(description="Unless something follows; none while it runs")
    held_by: HoldingClock | None = Field(description="The clock that gives that day")


class RegisterStatement(Reply):
    """What a register says, as the draft of an answer."""

    which: Register = of("register")
    as_at: date = Field(description="The day of receipt; today where it knows no other")
    is_early: bool = Field(description="That day is not over: nothing is answered from it yet")
    text: str


class WhoAsked(Reply):
    """Who asked, and where the reply goes."""

    name: str
    email: OrNothing
    postal: OrNothing
