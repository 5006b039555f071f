"""What the calls about review and disposal take and give back."""

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from evenhand.api.bodies import Change, Needed
from evenhand.api.desk_replies import NEXT
from evenhand.api.reply import Reply, of
from evenhand.api.values import CallBody, Choice, Day, ShortText, Text
from evenhand.rules.balance import InBalance
from evenhand.rules.disposal import Reason
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import HoldKind
from evenhand.rules.retention import Because, KeepingDecision, RecordKind, What
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding

DUTY = "Why a person's record is to be erased without a request, if it is (E-ERA-25)"


class ReviewBody(Change):
    """The review of one record. To retain, answer each question; there is no other way."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"outcome": "dispose", "reason": "Nothing needs it."}}
    )

    outcome: Choice[ReviewOutcome]
    reason: Needed
    purpose: Text = ""
    role_right: Text = ""
    news: Text = ""
    accuracy: Text = ""
    less_intrusive: Text = ""
    whose_interest: Text = ""
    recipients: Text = ""
    until: Day | None = Field(None, description="The next day of review; needed to retain.")
    last_day: Day | None = Field(None, description="A new last day; it moves once at most.")


class ForOwnReason(CallBody):
    """Why, in own words."""

    model_config = ConfigDict(json_schema_extra={"example": {"reason": "A complaint may come."}})

    reason: Needed


class NothingMore(CallBody):
    """Nothing more is asked."""

    model_config = ConfigDict(json_schema_extra={"example": {}})


class HoldBody(CallBody):
    """What a record is held for. Evidence needs its owner, and a last day within 12 months."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"kind": "foi", "their_reference": "FOI 2026-17", "reason": "Asked."}
        }
    )

    kind: Choice[HoldKind]
    their_reference: ShortText
    reason: Needed
    owner: ShortText = ""
    expires_on: Day | None = None


class DueRecord(Reply):
    """A record that is due, or waits for a second officer."""

    reference: str
    kind: RecordKind
    schedule: str = Field(description="The row of the retention schedule")
    review_on: date
    max_on: date = Field(description="Its last day")
    decision: KeepingDecision = of("verdict", "decision")
    because: Because = of("verdict", "because")
    proposed: ReviewOutcome | None = Field(description="What waits for a second officer")
    duty: Duty | None = Field(description=DUTY)


class DueRecords(Reply):
    """A page of what is due, the soonest last day first."""

    items: list[DueRecord] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class HoldOn(Reply):
    """A hold on a record."""

    id: UUID
    kind: HoldKind
    placed_on: date
    expires_on: date | None
    stands: bool
    end_asked: bool
    owner: str | None
    their_reference: str | None
    reason: str | None


class ReviewOf(Reply):
    """A review of a record. Words are null for who may not read them."""

    by: str
    at: datetime
    outcome: ReviewOutcome
    standing: ReviewStanding
    until: date | None
    last_day: date | None
    reason: str | None
    answers: dict[str, str]


class KeptRecord(Reply):
    """How one record is kept: its days, what is due, its holds and reviews."""

    reference: str = of("kept", "reference")
    version: int
    kind: RecordKind = of("kept", "kind")
    schedule: str = of("kept", "schedule")
    start_on: date = of("kept", "dates", "start_on")
    review_on: date = of("kept", "dates", "review_on")
    max_on: date = of("kept", "dates", "max_on")
    decision: KeepingDecision = of("verdict", "decision")
    because: Because = of("verdict", "because")
    duty: Duty | None = Field(description=DUTY)
    holds: list[HoldOn]
    reviews: list[ReviewOf]


class Certificate(Reply):
    """A certificate of disposal. It names nobody whom the record was about."""

    reference: str
    record: UUID = Field(description="The number of the record in the log")
    kind: RecordKind
    what: What
    system: str = Field(description="The system of origin")
    schedule: str
    because: Reason
    created_on: date
    max_on: date
    at: datetime
    proposed_by: UUID | None
    released_by: UUID | None


class Certificates(Reply):
    """A page of certificates, the newest first."""

    items: list[Certificate] = Field(validation_alias="lines")
    next: str | None = Field(description=NEXT)


class Confirmed(Reply):
    """What came of confirming a review: the certificate of a disposal, or nothing more."""

    reference: str
    certificate: str | None


class BalanceOfSystem(Reply):
    """What came from one system, counted in and out in the same way."""

    system: str = Field(description="“evenhand” is this desk, any other an old system")
    open: int
    created: int
    imported: int
    disposed: int
    transferred: int
    close: int


class Balance(Reply):
    """Records counted in and out: open + created + imported - disposed - transferred = close."""

    kind: InBalance
    start: date
    end: date
    open: int
    created: int
    imported: int
    disposed: int
    transferred: int
    close: int
    by_system: list[BalanceOfSystem]
