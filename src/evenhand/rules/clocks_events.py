"""What happens to a request and moves its clock: asked and answered, paid, extended; in order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evenhand.rules.calendar import DAY
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words


class Happened(StrEnum):
    """What can happen to a request that moves its clock."""

    IDENTITY_ASKED = "identity_asked"
    IDENTITY_GIVEN = "identity_given"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_ANSWERED = "clarification_answered"
    EXTENDED = "extended"


ANSWERS: Mapping[Happened, Happened] = {
    Happened.IDENTITY_ASKED: Happened.IDENTITY_GIVEN,
    Happened.FEE_ASKED: Happened.FEE_PAID,
    Happened.CLARIFICATION_ASKED: Happened.CLARIFICATION_ANSWERED,
}
"""What each question waits for."""
QUESTIONS = {answer: question for question, answer in ANSWERS.items()}
REPLY_NOW = words("Reply now.")
"""What is left to do when the time to ask is over."""


class NotInOrder(Refused):
    """A clock is moved only by what happened in its time, and by one thing after another."""

    code = "E-CLK-43"
    clause = words("DPA 2018 ss.52(4), 53 and 54; FOIA 2000 ss.9 and 10")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request, and its day at this desk."""

    what: Happened
    on: date


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its clock sees it. ``events``: in the order in which they happened."""

    received_on: date
    events: tuple[Event, ...] = ()

    @property
    def latest_on(self) -> date:
        """Give the day of the last thing that happened."""
        return self.events[-1].on if self.events else self.received_on

    @property
    def is_extended(self) -> bool:
        """Say whether more time was taken."""
        return any(it.what is Happened.EXTENDED for it in self.events)

    @property
    def waits_for(self) -> Happened | None:
        """Give an answer that was asked for and has not come; none where nothing is awaited."""
        open_ones = (it for it in ANSWERS if self.times(it) > self.times(ANSWERS[it]))
        return next((ANSWERS[it] for it in open_ones), None)

    def times(self, what: Happened) -> int:
        """Count how often something happened."""
        return len(self.days_of(what))

    def days_of(self, what: Happened) -> tuple[date, ...]:
        """Give the days on which something happened."""
        return tuple(it.on for it in self.events if it.what is what)

    def started_on(self, *restarts: Happened) -> date:
        """Give the day from which its clock counts: receipt, or the last of what restarts it."""
        return max((self.received_on, *(it.on for it in self.events if it.what in restarts)))

    def days_waited(self, question: Happened) -> frozenset[date]:
        """Give the days from each question to its answer, both of them counted."""
        waits = zip(self.days_of(question), self.days_of(ANSWERS[question]), strict=False)
        return frozenset(
            asked + DAY * number
            for asked, answered in waits
            for number in range((answered - asked).days + 1)
        )

    def with_event(self, event: Event) -> "Request":
        """Give the request after something more happened. Whether it may is checked before."""
        return replace(self, events=(*self.events, event))


def check_in_order(request: Request, event: Event) -> None:
    """Refuse what is out of order, an answer that nobody waits for, the same question twice."""
    if event.on < request.latest_on:
        raise NotInOrder(
            words("This is before {day}, when the last thing happened with this request."),
            do=words("Look at the day again. What happened is entered in its order."),
            at="on",
            day=request.latest_on.isoformat(),
        )
    question = QUESTIONS.get(event.what)
    if question and request.times(question) == request.times(event.what):
        raise NotInOrder(
            words("Nobody asked for this, or it came already."),
            do=words("Enter first what was asked, and when."),
            at="what",
        )
    answer = ANSWERS.get(event.what)
    if answer and request.times(event.what) > request.times(answer):
        raise NotInOrder(
            words("This was asked already, and the answer has not come."),
            do=words("Enter the answer first, when it comes."),
            at="what",
        )


def check_in_time(event: Event, last: date | None, no: type[Refused], *, do: str) -> None:
    """Refuse what comes after the last day for it; ``no`` is the rule that it would break.

    None: the clock waits, and nobody can say its last day yet.
    """
    if last and event.on > last:
        raise no(words("The time for this ended on {day}."), do=do, at="on", day=last.isoformat())
