"""Finds the referrals that have waited the longest, at a cost that no number of rows can raise.

An index gives the first of each owner in each state, as many as are shown; those few are sorted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from evenhand.store.asking import ask
from evenhand.store.looking import ALWAYS, SHOWN, Condition, Listed, both

OWNERS = "SELECT unnest(%s::uuid[])"
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
    """Give those of each heap that have waited the longest, in one trip."""
    asked = (_of(it, most) for it in heaps)
    found = ask(*((it.sql, it.values) for it in asked))
    return [[Listed._make(values) for values in rows] for rows in found]


def _of(heap: Heap, most: int) -> Condition:
    order = f"{heap.since}, number LIMIT {most}"
    parts, conditions = [], [heap.tried]
    if heap.owners is not None:
        owners = OWNERS + LEAVERS if heap.and_leavers else OWNERS
        parts.append(Condition(f"({owners}) AS mine (owner)", (list(heap.owners),)))
        conditions.append(Condition("owner_id = mine.owner"))
    if heap.states:
        parts.append(Condition("unnest(%s::text[]) AS wanted (state)", (list(heap.states),)))
        conditions.append(Condition("referral.state = wanted.state"))
    each = both(*conditions)
    parts.append(
        Condition(
            f"LATERAL (SELECT * FROM referral WHERE {each.sql} ORDER BY {order}) AS referral",  # noqa: S608
            each.values,
        )
    )
    sql = (
        f"SELECT {SHOWN} FROM {', '.join(it.sql for it in parts)}"  # noqa: S608
        f" JOIN record_key ON record_key.id = key_id ORDER BY referral.{order}"
    )
    return Condition(sql, tuple(value for it in parts for value in it.values))
