"""What each call gives back."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, Seen
from evenhand.rules.assessments import (
    AUTOMATED_DECISION,
    AUTOMATED_DETECTION,
    KINDS,
    Child,
    Expression,
    Ground,
    Kind,
    ReportedTo,
)
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.rules.triage import EmergencyStep

WITHHELD = "null where the caller may not read words, or where they are destroyed"
Words = Annotated[str | None, Field(description=WITHHELD)]
OrNothing = Annotated[str | None, BeforeValidator(lambda text: text or None)]


def _of(*path: str) -> Any:
    return Field(validation_alias=AliasPath(*path))


def _answer(*path: str) -> Any:
    return Field(None, validation_alias=AliasPath("answers", *path))


class Reply(BaseModel):
    """Read from what the queries give, attribute by attribute."""

    model_config = ConfigDict(from_attributes=True)

    def as_json(self) -> bytes:
        """Write the reply as JSON in UTF-8."""
        return self.model_dump_json().encode()


class Summary(Reply):
    """How a referral stands: the answer to every change."""

    reference: str
    state: State
    platform: str
    content_id: OrNothing = Field(description="null where the address names no content")
    canonical_url: OrNothing = Field(description=WITHHELD)
    platform_status: PlatformStatus
    version: int
    same_content: list[str] = Field(description="Other referrals of the same content")


class Line(Reply):
    """A referral as listed."""

    reference: str
    state: State
    state_since: datetime
    platform: str
    platform_status: PlatformStatus
    harm: str | None
    url: str | None = Field(validation_alias="address", description=WITHHELD)
    logged_at: datetime
    version: int


class Referrals(Reply):
    """A page of referrals, newest first."""

    items: list[Line] = Field(validation_alias="lines")
    next: str | None = Field(description="The cursor of the next page; null on the last")
    looked_back_to: datetime | None = Field(
        description="Where a look ended before its page was full; null where it was full or whole"
    )


class Entry(Reply):
    """An entry of the log about a referral."""

    number: int
    act: str
    at: datetime
    who: str
    role: str | None
    outcome: str | None
    version: int | None
    rows_changed: int
    words_committed: bool


class History(Reply):
    """A page of a referral's history, oldest first."""

    items: list[Entry] = Field(validation_alias="lines")
    next: str | None = Field(description="The cursor of the next page; null on the last")


class Note(Reply):
    """A note to colleagues; ``mentions`` are their names."""

    by: str
    at: datetime
    text: Words
    mentions: list[str]


class Notes(Reply):
    """The notes on a referral, oldest first."""

    items: list[Note]


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
    by: str
    at: datetime
    delivery: Delivery
    failure: str | None
    settled_at: datetime | None
    sha256: str
    recipient: Words
    message: Words
    their_reference: Words
    witness: str | None
    witness_initials: Words


class SheetField(Reply):
    """A field of the platform's form; ``longest`` is 0 where the form names no limit."""

    label: str
    text: str
    longest: int
    too_long_by: int


class Sheet(Reply):
    """A platform's form, filled; ``sha256`` is of the exact bytes that recording it keeps."""

    reference: str = _of("sheet", "reference")
    kind: NoticeKind = _of("sheet", "kind")
    platform: str = _of("sheet", "platform")
    platform_version: int = _of("sheet", "version")
    fields_verified: bool = _of("sheet", "verified")
    form_address: str | None
    signed_off_until: date | None
    sha256: str
    fields: list[SheetField]


class Answered(Reply):
    """An answer of the platform."""

    kind: AnswerKind
    outcome: Outcome | None
    by: str
    at: datetime
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


class Referral(Reply):
    """Everything the desk holds on one referral."""

    reference: str = _of("fact", "reference")
    state: State = _of("fact", "state")
    version: int = _of("fact", "version")
    state_since: datetime
    platform: str = _of("fact", "platform")
    platform_status: PlatformStatus
    removal: bool = Field(
        validation_alias="is_removal",
        description="The platform restricted it and a person saw it gone.",
    )
    url: str | None = Field(validation_alias="address", description=WITHHELD)
    canonical_url: Words
    content_id: OrNothing
    source: Source
    source_detail: Words
    observed_at: datetime
    content_type: ContentType
    language: str
    description: Words
    logged_by: str
    logged_at: datetime
    counted_look: bool = _of("first_look", "counted_look")
    authorisation: str | None = Field(
        validation_alias=AliasPath("first_look", "authorisation"), description=WITHHELD
    )
    owner: str = _of("owner", "name")
    triage: TriageOutcome | None
    signpost: str | None = _of("first_look", "signpost")
    emergency_since: datetime | None = Field(
        validation_alias=AliasPath("first_look", "emergency_since"),
        description="Since when an emergency waits for the record of what was done",
    )
    emergencies: list[Emergency] = _of("first_look", "emergencies")
    harm: str | None
    terms_only: bool = _of("fact", "terms_only")
    duplicate_of: str | None
    same_content: list[str]
    approved_by: str | None
    approved_at: datetime | None
    in_the_post: bool = _of("fact", "in_the_post")
    sent_at: datetime | None = _of("fact", "sent_at")
    last_message_at: datetime | None
    chases: int
    due_at: datetime | None = Field(
        validation_alias=AliasPath("waiting", "due_at"),
        description="By when the next step is due by the desk's own clocks; null where none is",
    )
    put_off_until: date | None = Field(
        validation_alias=AliasPath("waiting", "put_off_until"),
        description="Until which day that step was put off",
    )
    closed_at: datetime | None
    reported_to: ReportedTo | None
    reported_reference: Words
    assessment: Assessment | None = Field(
        None, validation_alias=AliasPath("assessments", -1), description="The latest one"
    )
    assessments: list[Assessment]
    decisions: list[Decided]
    notices: list[Notice]
    answers: list[Answered]
    checks: list[Checked]
    snoozes: list[Snoozed] = _of("waiting", "snoozes")
    moves: list[Move]


class Fault(BaseModel):
    """One thing that is wrong; ``pointer`` is its place in the body (RFC 6901), or empty."""

    pointer: str
    rule: str
    detail: str


class Problem(BaseModel):
    """A refusal (RFC 9457). ``rule`` never changes its meaning; ``detail`` is for people."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    rule: str = Field(json_schema_extra={"pattern": "^E-[A-Z]+-[0-9]+$"})
    clause: str
    errors: list[Fault] = Field(min_length=1)
    same_content: list[str] | None = Field(
        None, description="Only with rule E-SAME-01: the desk's referrals of this content"
    )


class BatchLine(Reply):
    """What became of one address of a batch: a referral, or why it alone was refused."""

    status: int = Field(description="201, or the status of the problem")
    referral: Summary | None = None
    problem: Problem | None = None


class Batch(Reply):
    """What became of each address, in the order in which they were sent."""

    items: list[BatchLine]
