"""Reads the log and casework side by side, step by step, in one snapshot that blocks nobody.

Each step is a short statement of its own, found by a key, so memory stays flat and no statement
runs long. Nothing is written.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from evenhand.ledger.explaining import Stored
from evenhand.store.log import named

STEP = 2_000
"""How many entries or rows one step reads."""
STEP_TIMEOUT = "SET LOCAL statement_timeout = '60s'"
UNCHANGING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
NEVER = 2**63 - 1
NOTHING = (0, "[]")
# Each step begins after the key of the one before; the first has none, and misses no key.
ENTRIES = """
SELECT e.number, e.leaf, e.leaf_hash, o.fields, e.obj::text, e.ver
FROM (SELECT number, leaf, leaf_hash, obj, ver FROM entry
      WHERE %(after)s::bigint IS NULL OR number > %(after)s ORDER BY number LIMIT %(step)s) AS e
LEFT JOIN opening AS o ON o.entry = e.number ORDER BY e.number
"""
# Written as an entry writes them, so that what agrees is equal, letter by letter.
CHANGES = """
SELECT entry, count(*), '[' || string_agg(concat('[', to_json(row_table), ',', to_json(row_key),
    ',"', operation, '","', encode(digest, 'hex'), '"]'), ',' ORDER BY number) || ']' FROM change
WHERE (%(after)s::bigint IS NULL OR entry > %(after)s) AND entry <= %(end)s GROUP BY entry
"""
LONE_OPENINGS = """
SELECT entry FROM opening
WHERE (%(after)s::bigint IS NULL OR entry > %(after)s) AND entry <= %(end)s
AND NOT EXISTS (SELECT FROM entry WHERE number = opening.entry) ORDER BY entry
"""
VERSIONS = """
SELECT obj, entries = versions AND most - least + 1 = entries
    AND (coalesce(referral.id, person.id) IS NULL
        OR (least = 1 AND most = coalesce(referral.version, person.version)))
FROM (SELECT obj, count(*) AS entries, count(DISTINCT ver) AS versions, min(ver) AS least,
          max(ver) AS most
      FROM entry WHERE ver IS NOT NULL AND obj IS NOT NULL
          AND (%(after)s::uuid IS NULL OR obj > %(after)s)
      GROUP BY obj ORDER BY obj LIMIT %(step)s) AS records
LEFT JOIN referral ON referral.id = obj LEFT JOIN person ON person.id = obj ORDER BY obj
"""
DISPOSED = "SELECT count(*) FROM disposal WHERE kind = %s AND what = 'record'"
ENTRIES_BY_INDEX = """
SELECT it.number, it.leaf_hash FROM generate_series(%(begin)s::bigint, %(end)s - 1) AS place (index)
LEFT JOIN (SELECT index, entry FROM machinery.log_index
           WHERE index >= %(begin)s AND index < %(end)s) AS given ON given.index = place.index
LEFT JOIN entry AS it ON it.number = given.entry ORDER BY place.index
"""
INDEXES = "SELECT entry, index FROM machinery.log_index WHERE index >= 0 AND entry = ANY (%s)"
NEXT_COUNT = """
SELECT least((SELECT min(counted) FROM machinery.day_count WHERE counted > %(after)s),
    (SELECT min(counted) FROM machinery.day_sum WHERE counted > %(after)s))
"""
ENTRIES_WITHOUT_INDEX = """
SELECT e.number, coalesce(given.index, -1) < 0 AND NOT EXISTS
    (SELECT FROM machinery.log_pending AS waits WHERE waits.entry = e.number)
FROM (SELECT number FROM entry WHERE %(after)s::bigint IS NULL OR number > %(after)s
      ORDER BY number LIMIT %(step)s) AS e
LEFT JOIN machinery.log_index AS given ON given.entry = e.number ORDER BY e.number
"""


@dataclass(frozen=True, slots=True)
class Step:
    """Some entries in their order, with the rows that each changed; and what belongs to no entry.

    ``changes`` counts all that were noted, ``lone_changes`` are those noted under no entry.
    """

    entries: Sequence[Stored]
    changes: int
    lone_changes: Sequence[str]
    lone_openings: Sequence[int]


@dataclass(frozen=True, slots=True)
class Compared:
    """Some rows of one table: how many were read, and those of which something is wrong.

    ``wrong`` holds a row's key, its last operation in the log, and whether the row is missing.
    """

    read: int
    wrong: Sequence[tuple[str, str, bool]] = field(default_factory=tuple)


@contextmanager
def one_snapshot() -> Iterator[str]:
    """See the database as it is at this moment until the block ends; change nothing.

    Gives the name by which another connection can see the same.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(UNCHANGING)
        cursor.execute(STEP_TIMEOUT)
        cursor.execute("SELECT pg_export_snapshot()")
        [name] = cursor.fetchone()
        yield str(name)


