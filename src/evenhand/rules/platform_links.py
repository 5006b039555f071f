"""The link in a notice, by which a platform answers without an account."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, check_answer
from evenhand.rules.referrals import Referral, State, allowed
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

PATH = "/public/answer/"
"""Where the pages of links begin; what follows is the link itself."""
LINK = re.compile(rf"({PATH})[^/\s\"']+")
LASTS = timedelta(days=180)
"""How long after the approval a link may be used."""
MOST_A_DAY = 20


class LinkUnknown(Refused):
    """A link is one that this desk made, whole."""

    code = "E-LINK-01"
    kind = Kind.NOT_FOUND


class LinkEnded(Refused):
    """A link works for a time, until the desk takes it back, and while an answer is waited for."""

    code = "E-LINK-02"
    kind = Kind.NOT_FOUND


class TooManyAnswers(Refused):
    """About one request a platform answers no more in a day than a person would."""

    code = "E-LINK-03"
    kind = Kind.TOO_MANY


class Writing(StrEnum):
    """What a platform writes that is no answer: an officer reads it and acts."""

    QUESTION = "question"
    WRONG_ADDRESS = "wrong_address"
    REVIEW = "review"


SUBJECTS: Mapping[Writing, str] = {
    Writing.QUESTION: words("A question of the platform"),
    Writing.WRONG_ADDRESS: words("The platform says that this is the wrong address"),
    Writing.REVIEW: words("The platform asks for a review of the content removal notice"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was made: of which referral, and which of its links. ``number`` counts them."""

    referral: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Named:
    """A request that a platform names by its reference, having shown its token."""

    platform: str
    reference: str


def without_links(line: str) -> str:
    """Take links out of a line: whoever reads a log must not be able to answer for a platform."""
    return LINK.sub(r"\1-", line)


def ends_at(approved_at: datetime) -> datetime:
    """Give the moment from which the link of a round of sending is of no more use."""
    return approved_at + LASTS


def unknown() -> LinkUnknown:
    """Refuse a link that this desk did not make: in the same words, whatever is wrong with it."""
    return LinkUnknown(
        words("This link does not lead to a request of ours."),
        do=words("Copy all of it from our message, or answer the message itself."),
    )


def check_works(
    link: Link,
    *,
    newest: int,
    approved_at: datetime | None,
    sent_at: datetime | None,
    now: datetime,
) -> None:
    """Refuse a link of what was never sent, one that was taken back, or one past its time."""
    if sent_at is None or approved_at is None:
        raise unknown()
    if link.number != newest or now >= ends_at(approved_at):
        raise LinkEnded(
            words("This link does not work any more."),
            do=words("Answer our message by e-mail, or ask us for a new link."),
        )


def is_of(
    platform: str,
    *,
    sent_to: str,
    approved_at: datetime | None,
    sent_at: datetime | None,
    now: datetime,
) -> bool:
    """Say whether a platform may see a request: one sent to it, within the time of a link."""
    was_sent = sent_at is not None and approved_at is not None and now < ends_at(approved_at)
    return was_sent and sent_to == platform


def possible(referral: Referral, status: PlatformStatus) -> tuple[AnswerKind | Outcome, ...]:
    """Give what the platform can answer now: an acknowledgement, and what it may have decided."""
    answers = [(AnswerKind.ACKNOWLEDGED, None), *((AnswerKind.DECIDED, it) for it in Outcome)]
    return tuple(
        outcome or kind
        for kind, outcome in answers
        if allowed(partial(check_answer, referral, kind, outcome, status))
    )


def check_can_say(
    said: AnswerKind | Outcome, referral: Referral, status: PlatformStatus, *, is_restricted: bool
) -> None:
    """Refuse an answer that is not waited for; nothing of how the referral stands is told."""
    if is_restricted or said not in possible(referral, status):
        raise not_waited_for()


def may_write(state: State, *, is_restricted: bool) -> bool:
    """Say whether a message is taken: not of what is closed to casework, or went to a court."""
    return not is_restricted and state is not State.STATUTORY_ROUTE


def check_can_write(state: State, *, is_restricted: bool) -> None:
    """Refuse to take anything about what takes no message, without saying why."""
    if not may_write(state, is_restricted=is_restricted):
        raise not_waited_for()


def not_waited_for() -> LinkEnded:
    """Refuse what nobody waits for, in the same words whatever the reason."""
    return LinkEnded(
        words("We do not wait for this answer any more."),
        do=words("If you want to tell us something, answer our message by e-mail."),
    )


def check_how_many(given_today: int) -> None:
    """Refuse more answers in a day than a person gives."""
    if given_today >= MOST_A_DAY:
        raise TooManyAnswers(
            words("There were too many answers to this request today."),
            do=words("Come back tomorrow, or answer our message by e-mail."),
        )
