"""What only the owner of the tables does when a log is closed: all entries wait for a new index."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection, connections, transaction

from evenhand.store.exporting import STEP
from evenhand.store.restoring import OWNER
from evenhand.store.sequencing import ONE, ClosedLogRow, LogStateRow

# Whoever commits an entry waits, so that entries of one record keep their order.
ALONE = "LOCK TABLE machinery.log_pending IN SHARE ROW EXCLUSIVE MODE"
LAST_TURN = "SELECT coalesce(max(turn), 0) FROM machinery.log_pending"
WAIT_AGAIN = """
INSERT INTO machinery.log_pending (entry) SELECT entry FROM (
    SELECT %(first)s::bigint AS entry, 0 AS part, 0::bigint AS place
    UNION ALL SELECT entry, 1, index FROM machinery.log_index WHERE entry <> %(first)s
    UNION ALL SELECT entry, 2, turn FROM machinery.log_pending WHERE entry <> %(first)s
) AS it ORDER BY part, place
"""
KEEP_AND_FORGET = (
    "DELETE FROM machinery.log_pending WHERE turn <= %(turn)s",
    """WITH gone AS (DELETE FROM machinery.log_index RETURNING index, entry)
    INSERT INTO machinery.log_closed_index SELECT %(closed)s, index, entry FROM gone""",
    """WITH gone AS (DELETE FROM machinery.log_checkpoint
        RETURNING size, checkpoint, signed_at, cosigned_at)
    INSERT INTO machinery.log_closed_checkpoint
    SELECT %(closed)s, size, checkpoint, signed_at, cosigned_at FROM gone""",
    "DELETE FROM machinery.log_witness",
    "UPDATE machinery.log_key SET closed = %(closed)s WHERE closed IS NULL",
    "UPDATE machinery.log_state SET written = 0, root = sha256('')",
)
OPENINGS = """
SELECT it.fields FROM generate_series(%(begin)s::bigint, %(end)s - 1) AS place (index)
LEFT JOIN machinery.log_closed_index AS given
    ON given.closed = %(closed)s AND given.index = place.index
LEFT JOIN opening AS it ON it.entry = given.entry ORDER BY place.index
"""
CHECKPOINTS = """
SELECT checkpoint FROM machinery.log_closed_checkpoint WHERE closed = %s AND size <= %s
ORDER BY size
"""


CLOSED_LOGS = "closed-logs"


def closed_folder(log: Path, closed: int) -> Path:
    """Give the folder of a closed log's tiles, beside that of the log that goes on."""
    return log.with_name(CLOSED_LOGS) / str(closed)


def being_begun() -> ClosedLogRow | None:
    """Give the log that is being closed, None where no new log is being begun."""
    if not LogStateRow.objects.filter(id=ONE, is_closing=True).exists():
        return None
    return ClosedLogRow.objects.latest("id")


def stop_the_sequencer() -> None:
    """Have nobody sequence until a new log is begun wholly."""
    LogStateRow.objects.filter(id=ONE).update(is_closing=True)


def let_the_sequencer_go_on() -> None:
    """Have the new log sequenced."""
    LogStateRow.objects.filter(id=ONE).update(is_closing=False, fault="", fault_since=None)


def wait_again(closed: ClosedLogRow) -> None:
    """Have every entry wait for an index of the new log, its first entry first, all in their order.

    What the closed log had is kept beside it. To do it twice changes nothing.
    """
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(ALONE)
        cursor.execute(LAST_TURN)
        values = {"first": closed.entry, "closed": closed.id, "turn": cursor.fetchone()[0]}
        for statement in (WAIT_AGAIN, *KEEP_AND_FORGET):
            cursor.execute(statement, values)
    connections[OWNER].close()


def openings(closed: int, size: int) -> Iterator[str | None]:
    """Read the openings of a closed log; None is one that was erased, or lost with its entry."""
    for begin in range(0, size, STEP):
        with connection.cursor() as cursor:
            values = {"closed": closed, "begin": begin, "end": min(begin + STEP, size)}
            cursor.execute(OPENINGS, values)
            yield from (fields for (fields,) in cursor.fetchall())


def checkpoints(closed: int, until: int) -> list[str]:
    """Read the notes of the checkpoints that are kept of a closed log, up to one size."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKPOINTS, [closed, until])
        return [note for (note,) in cursor.fetchall()]