@contextmanager
def same_snapshot(name: str) -> Iterator[None]:
    """See the same as the connection of another thread sees. Closes this thread’s at the end."""
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(UNCHANGING)
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [name])
            cursor.execute(STEP_TIMEOUT)
            yield
    finally:
        connection.close()


def steps() -> Iterator[Step]:
    """Read every entry in order, with its opening and its changes, and what belongs to none."""
    after = None
    while True:
        rows = _ask(ENTRIES, {"after": after, "step": STEP})
        # After the last entry there may be changes still: somebody else's than ours.
        end = rows[-1][0] if len(rows) == STEP else NEVER
        these = {"after": after, "end": end}
        noted = {number: (many, rows) for number, many, rows in _ask(CHANGES, these)}
        changes = sum(many for many, _rows in noted.values())
        entries = [
            Stored(
                number, bytes(leaf), bytes(leaf_hash), opening, obj, ver,
                noted.pop(number, NOTHING)[1],
            )
            for number, leaf, leaf_hash, opening, obj, ver in rows
        ]  # fmt: skip
        lone_changes = [rows for _many, rows in noted.values()]
        lone_openings = [it for (it,) in _ask(LONE_OPENINGS, these)]
        yield Step(entries, changes, lone_changes, lone_openings)
        if end == NEVER:
            return
        after = end


def records_with_gaps() -> Iterator[UUID]:
    """Name the records whose versions do not follow each other with one entry for each.

    Those of a referral or a person run from 1 to the version that it has now.
    """
    after = None
    while rows := _ask(VERSIONS, {"after": after, "step": STEP}):
        after = rows[-1][0]
        yield from (obj for obj, is_whole in rows if not is_whole)


def entries_by_index(end: int) -> Iterator[tuple[int | None, bytes]]:
    """Give the number and hash of the entry at each index below ``end``; None where none is."""
    for begin in range(0, end, STEP):
        for number, digest in _ask(
            ENTRIES_BY_INDEX, {"begin": begin, "end": min(begin + STEP, end)}
        ):
            yield number, bytes(digest or b"")


def names_of(numbers: Collection[int]) -> Mapping[int, str]:
    """Give entries the names by which the verifier knows them."""
    found = dict(_ask(INDEXES, [list(numbers)]))
    return {it: named(it, found.get(it)) for it in numbers}


def entries_without_index() -> Iterator[int]:
    """Name the entries that have no index in the log's tree, and do not wait for one."""
    after = None
    while rows := _ask(ENTRIES_WITHOUT_INDEX, {"after": after, "step": STEP}):
        after = rows[-1][0]
        yield from (number for number, has_none in rows if has_none)


def rows_of(table: str) -> Iterator[Compared]:
    """Compare every row of a table with the last change that the log holds of it, both ways."""
    after = ""
    while True:
        [(read, last, wrong)] = _ask(
            "SELECT * FROM rows_as_logged(%s, %s, %s)", [table, after, STEP]
        )
        if not read:
            break
        after = last
        yield Compared(
            0, [(key, operation, missing) for key, operation, missing in json.loads(wrong or "[]")]
        )
    key = None
    while True:
        [(read, last, keys)] = _ask(
            "SELECT * FROM rows_not_logged(%s, %s::uuid, %s)", [table, key, STEP]
        )
        if not read:
            return
        key = last
        yield Compared(read, [(it, "", False) for it in keys or ()])


def live_and_disposed(kind: str) -> tuple[int, int]:
    """Count the records of one kind that are there, and the certificates of those that are not."""
    [(live,)] = _ask(f'SELECT count(*) FROM "{kind}"', [])  # noqa: S608 - own names
    [(disposed,)] = _ask(DISPOSED, [kind])
    return live, disposed


def sums_that_differ() -> Iterator[str]:
    """Name the counts whose sums by months are not what their days give."""
    after = ""
    while True:
        [(counted,)] = _ask(NEXT_COUNT, {"after": after})
        if counted is None:
            return
        after = counted
        [(differ,)] = _ask("SELECT machinery.sums_differ(%s)", [counted])
        if differ:
            yield counted


def _ask(question: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
