"""How long what is kept is kept: the rows of the retention schedule, and the days they give."""

import csv
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

PERIOD = re.compile(r"P([0-9]{1,3})([DMY])\b")
MONTHS = 12
FROM_MEMORY = " (M)"
"""What follows a clause that nobody has read in the instrument yet."""


class ScheduleWrong(ValueError):
    """A schedule that cannot be used; the text says what is wrong."""


class NotOnSchedule(Refused):
    """Whatever is kept has a schedule, a day of review and a last day, and both are yet to come."""

    code = "E-RET-21"
    clause = words("DPA 2018 s.39(1)–(2)")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in whole months and days."""

    months: int
    days: int

    def after(self, start: date) -> date:
        """Give the day this long after another; the last of a month where that has fewer days."""
        whole = start.year * MONTHS + start.month - 1 + self.months
        year, month = whole // MONTHS, whole % MONTHS + 1
        day = min(start.day, monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One row. None: there is no such time, because it is not reviewed or kept for good.

    ``start`` is the event that the times are counted from, ``at_end`` what happens then, ``clause``
    what the row rests on; ``verified``: somebody read that in the instrument itself.
    """

    code: str
    kind: str
    review: Period | None
    most: Period | None
    child_review: Period | None
    child_most: Period | None
    start: str = ""
    at_end: str = ""
    clause: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Dates:
    """When a record is looked at again, and its last day. The last day is absolute."""

    start_on: date
    review_on: date
    max_on: date


def dates(schedule: Schedule, start: date, *, child: bool) -> Dates:
    """Give the days of a record; ``child``: it is of somebody who may have been under 18.

    What is not reviewed on a day of its own is reviewed on its last. Raises ScheduleWrong for what
    is kept for good.
    """
    review, most = schedule.review, schedule.most
    if child:
        review, most = schedule.child_review, schedule.child_most
    if most is None:
        raise ScheduleWrong(f"{schedule.code} has no last day")
    return Dates(start, (review or most).after(start), most.after(start))


def check_not_past(dates: Dates, *, today: date) -> None:
    """Refuse to keep what would have had to go already, or to be reviewed. A21.

    Both count from the start, not from the day of recording: a record closed from its first day
    would be of use to nobody.
    """
    if dates.max_on <= today:
        raise NotOnSchedule(
            words("This would have had to be disposed of by now: it begins too long ago."),
            do=words("Do not record it. If there is something new, use its day."),
            at="grounds_on",
        )
    if dates.review_on < today:
        raise NotOnSchedule(
            words("This would have had to be reviewed by {day}: it begins too long ago."),
            do=words("Do not record it. If there is something new, use its day."),
            at="grounds_on",
            day=dates.review_on.isoformat(),
        )


def read_schedules(lines: Iterable[str]) -> Mapping[str, Schedule]:
    """Read the rows of retention.csv by their code. Raises ScheduleWrong."""
    found: dict[str, Schedule] = {}
    for row in csv.DictReader(lines):
        try:
            code = row["id"]
            found[code] = Schedule(
                code=code,
                kind=row["record_kind"],
                review=_period(row["review_after"]),
                most=_period(row["max"]),
                child_review=_period(row["u18_review"]),
                child_most=_period(row["u18_max"]),
                start=row["start"],
                at_end=row["action_at_max"],
                clause=row["basis"].replace(FROM_MEMORY, ""),
                verified=FROM_MEMORY not in row["basis"],
            )
        except (KeyError, TypeError) as error:
            raise ScheduleWrong(f"{row}: a column is missing") from error
    return found


def _period(text: str) -> Period | None:
    """Read a period such as P12M; words after it say what happens then, words alone: never."""
    found = PERIOD.match(text)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    return Period(0, count) if unit == "D" else Period(count * (MONTHS if unit == "Y" else 1), 0)
