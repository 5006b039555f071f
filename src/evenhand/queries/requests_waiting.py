"""What of the open requests is on the first page of whoever answers them, by its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

from evenhand.queries import foi, rights
from evenhand.queries.foi import FoiLine
from evenhand.queries.rights_shown import RightsLine
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.requests_waiting import How, Pressing, in_piles
from evenhand.rules.rights import RightsStanding
from evenhand.store.lawbook import clocks
from evenhand.store.rights_found import RightsMarkRow

MOST_REVIEWS = 10
"""Of what is held back and due for review: what can be done in one sitting."""


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A request of which pieces are held back whose day of review has come, without a name."""

    reference: str
    pieces: int
    since: date


def of_information(*, acting: Acting) -> Mapping[Pressing, Sequence[FoiLine]]:
    """Give the requests for information that press, by pile, what is due first at the top."""
    officer, today = acting.officer, timezone.localdate(acting.at)
    lines = foi.lines(officer=officer).running

    def how(line: FoiLine) -> How:
        return How(line.next_on, _is_for(officer.ref, line.to_look_at))

    return in_piles(lines, how, today=today, calendar=clocks().uk)


def about_data(*, acting: Acting) -> Mapping[Pressing, Sequence[RightsLine]]:
    """Give the requests about people's data that press, by pile, what is due first at the top."""
    officer, today = acting.officer, timezone.localdate(acting.at)
    lines = rights.waiting(officer=officer)

    def how(line: RightsLine) -> How:
        return How(line.next_on, _is_for(officer.ref, line.proposed_by))

    return in_piles(lines, how, today=today, calendar=settings.CLOCKS.calendar)


def reviews_due(*, acting: Acting) -> Sequence[ReviewDue]:
    """Give the requests of which something is held back longer than to its day of review."""
    check_may(acting.officer, Permission.READ_RIGHTS)
    rows = RightsMarkRow.objects.filter(review_on__lte=timezone.localdate(acting.at))
    rows = rows.exclude(request__standing=RightsStanding.WITHDRAWN)
    found = rows.values("request__reference").annotate(pieces=Count("id"), since=Min("review_on"))
    return [
        ReviewDue(it["request__reference"], it["pieces"], it["since"])
        for it in found.order_by("since", "request__reference")[:MOST_REVIEWS]
    ]


def _is_for(officer: OfficerRef, written_by: Sequence[OfficerRef]) -> bool:
    """Say whether something waits that this officer did not write."""
    return any(it != officer for it in written_by)
