"""A content removal notice is an order: its 48 hours, and its review by who did not give it.

Crime and Policing Act 2026 ss.21 and 22. Nobody has verified that they are in force, nor what
regulations add: a desk gives such notices only where its profile says so.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evenhand.rules.officers import Officer, OfficerRef
from evenhand.rules.referrals import AFTER_SENDING, State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

STANDS = AFTER_SENDING | {State.SENT}
"""States in which a notice that was given stands."""
S22 = words("Crime and Policing Act 2026 s.22")


class OrderReview(StrEnum):
    """How the review of a content removal notice stands; what was withdrawn is withdrawn whole."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Order:
    """A content removal notice that was given and stands.

    ``act_by``: 48 hours from the time when it was given. ``givers``: who assessed, approved or sent
    it.
    """

    given_at: datetime
    act_by: datetime
    review: OrderReview | None
    givers: frozenset[OfficerRef]


class NoOrder(Refused):
    """A review is of a content removal notice that was given and stands."""

    code = "E-ORDER-01"
    clause = S22
    verified = False
    kind = Kind.CONFLICT


class ReviewedOnce(Refused):
    """A content removal notice is reviewed once, when the platform asks."""

    code = "E-ORDER-02"
    clause = S22
    verified = False
    kind = Kind.CONFLICT


class GaveItThemselves(Refused):
    """Whoever reviews a content removal notice neither assessed, approved nor sent it."""

    code = "E-ORDER-03"
    clause = S22
    verified = False
    kind = Kind.FORBIDDEN


def check_can_be_asked(order: Order | None) -> None:
    """Refuse to take that a review is asked for where there is none, or it was asked for before."""
    if order is None:
        raise NoOrder(
            words("No content removal notice that could be reviewed stands here."),
            do=words("Ask about the request instead."),
        )
    if order.review is not None:
        raise ReviewedOnce(
            words("A review of this notice was asked for already."),
            do=words("Ask about the request if there is something new."),
        )


def check_may_review(order: Order | None, officer: Officer) -> None:
    """Refuse a review that nobody waits for, or by somebody who had a part in the notice."""
    if order is None or order.review is not OrderReview.ASKED:
        raise NoOrder(
            words("No review of a content removal notice waits here."),
            do=words("Open the referral to see how it stands."),
        )
    if officer.ref in order.givers:
        raise GaveItThemselves(
            words("You assessed, approved or sent this notice."),
            do=words("Ask an approver who had no part in it."),
        )
