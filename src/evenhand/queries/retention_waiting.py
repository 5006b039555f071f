"""What of review and disposal waits for one officer: references only, so that it is no look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evenhand.queries import retention
from evenhand.queries.people_waiting import SHOWN
from evenhand.queries.retention import DueLine
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.retention import RecordKind
from evenhand.rules.reviews import ReviewOutcome
from evenhand.store.retention import HoldRow, ReviewRow


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A review that waits for a second officer."""

    reference: str
    kind: RecordKind
    outcome: ReviewOutcome
    since: datetime


@dataclass(frozen=True, slots=True)
class ToEnd:
    """A hold that a colleague asked to end."""

    reference: str
    kind: RecordKind
    hold: UUID
    held_for: HoldKind
    since: datetime


def to_confirm(*, officer: Officer) -> Sequence[ToConfirm]:
    """Give the reviews that this officer may confirm or decline, the oldest first."""
    check_may(officer, Permission.CONFIRM_REVIEW)
    rows = retention.WAITING.exclude(by=officer.ref)
    found = rows.select_related("referral", "person").order_by("at", "id")[:SHOWN]
    return [ToConfirm(*_named(it), ReviewOutcome(it.outcome), it.at) for it in found]


def to_end(*, officer: Officer, today: date) -> Sequence[ToEnd]:
    """Give the holds that this officer may end, as a colleague asked for it, the oldest first."""
    check_may(officer, Permission.LIFT_HOLD)
    rows = HoldRow.objects.standing(today).filter(asked_at__isnull=False)
    asked = rows.exclude(asked_by=officer.ref).select_related("referral", "person")
    found = asked.order_by("asked_at", "id")[:SHOWN]
    return [
        ToEnd(*_named(it), it.id, HoldKind(it.kind), it.asked_at) for it in found if it.asked_at
    ]


def to_review(*, officer: Officer, today: date) -> Sequence[DueLine]:
    """Give what this officer has to review, the soonest last day first."""
    return retention.to_review(SHOWN, officer=officer, today=today)


def _named(row: ReviewRow | HoldRow) -> tuple[str, RecordKind]:
    record = row.person or row.referral
    assert record is not None  # noqa: S101 - a constraint of the table has it so
    return record.reference, RecordKind.PERSON if row.person else RecordKind.REFERRAL
