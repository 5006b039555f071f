"""The clocks of law: how long each is, what it says where texts disagree, and what it rests on.

The lengths are data (``clocks.csv``); how each is counted is said here, by the kind of counting.
Part 3 requests and freedom of information have more to them: ``clocks_rights`` and ``clocks_foi``.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from evenhand.rules.calendar import DAY, Calendar
from evenhand.rules.clocks_events import Happened
from evenhand.rules.refusals import Refused
from evenhand.rules.retention_schedules import Period
from evenhand.rules.words import words

LENGTH = re.compile(r"([0-9]{1,3}) (month|week|working day|day|hour)s?")
YES = {"yes": True, "no": False}


class ClockWrong(ValueError):
    """A clock that cannot be used; the text says what is wrong."""


class CalendarTooShort(Refused):
    """A clock of law counts only through years whose bank holidays this desk knows."""

    code = "E-CLK-44"
    clause = words("FOIA 2000 s.10(6); DPA 2018 s.54")


class Status(StrEnum):
    """How far the words behind a clock were read."""

    READ = "read"
    """In the instrument itself, or on the regulator's page."""
    SECONDARY = "secondary"
    """In what others write about it."""
    MEMORY = "memory"
    """Nowhere yet."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a clock runs. One of the four is given, the others are 0."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One row of clocks.csv.

    ``is_law``: the law gives the length; else it says "without undue delay", and the length is a
    service target of this desk. ``more``: by how much it can be extended. ``rolls``: a last day
    that nobody works on moves to the next working day, as the ICO reads it. ``pauses``: a question
    about what is meant stops it. ``verified``: somebody read it in the instrument itself.
    """

    code: str
    what: str
    start: str
    length: Length
    is_law: bool
    more: Length | None
    rolls: bool
    pauses: bool
    count: str
    moved_by: str
    clause: str
    status: Status

    @property
    def verified(self) -> bool:
        """Say whether this was read where it stands, and not from memory or at second hand."""
        return self.status is Status.READ


class Text(StrEnum):
    """Which text gives a last day. They disagree: DPA 2018 s.54, FOIA 2000 s.10(6)."""

    STATUTE = "statute"
    """The words of the law, or of a notice under it, at their shortest."""
    SHORT_MONTH = "short_month"
    """The words of the law, where a month has no corresponding day: to the end of that month."""
    CORRESPONDING = "corresponding"
    """The ICO: to the corresponding day, and on to a working day."""
    OLD_PAGE = "old_page"
    """The ICO's page on Part 3 of February 2023: counted from the day after. Kept, never used."""
    NEXT_WORKING_DAY = "next_working_day"
    """What comes on a day without work is received on the next working day."""
    NOT_COUNTED = "not_counted"
    """The day of the first event is not counted itself."""
    GUIDANCE = "guidance"
    """What guidance asks for as a rule."""
    AT_MOST = "at_most"
    """The longest that guidance allows, in exceptional cases."""
    SERVICE = "service"
    """A service target of this desk; the law gives no length."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The last day of a clock, as one text has it."""

    text: Text
    on: date


@dataclass(frozen=True, slots=True)
class Due:
    """Every reading of a clock, or what it waits for before anybody can say its last day."""

    readings: tuple[Reading, ...] = ()
    waits_for: Happened | None = None

    @property
    def target(self) -> date | None:
        """Give the earliest last day of all texts: whoever keeps to it keeps to all of them."""
        return min((it.on for it in self.readings), default=None)

    @property
    def outer(self) -> date | None:
        """Give the latest last day that a law or regulator allows; none where neither gives one."""
        unused = (Text.OLD_PAGE, Text.SERVICE)
        return max((it.on for it in self.readings if it.text not in unused), default=None)


def beginning_with(clock: Clock, first: date, *, more: bool = False) -> Due:
    """Give the last day of a time that begins with a day: that day is the first of it.

    Complaints (DPA 2018 s.164A(3)): 30 days are receipt + 29. The ICO's advice (s.65(5)–(7)), with
    ``more`` where it said in its first month that it takes longer. Fees (FOIA 2000 s.9(2)), which
    are paid in time until the later day. Policy documents (DPA 2018 s.42(5)), kept until then.
    """
    length = clock.length
    if more:
        first, length = _after(length, first), extension(clock)
    end = _after(length, first)
    readings = [Reading(Text.STATUTE, end - DAY)]
    if length.months and end.day != first.day:
        readings.append(Reading(Text.SHORT_MONTH, end))
    return Due(tuple(readings))


