"""The pen: one transaction, one log entry. Nothing in casework changes any other way."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

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
        %s::bigint[], %s::uuid[], %s::integer[], %s::bytea[], %s::bytea[], %s::text[]
    ) AS given (number, obj, ver, leaf, leaf_hash, fields)
), entered AS (
    INSERT INTO entry (number, obj, ver, leaf, leaf_hash)
    SELECT number, obj, ver, leaf, leaf_hash FROM given
), opened AS (
    INSERT INTO opening (entry, fields) SELECT number, fields FROM given
)
SELECT set_config('evenhand.entry', '', true)
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


class PenInTurn(Pen):
    """One of several pens of a transaction: what it entered is written when all of them have."""

    entry: Entry

    def enter(self, entry: Entry) -> None:
        """Take the log entry of this act. Closes the pen. Raises DeskNotOpen."""
        check_open(entry.act, is_closed=self._opened[2])
        self.entry, self.entered = entry, True


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
def writing_in_turn() -> Iterator[Callable[[], Pen]]:
    """Open one transaction for several acts, each with a pen of its own and its own log entry.

    All of them happen or none. Between two acts that read nothing nobody waits for PostgreSQL: the
    entries are written at the end. Raises NothingEntered if one of them has none.
    """
    pens: list[PenInTurn] = []

    def another() -> Pen:
        pens.append(PenInTurn(_open()))
        return pens[-1]

    with in_one_transaction():
        yield another
        if not all(pen.entered for pen in pens):
            raise NothingEntered("One of several acts ended without its log entry.")
        _enter_all(pens)


def _open() -> CursorWrapper:
    return send(OPEN, [settings.TIME_ZONE])


def _enter_all(pens: Sequence[PenInTurn]) -> None:
    changes: dict[int, list[Change]] = defaultdict(list)
    for number, *changed in send(CHANGES_OF_ALL, [[pen.number for pen in pens]]).fetchall():
        changes[number].append(_change(changed))
    lines = []
    for pen in pens:
        entry, written = pen.entry, write(pen.entry, changes[pen.number])
        leaf, opening = written.leaf, written.opening
        lines.append((pen.number, entry.obj, entry.ver, leaf, written.leaf_hash, opening))
        tell_at_commit(written.leaf_hash, at=entry.at)
    if lines:
        send(ENTER_ALL, [list(column) for column in zip(*lines, strict=True)])


def _change(changed: Sequence[Any]) -> Change:
    table, key, operation, digest = changed
    return Change(Code(table), Code(key), Operation(operation), Commitment(digest))
