"""On which pile of the first page an open request stands: late, for a second officer, or soon."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from evenhand.rules.calendar import Calendar

Line = TypeVar("Line")
SOON = 5
"""Working days before a last day from which a request is on the first page."""


class Pressing(StrEnum):
    """Why an open request is on the first page: the first of these that is true."""

    OVERDUE = "overdue"
    TO_LOOK_AT = "to_look_at"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class How:
    """What a pile goes by: the next last day, if any, and whether it waits for this officer."""

    next_on: date | None
    waits_for_them: bool


def pressing(how: How, *, today: date, calendar: Calendar) -> Pressing | None:
    """Say why a request is on the first page; None where it has time, or its clock stands still."""
    if how.next_on is not None and how.next_on < today:
        return Pressing.OVERDUE
    if how.waits_for_them:
        return Pressing.TO_LOOK_AT
    if how.next_on is None or how.next_on > calendar.working_day_after(today, SOON):
        return None
    return Pressing.SOON


def in_piles(
    lines: Iterable[Line], how: Callable[[Line], How], *, today: date, calendar: Calendar
) -> Mapping[Pressing, Sequence[Line]]:
    """Sort requests into their piles, empty ones left out; the order in a pile is that given."""
    found: dict[Pressing, list[Line]] = {it: [] for it in Pressing}
    for line in lines:
        why = pressing(how(line), today=today, calendar=calendar)
        if why is not None:
            found[why].append(line)
    return {why: those for why, those in found.items() if those}
