"""What each call gives back."""

from datetime import date, datetime

from pydantic import AliasPath, BaseModel, Field

from evenhand.api.reply import WITHHELD, OrNothing, Reply, Words, of
from evenhand.api.steps import (
    Answered,
    Assessment,
    Checked,
    Decided,
    Emergency,
    Mail,
    Move,
    Note,
    Notice,
    Snoozed,
)
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notice_forms import NoticeForm, ReportKind, Told
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.referrals import State, TriageOutcome
from evenhand.rules.sheets import SheetKind

LEFT = "Referrals that are still to go by the statutory route, as one of the same content did"


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
    statutory_left: list[str] = Field(description=LEFT)


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


class Notes(Reply):
    """A page of the notes on a referral, oldest first."""

    items: list[Note]
    next: str | None = Field(description="The cursor of the next page; null on the last")


class SheetField(Reply):
    """A field of the platform's form; ``longest`` is 0 where the form names no limit."""

    label: str
    text: str
    longest: int
    too_long_by: int


class Sheet(Reply):
    """A platform's form, filled; ``sha256`` is of the exact bytes that recording it keeps."""

    reference: str = of("sheet", "reference")
    kind: SheetKind = of("sheet", "kind")
    platform: str = of("sheet", "platform")
    platform_version: int = of("sheet", "version")
    fields_verified: bool = of("sheet", "verified")
    form_address: str | None
    signed_off_until: date | None
    sha256: str
    fields: list[SheetField]


class NoticeInForm(Reply):
    """A notice in one form; ``form`` null is the platform's own form, filled in by hand."""

    form: NoticeForm | None
    may_be_sent: bool
    why_not: str | None = Field(description="The code of the rule that refuses it")
    text: str = Field(description="What it says; empty where the form does not fit")
    left_out: list[Told] = Field(description="What the other forms say and this one does not")
    report_kinds: list[ReportKind] = of("kinds")
    only_if: str = Field(description="What a person checks before this form is used")


class Forms(Reply):
    """One assessment in every form of notice."""

    forms: list[NoticeInForm]


class OnRecord(Reply):
    """That somebody is on record through a referral, and as what; not who."""

    reference: str
    role: PersonRole
    waits: bool = Field(description="Whether a second officer has yet to authorise it")


class Referral(Reply):
    """What the desk holds on one referral."""

    reference: str = of("fact", "reference")
    state: State = of("fact", "state")
    version: int = of("fact", "version")
    state_since: datetime
    platform: str = of("fact", "platform")
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
    counted_look: bool = of("first_look", "counted_look")
    authorisation: str | None = Field(
        validation_alias=AliasPath("first_look", "authorisation"), description=WITHHELD
    )
    owner: str = of("owner", "name")
    triage: TriageOutcome | None
    signpost: str | None = of("first_look", "signpost")
    emergency_since: datetime | None = Field(
        validation_alias=AliasPath("first_look", "emergency_since"),
        description="Since when an emergency waits for the record of what was done",
    )
    emergencies: list[Emergency] = of("first_look", "emergencies")
    harm: str | None
    terms_only: bool = of("fact", "terms_only")
    duplicate_of: str | None
    same_content: list[str]
    statutory_left: list[str] = Field(description=LEFT)
    approved_by: str | None
    approved_at: datetime | None
    in_the_post: bool = of("fact", "in_the_post")
    sent_at: datetime | None = of("fact", "sent_at")
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
    mails: list[Mail]
    checks: list[Checked]
    snoozes: list[Snoozed] = of("waiting", "snoozes")
    moves: list[Move]
    people: list[OnRecord]
    older_steps: bool = Field(
        description="Only the latest 25 of each kind are here; `…/steps` gives them all"
    )


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
    rule: str = Field(json_schema_extra={"pattern": "^E-[A-Z0-9]+-[0-9]+$"})
    clause: str
    errors: list[Fault] = Field(min_length=1)
    same_content: list[str] | None = Field(
        None, description="Only with rule E-SAME-01: the desk's referrals of this content"
    )
    platform: str | None = Field(
        None, description="The code of the platform that `detail` calls by its name"
    )


class BatchLine(Reply):
    """What became of one address of a batch: a referral, or why it alone was refused."""

    status: int = Field(description="201, or the status of the problem")
    referral: Summary | None = None
    problem: Problem | None = None


class Batch(Reply):
    """What became of each address, in the order in which they were sent."""

    items: list[BatchLine]
