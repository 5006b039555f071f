"""Which reports from the public wait for whoever signs in."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from evenhand.queries import public_reports
from evenhand.queries.worklist import SHOWN
from evenhand.rules.officers import Acting, Permission, may
from evenhand.web.reports import present


def waiting(acting: Acting) -> Sequence[Mapping[str, object]]:
    """Give the piles of reports for this officer, empty ones left out."""
    if not may(acting.officer, Permission.TAKE_REPORT):
        return []
    found = public_reports.waiting(most=SHOWN, officer=acting.officer)
    return list(present.piles(found.items, more=found.more, today=timezone.localdate(acting.at)))
