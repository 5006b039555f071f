"""Requests under the Freedom of Information Act: when one is valid, and what may happen to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.clocks_events import Event, Happened, Request
from evenhand.rules.officers import OfficerRef
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import check_given, check_text, says_nothing
from evenhand.rules.words import words

NUMBER = re.compile(r"FOI-\d{4}-\d{4,8}")
"""How the desk names a request."""
LONGEST_AGO = timedelta(days=366)
"""A request that is logged came at most so long ago: an earlier day is a slip of the pen."""
MOST_PENCE = 45_000
"""A fee is never more than the limit of cost itself: a body that could charge more refuses."""


class Channel(StrEnum):
    """How a request came."""

    FORM = "form"
    MAIL = "mail"
    PAPER = "paper"


class FoiStanding(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    REPLIED = "replied"
    UNDER_REVIEW = "under_review"
    AT_COMMISSIONER = "at_commissioner"
    TO_COMPLY = "to_comply"
    NOT_VALID = "not_valid"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


RUNS = frozenset(
    {
        FoiStanding.OPEN,
        FoiStanding.UNDER_REVIEW,
        FoiStanding.AT_COMMISSIONER,
        FoiStanding.TO_COMPLY,
    }
)
"""Where the desk still has something to do. Everything else is closed, and kept for its time."""


class FoiStep(StrEnum):
    """What an officer enters that happened to a request, beside the reply itself."""

    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_ANSWERED = "clarification_answered"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    EXTENDED = "extended"
    NOT_VALID = "not_valid"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    REVIEW_ASKED = "review_asked"
    REVIEWED = "reviewed"
    COMMISSIONER_ASKED = "commissioner_asked"
    COMMISSIONER_DECIDED = "commissioner_decided"
    COMMISSIONER_DONE = "commissioner_done"


@dataclass(frozen=True, slots=True)
class Way:
    """From where a step may be taken, and where it leads. None: it leaves it where it was."""

    since: frozenset[FoiStanding]
    to: FoiStanding | None = None
    writes: bool = False


_OPEN = frozenset({FoiStanding.OPEN})
_DONE = frozenset({FoiStanding.REPLIED})
_AT_ICO = frozenset({FoiStanding.AT_COMMISSIONER})
WAYS: Mapping[FoiStep, Way] = {
    FoiStep.CLARIFICATION_ASKED: Way(_OPEN, writes=True),
    FoiStep.CLARIFICATION_ANSWERED: Way(_OPEN),
    FoiStep.FEE_ASKED: Way(_OPEN, writes=True),
    FoiStep.FEE_PAID: Way(_OPEN),
    FoiStep.EXTENDED: Way(_OPEN, writes=True),
    FoiStep.NOT_VALID: Way(_OPEN, FoiStanding.NOT_VALID, writes=True),
    FoiStep.TRANSFERRED: Way(_OPEN, FoiStanding.TRANSFERRED, writes=True),
    FoiStep.WITHDRAWN: Way(_OPEN, FoiStanding.WITHDRAWN),
    FoiStep.LAPSED: Way(_OPEN, FoiStanding.LAPSED),
    FoiStep.REVIEW_ASKED: Way(_DONE, FoiStanding.UNDER_REVIEW),
    FoiStep.REVIEWED: Way(frozenset({FoiStanding.UNDER_REVIEW}), FoiStanding.REPLIED, writes=True),
    FoiStep.COMMISSIONER_ASKED: Way(_DONE, FoiStanding.AT_COMMISSIONER),
    FoiStep.COMMISSIONER_DECIDED: Way(_AT_ICO, FoiStanding.TO_COMPLY),
    FoiStep.COMMISSIONER_DONE: Way(_AT_ICO | {FoiStanding.TO_COMPLY}, FoiStanding.REPLIED),
}
"""The life of a request. ``writes``: whoever asked is written to about it."""
MOVES_THE_CLOCK: Mapping[FoiStep, Happened] = {
    FoiStep.CLARIFICATION_ASKED: Happened.CLARIFICATION_ASKED,
    FoiStep.CLARIFICATION_ANSWERED: Happened.CLARIFICATION_ANSWERED,
    FoiStep.FEE_ASKED: Happened.FEE_ASKED,
    FoiStep.FEE_PAID: Happened.FEE_PAID,
    FoiStep.EXTENDED: Happened.EXTENDED,
}
"""The steps that a clock of law goes by."""


class FoiStepWrong(Refused):
    """A step is taken with a request where it stands, on a day that has come, in its order."""

    code = "E-FOI-10"
    clause = words("FOIA 2000 ss.1(3), 9, 10 and 17")
    kind = Kind.CONFLICT


class OwnReply(Refused):
    """A reply is looked at again by an officer who had no hand in it."""

    code = "E-FOI-45"
    clause = words("Code of practice under FOIA 2000 s.45: reviewed by somebody else")
    verified = False
    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step as an officer enters it. ``until``: the estimate of an extension; ``pence``: a fee.

    ``narrower`` is a question that could be answered, where a question is asked back.
    """

    step: FoiStep
    on: date
    text: str
    narrower: str = ""
    until: date | None = None
    pence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoiRequest:
    """A request as the rules see it.

    ``hands``: who had a hand in its reply; ``is_reply_approved``: it is, and leaves or has left.
    """

    number: str
    standing: FoiStanding
    received_on: date
    steps: tuple[tuple[FoiStep, date], ...] = ()
    hands: frozenset[OfficerRef] = frozenset()
    is_reply_approved: bool = False

    @property
    def clock(self) -> Request:
        """Give the request as its clock of law sees it."""
        moved = (
            Event(MOVES_THE_CLOCK[step], on) for step, on in self.steps if step in MOVES_THE_CLOCK
        )
        return Request(self.received_on, tuple(moved))

    @property
    def latest_on(self) -> date:
        """Give the day of the last thing that happened."""
        return self.steps[-1][1] if self.steps else self.received_on

    def last_day_of(self, step: FoiStep) -> date | None:
        """Give the day on which a step was last taken, if it was."""
        return max((on for it, on in self.steps if it is step), default=None)


