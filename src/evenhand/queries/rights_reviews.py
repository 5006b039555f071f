"""What is held back by law after the reply: when it is looked at again, and what waits for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Min
from django.utils import timezone

from evenhand.queries.rights_shown import HeldBack, ReviewShown
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.rights import RESTRICTED, RightsStanding, Withheld
from evenhand.rules.rights_reviews import RestrictionOutcome, ReviewStanding
from evenhand.seal.record import RecordKey
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_found import RightsMarkRow, RightsReviewRow
from evenhand.store.sealing import unsealed

MOST_SHOWN = 10
"""Of what is held back and due for review: what can be done in one sitting."""
NOTHING_FOLLOWS = (RightsStanding.WITHDRAWN.value, RightsStanding.UNREACHED.value)
"""Where a request has ended so that nobody is given anything of it any more."""
OF_MARKS = ("marks__person", "marks__reviews")


class Waits(StrEnum):
    """For what a request waits of which something was held back by law."""

    REVIEW = "review"
    SECOND = "second"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A request of which pieces held back wait for something, and since when, without a name."""

    reference: str
    waits: Waits
    pieces: int
    since: date

    def is_overdue(self, today: date) -> bool:
        """Say whether a day of review has passed."""
        return self.waits is Waits.REVIEW and self.since < today


def due(*, acting: Acting) -> Sequence[ReviewDue]:
    """Give the requests of which somebody must look again, confirm that, or write what is given."""
    check_may(acting.officer, Permission.READ_RIGHTS)
    today = timezone.localdate(acting.at)
    found = [*_to_review(today), *_to_confirm(acting.officer.ref), *_to_be_given()]
    return sorted(found, key=lambda it: (it.since, it.reference, it.waits))


def held_back(row: RightsRequestRow) -> Sequence[HeldBack]:
    """Give what of a request is held back by law, or was: no word of why."""
    marks = row.marks.prefetch_related("person", "reviews").order_by("review_on", "id")
    return [_held_back(it) for it in marks if it.withheld in RESTRICTED]


def briefly(row: RightsRequestRow) -> Sequence[Mapping[str, object]]:
    """Give the same for a program, of a request that comes with ``OF_MARKS``."""
    marks = sorted(row.marks.all(), key=lambda it: (it.at, it.id))
    return [
        {
            "person": it.person,
            "piece": it.piece,
            "review_on": it.review_on,
            "lifted": it.is_lifted,
            "waits": it.review is not None,
            "review": it.review,
        }
        for it in map(_held_back, marks)
        if it.withheld in RESTRICTED
    ]


def of_mark(mark: RightsMarkRow, key: RecordKey) -> Sequence[ReviewShown]:
    """Give the reviews of what is held back, the first at the top."""
    return [
        ReviewShown(
            id=it.id,
            outcome=RestrictionOutcome(it.outcome),
            standing=ReviewStanding(it.standing),
            review_on=it.review_on,
            reasons=unsealed(it, key, "reasons"),
            by=it.by.name,
            at=it.at,
            answered_by=it.answered_by.name if it.answered_by else "",
            answer=unsealed(it, key, "answer"),
        )
        for it in sorted(mark.reviews.all(), key=lambda it: (it.at, it.id))
    ]


def _held_back(mark: RightsMarkRow) -> HeldBack:
    waits = _waits(mark.reviews.all())
    return HeldBack(
        person=mark.person.reference,
        piece=mark.piece,
        withheld=Withheld(mark.withheld),
        review_on=mark.review_on,
        is_lifted=mark.lifted_at is not None,
        is_told=mark.told_at is not None,
        review=waits.id if waits else None,
        proposed_by=OfficerRef(waits.by_id) if waits else None,
    )


def _waits(reviews: Iterable[RightsReviewRow]) -> RightsReviewRow | None:
    return next((it for it in reviews if it.standing == ReviewStanding.PROPOSED), None)


def _to_review(today: date) -> Sequence[ReviewDue]:
    rows = RightsMarkRow.objects.by_law().filter(review_on__lte=today)
    rows = rows.exclude(request__standing__in=NOTHING_FOLLOWS)
    rows = rows.exclude(reviews__standing=ReviewStanding.PROPOSED)
    found = rows.values("request__reference").annotate(pieces=Count("id"), since=Min("review_on"))
    return [
        ReviewDue(it["request__reference"], Waits.REVIEW, it["pieces"], it["since"])
        for it in found.order_by("since", "request__reference")[:MOST_SHOWN]
    ]


def _to_confirm(officer: OfficerRef) -> Sequence[ReviewDue]:
    rows = RightsReviewRow.objects.filter(standing=ReviewStanding.PROPOSED).exclude(by=officer)
    found = rows.values("request__reference").annotate(pieces=Count("id"), since=Min("at"))
    return [
        ReviewDue(
            it["request__reference"], Waits.SECOND, it["pieces"], timezone.localdate(it["since"])
        )
        for it in found.order_by("since", "request__reference")[:MOST_SHOWN]
    ]


def _to_be_given() -> Sequence[ReviewDue]:
    rows = RightsMarkRow.objects.untold().filter(request__standing=RightsStanding.LIFTED)
    found = rows.values("request__reference").annotate(pieces=Count("id"), since=Min("lifted_at"))
    return [
        ReviewDue(
            it["request__reference"], Waits.LETTER, it["pieces"], timezone.localdate(it["since"])
        )
        for it in found.order_by("since", "request__reference")[:MOST_SHOWN]
    ]
