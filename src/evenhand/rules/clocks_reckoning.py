"""Any clock of law by its name: its last days, counted from its start and what happened since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.rules import clocks_foi, clocks_rights
from evenhand.rules.calendar import Calendar
from evenhand.rules.clocks_events import Event, Happened, NotInOrder, Request, check_in_order
from evenhand.rules.clocks_law import (
    Clock,
    Due,
    beginning_with,
    days_after,
    hours_after,
    months_after,
    working_days_after,
)
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

OF_RIGHTS = frozenset({"E01", "E02", "E03", "E04", "E05"})
OF_FOI = frozenset({"E14", "E15", "E17"})
BEGIN_WITH = frozenset({"E06", "E12", "E13", "E16"})


class NoSuchClock(Refused):
    """Only a clock that the law data has, and in the way that it is counted, is counted."""

    code = "E-CLK-45"
    kind = Kind.NOT_FOUND


@dataclass(frozen=True, slots=True)
class LawClocks:
    """What clocks of law are counted by: their rows, the desk's working days, the whole UK's."""

    rows: Mapping[str, Clock]
    desk: Calendar
    uk: Calendar

    def one(self, code: str) -> Clock:
        """Give one clock by its code. Raises NoSuchClock."""
        clock = self.rows.get(code)
        if clock is None:
            raise NoSuchClock(
                words("There is no clock “{code}”. There are: {codes}."),
                do=words("Name one of these."),
                at="clock",
                code=code,
                codes=", ".join(self.rows),
            )
        return clock

    def is_in_hours(self, code: str) -> bool:
        """Say whether a clock is counted in hours from a moment, and not in days. NoSuchClock."""
        return self.one(code).length.hours > 0


def reckon(clocks: LawClocks, code: str, start: date, events: Iterable[Event] = ()) -> Due:
    """Give every reading of a clock that is counted in days. Refuses what the law does not allow.

    Raises NoSuchClock, NotInOrder, CalendarTooShort and what else moving a clock refuses.
    """
    clock = clocks.one(code)
    if clocks.is_in_hours(code):
        raise NoSuchClock(
            words("This clock counts hours from a moment."),
            do=words("Give a day with a time, such as 2026-03-27T18:00."),
            at="start",
        )
    request = _after(clocks, clock, start, events)
    if code in OF_RIGHTS:
        return clocks_rights.due(clock, request, clocks.desk)
    if code in OF_FOI:
        return _of_foi(clocks, clock, request)
    if code in BEGIN_WITH:
        return beginning_with(clock, start, more=request.is_extended)
    match code:
        case "E18":
            return clocks_foi.review_due(clock, start, clocks.uk)
        case "E20":
            return clocks_foi.aggregated_until(clock, start, clocks.uk)
        case _:
            return _plain(clocks, clock, start)


def reckon_hours(clocks: LawClocks, code: str, start: datetime) -> datetime:
    """Give the last moment of a clock that is counted in hours, in UTC. Raises NoSuchClock."""
    if not clocks.is_in_hours(code):
        raise NoSuchClock(
            words("This clock counts days."),
            do=words("Give a day without a time, such as 2026-06-01."),
            at="start",
        )
    return hours_after(clocks.one(code), start)


def _plain(clocks: LawClocks, clock: Clock, start: date) -> Due:
    if clock.length.working_days:
        calendar = clocks.uk if clock.code == "E26" else clocks.desk
        return working_days_after(clock, start, calendar)
    if clock.length.months:
        return months_after(clock, start)
    return days_after(clock, start)


def _of_foi(clocks: LawClocks, clock: Clock, request: Request) -> Due:
    if clock.code == "E17":
        return clocks_foi.public_interest_due(clocks.rows, request, clocks.uk)
    return clocks_foi.due(clock, request, clocks.uk)


def _after(clocks: LawClocks, clock: Clock, start: date, events: Iterable[Event]) -> Request:
    """Give the request after what happened, each in its turn, as far as it may move this clock."""
    request = Request(start)
    for event in events:
        if clock.code in OF_RIGHTS:
            clocks_rights.check_may_happen(clock, request, event)
        elif clock.code in OF_FOI:
            clocks_foi.check_may_happen(clocks.rows, request, event, clocks.uk)
        else:
            _check_extends(clock, request, event)
        request = request.with_event(event)
    return request


def _check_extends(clock: Clock, request: Request, event: Event) -> None:
    """Refuse whatever does not move a clock that only its own extension can move."""
    check_in_order(request, event)
    is_extension = event.what is Happened.EXTENDED and clock.code == "E12"
    if not is_extension or request.is_extended:
        raise NotInOrder(
            words("This does not move the clock."), do=words("Leave it out."), at="what"
        )
