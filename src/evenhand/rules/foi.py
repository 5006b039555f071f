"""Requests under the Freedom of Information Act: when one is valid, and what may happen to it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evenhand.rules.clocks_events import Event, Happened, Request
from evenhand.rules.officers import OfficerRef
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

NUMBER = re.compile(r"FOI-\d{4}-\d{4,8}")
"""How the desk names a request."""


class Channel(StrEnum):
    """How a request came. A correction came from nobody: the desk corrects what it published."""

    FORM = "form"
    MAIL = "mail"
    PAPER = "paper"
    CORRECTION = "correction"


class FoiStanding(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    REPLIED = "replied"
    UNDER_REVIEW = "under_review"
    TO_REPLY_AGAIN = "to_reply_again"
    AT_COMMISSIONER = "at_commissioner"
    TO_COMPLY = "to_comply"
    NOT_VALID = "not_valid"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    UNREACHED = "unreached"


RUNS = frozenset(
    {
        FoiStanding.OPEN,
        FoiStanding.UNDER_REVIEW,
        FoiStanding.TO_REPLY_AGAIN,
        FoiStanding.AT_COMMISSIONER,
        FoiStanding.TO_COMPLY,
    }
)
"""Where the desk still has something to do. Everything else is closed, and kept for its time."""
ANSWERS = frozenset({FoiStanding.OPEN, FoiStanding.TO_REPLY_AGAIN, FoiStanding.TO_COMPLY})
"""Where parts are answered and a reply is written: the first, or a further one beside it."""
WITHOUT_REPLY = frozenset(
    {
        FoiStanding.NOT_VALID,
        FoiStanding.TRANSFERRED,
        FoiStanding.WITHDRAWN,
        FoiStanding.LAPSED,
        FoiStanding.UNREACHED,
    }
)
"""How a request ends though no reply left."""


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
    UNREACHED = "unreached"
    REVIEW_ASKED = "review_asked"
    REVIEWED = "reviewed"
    REVIEW_UPHELD = "review_upheld"
    REVIEW_WITHDRAWN = "review_withdrawn"
    ERROR_FOUND = "error_found"
    ERROR_WITHDRAWN = "error_withdrawn"
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
_REVIEWED = frozenset({FoiStanding.UNDER_REVIEW})
_AGAIN = frozenset({FoiStanding.TO_REPLY_AGAIN})
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
    FoiStep.UNREACHED: Way(_OPEN | _AGAIN | {FoiStanding.TO_COMPLY}, FoiStanding.UNREACHED),
    FoiStep.REVIEW_ASKED: Way(_DONE, FoiStanding.UNDER_REVIEW),
    FoiStep.REVIEWED: Way(_REVIEWED, FoiStanding.REPLIED, writes=True),
    FoiStep.REVIEW_UPHELD: Way(_REVIEWED, FoiStanding.TO_REPLY_AGAIN, writes=True),
    FoiStep.REVIEW_WITHDRAWN: Way(_REVIEWED | _AGAIN, FoiStanding.REPLIED),
    FoiStep.ERROR_FOUND: Way(_DONE, FoiStanding.TO_REPLY_AGAIN),
    FoiStep.ERROR_WITHDRAWN: Way(_AGAIN, FoiStanding.REPLIED),
    FoiStep.COMMISSIONER_ASKED: Way(
        _DONE | _OPEN | _REVIEWED | _AGAIN, FoiStanding.AT_COMMISSIONER
    ),
    FoiStep.COMMISSIONER_DECIDED: Way(_AT_ICO, FoiStanding.TO_COMPLY),
    FoiStep.COMMISSIONER_DONE: Way(_AT_ICO | {FoiStanding.TO_COMPLY}, FoiStanding.REPLIED),
}
"""The life of a request. ``writes``: whoever asked is written to about it."""
_BY_COMMISSIONER = frozenset({FoiStep.COMMISSIONER_DECIDED, FoiStep.COMMISSIONER_DONE})
"""What the Commissioner does, whatever the desk has yet to send."""
AFTER_A_REPLY_LEFT = frozenset(
    it
    for it, way in WAYS.items()
    if (way.to or way.writes) and it not in {FoiStep.UNREACHED, *_BY_COMMISSIONER}
)
"""What closes a request, moves it on, or writes to whoever asked: not before an approved reply."""
REVIEWS = frozenset({FoiStep.REVIEWED, FoiStep.REVIEW_UPHELD})
"""The answers to a review: the reply stands, or a further one follows."""
_OF_REVIEWS = REVIEWS | {
    FoiStep.REVIEW_ASKED,
    FoiStep.REVIEW_WITHDRAWN,
    FoiStep.COMMISSIONER_DECIDED,
}
"""What says how a review stands. Once the Commissioner has decided, the desk decides no more."""
_OF_ERRORS = frozenset({FoiStep.ERROR_FOUND, FoiStep.ERROR_WITHDRAWN})
MEANWHILE = frozenset(
    {
        FoiStep.REVIEWED,
        FoiStep.REVIEW_UPHELD,
        FoiStep.REVIEW_WITHDRAWN,
        FoiStep.ERROR_WITHDRAWN,
    }
)
"""What the desk still does about what it owes while the Commissioner looks at a request."""
BEGIN_A_LETTER = frozenset({FoiStep.REVIEW_ASKED})
"""What leads to a letter, so that who asked must still be known. A correction can do without."""
OF_CORRECTIONS = frozenset({FoiStep.WITHDRAWN, FoiStep.ERROR_FOUND, FoiStep.ERROR_WITHDRAWN})
"""What can happen to a correction of what is published, which nobody asked for."""
CLARIFYING = frozenset({FoiStep.CLARIFICATION_ASKED, FoiStep.CLARIFICATION_ANSWERED})
ANSWERED_BY: Mapping[FoiStep, FoiStep] = {
    FoiStep.CLARIFICATION_ASKED: FoiStep.CLARIFICATION_ANSWERED,
    FoiStep.FEE_ASKED: FoiStep.FEE_PAID,
}
"""What whoever asked does about a letter that asks for something."""
OF_COMMISSIONER = frozenset(
    {
        FoiStep.COMMISSIONER_ASKED,
        FoiStep.COMMISSIONER_DECIDED,
        FoiStep.COMMISSIONER_DONE,
    }
)
"""What comes from the Commissioner: a first or further reply that is owed is owed on."""
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


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter that has yet to reach who asked: an approved reply, or a question back.

    ``is_tried``: it was posted, or the mail server took it, or refused it where no postal address
    is known; ``taken_on``: the day on which the mail server took it, so that it may have arrived.
    """

    is_on_its_way: bool
    is_tried: bool
    taken_on: date | None = None

    @property
    def may_end(self) -> bool:
        """Say whether the request may end, since who asked cannot be reached with it."""
        return self.is_tried and not self.is_on_its_way


