"""Forgetting what was replaced long ago: figures, sign-offs, versions, tokens, agreements. D11.

Documents stay: they are the public copy. So does what is in force, and an agreement under which
something left that the ledger still has, or an export was asked for that the desk still has.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.rules.retention_schedules import dates
from evenhand.store.exports import ExportRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import schedules
from evenhand.store.platforms import PlatformTokenRow, PlatformVersionRow, SignOffRow
from evenhand.store.schedules import ScheduleVersionRow
from evenhand.store.sharing import AgreementRow, DisclosureRow, OpenedKindRow
from evenhand.store.writing import writing

SCHEDULE = "D11"
SHORTEST_MONTH = timedelta(days=28)


def forget_old(*, acting: Acting) -> int:
    """Delete what was replaced, or ended, so long ago that the schedule has it gone; give how many.

    Nobody decides about it: nothing was done by it for ten years. A46.
    """
    today = timezone.localdate(acting.at)
    past = [(rows, found) for rows in _replaced() if (found := _past(rows, today))]
    if past:
        _forget(past, acting)
    return sum(len(found) for _rows, found in past)


def _replaced() -> Iterator[QuerySet[Any]]:
    """Give the tables under this row of the schedule, each with when its rows were ``over``."""
    yield PlatformVersionRow.objects.annotate(over=F("replaced_at"))
    yield SignOffRow.objects.annotate(over=F("ended_at"))
    yield PlatformTokenRow.objects.annotate(over=F("expires_at"))
    yield OpenedKindRow.objects.annotate(over=F("ended_at"))
    left = Exists(DisclosureRow.objects.filter(agreement=OuterRef("pk")))
    exported = Exists(ExportRow.objects.filter(agreement=OuterRef("pk")))
    yield AgreementRow.objects.exclude(left | exported).annotate(over=F("over_at"))
    newer = ScheduleVersionRow.objects.filter(
        schedule=OuterRef("schedule"), approved_at__gt=OuterRef("approved_at")
    )
    first = newer.order_by("approved_at").values("approved_at")[:1]
    yield ScheduleVersionRow.objects.annotate(over=Subquery(first))


def _past(rows: QuerySet[Any], today: date) -> list[UUID]:
    """Name the rows whose last day is over."""
    schedule = schedules()[SCHEDULE]
    assert schedule.most is not None  # noqa: S101 - the row has a last day
    soonest = today - schedule.most.months * SHORTEST_MONTH
    return [
        ref
        for ref, at in rows.filter(over__date__lt=soonest).values_list("id", "over")
        if dates(schedule, timezone.localdate(at), child=False).max_on < today
    ]


@transaction.atomic
def _forget(past: list[tuple[QuerySet[Any], list[UUID]]], acting: Acting) -> None:
    with writing() as pen:
        for rows, found in past:
            rows.model.objects.filter(id__in=found).delete()
            RecordKeyRow.objects.filter(id__in=found).delete()
        pen.enter(Entry(act=Act.SUPERSEDED_FORGOTTEN, at=acting.at, who=acting.officer.ref))
