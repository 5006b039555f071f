"""What an officer enters about a request for information, and what of it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.rules.clocks_events import Happened
from evenhand.rules.foi import (
    Channel,
    FoiRequest,
    FoiStep,
    FoiStepWrong,
    Undelivered,
    check_standing,
    since,
)
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import check_given, check_text, says_nothing
from evenhand.rules.words import words

LONGEST_AGO = timedelta(days=366)
"""A request that is logged came at most so long ago: an earlier day is a slip of the pen."""
MOST_PENCE = 45_000
"""A fee is never more than the limit of cost itself: a body that could charge more refuses."""


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


def check_received(channel: Channel, received_on: date, *, today: date) -> None:
    """Refuse to log as come by hand what comes by the form, or on a day that has not come."""
    if channel not in {Channel.MAIL, Channel.PAPER}:
        raise FoiStepWrong(
            words(
                "What comes by the form of this desk, or corrects a reply, is not logged by hand."
            ),
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
    check_standing(request, since(request, taken.step))
    if taken.on > today:
        raise _not_yet("on")
    if taken.on < request.latest_on:
        raise FoiStepWrong(
            words("This is before {day}, when the last thing happened with this request."),
            do=words("Look at the day again. What happened is entered in its order."),
            at="on",
            day=request.latest_on.isoformat(),
        )
    if taken.step is FoiStep.UNREACHED:
        check_unreached(request.to_reach_with)
    _check_no_reply_leaves(request, taken)
    _check_while_waiting(request, taken.step)
    check_given(taken.text, at="text")
    check_text(taken.narrower, at="narrower")
    raise_all(_lacks(taken))


def check_unreached(letter: Undelivered | None) -> None:
    """Refuse to say that nobody can be reached before a letter is there, and mail was tried."""
    if letter is None or letter.is_on_its_way:
        raise FoiStepWrong(
            words("No reply is approved and ready to be sent, and no question back waits."),
            do=words("Write it, have a second officer approve it, and try to send it."),
            at="step",
        )
    if not letter.may_end:
        raise FoiStepWrong(
            words("The letter was not tried at every address that is known."),
            do=words("Send it by e-mail. Where a postal address is known, print it and post it."),
            at="step",
        )


def check_fee_lapsed(valid_until: date | None, on: date) -> None:
    """Refuse to end a request while its fee can still be paid. FOIA 2000 s.9(2)."""
    if valid_until is None or on <= valid_until:
        raise FoiStepWrong(
            words("The fee can be paid until {day}."),
            do=words("Wait until that day is over."),
            at="on",
            day=valid_until.isoformat() if valid_until else "",
        )


def _check_no_reply_leaves(request: FoiRequest, taken: Taken) -> None:
    """Refuse to close without its reply, or to ask about, what an approved one will answer."""
    if request.waits_to_leave(taken.step, taken.on):
        raise FoiStepWrong(
            words("The reply to {number} is approved, and has not left yet."),
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
