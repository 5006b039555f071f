"""Reads the log in the order of its tree, for those who take it away."""

from collections.abc import Iterator

from django.db import connection

from evenhand.store.sequencing import LogCheckpointRow

STEP = 2_000
OPENINGS = """
SELECT it.fields FROM machinery.log_index AS given
LEFT JOIN opening AS it ON it.entry = given.entry
WHERE given.index >= %s AND given.index < %s ORDER BY given.index
"""


def openings(begin: int, end: int) -> Iterator[str | None]:
    """Read the openings of the entries with these indexes; None is one that was erased."""
    for first in range(begin, end, STEP):
        with connection.cursor() as cursor:
            cursor.execute(OPENINGS, [first, min(first + STEP, end)])
            yield from (fields for (fields,) in cursor.fetchall())


def checkpoints(since: int, until: int) -> Iterator[str]:
    """Read the notes of the checkpoints that the desk keeps from one size to another."""
    rows = LogCheckpointRow.objects.filter(size__range=(since, until)).order_by("size")
    return rows.values_list("checkpoint", flat=True).iterator(STEP)
