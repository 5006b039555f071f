"""What the calls about requests of people about their data take."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, WithJsonSchema

from evenhand.api.bodies import Needed, enum_of
from evenhand.api.people_bodies import PersonReference
from evenhand.api.values import CallBody, Choice, Chosen, Day, ShortText, Text
from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_rights import MoreTime
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.public_letters import WrittenIn
from evenhand.rules.public_rights import LONGEST_ASKED, RightsKind
from evenhand.rules.rights import CameBy, Withheld
from evenhand.rules.rights_replies import RightsOutcome, Route
from evenhand.rules.rights_reviews import RestrictionOutcome

AskedReference = Annotated[
    str,
    WithJsonSchema({"type": "string", "pattern": "^R-[2-9A-Z]{8}$", "example": "R-7K3M9XQA"}),
]
ALetter = Annotated[UUID, Field(description="The id of a letter")]
Asked = Annotated[str, Field(json_schema_extra={"maxLength": LONGEST_ASKED})]


class LogAsking(CallBody):
    """A request that came by mail or on paper, with the day on which it came."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "access",
                "came_by": "paper",
                "received_on": "2026-11-20",
                "name": "Noor Vantage",
                "birth_date": "1990-05-17",
                "postal": "1 Long Street",
            }
        }
    )

    kind: Choice[RightsKind]
    came_by: Choice[CameBy]
    received_on: Day
    name: Needed
    birth_date: Day | None = None
    wish: Asked = ""
    email: ShortText = ""
    postal: ShortText = ""
    language: Choice[WrittenIn] = WrittenIn.ENGLISH


class EnterEvent(CallBody):
    """What happened with a request and moves its clock, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "what": "identity_asked",
                "on": "2026-11-20",
                "reasons": "Two people of this name have written to us.",
            }
        }
    )

    what: Choice[Happened]
    on: Day
    reasons: Asked
    because: Annotated[list[Choice[MoreTime]], Field(max_length=2)] = []


class SearchFor(CallBody):
    """One exact key: a whole name with the birth date or without one, or a record’s reference."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Noor Vantage", "birth_date": "1990-05-17"}}
    )

    name: ShortText = ""
    birth_date: Day | None = None
    reference: ShortText = ""


class SayWhose(CallBody):
    """Whether a record that was found is that of the person who asks, and how one knows."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"theirs": True, "reason": "Name and birth date agree."}}
    )

    theirs: bool
    reason: Needed


class HoldBack(CallBody):
    """One piece of a record that is not given, why, and on which ground in law."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "person": "P-7K3M9XQA",
                "piece": "person_statement/00000000-0000-4000-8000-000000000000",
                "withheld": "third_party",
                "reasons": "It names a neighbour.",
            }
        }
    )

    person: PersonReference
    piece: ShortText
    withheld: Choice[Withheld]
    reasons: Needed
    ground: Annotated[
        RestrictionGround | None, Chosen(RestrictionGround), enum_of(RestrictionGround)
    ] = None
    lawyer: ShortText = ""
    review_on: Day | None = None


class GiveAfterAll(CallBody):
    """A piece that is given after all."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"piece": "person_statement/00000000-0000-4000-8000-000000000000"}
        }
    )

    piece: ShortText


class LookAgain(CallBody):
    """Whether a piece that is held back by law stays so, and what was found."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "piece": "person_statement/00000000-0000-4000-8000-000000000000",
                "outcome": "lifted",
                "reasons": "The inquiry has ended.",
            }
        }
    )

    piece: ShortText
    outcome: Choice[RestrictionOutcome]
    reasons: Needed
    review_on: Day | None = None


class AnswerReview(CallBody):
    """Whether a review of a piece is right, and why; which review was read, and no later one."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "piece": "person_statement/00000000-0000-4000-8000-000000000000",
                "review": "0b8f5e0c-2f6e-4a43-9d0e-6d1f3f4f7b11",
                "approve": True,
                "reason": "It is right.",
            }
        }
    )

    piece: ShortText
    review: Annotated[UUID, Field(strict=False)]
    approve: bool
    reason: Needed


class GiveFurther(CallBody):
    """Why the person is given now what was held back."""

    model_config = ConfigDict(json_schema_extra={"example": {"because": "The inquiry has ended."}})

    because: Needed


class CannotReach(CallBody):
    """What was tried to reach whoever is owed a letter, and when."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"tried": "The mail came back on 3 March. No other address is known."}
        }
    )

    tried: Needed


class ProposeReply(CallBody):
    """How a request is answered, what the person reads, and why it is answered so."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"outcome": "given", "because": "All of it is theirs."}}
    )

    outcome: Choice[RightsOutcome]
    because: Needed
    reasons: Asked = ""


class AnswerLetter(CallBody):
    """Whether a letter leaves as it is, and why."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"approve": True, "reason": "It is right."}}
    )

    approve: bool
    reason: Text


class SendLetter(CallBody):
    """How a letter leaves: by mail, or printed and posted."""

    model_config = ConfigDict(json_schema_extra={"example": {"route": "mail"}})

    route: Choice[Route]


class Withdraw(CallBody):
    """That somebody withdrew their request, and how they told it."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"told": "They telephoned on 3 March and said so."}}
    )

    told: Needed


class Acknowledge(CallBody):
    """Nothing: the letter is the same for every complaint."""

    model_config = ConfigDict(json_schema_extra={"example": {}})
