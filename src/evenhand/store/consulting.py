"""Enters a look, or an attempt that was refused, in the log: one statement. No casework changes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from evenhand.ledger.entries import Entry, write
from evenhand.store.asking import Found, Question, ask
from evenhand.store.receipts import tell_at_commit

STATEMENT = """
WITH again AS (
    UPDATE machinery.consultation SET repeats = repeats + 1
    WHERE officer = %(officer)s AND at > %(since)s AND at <= %(at)s
        AND about = %(about)s AND why = %(why)s AND tried IS NOT DISTINCT FROM %(tried)s::text
    RETURNING 1
), taken AS (
    SELECT nextval('entry_number') AS number WHERE NOT EXISTS (SELECT FROM again)
), entered AS (
    INSERT INTO entry (number, obj, leaf, leaf_hash)
    SELECT number, %(obj)s::uuid, %(leaf)s, %(leaf_hash)s FROM taken
), opened AS (
    INSERT INTO opening (entry, fields) SELECT number, %(fields)s FROM taken
)
INSERT INTO machinery.consultation (entry, officer, about, why, tried, at, reason)
SELECT number, %(officer)s, %(about)s, %(why)s, %(tried)s, %(at)s, %(reason)s::bytea FROM taken
RETURNING entry
"""


def enter_consultation(
    entry: Entry,
    *,
    about: UUID,
    since: datetime,
    reason: bytes | None = None,
    besides: Sequence[Question] = (),
) -> list[Found]:
    """Enter a look or an attempt, or count it where the same one was entered since then.

    Gives what was found of what is asked ``besides``, on the same trip: once it is committed.

    One that is dated later than this one counts for nothing: a clock that ran ahead, or somebody
    who wrote it there, would have switched the log of looks off.
    ``about`` tells what was looked at: the record, or a list of records. ``reason`` is why, sealed.
    """
    written = write(entry, [])
    values = {
        "officer": entry.who,
        "about": about,
        "why": entry.why,
        "tried": entry.tried,
        "since": since,
        "at": entry.at,
        "reason": reason,
        "obj": entry.obj,
        "leaf": written.leaf,
        "leaf_hash": written.leaf_hash,
        "fields": written.opening,
    }
    entered, *found = ask((STATEMENT, values), *besides)
    tell_at_commit(written.leaf_hash, at=entry.at, entered=lambda: bool(entered))
    return found