def days_after(clock: Clock, event: date) -> Due:
    """Give the last of the days that follow a day. ICO notices; outcomes of complaints."""
    return Due((Reading(_text(clock), event + clock.length.days * DAY),))


def working_days_after(clock: Clock, event: date, calendar: Calendar) -> Due:
    """Give the last of the working days that follow a day. Recalls: DPA 2018 s.38(5)(c)."""
    on = nth_working_day(calendar, event, clock.length.working_days)
    return Due((Reading(_text(clock), on),))


def months_after(clock: Clock, event: date) -> Due:
    """Give the same day so many months after another, by which it is due again. E21 to E23."""
    return Due((Reading(_text(clock), _after(clock.length, event)),))


def hours_after(clock: Clock, event: datetime) -> datetime:
    """Give the moment so many hours after another, in UTC. Breaches: DPA 2018 s.67(1).

    Hours pass at night, on holidays, and while clocks are put forward or back.
    """
    return event.astimezone(UTC) + timedelta(hours=clock.length.hours)


def nth_working_day(calendar: Calendar, day: date, count: int) -> date:
    """Give the working day that comes ``count`` working days later. Raises CalendarTooShort."""
    check_known(calendar, day)
    last = calendar.working_day_after(day, count)
    check_known(calendar, last)
    return last


def next_working_day(calendar: Calendar, day: date) -> date:
    """Give the day itself where it is a working day, else the next. Raises CalendarTooShort."""
    check_known(calendar, day)
    return day if calendar.is_working_day(day) else nth_working_day(calendar, day, 1)


def check_known(calendar: Calendar, day: date) -> None:
    """Refuse a day whose bank holidays nobody listed: it would look like a working day."""
    first, last = min(calendar.holidays).year, max(calendar.holidays).year
    if not first <= day.year <= last:
        raise CalendarTooShort(
            words("The bank holidays of this desk are those of {first} to {last}."),
            do=words("Ask the administrator to bring the calendar up to date, or mend the day."),
            first=str(first),
            last=str(last),
        )


def extension(clock: Clock) -> Length:
    """Give by how much a clock can be extended. Raises ClockWrong where it cannot."""
    if clock.more is None:
        raise ClockWrong(f"{clock.code} cannot be extended")
    return clock.more


def read_clocks(lines: Iterable[str]) -> Mapping[str, Clock]:
    """Read the rows of clocks.csv by their code. Raises ClockWrong."""
    found: dict[str, Clock] = {}
    for row in csv.DictReader(lines):
        try:
            found[row["id"]] = _clock(row)
        except (KeyError, TypeError, ValueError) as error:
            raise ClockWrong(f"{row}: {error!r}") from error
    return found


def _clock(row: Mapping[str, str]) -> Clock:
    length, service = _length(row["length"]), _length(row["service"])
    counted = length or service
    if counted is None:
        raise ClockWrong("needs a length or a service target")
    return Clock(
        code=row["id"],
        what=row["what"],
        start=row["start"],
        length=counted,
        is_law=length is not None,
        more=_length(row["more"]),
        rolls=YES[row["rolls"]],
        pauses=YES[row["pauses"]],
        count=row["count"],
        moved_by=row["moved_by"],
        clause=row["source"],
        status=Status(row["status"]),
    )


def _length(text: str) -> Length | None:
    """Read a length such as "20 working days"; none where nothing is given."""
    if not text:
        return None
    found = LENGTH.fullmatch(text)
    if found is None:
        raise ClockWrong(f"“{text}” is no length of time")
    count = int(found[1])
    match found[2]:
        case "month":
            return Length(months=count)
        case "week":
            return Length(days=7 * count)
        case "day":
            return Length(days=count)
        case "working day":
            return Length(working_days=count)
        case _:
            return Length(hours=count)


def _after(length: Length, day: date) -> date:
    return Period(length.months, length.days).after(day)


def _text(clock: Clock) -> Text:
    return Text.STATUTE if clock.is_law else Text.SERVICE