@dataclass(frozen=True, slots=True, kw_only=True)
class FoiRequest:
    """A request as the rules see it.

    ``hands``: who had a hand in its replies; ``is_reply_to_leave``: one is approved and has not
    left yet; ``replied_on``: the day on which the last one left; ``answered``: how many of its
    steps were there when that one was written. ``to_reach_with``: the letter that has yet to reach
    who asked. ``corrects``: the number of the request whose published reply it corrects, if it does
    so and nobody asked.
    """

    number: str
    standing: FoiStanding
    received_on: date
    steps: tuple[tuple[FoiStep, date], ...] = ()
    hands: frozenset[OfficerRef] = frozenset()
    is_reply_to_leave: bool = False
    replied_on: date | None = None
    answered: int = 0
    to_reach_with: "Undelivered | None" = None
    corrects: str = ""

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

    @property
    def owed(self) -> FoiStanding:
        """Say where it stands by what the desk owes, whatever the Commissioner does.

        A reply that leaves gives all that was owed until it was written.
        """
        if self.replied_on is None:
            return FoiStanding.OPEN
        review = self._last_since(_OF_REVIEWS)
        if review is FoiStep.REVIEW_ASKED:
            return FoiStanding.UNDER_REVIEW
        if review is FoiStep.REVIEW_UPHELD or self._is_wrong:
            return FoiStanding.TO_REPLY_AGAIN
        return FoiStanding.REPLIED

    @property
    def is_own_correction(self) -> bool:
        """Say whether a further reply is owed only because the desk itself found the last wrong."""
        is_reviewed = self._last_since(_OF_REVIEWS) is FoiStep.REVIEW_UPHELD
        return self.owed is FoiStanding.TO_REPLY_AGAIN and not is_reviewed

    @property
    def answers(self) -> bool:
        """Say whether parts are answered and a reply is written, also before the Commissioner."""
        is_looked_at = self.standing is FoiStanding.AT_COMMISSIONER
        return (self.owed if is_looked_at else self.standing) in ANSWERS

    def after(self, step: FoiStep, on: date) -> "FoiRequest":
        """Give the request once a step is taken, where that leads.

        What was owed beneath a review, or before the Commissioner was asked, is owed again.
        """
        found = replace(self, steps=(*self.steps, (step, on)))
        to = WAYS[step].to
        if to is None or (self.standing is FoiStanding.AT_COMMISSIONER and step in MEANWHILE):
            return found
        return replace(found, standing=found.owed if to is FoiStanding.REPLIED else to)

    def waits_to_leave(self, step: FoiStep, on: date) -> bool:
        """Say whether an approved reply leaves first, and is not passed over by a step.

        What the Commissioner does waits for no reply of the desk, but where it closes the request.
        """
        if step in _BY_COMMISSIONER:
            is_passed_over = self.after(step, on).standing is FoiStanding.REPLIED
        else:
            is_passed_over = step in AFTER_A_REPLY_LEFT
        return is_passed_over and self.is_reply_to_leave

    def still_tells(self, step: FoiStep) -> bool:
        """Say whether the letter about a step still tells who asked what they need to know.

        On the way to a reply it does until that is answered; else until something follows.
        """
        if WAYS[step].to is not None:
            return [it for it, _on in self.steps[-1:]] == [step]
        pair = {step, ANSWERED_BY.get(step, step)}
        last = [it for it, _on in self.steps if it in pair][-1:]
        return self.standing is FoiStanding.OPEN and last == [step]

    def last_day_of(self, step: FoiStep) -> date | None:
        """Give the day on which a step was last taken, if it was."""
        return max((on for it, on in self.steps if it is step), default=None)

    @property
    def _is_wrong(self) -> bool:
        return self._last_since(_OF_ERRORS) is FoiStep.ERROR_FOUND

    def _last_since(self, steps: frozenset[FoiStep]) -> FoiStep | None:
        """Give the last of some steps since the last reply that left was written."""
        found = [it for it, _on in self.steps[self.answered :] if it in steps]
        return found[-1] if found else None


