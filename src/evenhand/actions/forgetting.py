"""Forgetting rows whose time is over: batch by batch, each with an entry of the log."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.store.writing import writing

BATCH = 500


def forget(old: QuerySet[Any], act: Act, *, acting: Acting) -> int:
    """Delete every row that is past its time, the oldest day first; give how many."""
    forgotten = 0
    while batch := _forget_batch(old, act, acting):
        forgotten += batch
    return forgotten


@transaction.atomic
def _forget_batch(old: QuerySet[Any], act: Act, acting: Acting) -> int:
    ids = list(old.order_by("day").values_list("id", flat=True)[:BATCH])
    if ids:
        with writing() as pen:
            old.filter(id__in=ids).delete()
            pen.enter(Entry(act=act, at=acting.at, who=acting.officer.ref))
    return len(ids)
