"""What the law lets be held back is looked at again by its day: kept for reasons, or lifted.

Two officers do either. What is lifted is given with a further letter, which leaves as the reply.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.notification import RestrictionNotAllowed, check_review_day
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import OwnRequest
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.rights import ENDED, RESTRICTED, RightsStanding, Withheld
from evenhand.rules.texts import check_given
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


def check_review(review: Review, *, today: date) -> None:
    """Refuse to keep a restriction without reasons and a day, or to lift one without reasons."""
    check_given(review.reasons, at="reasons")
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
