"""Forgetting what was shared long ago: six years after it left, its line goes from the ledger. D10.

The words went with the person. That something was shared, and when, the log counts for good.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.rules.retention_schedules import dates
from evenhand.store.lawbook import schedules
from evenhand.store.sharing import DisclosureRow, RecallRow
from evenhand.store.writing import writing

SCHEDULE = "D10"
BATCH = 500
SHORTEST_MONTH = timedelta(days=28)


def forget_old(*, acting: Acting) -> int:
    """Delete the lines whose last day is over, with their recalls; give how many.

    A line of somebody who is still on record waits for them. Nobody decides about it. A46.
    """
    past = iter(_past(timezone.localdate(acting.at)))
    forgotten = 0
    while some := list(islice(past, BATCH)):
        _forget(some, acting)
        forgotten += len(some)
    return forgotten


@transaction.atomic
def _forget(lines: Sequence[UUID], acting: Acting) -> None:
    with writing() as pen:
        RecallRow.objects.filter(disclosure__in=lines).delete()
        DisclosureRow.objects.filter(id__in=lines).delete()
        pen.enter(Entry(act=Act.DISCLOSURES_FORGOTTEN, at=acting.at, who=acting.officer.ref))


def _past(today: date) -> Sequence[UUID]:
    """Name the lines whose last day is over, the oldest first."""
    schedule = schedules()[SCHEDULE]
    assert schedule.most is not None  # noqa: S101 - the row has a last day
    soonest = today - schedule.most.months * SHORTEST_MONTH
    rows = DisclosureRow.objects.filter(person=None, built_at__date__lt=soonest)
    left = rows.annotate(left_at=Coalesce("released_at", "built_at")).order_by("built_at")
    return [
        line
        for line, at in left.values_list("id", "left_at")
        if dates(schedule, timezone.localdate(at), child=False).max_on < today
    ]
