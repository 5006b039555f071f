"""How somebody outside the desk is reached lies in a vault; forgotten, it goes with its own key."""

from typing import Any
from uuid import UUID

from django.db.models import Manager, QuerySet

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.store.keys import RecordKeyRow
from evenhand.store.writing import writing


def forget(vault: Manager[Any], whom: UUID, act: Act, *, acting: Acting) -> None:
    """Erase how one person is reached, in an entry of its own."""
    with writing() as pen:
        erase(vault.filter(id=whom))
        pen.enter(Entry(act=act, at=acting.at, who=acting.officer.ref, obj=whom))


def erase(found: QuerySet[Any]) -> None:
    """Delete how people are reached, each with the key that seals it and it alone.

    Needs the pen.
    """
    keys = list(found.values_list("key", flat=True))
    found.delete()
    RecordKeyRow.objects.filter(id__in=keys).delete()