def since(request: FoiRequest, step: FoiStep) -> frozenset[FoiStanding]:
    """Say from where a step may be taken.

    A further reply that only puts an error right is no review: none of it can be withdrawn, and one
    can still be asked for. What the desk owes goes on while the Commissioner looks at it.
    """
    if request.corrects and step not in OF_CORRECTIONS:
        return frozenset()
    ways = WAYS[step].since
    if step in MEANWHILE and request.owed in ways:
        ways |= _AT_ICO
    if request.is_own_correction:
        if step is FoiStep.REVIEW_ASKED:
            return ways | _AGAIN
        if step is FoiStep.REVIEW_WITHDRAWN:
            return _REVIEWED
    elif step is FoiStep.ERROR_WITHDRAWN and request.owed is FoiStanding.TO_REPLY_AGAIN:
        return frozenset()
    return ways


def check_answers(request: FoiRequest) -> None:
    """Refuse to write or send a reply where none is to be given."""
    check_standing(request, {request.standing} if request.answers else ())


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
            do=words("Ask a colleague to look at it again: the request’s page names who may."),
        )


def next_number(year: int, last: str | None) -> str:
    """Name the next request of a year, after the last one of it."""
    count = int(last.rpartition("-")[2]) if last else 0
    return f"FOI-{year:04}-{count + 1:04}"