def check_received(channel: Channel, received_on: date, *, today: date) -> None:
    """Refuse to log as come by hand what comes by the form, or on a day that has not come."""
    if channel is Channel.FORM:
        raise FoiStepWrong(
            words("What comes by the form of this desk is logged by itself."),
            do=words("Say whether it came by mail or on paper."),
            at="channel",
        )
    if received_on > today:
        raise _not_yet("received_on")
    if received_on < today - LONGEST_AGO:
        raise FoiStepWrong(
            words("That day is more than a year ago."),
            do=words("Look at the year again. Log an older request as come today, and say so."),
            at="received_on",
        )


def check_can_take(request: FoiRequest, taken: Taken, *, today: date) -> None:
    """Refuse a step that cannot be taken from here, without its words, or not on that day.

    Whether the law lets it move the clock is ``clocks_foi.check_may_happen``.
    """
    check_standing(request, WAYS[taken.step].since)
    if taken.on > today:
        raise _not_yet("on")
    if taken.on < request.latest_on:
        raise FoiStepWrong(
            words("This is before {day}, when the last thing happened with this request."),
            do=words("Look at the day again. What happened is entered in its order."),
            at="on",
            day=request.latest_on.isoformat(),
        )
    _check_no_reply_leaves(request, taken.step)
    _check_while_waiting(request, taken.step)
    check_given(taken.text, at="text")
    check_text(taken.narrower, at="narrower")
    raise_all(_lacks(taken))


def check_fee_lapsed(valid_until: date | None, on: date) -> None:
    """Refuse to end a request while its fee can still be paid. FOIA 2000 s.9(2)."""
    if valid_until is None or on <= valid_until:
        raise FoiStepWrong(
            words("The fee can be paid until {day}."),
            do=words("Wait until that day is over."),
            at="on",
            day=valid_until.isoformat() if valid_until else "",
        )


def check_standing(request: FoiRequest, allowed: Iterable[FoiStanding]) -> None:
    """Refuse what cannot be done with a request where it stands."""
    if request.standing not in allowed:
        raise FoiStepWrong(
            words("This cannot be done with {number} as it stands now."),
            do=words("Open the request to see how it stands."),
            number=request.number,
        )


def check_no_hand(request: FoiRequest, officer: OfficerRef) -> None:
    """Refuse to have a reply looked at again by whoever wrote, confirmed or approved it."""
    if officer in request.hands:
        raise OwnReply(
            words("You had a hand in this reply."),
            do=words("Ask a colleague to look at it again."),
        )


def next_number(year: int, last: str | None) -> str:
    """Name the next request of a year, after the last one of it."""
    count = int(last.rpartition("-")[2]) if last else 0
    return f"FOI-{year:04}-{count + 1:04}"


def _check_no_reply_leaves(request: FoiRequest, step: FoiStep) -> None:
    """Refuse to end without a reply what an approved reply is about to close."""
    is_open = request.standing is FoiStanding.OPEN
    if is_open and WAYS[step].to is not None and request.is_reply_approved:
        raise FoiStepWrong(
            words("The reply to {number} is approved, and closes the request once it has left."),
            do=words("Let it leave by e-mail, or record that it was sent by hand."),
            at="step",
            number=request.number,
        )


def _check_while_waiting(request: FoiRequest, step: FoiStep) -> None:
    """Refuse to end for want of a fee what no fee was asked of."""
    waits = request.clock.waits_for
    if step is FoiStep.LAPSED and waits is not Happened.FEE_PAID:
        raise FoiStepWrong(
            words("No fee is awaited for this request."),
            do=words("A request ends by itself only where a fee was asked and not paid."),
            at="step",
        )


def _lacks(taken: Taken) -> Iterable[Refused]:
    """Name what this kind of step needs beside its words."""
    if taken.step is FoiStep.CLARIFICATION_ASKED and says_nothing(taken.narrower):
        yield FoiStepWrong(
            words("A question back offers a question that could be answered."),
            do=words("Write one, and say where the published figures are."),
            at="narrower",
        )
    if (taken.until is not None) is not (taken.step is FoiStep.EXTENDED):
        yield FoiStepWrong(
            words("A notice of more time, and only that, says by when the desk will decide."),
            do=words("Give the day by which the public interest will have been weighed."),
            at="until",
        )
    if taken.until is not None and taken.until <= taken.on:
        yield FoiStepWrong(
            words("The day by which the desk will decide is after that of the notice."),
            do=words("Enter a later day."),
            at="until",
        )
    is_fee, amount = taken.step is FoiStep.FEE_ASKED, taken.pence
    if (amount is not None) is not is_fee or (amount is not None and not 0 < amount <= MOST_PENCE):
        yield FoiStepWrong(
            words("A fees notice, and only that, says how much is to be paid: £450 at most."),
            do=words("Give the amount in pounds and pence."),
            at="pence",
        )


def _not_yet(at: str) -> FoiStepWrong:
    return FoiStepWrong(
        words("That day has not come yet."), do=words("Enter the day on which it happened."), at=at
    )
