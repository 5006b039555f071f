"""By when the desk has something to do about a request for information: the clock that runs."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules import clocks_foi
from evenhand.rules.clocks_events import Event, Happened
from evenhand.rules.clocks_law import Due, beginning_with, days_after
from evenhand.rules.clocks_reckoning import LawClocks
from evenhand.rules.foi import (
    MOVES_THE_CLOCK,
    FoiRequest,
    FoiStanding,
    FoiStep,
    Taken,
    check_fee_lapsed,
)

REPLY, INTEREST, FEE, REVIEW, COMPLY, TOGETHER = "E14", "E17", "E16", "E18", "E19", "E20"


@dataclass(frozen=True, slots=True)
class Running:
    """The clock that runs, and its readings."""

    clock: str
    due: Due


def running(request: FoiRequest, clocks: LawClocks) -> Running | None:
    """Give the clock that runs for a request as it stands; none where the desk has done all."""
    match request.standing:
        case FoiStanding.OPEN if request.clock.is_extended:
            due = clocks_foi.public_interest_due(clocks.rows, request.clock, clocks.uk)
            return Running(INTEREST, due)
        case FoiStanding.OPEN:
            return Running(REPLY, reply_due(request, clocks))
        case FoiStanding.UNDER_REVIEW:
            on = request.last_day_of(FoiStep.REVIEW_ASKED) or request.received_on
            return Running(REVIEW, clocks_foi.review_due(clocks.one(REVIEW), on, clocks.uk))
        case FoiStanding.TO_COMPLY:
            on = request.last_day_of(FoiStep.COMMISSIONER_DECIDED) or request.received_on
            return Running(COMPLY, days_after(clocks.one(COMPLY), on))
        case _:
            return None


def reply_due(request: FoiRequest, clocks: LawClocks) -> Due:
    """Give the last days for the reply, however the request stands now. Clock E14."""
    return clocks_foi.due(clocks.one(REPLY), request.clock, clocks.uk)


def check_moves(request: FoiRequest, taken: Taken, clocks: LawClocks) -> None:
    """Refuse a step that the law does not let move the clock, or not any more, or not yet."""
    happened = MOVES_THE_CLOCK.get(taken.step)
    if happened is not None:
        event = Event(happened, taken.on)
        clocks_foi.check_may_happen(clocks.rows, request.clock, event, clocks.uk)
    if taken.step is FoiStep.LAPSED:
        check_fee_lapsed(fee_until(request, clocks), taken.on)


def fee_until(request: FoiRequest, clocks: LawClocks) -> date | None:
    """Give the last day on which a fee that is awaited can be paid. Clock E16."""
    asked_on = request.clock.days_of(Happened.FEE_ASKED)
    return beginning_with(clocks.one(FEE), asked_on[-1]).outer if asked_on else None


def together_until(first_on: date, clocks: LawClocks) -> date | None:
    """Give the last day on which a like request is costed with the first. Clock E20."""
    return clocks_foi.aggregated_until(clocks.one(TOGETHER), first_on, clocks.uk).outer
