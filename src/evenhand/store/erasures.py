"""Reads from the log which entries erased something."""

from evenhand.ledger.erasures import MARK, Erased, erased_by
from evenhand.store.asking import ask

# By the key of each entry: a join would read the whole log for a part of it.
ERASURES = """
SELECT given.index, it.obj, it.leaf, it.leaf_hash
FROM (SELECT index, entry FROM machinery.log_index
      WHERE index >= %s AND index < %s ORDER BY index) AS given
CROSS JOIN LATERAL (SELECT obj, leaf, leaf_hash FROM entry WHERE number = given.entry
                    AND position(%s::bytea IN leaf) > 0 OFFSET 0) AS it
ORDER BY given.index
"""


def erasures(begin: int, end: int) -> list[Erased]:
    """Give those of the entries with these indexes that erased something, in their order."""
    [rows] = ask((ERASURES, [begin, end, MARK]))
    return [erased_by(index, bytes(digest), bytes(leaf), obj) for index, obj, leaf, digest in rows]
