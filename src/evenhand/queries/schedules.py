"""The retention schedule as it is in force, what waits for a second person, and what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.register import kept_to
from evenhand.rules.retention import LIMITS, Figures, check_can_be_set
from evenhand.rules.retention_schedules import Period, Schedule
from evenhand.rules.reviews import no_figures_wait
from evenhand.store.lawbook import schedules
from evenhand.store.records import TABLES
from evenhand.store.schedules import ScheduleVersionRow, schedule_of
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One row of the schedule with the figures in force, and those proposed.

    ``can_be_set``: a desk may set its figures. ``to_review`` and ``to_go`` count the records under
    it whose day of review, or last day, has come. ``kept_to`` says how the row is kept to.
    """

    schedule: Schedule
    can_be_set: bool
    in_force: Figures
    proposed: Figures | None
    proposal: UUID | None
    kept_to: str
    to_review: int
    to_go: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Figures of one schedule that wait for a second person: who proposed them, when and why."""

    ref: UUID
    schedule: Schedule
    figures: Figures
    name: str
    at: datetime
    reason: str


def waiting(code: str, proposal: UUID, *, officer: Officer) -> Proposal:
    """Give figures of a schedule that wait, for whoever may approve them. E-REV-25."""
    check_may(officer, Permission.APPROVE_SCHEDULE)
    rows = ScheduleVersionRow.objects.filter(id=proposal, schedule=code, approved_at=None)
    row = rows.select_related("key", "proposed_by").first()
    if row is None:
        raise no_figures_wait(code)
    return _proposal(row, schedule_of(code))


def to_approve(*, officer: Officer) -> Sequence[Proposal]:
    """Give all figures that this officer may approve, the oldest first, of schedules as shipped."""
    check_may(officer, Permission.APPROVE_SCHEDULE)
    rows = ScheduleVersionRow.objects.filter(approved_at=None).exclude(proposed_by=officer.ref)
    found = rows.select_related("key", "proposed_by").order_by("proposed_at", "schedule")
    shipped = schedules()
    return [_proposal(it, shipped[it.schedule]) for it in found]


def to_set(code: str, *, officer: Officer) -> Schedule:
    """Give a schedule whose figures this officer may propose. E-RET-23."""
    check_may(officer, Permission.PROPOSE_SCHEDULE)
    check_can_be_set(code)
    return schedule_of(code)


def _proposal(row: ScheduleVersionRow, schedule: Schedule) -> Proposal:
    return Proposal(
        ref=row.id,
        schedule=schedule,
        figures=row.as_figures(),
        name=row.proposed_by.name,
        at=row.proposed_at,
        reason=unsealed(row, open_record_key(row.key), "reason"),
    )


def every(*, officer: Officer, today: date) -> Sequence[ScheduleLine]:
    """Give the rows of the schedule, by code. The number of queries is fixed."""
    check_may(officer, Permission.LIST_KEPT)
    rows = list(ScheduleVersionRow.objects.order_by("approved_at"))
    approved = {it.schedule: it.as_figures() for it in rows if it.approved_at}
    proposed = {it.schedule: it for it in rows if not it.approved_at}
    due = _due(today)
    return [
        ScheduleLine(
            schedule=approved[code].over(shipped) if code in approved else shipped,
            can_be_set=code in LIMITS,
            in_force=approved.get(code) or _figures(shipped),
            proposed=proposed[code].as_figures() if code in proposed else None,
            proposal=proposed[code].id if code in proposed else None,
            kept_to=kept_to(code),
            to_review=due.get(code, (0, 0))[0],
            to_go=due.get(code, (0, 0))[1],
        )
        for code, shipped in sorted(schedules().items())
    ]


def _due(today: date) -> Mapping[str, tuple[int, int]]:
    """Count by row what is due: to be reviewed, and past its last day."""
    found: dict[str, tuple[int, int]] = {}
    for table in TABLES:
        rows = table.objects.filter(Q(review_on__lte=today) | Q(max_on__lte=today))
        counted = rows.values("schedule").annotate(
            to_review=Count("id", filter=Q(max_on__gt=today)),
            to_go=Count("id", filter=Q(max_on__lte=today)),
        )
        found |= {str(it["schedule"]): (it["to_review"], it["to_go"]) for it in counted.order_by()}
    return found


def _figures(schedule: Schedule) -> Figures:
    periods = (schedule.review, schedule.most, schedule.child_review, schedule.child_most)
    return Figures(*(_months(it) for it in periods))


def _months(period: Period | None) -> int:
    return period.months if period else 0
