"""The retention schedule as it is in force, and the figures that wait for a second person."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.retention import LIMITS, Figures
from evenhand.rules.retention_schedules import Period, Schedule
from evenhand.store.lawbook import schedules
from evenhand.store.schedules import ScheduleVersionRow


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One schedule that a desk may set: what is kept, the figures in force, and those proposed."""

    code: str
    kind: str
    in_force: Figures
    proposed: Figures | None


def every(*, officer: Officer) -> Sequence[ScheduleLine]:
    """Give the schedules that a desk may set, by code, in one query."""
    check_may(officer, Permission.LIST_KEPT)
    rows = list(ScheduleVersionRow.objects.order_by("approved_at"))
    approved = {it.schedule: it.as_figures() for it in rows if it.approved_at}
    proposed = {it.schedule: it.as_figures() for it in rows if not it.approved_at}
    shipped = schedules()
    return [
        ScheduleLine(
            code=code,
            kind=shipped[code].kind,
            in_force=approved.get(code) or _figures(shipped[code]),
            proposed=proposed.get(code),
        )
        for code in sorted(LIMITS)
    ]


def _figures(schedule: Schedule) -> Figures:
    periods = (schedule.review, schedule.most, schedule.child_review, schedule.child_most)
    return Figures(*(_months(it) for it in periods))


def _months(period: Period | None) -> int:
    return period.months if period else 0
