"""The pen: one transaction, one log entry. Nothing in casework changes any other way."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from evenhand.ledger.entries import Change, Code, Commitment, Entry, Operation, write
from evenhand.rules.opening import check_open
from evenhand.store.receipts import tell_at_commit
from evenhand.store.trips import in_one_transaction, send

OPEN = """
SELECT set_config('evenhand.entry', nextval('entry_number')::text, true),
    set_config('evenhand.zone', %s, true), desk_is_closed()
"""
OPEN_FOR_EACH = """
WITH given AS MATERIALIZED (SELECT nextval('entry_number') AS number FROM generate_series(1, %s)),
named AS MATERIALIZED (
    SELECT array_agg(number ORDER BY number) AS numbers,
        set_config('evenhand.entry', max(number)::text, true),
        set_config('evenhand.zone', %s, true) FROM given
)
SELECT numbers, desk_is_closed() FROM named
"""
CHANGES = """
SELECT row_table, row_key, operation, digest FROM change
WHERE entry = current_setting('evenhand.entry')::bigint ORDER BY number
"""
ENTER = """
WITH entered AS (
    INSERT INTO entry (number, obj, ver, leaf, leaf_hash) VALUES (%s, %s, %s, %s, %s)
), opened AS (
    INSERT INTO opening (entry, fields) VALUES (%s, %s)
)
SELECT set_config('evenhand.entry', '', true)
"""
CHANGES_OF_ALL = """
SELECT entry, row_table, row_key, operation, digest FROM change
WHERE entry = ANY(%s::bigint[]) ORDER BY entry, number
"""
ENTER_ALL = """
WITH given AS (
    SELECT * FROM unnest(
        %b::bigint[], %b::uuid[], %b::integer[], %b::bytea[], %b::bytea[], %b::text[]
    ) AS given (number, obj, ver, leaf, leaf_hash, fields)
), entered AS (
    INSERT INTO entry (number, obj, ver, leaf, leaf_hash)
    SELECT number, obj, ver, leaf, leaf_hash FROM given
), opened AS (
    INSERT INTO opening (entry, fields) SELECT number, fields FROM given
)
SELECT set_config('evenhand.entry', '', true), set_config('evenhand.entries', '', true)
"""


class NothingEntered(RuntimeError):
    """An act closed its pen without a log entry. A fault in the house, never in the officer."""


class Pen:
    """An open transaction with an entry number. ``enter`` is called once, after the writing."""

    def __init__(self, opening: CursorWrapper) -> None:
        self._opening = opening
        self.entered = False

    def enter(self, entry: Entry) -> None:
        """Write the log entry of this act, naming every row it changed. Closes the pen.

        Raises DeskNotOpen for casework on a restored desk that nobody has opened yet.
        """
        check_open(entry.act, is_closed=self._opened[2])
        written = write(entry, map(_change, send(CHANGES).fetchall()))
        number, leaf, opening = self.number, written.leaf, written.opening
        send(ENTER, [number, entry.obj, entry.ver, leaf, written.leaf_hash, number, opening])
        tell_at_commit(written.leaf_hash, at=entry.at)
        self.entered = True

    @property
    def number(self) -> int:
        """The number of its entry."""
        return int(self._opened[0])

    @cached_property
    def _opened(self) -> Sequence[Any]:
        """What came back as it was opened: its number, the zone, whether the desk is closed."""
        found: Sequence[Any] = self._opening.fetchone()
        return found


class Pens:
    """An open transaction in which many records change at once, each under an entry of its own."""

    def __init__(self) -> None:
        self.numbers: Sequence[int] = ()
        self.entered = False

    def open(self, records: Sequence[UUID]) -> None:
        """Take an entry number for each record. What is deleted of it is noted under that one.

        Raises DeskNotOpen where the first entry comes to be written.
        """
        [(self.numbers, self._is_closed)] = send(
            OPEN_FOR_EACH, [len(records), settings.TIME_ZONE]
        ).fetchall()
        belongs = {str(it): number for it, number in zip(records, self.numbers, strict=True)}
        send("SELECT set_config('evenhand.entries', %s, true)", [json.dumps(belongs)])

    def enter(self, entries: Sequence[Entry]) -> None:
        """Write the log entry of each, in the order of the records. Closes the pens."""
        for act in {it.act for it in entries}:
            check_open(act, is_closed=self._is_closed)
        changes: dict[int, list[Change]] = defaultdict(list)
        for number, *changed in send(CHANGES_OF_ALL, [list(self.numbers)]).fetchall():
            changes[number].append(_change(changed))
        lines = []
        for number, entry in zip(self.numbers, entries, strict=True):
            written = write(entry, changes[number])
            leaf, opening = written.leaf, written.opening
            lines.append((number, entry.obj, entry.ver, leaf, written.leaf_hash, opening))
            tell_at_commit(written.leaf_hash, at=entry.at)
        send(ENTER_ALL, [list(column) for column in zip(*lines, strict=True)])
        self.entered = True


@contextmanager
def writing() -> Iterator[Pen]:
    """Open the pen: a transaction whose changes all belong to one log entry.

    Raises NothingEntered if the act ends without one; everything is then rolled back.
    """
    with in_one_transaction():
        pen = Pen(_open())
        yield pen
        if not pen.entered:
            raise NothingEntered("This act ended without its log entry.")


@contextmanager
def writing_together() -> Iterator[Pens]:
    """Open one transaction for one act on each of many records, each with its own log entry.

    All of them happen or none. Where no pen was opened, nothing was written. Raises NothingEntered
    if they end without their entries.
    """
    pens = Pens()
    with in_one_transaction():
        yield pens
        if pens.numbers and not pens.entered:
            raise NothingEntered("These acts ended without their log entries.")


def _open() -> CursorWrapper:
    return send(OPEN, [settings.TIME_ZONE])


def _change(changed: Sequence[Any]) -> Change:
    table, key, operation, digest = changed
    return Change(_table(table), Code(key), _operation(operation), Commitment(digest))


# Of these there are a few dozens, and of changes millions.
_table, _operation = cache(Code), cache(Operation)
