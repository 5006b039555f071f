"""How many people are on record: a stored fact, kept in the transaction of every change."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.store.combinations import EVERYBODY, PeopleCountRow


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many records there are and of how many people. ``system`` is empty for all together."""

    system: str
    records: int
    people: int


def on_record(*, officer: Officer) -> Sequence[PeopleCount]:
    """Count the people on record: all together first, then by the system that records came from."""
    if not may(officer, Permission.OVERSEE):
        check_may(officer, Permission.LIST_REFERRALS)
    rows = PeopleCountRow.objects.order_by("system")
    found = [PeopleCount(it.system, it.records, it.people) for it in rows]
    return found or [PeopleCount(EVERYBODY, 0, 0)]
