"""What the law lets be held back is looked at again by its day: kept for reasons, or lifted.

Two officers do either. What is lifted is given with a further letter, which leaves as the reply;
where it cannot, because nobody is reached, that is said with what was tried.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.notification import RestrictionNotAllowed, check_review_day
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import OwnRequest
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.rights import ENDED, RESTRICTED, RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterNotReady
from evenhand.rules.texts import check_own_words
from evenhand.rules.words import words


class RestrictionOutcome(StrEnum):
    """What was found when a restriction was looked at again."""

    KEPT = "kept"
    LIFTED = "lifted"


class ReviewStanding(StrEnum):
    """Where a review stands: a second officer confirms it or returns it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class NothingToReview(Refused):
    """What was held back from a reply is looked at again by two officers, and lifted once."""

    code = "E-RST-35"
    clause = words("DPA 2018 s.45(4), (7)")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What one officer found. ``review_on``: when what is kept is looked at once more."""

    outcome: RestrictionOutcome
    reasons: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A piece that is held back, as it stands. ``in_whole``: all of its record is, too."""

    withheld: Withheld
    is_lifted: bool
    in_whole: bool
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """What is owed to somebody, and whether its letter can reach them.

    ``is_ready``: two officers agreed on the letter, and it is not on its way; ``is_tried``: the
    mail server refused it, or there is no e-mail address. ``waits``: a review waits to be answered.
    """

    standing: RightsStanding
    is_ready: bool
    is_tried: bool
    waits: bool


def check_review(review: Review, *, today: date) -> None:
    """Refuse to keep a restriction without reasons and a day, or to lift one without reasons."""
    check_own_words(review.reasons, at="reasons")
    if review.outcome is RestrictionOutcome.KEPT:
        check_review_day(review.review_on, today=today)
    elif review.review_on is not None:
        raise RestrictionNotAllowed(
            words("What is lifted is not looked at again."),
            do=words("Leave the day empty, or keep it held back."),
            at="review_on",
        )


def check_may_look_again(
    standing: RightsStanding, held_back: Restriction, outcome: RestrictionOutcome
) -> None:
    """Refuse to look again at what is not held back by law any more, or at what waits already."""
    if standing not in ENDED:
        raise NothingToReview(
            words("This request has not been answered."),
            do=words("Give the piece after all, or hold it back anew, before you reply."),
        )
    if held_back.withheld not in RESTRICTED or held_back.is_lifted:
        raise NothingToReview(
            words("This is not held back on a ground in law, or not any more."),
            do=words("Open the request again and choose from what is there."),
        )
    if held_back.waits:
        raise NothingToReview(
            words("A review of this waits for a second officer."),
            do=words("Have it confirmed or returned first."),
        )
    if held_back.in_whole and outcome is RestrictionOutcome.LIFTED:
        raise NothingToReview(
            words("The whole record is held back, so that nothing of it can be given."),
            do=words("Look again at the whole record first."),
            at="outcome",
        )


def check_may_answer(proposed_by: OfficerRef | None, officer: OfficerRef) -> None:
    """Refuse to answer a review where none waits, or that one proposed oneself."""
    if proposed_by is None:
        raise NothingToReview(
            words("No review of this waits for a second officer."),
            do=words("Open the request again: a colleague may have answered it already."),
        )
    if proposed_by == officer:
        raise OwnRequest(
            words("You looked at this again yourself."), do=words("Ask a second officer.")
        )


def check_is_owed(standing: RightsStanding) -> None:
    """Refuse a further letter where nothing was lifted that the person does not have yet."""
    if standing is not RightsStanding.LIFTED:
        raise NothingToReview(
            words("Nothing was lifted that this person was not given."),
            do=words("Look again at what is held back. A second officer confirms it."),
        )


def check_unreached(owed: Undelivered) -> None:
    """Refuse to say that nobody can be reached before a letter is there, and mail was tried."""
    check_is_owed(owed.standing)
    if owed.waits:
        raise NothingToReview(
            words("A review of something else waits for a second officer."),
            do=words("Have it confirmed or returned first."),
        )
    if not owed.is_ready:
        raise LetterNotReady(
            words("No letter that gives what was lifted is approved and ready to be sent."),
            do=words("Write it, have a second officer approve it, and try to send it."),
        )
    if not owed.is_tried:
        raise LetterNotReady(
            words("They gave an e-mail address, and the letter was not sent to it yet."),
            do=words("Send it. Where the mail server refuses it, come back."),
        )
