"""The clocks of people's requests about their data: one month, as three texts count it.

DPA 2018 s.54: the month begins with the latest of the request, proof of identity (s.52(4)) and a
fee (s.53). A question about what is meant pauses it (s.54(3C)–(3D)), for access requests only. It
is extended once, by two months, by a notice inside the month (s.54(3A)–(3B)).
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from evenhand.rules.calendar import DAY, Calendar
from evenhand.rules.clocks_events import (
    REPLY_NOW,
    Event,
    Happened,
    NotInOrder,
    Request,
    check_in_order,
    check_in_time,
)
from evenhand.rules.clocks_law import Clock, Due, Reading, Text, next_working_day
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Period
from evenhand.rules.words import words


class NotExtended(Refused):
    """More time for a reply is taken once, inside its first month, for a reason in law."""

    code = "E-CLK-41"
    clause = words("DPA 2018 s.54(3A)–(3B)")
    kind = Kind.CONFLICT


class NotPaused(Refused):
    """A question pauses the month of an access request only, while that month still runs."""

    code = "E-CLK-42"
    clause = words("DPA 2018 s.54(3C)–(3D)")
    kind = Kind.CONFLICT


class MoreTime(StrEnum):
    """Why a reply takes longer. A closed list: DPA 2018 s.54(3A)."""

    COMPLEXITY = "complexity"
    NUMBER = "number"


def due(clock: Clock, request: Request, calendar: Calendar) -> Due:
    """Give the last days for a request. Clocks E01 to E05. DPA 2018 s.54.

    The words of the Act, "one month beginning with", end on the day before the corresponding day;
    the ICO has until the corresponding day, and then until a working day of the desk's own
    ``calendar``. While identity, a fee or an answer is awaited, there is no last day yet.
    """
    if request.waits_for:
        return Due(waits_for=request.waits_for)
    on = corresponding_day(clock, request)
    readings = [
        Reading(Text.STATUTE, on - DAY),
        Reading(Text.CORRESPONDING, next_working_day(calendar, on) if clock.rolls else on),
    ]
    if clock.more and not request.is_extended:
        readings.append(Reading(Text.OLD_PAGE, _counted(clock, request, skipping=1)))
    return Due(tuple(readings))


def corresponding_day(clock: Clock, request: Request) -> date:
    """Give the day of a later month that has the number of the first, and the pauses on top.

    Where that month is too short, its last day. DPA 2018 s.54(1)–(3D).
    """
    return _counted(clock, request, skipping=0)


def check_may_happen(clock: Clock, request: Request, event: Event) -> None:
    """Refuse what the law does not let move this clock, or no longer. E-CLK-41, -42, -43.

    ``clock`` is that of the reply: E01 for access, E03 for the others. All of it is in time until
    the corresponding day, which does not roll on.
    """
    check_in_order(request, event)
    last = None if request.waits_for else corresponding_day(clock, request)
    match event.what:
        case Happened.EXTENDED:
            _check_extended_once(request)
            check_in_time(event, last, NotExtended, do=REPLY_NOW)
        case Happened.CLARIFICATION_ASKED:
            _check_pauses(clock)
            check_in_time(event, last, NotPaused, do=REPLY_NOW)
        case Happened.IDENTITY_ASKED | Happened.FEE_ASKED:
            check_in_time(event, last, NotInOrder, do=REPLY_NOW)
        case _:
            pass


def check_reasons_for_more_time(because: Collection[MoreTime], reasons: str) -> None:
    """Refuse a notice of more time that does not say why. DPA 2018 s.54(3A)–(3B)."""
    if not because or not reasons.strip():
        raise NotExtended(
            words("The notice does not say why the reply takes longer."),
            do=words("Say what is complex, or how many requests there are."),
            at="reasons",
        )


def _check_extended_once(request: Request) -> None:
    if request.is_extended:
        raise NotExtended(
            words("More time was taken for this request already."), do=words("Reply in that time.")
        )


def _check_pauses(clock: Clock) -> None:
    if not clock.pauses:
        raise NotPaused(
            words("Only a request for access is paused by a question."),
            do=words("Ask, and go on with the request meanwhile."),
            at="what",
        )


def _counted(clock: Clock, request: Request, *, skipping: int) -> date:
    """Count the months from the relevant time of s.54(3), so many days later, and the pauses."""
    first = request.started_on(Happened.IDENTITY_GIVEN, Happened.FEE_PAID)
    months = clock.length.months
    if request.is_extended and clock.more:
        months += clock.more.months
    paused = request.days_waited(Happened.CLARIFICATION_ASKED) if clock.pauses else frozenset()
    days = sum(day >= first for day in paused)
    return Period(months, days).after(first + DAY * skipping)
