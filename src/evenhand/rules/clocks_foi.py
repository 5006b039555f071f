"""The clocks of freedom of information: working days of the whole United Kingdom.

FOIA 2000 s.10: the twentieth working day following the date of receipt. A fees notice disregards
its days (s.10(2)), a question about what is meant restarts (s.10(6)). ``calendar`` leaves out the
bank holidays of any part of the UK, wherever the desk is: ``calendar.read_uk_calendar``.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from evenhand.rules.calendar import Calendar
from evenhand.rules.clocks_events import (
    REPLY_NOW,
    Event,
    Happened,
    NotInOrder,
    Request,
    check_in_order,
    check_in_time,
)
from evenhand.rules.clocks_law import (
    Clock,
    Due,
    Reading,
    Text,
    beginning_with,
    check_known,
    extension,
    next_working_day,
    nth_working_day,
)
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words


class NotForPublicInterest(Refused):
    """Time to weigh the public interest is taken once, by notice within the twenty working days."""

    code = "E-FOI-84"
    clause = words("FOIA 2000 ss.10(3) and 17(2)")
    kind = Kind.CONFLICT


def due(clock: Clock, request: Request, calendar: Calendar) -> Due:
    """Give the last days for a reply or a refusal notice. Clocks E14 and E15. FOIA 2000 ss.10, 17.

    What comes on a day without work is received that day by the words of the Act; others read
    it as received on the next working day. While a fee or an answer is awaited, there is no last
    day yet. Weighing the public interest does not move this clock: by its end the notice of it
    must be given.
    """
    if request.waits_for:
        return Due(waits_for=request.waits_for)
    received, counted = request.started_on(Happened.CLARIFICATION_ANSWERED), clock.length
    days = _without_days_of_fees(request, calendar)
    on = nth_working_day(days, received, counted.working_days)
    readings = [Reading(Text.STATUTE, on)]
    if not calendar.is_working_day(received):
        later = next_working_day(calendar, received)
        on = nth_working_day(days, later, counted.working_days)
        readings.append(Reading(Text.NEXT_WORKING_DAY, on))
    return Due(tuple(readings))


def public_interest_due(clocks: Mapping[str, Clock], request: Request, calendar: Calendar) -> Due:
    """Give the days by which the public interest is weighed. Clock E17, on from E14.

    The Act says a reasonable time (FOIA 2000 s.10(3)); the length is the practice of the ICO.
    """
    counted = clocks["E17"].length.working_days
    reply = due(clocks["E14"], request, calendar)
    return replace(
        reply,
        readings=tuple(
            replace(it, on=nth_working_day(calendar, it.on, counted)) for it in reply.readings
        ),
    )


def review_due(clock: Clock, asked_on: date, calendar: Calendar) -> Due:
    """Give the days by which the desk looks at its reply again. Clock E18; FOIA 2000 s.45 code."""
    usual = clock.length.working_days
    most = usual + extension(clock).working_days
    return Due(
        (
            Reading(Text.GUIDANCE, nth_working_day(calendar, asked_on, usual)),
            Reading(Text.AT_MOST, nth_working_day(calendar, asked_on, most)),
        )
    )


def aggregated_until(clock: Clock, first_on: date, calendar: Calendar) -> Due:
    """Give the last day on which a like request is costed with the first. Clock E20; FOIA s.12(4).

    The day of the first request is one of the consecutive working days, or, read otherwise, is not.
    """
    count = clock.length.working_days
    return Due(
        (
            Reading(Text.STATUTE, nth_working_day(calendar, first_on, count - 1)),
            Reading(Text.NOT_COUNTED, nth_working_day(calendar, first_on, count)),
        )
    )


def check_may_happen(
    clocks: Mapping[str, Clock], request: Request, event: Event, calendar: Calendar
) -> None:
    """Refuse what the law does not let move this clock, or no longer. E-CLK-43, E-FOI-84.

    A fee is paid within three months, else the request has ended. FOIA 2000 s.9(2).
    """
    check_in_order(request, event)
    last = due(clocks["E14"], request, calendar).outer
    match event.what:
        case Happened.IDENTITY_ASKED | Happened.IDENTITY_GIVEN:
            raise NotInOrder(
                words("Who asks moves no clock of freedom of information."),
                do=words("Go on with the request."),
                at="what",
            )
        case Happened.EXTENDED:
            _check_extended_once(request)
            check_in_time(event, last, NotForPublicInterest, do=REPLY_NOW)
        case Happened.FEE_PAID:
            notice_on = request.days_of(Happened.FEE_ASKED)[-1]
            valid = beginning_with(clocks["E16"], notice_on)
            check_in_time(event, valid.outer, NotInOrder, do=words("Take it for a new request."))
        case Happened.FEE_ASKED | Happened.CLARIFICATION_ASKED:
            check_in_time(event, last, NotInOrder, do=REPLY_NOW)
        case _:
            pass


def _check_extended_once(request: Request) -> None:
    if request.is_extended:
        raise NotForPublicInterest(
            words("Time for this was taken already."), do=words("Give the estimate that stands.")
        )


def _without_days_of_fees(request: Request, calendar: Calendar) -> Calendar:
    """Give the calendar with the days disregarded from each fees notice to its fee. s.10(2)."""
    check_known(calendar, request.latest_on)
    waited = request.days_waited(Happened.FEE_ASKED)
    return replace(calendar, holidays=calendar.holidays | waited)
