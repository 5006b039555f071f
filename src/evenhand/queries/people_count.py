"""How many people are on record: a stored fact, kept in the transaction of every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.store.combinations import EVERYBODY, PeopleCountRow, PeopleKnownRow


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many records there are and of how many people. ``system`` is empty for all together."""

    system: str
    records: int
    people: int


def on_record(*, officer: Officer, as_at: date | None = None) -> Sequence[PeopleCount]:
    """Count the people on record: all together first, then by the system that records came from.

    With ``as_at``, as it was at the end of that day.
    """
    if not may(officer, Permission.OVERSEE):
        check_may(officer, Permission.LIST_REFERRALS)
    rows: QuerySet[PeopleCountRow | PeopleKnownRow] = PeopleCountRow.objects.order_by("system")
    if as_at:
        known = PeopleKnownRow.objects.filter(known_on__lte=as_at)
        rows = known.order_by("system", "-known_on").distinct("system")
    found = [PeopleCount(it.system, it.records, it.people) for it in rows]
    return found or [PeopleCount(EVERYBODY, 0, 0)]
