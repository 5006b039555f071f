"""Finds referrals by several conditions at once, at a cost that no number of rows can raise.

An index gives the newest referrals of one kind, at most MOST of them; every other condition is
tried on those alone. The kind whose newest reach back furthest is the one to look among. Where
nothing is left to look among, nothing was missed; else the list goes on from where the look ended.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection

from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.sealing import open_key, place_of

MOST = 2_000
"""How many referrals one look goes through."""
MOST_READ = 10_000
"""From how many expected hits on a word's index is not read: it gives them all before the first."""
ORDER = "ORDER BY logged_at DESC, number DESC"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is true of some referrals, in SQL: the house's own text, and values."""

    sql: str
    values: tuple[Any, ...] = ()


class Listed(NamedTuple):
    """What a list reads of a referral, and its key as it is stored."""

    id: UUID
    number: int
    reference: str
    version: int
    state: str
    state_since: datetime
    platform: str
    platform_status: str
    harm: str | None
    url: bytes | None
    logged_at: datetime
    put_off_until: date | None
    owner_id: UUID
    restricted: str | None
    key_id: UUID
    wrapped: bytes

    @classmethod
    def of(cls, row: ReferralRow) -> "Listed":
        """Take it of a whole row that came with its key."""
        return cls._make([*(getattr(row, it) for it in cls._fields[:-1]), row.key.wrapped])

    def address(self) -> str:
        """Open the address; empty once it is destroyed. Raises KeyUnusable, SealBroken."""
        if not self.url:
            return ""
        place = place_of(ReferralRow, "url", self.id)
        return open_key(self.key_id, self.wrapped).open(place, bytes(self.url))


ALWAYS = Condition("true")
SHOWN = ", ".join([*(f"referral.{it}" for it in Listed._fields[:-1]), "record_key.wrapped"])


class Place(NamedTuple):
    """A place in the list of all referrals."""

    at: datetime
    number: int


KindOfReferral: TypeAlias = tuple[Condition, ...]
"""Referrals of which one condition is true, or either of two. Each has an index, newest first."""

# The index of all referrals is made for this condition, which is true of each of them. No other
# kind names it, so none is looked for among all, however the planner guesses.
EVERYTHING: KindOfReferral = (Condition("number > 0"),)


def both(*conditions: Condition) -> Condition:
    """Join conditions into one; none at all is always true."""
    sql = " AND ".join(it.sql for it in conditions) or "true"
    return Condition(sql, tuple(value for it in conditions for value in it.values))


def with_words(tokens: Sequence[bytes]) -> Condition:
    """Ask for the words of a referral. A subquery by key: the planner cannot turn it round."""
    sql = "(SELECT tokens FROM words WHERE words.id = referral.id) @> %s::bytea[]"
    return Condition(sql, (list(tokens),))


def among(numbers: Sequence[int]) -> KindOfReferral:
    """Give the kind of referrals with these numbers."""
    return (Condition("number = ANY(%s)", (list(numbers),)),)


def few_with_words(tokens: Sequence[bytes]) -> list[int] | None:
    """Give the numbers of all referrals with these words, or None where they are many."""
    rows = WordsRow.objects.filter(tokens__contains=list(tokens))
    [plan] = json.loads(rows.explain(format="json"))
    if plan["Plan"]["Plan Rows"] > MOST_READ:
        return None
    return _if_few(list(rows.values_list("number", flat=True)[: MOST + 1]))


def few_with(condition: Condition, *, by: str) -> list[int] | None:
    """Give the numbers of all referrals like this, or None where they are many."""
    sql = f"SELECT number FROM referral WHERE {condition.sql} ORDER BY {by} LIMIT {MOST + 1}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, condition.values)
        return _if_few([number for (number,) in cursor.fetchall()])


def reaches(kinds: Sequence[KindOfReferral], within: Condition) -> list[Place | None]:
    """Say how far back the newest of each kind reach; None: to the very first."""
    newest = [_newest(kind, within) for kind in kinds]
    sql = " UNION ALL ".join(
        f"SELECT {which}, logged_at, number FROM (SELECT logged_at, number, row_number()"  # noqa: S608
        f" OVER ({ORDER}) AS nth FROM ({it.sql}) AS newest) AS counted WHERE nth = {MOST}"
        for which, it in enumerate(newest)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for it in newest for value in it.values])
        found = {which: Place(at, number) for which, at, number in cursor.fetchall()}
    return [found.get(which) for which in range(len(kinds))]


def look(kind: KindOfReferral, tried: Condition, within: Condition, *, most: int) -> list[Listed]:
    """Give the newest of a kind of which the other conditions are true."""
    newest = _newest(kind, within)
    sql = (
        f"SELECT {SHOWN} FROM ({newest.sql}) AS referral"  # noqa: S608
        f" JOIN record_key ON record_key.id = referral.key_id WHERE {tried.sql}"
        f" ORDER BY referral.logged_at DESC, referral.number DESC LIMIT {most}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*newest.values, *tried.values])
        return [Listed._make(values) for values in cursor.fetchall()]


def _newest(kind: KindOfReferral, within: Condition) -> Condition:
    """Give the statement for the newest of a kind. Its limit is a wall to the planner."""
    first, *others = (_of_one(it, within) for it in kind)
    if not others:
        return first
    [second] = others
    sql = (
        f"SELECT * FROM (({first.sql}) UNION ALL (SELECT * FROM ({second.sql}) AS second"  # noqa: S608
        f" WHERE NOT ({kind[0].sql}))) AS either {ORDER} LIMIT {MOST}"
    )
    return Condition(sql, (*first.values, *second.values, *kind[0].values))


def _of_one(condition: Condition, within: Condition) -> Condition:
    these = both(condition, within)
    sql = f"SELECT * FROM referral WHERE {these.sql} {ORDER} LIMIT {MOST}"  # noqa: S608
    return Condition(sql, these.values)


def _if_few(numbers: list[int]) -> list[int] | None:
    return numbers if len(numbers) <= MOST else None
