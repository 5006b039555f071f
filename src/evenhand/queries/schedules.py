"""The retention schedule as it is in force, what waits for a second person, and what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.register import kept_to
from evenhand.rules.retention import LIMITS, Figures
from evenhand.rules.retention_schedules import Period, Schedule
from evenhand.store.lawbook import schedules
from evenhand.store.records import TABLES
from evenhand.store.schedules import ScheduleVersionRow


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
    kept_to: str
    to_review: int
    to_go: int


def every(*, officer: Officer, today: date) -> Sequence[ScheduleLine]:
    """Give the rows of the schedule, by code. The number of queries is fixed."""
    check_may(officer, Permission.LIST_KEPT)
    rows = list(ScheduleVersionRow.objects.order_by("approved_at"))
    approved = {it.schedule: it.as_figures() for it in rows if it.approved_at}
    proposed = {it.schedule: it.as_figures() for it in rows if not it.approved_at}
    due = _due(today)
    return [
        ScheduleLine(
            schedule=approved[code].over(shipped) if code in approved else shipped,
            can_be_set=code in LIMITS,
            in_force=approved.get(code) or _figures(shipped),
            proposed=proposed.get(code),
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
