"""Recalls: whoever got a package is told without delay that it is wrong, gone or restricted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evenhand.rules.calendar import Calendar
from evenhand.rules.messages import Message
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

TELL_WITHIN = 1
"""Working days that the desk gives itself to tell a recipient: clock E11."""


class Why(StrEnum):
    """Why a package is recalled."""

    RECTIFIED = "rectified"
    ROLE_CHANGED = "role_changed"
    RESTRICTED = "restricted"
    ERASED = "erased"
    WRONGLY_SENT = "wrongly_sent"
    LIFTED = "lifted"


ASKS: Mapping[Why, str] = {
    Why.RECTIFIED: words(
        "We have corrected what the package says. Do not use it any more; ask us for a new one if"
        " you still need it. Please correct or erase your copies."
    ),
    Why.ROLE_CHANGED: words(
        "The role in the package is not right any more. Do not use it. Please erase your copies"
        " and correct what you recorded from them."
    ),
    Why.RESTRICTED: words(
        "We have restricted what the package is about. Please do not use or pass on the package"
        " until we write to you again."
    ),
    Why.ERASED: words(
        "We have erased, or are about to erase, what the package is about. Please erase the"
        " package, your copies and what you recorded from them."
    ),
    Why.WRONGLY_SENT: words(
        "The package was wrong or should not have been sent to you. Please erase it and all"
        " copies, do not use it, and tell us to whom you passed it on."
    ),
    Why.LIFTED: words(
        "We asked you not to use this package until we write to you again. What it is about is not"
        " restricted any more: you may use the package again, under our agreement."
    ),
}

RECALLED, LIFTED = words("Recall of a package"), words("You may use a package again")


class RecallsWait(Refused):
    """Nothing is erased before every recipient, and who wrong data came from, was told."""

    code = "E-RECALL-18"
    clause = words("DPA 2018 ss.38(5)(c), 48(7) and 48(9): tell recipients and originators")
    kind = Kind.CONFLICT


class RecallStands(Refused):
    """A recall is sent, and then acknowledged, once."""

    code = "E-RECALL-19"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """A recall notice, as the rules see one: by package id, never the data."""

    package: str
    why: Why
    due_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    ended_at: datetime | None
    in_the_post: bool

    @property
    def is_open(self) -> bool:
        """Say whether the recipient has not acknowledged it, and it has not ended."""
        return self.acknowledged_at is None and self.ended_at is None


def due_at(at: datetime, calendar: Calendar) -> datetime:
    """Give the moment by which a recipient is told: the end of the next working day."""
    return calendar.end_after(at, TELL_WITHIN)


def answer_due_at(sent_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Give the moment by which the agreement has the recipient answer."""
    return calendar.end_after(sent_at, days)


def check_all_sent(waiting: int) -> None:
    """Refuse to erase or close while a recall of it has not been sent. E-RECALL-18."""
    if waiting:
        raise RecallsWait(
            words("Recipients have not been told yet: {count} recalls wait to be sent."),
            do=words("Send or print them first. Their answers need not be waited for."),
            count=str(waiting),
        )


def check_may_send(recall: Recall) -> None:
    """Refuse to send what is on its way or answered."""
    if recall.in_the_post or not recall.is_open:
        raise RecallStands(
            words("This recall is on its way, was acknowledged, or has ended."),
            do=words("Look at it again."),
        )


def check_may_acknowledge(recall: Recall, *, on: date, sent_on: date | None, today: date) -> None:
    """Refuse an acknowledgement of what was not sent, is acknowledged, or of another day."""
    if sent_on is None or not recall.is_open:
        raise RecallStands(
            words("This recall was not sent yet, is acknowledged already, or has ended."),
            do=words("Send it first, or look at it again."),
        )
    if not sent_on <= on <= today:
        raise RecallStands(
            words("The day of the acknowledgement is between the sending and today."),
            do=words("Check the day."),
            at="on",
        )


def recall_message(
    package: str, why: Why, *, days: int, again: bool, desk: str, contact: str
) -> Message:
    """Write a recall: the id of the package and what to do, and nothing about anybody.

    To what may be used again nobody has to answer.
    """
    parts = [
        f"{words('This is about the package with our id:')} {package}",
        *([words("We have no answer yet to our earlier recall.")] if again else []),
        ASKS[why],
        *([] if why is Why.LIFTED else _answers(days)),
        f"{desk}\n{contact}",
    ]
    subject = LIFTED if why is Why.LIFTED else RECALLED
    return Message(f"[{package}] {subject}", "\n\n".join(parts) + "\n")


def _answers(days: int) -> list[str]:
    return [
        f"{words('Working days in which our agreement has you answer:')} {days}",
        words("Please answer this e-mail, and say what you did. Do not name anybody in it."),
    ]
