"""What only the owner of the tables does: load into an empty database, take entries back.

While a desk is restored it has a table that only the owner can make. As long as it is there, no
page is served, and triggers rest: those that keep what is held, and one that waits for recalls.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, connections, transaction

OWNER = "owner"
CLOSE = "CREATE TABLE IF NOT EXISTS machinery.restoring ()"
CLOSED = """
SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'restoring'
               AND relnamespace::regnamespace::text = 'machinery')
"""
# What was disposed of since was held by nobody then, every recipient had been told, and whoever
# had asked about it was answered.
RESTING = (
    ("hold", "hold_stands"),
    ("challenge", "challenge_waits"),
    ("person", "held_is_kept"),
    ("person_link", "held_is_kept"),
    ("person_statement", "held_is_kept"),
    ("disclosure", "step_by_step"),
    ("rights_found", "rights_found_is_held"),
)
SOMETHING = """
SELECT EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p', 'S')
               AND relnamespace <> 'information_schema'::regnamespace
               AND relnamespace::regnamespace::text !~ '^pg_')
"""
WAITING = """
SELECT it.leaf_hash, it.number FROM machinery.log_pending AS waits
JOIN entry AS it ON it.number = waits.entry
"""
ENTER = """
INSERT INTO entry (number, leaf, leaf_hash)
SELECT nextval('entry_number'), leaf, sha256('\\x00'::bytea || leaf)
FROM (SELECT leaf FROM unnest(%s::bytea[]) WITH ORDINALITY AS given (leaf, place)
      ORDER BY place) AS it
RETURNING leaf_hash, number
"""
NO_LONGER_WAITING = "DELETE FROM machinery.log_pending WHERE entry = ANY(%s)"
GIVE = """
INSERT INTO machinery.log_index (index, entry)
SELECT index, entry FROM unnest(%s::bigint[], %s::bigint[]) AS given (index, entry)
"""


def is_closed() -> bool:
    """Say whether a restore of this desk has begun and not ended."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED)
        [found] = cursor.fetchone()
        return bool(found)


def holds_something() -> bool:
    """Say whether the database has any table. Asks as the owner."""
    [(found,)] = _as_owner(SOMETHING)
    return bool(found)


def drop_what_was_begun() -> None:
    """Drop everything that a restore, which broke off, has loaded."""
    _as_owner("DROP OWNED BY CURRENT_USER CASCADE")


def close() -> None:
    """Keep the desk closed until it is restored. Raises DatabaseError where nobody may."""
    with transaction.atomic(using=OWNER):
        _as_owner(CLOSE)
        for table, trigger in RESTING:
            _as_owner(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


def open_again() -> None:
    """Let the desk be used."""
    with transaction.atomic(using=OWNER):
        for table, trigger in RESTING:
            _as_owner(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        _as_owner("DROP TABLE machinery.restoring")
    connections[OWNER].close()


def waiting() -> dict[bytes, int]:
    """Give the entries that wait for their index: hash to number."""
    return {bytes(digest): number for digest, number in _as_owner(WAITING)}


def take_back(first: int, leaves: Sequence[bytes], hashes: Sequence[bytes]) -> None:
    """Give leaves of the published log their indexes from ``first`` on, in one transaction.

    One that waits for its index is there already; any other is entered again, without what it says.
    """
    with transaction.atomic(using=OWNER):
        numbers = waiting()
        lost = [leaf for leaf, it in zip(leaves, hashes, strict=True) if it not in numbers]
        numbers |= {bytes(digest): number for digest, number in _as_owner(ENTER, [lost])}
        given = [numbers[it] for it in hashes]
        _as_owner(NO_LONGER_WAITING, [given])
        _as_owner(GIVE, [list(range(first, first + len(given))), given])


def _as_owner(statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
