"""The pen: one transaction, one log entry. Nothing in casework changes any other way."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from evenhand.ledger.entries import Change, Code, Commitment, Entry, Operation, write
from evenhand.store.receipts import tell_at_commit
from evenhand.store.trips import in_one_transaction, send

OPEN = """
SELECT set_config('evenhand.entry', nextval('entry_number')::text, true),
    set_config('evenhand.zone', %s, true)
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


class NothingEntered(RuntimeError):
    """An act closed its pen without a log entry. A fault in the house, never in the officer."""


class Pen:
    """An open transaction with an entry number. ``enter`` is called once, after the writing."""

    def __init__(self, opening: CursorWrapper) -> None:
        self._opening = opening
        self.entered = False

    def enter(self, entry: Entry) -> None:
        """Write the log entry of this act, naming every row it changed. Closes the pen."""
        written = write(entry, _changes())
        number, leaf, opening = self._opening.fetchone()[0], written.leaf, written.opening
        send(ENTER, [number, entry.obj, entry.ver, leaf, written.leaf_hash, number, opening])
        tell_at_commit(written.leaf_hash, at=entry.at)
        self.entered = True


@contextmanager
def writing() -> Iterator[Pen]:
    """Open the pen: a transaction whose changes all belong to one log entry.

    Raises NothingEntered if the act ends without one; everything is then rolled back.
    """
    with in_one_transaction():
        pen = Pen(send(OPEN, [settings.TIME_ZONE]))
        yield pen
        if not pen.entered:
            raise NothingEntered("This act ended without its log entry.")


def _changes() -> list[Change]:
    return [
        Change(Code(table), Code(key), Operation(operation), Commitment(digest))
        for table, key, operation, digest in send(CHANGES).fetchall()
    ]
