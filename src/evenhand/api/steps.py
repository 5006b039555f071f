"""What the API gives of the steps on a referral, one by one and a page of all of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from pydantic import AfterValidator, AliasPath, Field

from evenhand.api.reply import Reply, Words
from evenhand.queries import steps as made
from evenhand.queries.all_steps import Made, StepsPage
from evenhand.queries.first_look import EmergencyRecorded
from evenhand.queries.snoozes import SnoozeMade
from evenhand.rules.answers import AnswerKind, Outcome, Seen, WhyDeclined
from evenhand.rules.assessments import (
    AUTOMATED_DECISION,
    AUTOMATED_DETECTION,
    KINDS,
    Child,
    Expression,
    Ground,
    Kind,
)
from evenhand.rules.gate import Proof
from evenhand.rules.mail import MailKind
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.referrals import Decision
from evenhand.rules.triage import EmergencyStep


def _answer(*path: str) -> Any:
    return Field(None, validation_alias=AliasPath("answers", *path))


class Note(Reply):
    """A note to colleagues; ``mentions`` are their names."""

    by: str
    at: datetime
    text: Words
    mentions: list[str]


class Move(Reply):
    """A move made for a reason."""

    move: str
    by: str
    at: datetime
    reason: Words


class Emergency(Reply):
    """What was done because a life was at risk."""

    done: list[EmergencyStep]
    done_at: datetime
    by: str
    at: datetime
    told: Words
    their_reference: Words
    words: Words


class Assessment(Reply):
    """A submitted assessment; ``kinds`` tells its facts from its assessments."""

    number: int
    by: str
    at: datetime
    harm: str
    also_harms: list[str] | None = _answer("also_harms")
    ground: Ground | None = _answer("ground")
    provision: str | None = _answer("provision")
    provision_why: str | None = _answer("provision_why")
    policy_clause: str | None = _answer("policy_clause")
    policy_version: str | None = _answer("policy_version")
    policy_why: str | None = _answer("policy_why")
    evidence_inside: str | None = _answer("evidence_inside")
    evidence_outside: str | None = _answer("evidence_outside")
    supports_opposite: str | None = _answer("supports_opposite")
    expression: Annotated[list[Expression], AfterValidator(sorted)] | None = _answer("expression")
    expression_weighing: str | None = _answer("expression_weighing")
    less_intrusive: str | None = _answer("less_intrusive")
    necessity: str | None = _answer("necessity")
    child: Child | None = _answer("child")
    child_interests: str | None = _answer("child_interests")
    in_group: UUID | None = Field(description="Equal for those that were assessed together")
    kinds: dict[str, Kind] = dict(KINDS)
    automated_detection: str = AUTOMATED_DETECTION
    automated_decision: str = AUTOMATED_DECISION


class Decided(Reply):
    """A second officer's decision."""

    decision: Decision
    by: str
    at: datetime
    reason: Words


class Notice(Reply):
    """A message to the platform and what became of it; ``sha256`` is of the exact bytes."""

    kind: NoticeKind
    transport: Transport
    form: NoticeForm | None = Field(
        description="The form of a referral by e-mail; null for any other message"
    )
    by: str
    at: datetime
    delivery: Delivery
    failure: str | None
    proof: Proof | None = Field(
        description="Where the proof stands that it was asked for in the log; null where no"
        " witnesses were asked, and for what was sent by hand"
    )
    settled_at: datetime | None
    came_back: str | None = Field(description="What a mail server reported later, as its code")
    sha256: str
    recipient: Words
    message: Words
    their_reference: Words
    witness: str | None
    witness_initials: Words


class Answered(Reply):
    """An answer of the platform; ``by`` null: it gave it itself, by the link of a notice."""

    kind: AnswerKind
    outcome: Outcome | None
    mail: UUID | None = Field(description="The message that gave it, if one did")
    by: str | None
    at: datetime
    why_declined: WhyDeclined | None
    their_reference: Words
    ground_relied_on: Words
    statement_of_reasons: dict[str, Any] | None


class Checked(Reply):
    """What a person saw."""

    seen: Seen
    by: str
    at: datetime


class Snoozed(Reply):
    """A next step that was put off, and why."""

    until: date
    by: str
    at: datetime
    reason: Words


class HandedOver(Reply):
    """A hand-over; ``by`` is null where the desk itself handed it over."""

    earlier_owner: str
    new_owner: str
    by: str | None
    at: datetime
    reason: Words


class Mail(Reply):
    """A message that came in; ``by`` is null where the desk's own marks brought it there."""

    id: UUID
    kind: MailKind
    at: datetime
    by: str | None
    status: str | None = Field(description="What a mail server reports, as its code")
    size: int
    whole: bool = Field(description="False where only its headers are kept, as it is too long")
    sha256: str
    sender: Words
    subject: Words
    reason: Words
    read_by: str | None
    read_at: datetime | None


OneOfThem: TypeAlias = (
    Move
    | Emergency
    | Assessment
    | Decided
    | Notice
    | Answered
    | Checked
    | Snoozed
    | HandedOver
    | Note
    | Mail
)
STEPS: Mapping[type[Made], tuple[str, type[OneOfThem]]] = {
    made.MoveMade: ("move", Move),
    EmergencyRecorded: ("emergency", Emergency),
    made.AssessmentMade: ("assessment", Assessment),
    made.DecisionMade: ("decision", Decided),
    made.NoticeSent: ("notice", Notice),
    made.AnswerReceived: ("answer", Answered),
    made.CheckMade: ("check", Checked),
    SnoozeMade: ("snooze", Snoozed),
    made.HandedOver: ("handover", HandedOver),
    made.NoteMade: ("note", Note),
    made.MailReceived: ("mail", Mail),
}


class Step(Reply):
    """One step on a referral: its kind, and what was done."""

    step: str = Field(json_schema_extra={"enum": [word for word, _shape in STEPS.values()]})
    what: OneOfThem


class Steps(Reply):
    """A page of the steps on a referral, the latest first."""

    items: list[Step]
    next: str | None = Field(description="The cursor of the next page; null on the last")

    @classmethod
    def of(cls, found: StepsPage) -> "Steps":
        """Give a page of steps, each in the shape of its kind."""
        shaped = [(STEPS[type(it)], it) for it in found.steps]
        items = [Step(step=word, what=shape.model_validate(it)) for (word, shape), it in shaped]
        return cls(items=items, next=found.next)
