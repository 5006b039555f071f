"""Enters a look in the log: one statement, before anything is shown. No casework is changed."""

from datetime import datetime
from uuid import UUID

from evenhand.ledger.entries import Entry, write
from evenhand.store.trips import send

STATEMENT = """
WITH again AS (
    UPDATE machinery.consultation SET repeats = repeats + 1
    WHERE officer = %(officer)s AND at > %(since)s AND about = %(about)s AND why = %(why)s
    RETURNING 1
), taken AS (
    SELECT nextval('entry_number') AS number WHERE NOT EXISTS (SELECT FROM again)
), entered AS (
    INSERT INTO entry (number, obj, leaf, leaf_hash)
    SELECT number, %(obj)s::uuid, %(leaf)s, %(leaf_hash)s FROM taken
), opened AS (
    INSERT INTO opening (entry, fields) SELECT number, %(fields)s FROM taken
)
INSERT INTO machinery.consultation (entry, officer, about, why, at)
SELECT number, %(officer)s, %(about)s, %(why)s, %(at)s FROM taken
"""


def enter_consultation(entry: Entry, *, about: UUID, since: datetime) -> None:
    """Enter a look, or count it where the same one was entered since then.

    ``about`` tells what was looked at: the record, or a list of records.
    """
    written = write(entry, [])
    values = {
        "officer": entry.who,
        "about": about,
        "why": entry.why,
        "since": since,
        "at": entry.at,
        "obj": entry.obj,
        "leaf": written.leaf,
        "leaf_hash": written.leaf_hash,
        "fields": written.opening,
    }
    send(STATEMENT, values)
