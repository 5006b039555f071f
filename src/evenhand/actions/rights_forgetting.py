"""Requests about one's own data are forgotten when their time is over; their counts stay."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from evenhand.actions import vaults
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.rules.rights import ENDED, RightsStanding
from evenhand.store.keys import RecordKeyRow
from evenhand.store.rights import (
    RightsContactRow,
    RightsEventRow,
    RightsRequestRow,
    RightsSearchRow,
)
from evenhand.store.rights_found import RightsFoundRow, RightsMarkRow, RightsReviewRow
from evenhand.store.rights_letters import RightsLetterRow, RightsPackRow
from evenhand.store.writing import writing

BATCH = 100
# In this order: whatever points to another row goes before it.
PARTS = (
    RightsReviewRow,
    RightsMarkRow,
    RightsFoundRow,
    RightsSearchRow,
    RightsEventRow,
    RightsLetterRow,
)
MORE_MAY_BE_GIVEN = RightsMarkRow.objects.filter(
    request=OuterRef("request"),
    request__standing__in=sorted(ENDED),
    ground__isnull=False,
    told_at__isnull=True,
)
"""What was held back by law may be given later: until then whoever asked can be reached.

Not of a request that was withdrawn, or whose person could not be reached: nothing is given then.
"""


def forget_old(*, acting: Acting) -> int:
    """Erase requests whose time is over, and how people were reached; give how many requests."""
    today = timezone.localdate(acting.at)
    contacts = RightsContactRow.objects.filter(~Exists(MORE_MAY_BE_GIVEN), last_on__lte=today)
    while batch := list(contacts.values_list("id", flat=True)[:BATCH]):
        with writing() as pen:
            vaults.erase(RightsContactRow.objects.filter(id__in=batch))
            pen.enter(_entry(acting))
    past = RightsRequestRow.objects.filter(max_on__lte=today)
    over, forgotten = past.exclude(standing=RightsStanding.LIFTED), 0
    while batch := list(over.values_list("id", flat=True)[:BATCH]):
        with writing() as pen:
            _forget(batch)
            pen.enter(_entry(acting))
        forgotten += len(batch)
    return forgotten


def _forget(batch: Iterable[UUID]) -> None:
    vaults.erase(RightsContactRow.objects.filter(request__in=batch))
    RightsPackRow.objects.filter(letter__request__in=batch).delete()
    for part in PARTS:
        part._default_manager.filter(request__in=batch).delete()
    RightsRequestRow.objects.filter(id__in=batch).delete()
    RecordKeyRow.objects.filter(id__in=batch).delete()


def _entry(acting: Acting) -> Entry:
    return Entry(act=Act.RIGHTS_FORGOTTEN, at=acting.at, who=acting.officer.ref)
