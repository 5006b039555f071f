"""By when the desk has something to do about a request for information: the clock that runs."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules import clocks_foi
from evenhand.rules.clocks_events import Event, Happened
from evenhand.rules.clocks_law import (
    Clock,
    Due,
    beginning_with,
    days_after,
    months_after,
    working_days_after,
)
from evenhand.rules.clocks_reckoning import LawClocks
from evenhand.rules.foi import (
    MOVES_THE_CLOCK,
    FoiRequest,
    FoiStanding,
    FoiStep,
    FoiStepWrong,
)
from evenhand.rules.foi_taking import Taken, check_fee_lapsed
from evenhand.rules.words import words

REPLY, INTEREST, FEE, REVIEW, COMPLY, TOGETHER = "E14", "E17", "E16", "E18", "E19", "E20"
TO_ASK_FOR_REVIEW, TO_COMPLAIN = "E26", "E27"
TO_COMPLAIN_AFTER = (
    FoiStep.REVIEWED,
    FoiStep.REVIEW_WITHDRAWN,
    FoiStep.COMMISSIONER_DONE,
    FoiStep.UNREACHED,
)
"""The steps after which somebody can go to the Commissioner, or to the Tribunal."""
_AFTER_A_REPLY = frozenset({FoiStanding.REPLIED, FoiStanding.UNREACHED})
"""Where a request can end after a reply left: with it, or since a further one reached nobody."""


@dataclass(frozen=True, slots=True)
class Running:
    """The clock that runs, and its readings."""

    clock: str
    due: Due


@dataclass(frozen=True, slots=True)
class Holding:
    """The last day on which what a request is about is held, and the clock that gives it."""

    until: date
    clock: Clock


def running(request: FoiRequest, clocks: LawClocks) -> Running | None:
    """Give the clock that runs for a request as it stands; none where the desk has done all.

    What is owed is due all the same while the Commissioner looks at it.
    """
    is_looked_at = request.standing is FoiStanding.AT_COMMISSIONER
    match request.owed if is_looked_at else request.standing:
        case FoiStanding.OPEN | FoiStanding.TO_REPLY_AGAIN if (
            request.corrects or request.is_own_correction
        ):
            return None  # No law says by when the desk corrects what nobody complained of.
        case FoiStanding.OPEN if request.clock.is_extended:
            due = clocks_foi.public_interest_due(clocks.rows, request.clock, clocks.uk)
            return Running(INTEREST, due)
        case FoiStanding.OPEN:
            return Running(REPLY, reply_due(request, clocks))
        case FoiStanding.UNDER_REVIEW | FoiStanding.TO_REPLY_AGAIN:
            on = request.last_day_of(FoiStep.REVIEW_ASKED) or request.received_on
            return Running(REVIEW, clocks_foi.review_due(clocks.one(REVIEW), on, clocks.uk))
        case FoiStanding.TO_COMPLY:
            on = request.last_day_of(FoiStep.COMMISSIONER_DECIDED) or request.received_on
            return Running(COMPLY, days_after(clocks.one(COMPLY), on))
        case _:
            return None


def is_over(runs: Running | None, on: date) -> bool:
    """Say whether the clock that runs is past its earliest last day on a day."""
    target = runs.due.target if runs else None
    return target is not None and on > target


def may_ask_commissioner(runs: Running | None, on: date) -> bool:
    """Say whether the desk has done what has a clock, or is late with it. FOIA 2000 s.50."""
    return runs is None or is_over(runs, on)


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
    if taken.step is FoiStep.UNREACHED:
        _check_no_answer_comes(unanswered_until(request, clocks), taken.on)
    is_asked = taken.step is FoiStep.COMMISSIONER_ASKED
    if is_asked and not may_ask_commissioner(running(request, clocks), taken.on):
        raise FoiStepWrong(
            words("The time for what the desk still has to answer was not over on that day."),
            do=words("Answer it. The Commissioner is entered after that, or once it is late."),
            at="on",
        )


def fee_until(request: FoiRequest, clocks: LawClocks) -> date | None:
    """Give the last day on which a fee that is awaited can be paid. Clock E16."""
    asked_on = request.clock.days_of(Happened.FEE_ASKED)
    return beginning_with(clocks.one(FEE), asked_on[-1]).outer if asked_on else None


def unanswered_until(request: FoiRequest, clocks: LawClocks) -> date | None:
    """Give the last day on which a question is answered that the mail server took.

    No law says by when; the desk waits as it does for a fee. Clock E16.
    """
    letter = request.to_reach_with
    if letter is None or letter.taken_on is None:
        return None
    return beginning_with(clocks.one(FEE), letter.taken_on).outer


def together_until(first_on: date, clocks: LawClocks) -> date | None:
    """Give the last day on which a like request is costed with the first. Clock E20."""
    return clocks_foi.aggregated_until(clocks.one(TOGETHER), first_on, clocks.uk).outer


def held_until(request: FoiRequest, clocks: LawClocks) -> date | None:
    """Give the last day on which what a request is about is held: until nothing can follow."""
    found = holding(request, clocks)
    return found.until if found else None


def holding(request: FoiRequest, clocks: LawClocks) -> Holding | None:
    """Give until when what a request is about is held, and by which clock.

    A review can be asked for after a reply, the Commissioner after a review, one that was withdrawn
    too, or what was replied because of it, and the Tribunal after the Commissioner. So it is
    where a further reply reached nobody. None: there is no such day while the request runs, or
    where it ended without a reply. E26, E27; FOIA 2000 s.77.
    """
    if request.standing not in _AFTER_A_REPLY or request.replied_on is None:
        return None
    came = [request.last_day_of(it) for it in TO_COMPLAIN_AFTER]
    if request.last_day_of(FoiStep.REVIEW_UPHELD):
        came.append(request.replied_on)
    # An appeal to the Tribunal has 28 days, which are held with the time to complain.
    to_complain = clocks.one(TO_COMPLAIN)
    follows = [(months_after(to_complain, it).outer, to_complain) for it in came if it]
    review = (_review_until(request, request.replied_on, clocks), clocks.one(TO_ASK_FOR_REVIEW))
    days = [Holding(until, clock) for until, clock in (review, *follows) if until]
    return max(days, key=lambda it: it.until, default=None)


def review_until(request: FoiRequest, clocks: LawClocks) -> date | None:
    """Give the last day on which a review of the last reply can be asked for. Clock E26.

    None: no reply waits for one, or it was reviewed.
    """
    if request.standing is not FoiStanding.REPLIED or request.replied_on is None:
        return None
    return _review_until(request, request.replied_on, clocks)


def _review_until(request: FoiRequest, replied_on: date, clocks: LawClocks) -> date | None:
    reviewed_on = request.last_day_of(FoiStep.REVIEWED)
    if reviewed_on and reviewed_on >= replied_on:
        return None
    return working_days_after(clocks.one(TO_ASK_FOR_REVIEW), replied_on, clocks.uk).outer


def _check_no_answer_comes(until: date | None, on: date) -> None:
    """Refuse to say that nobody can be reached while a letter that arrived may be answered."""
    if until is not None and on <= until:
        raise FoiStepWrong(
            words("The question went by e-mail, and can be answered until {day}."),
            do=words("Wait until that day is over."),
            at="on",
            day=until.isoformat(),
        )
