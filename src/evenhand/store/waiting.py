"""Finds the referrals that have waited the longest, at a cost that no number of rows can raise.

An index gives the first of each owner in each state, as many as are shown; those few are sorted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from evenhand.store.asking import ask
from evenhand.store.looking import ALWAYS, SHOWN, Condition, Listed, both

OWNERS = "SELECT unnest(%s::uuid[])"
WANTED = "unnest(%s::integer[], %s::text[]) AS wanted (heap, state)"
LEAVERS = " UNION SELECT id FROM officer WHERE retired_at IS NOT NULL"


class Since(StrEnum):
    """The column by which it has waited the longest; each is in an index with the number."""

    STATE = "state_since"
    DUE = "due_at"
    EMERGENCY = "emergency_since"
    MAIL = "mail_since"


@dataclass(frozen=True, slots=True)
class Heap:
    """Referrals that wait for one thing: in one of these states, of these owners, where named.

    ``and_leavers``: and what belongs to officers who have left, which is everyone's.
    """

    tried: Condition = ALWAYS
    states: Sequence[str] = ()
    owners: Sequence[UUID] | None = None
    and_leavers: bool = False
    since: Since = Since.STATE


def longest(heaps: Sequence[Heap], *, most: int) -> list[list[Listed]]:
    """Give those of each heap that have waited the longest, by one question."""
    found: list[list[Listed]] = [[] for _heap in heaps]
    if heaps:
        alike = groupby(enumerate(heaps), key=lambda it: replace(it[1], states=()))
        each = [_of(dict(several), heap, most) for heap, several in alike]
        sql = " UNION ALL ".join(it.sql for it in each)
        values = [value for it in each for value in it.values]
        [rows] = ask((f"{sql} ORDER BY heap, place", values))
        for which, _place, *line in rows:
            found[which].append(Listed._make(line))
    return found


def _of(several: Mapping[int, Heap], heap: Heap, most: int) -> Condition:
    """Give the statement for heaps, by their numbers, that differ in their states alone."""
    parts, conditions, [which, *_] = [], [heap.tried], several
    if heap.owners is not None:
        owners = OWNERS + LEAVERS if heap.and_leavers else OWNERS
        parts.append(Condition(f"({owners}) AS mine (owner)", (list(heap.owners),)))
        conditions.append(Condition("owner_id = mine.owner"))
    wanted = [(which, state) for which, it in several.items() for state in it.states]
    if wanted:
        values = tuple(map(list, zip(*wanted, strict=True)))
        parts.append(Condition(WANTED, values))
        conditions.append(Condition("referral.state = wanted.state"))
    each, number = both(*conditions), "wanted.heap" if wanted else str(which)
    order = f"{heap.since}, number"
    parts.append(
        Condition(
            f"LATERAL (SELECT * FROM referral WHERE {each.sql} ORDER BY {order} LIMIT {most})"  # noqa: S608
            " AS referral",
            each.values,
        )
    )
    sql = (
        f"SELECT * FROM (SELECT {number} AS heap, row_number() OVER"  # noqa: S608
        f" (PARTITION BY {number} ORDER BY referral.{heap.since}, referral.number) AS place,"
        f" {SHOWN} FROM {', '.join(it.sql for it in parts)}"
        f" JOIN record_key ON record_key.id = key_id) AS found WHERE place <= {most}"
    )
    return Condition(sql, tuple(value for it in parts for value in it.values))
