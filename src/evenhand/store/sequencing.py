"""The order of the log in its tables: who has which index, what is written, what was signed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from evenhand.ledger.broken import Broken
from evenhand.ledger.keys import VerifierKey, parse_verifier_key
from evenhand.ledger.signer import Head
from evenhand.store.asking import ask

ONE = 1
SEQUENCER, COSIGNER = 7_205_759, 7_205_760
"""The advisory locks of those of whom one works at a time; any numbers would do."""
WITNESSES_SILENT = timedelta(minutes=10)
"""After this time without enough cosignatures a checkpoint is published with what it has."""
# By the key of each entry: a join would read the whole log for a part of it.
LEAVES = """
SELECT (SELECT leaf FROM entry WHERE number = given.entry) FROM machinery.log_index AS given
WHERE index >= %s AND index < %s ORDER BY index
"""
GIVEN = "SELECT coalesce(max(index) + 1, 0) FROM machinery.log_index"


class LogStateRow(models.Model):
    """How far the tiles are written. There is one row.

    ``is_closing``: a new log is being begun, and until that is done nothing is sequenced.
    """

    id = models.SmallIntegerField(primary_key=True)
    written = models.BigIntegerField()
    root = models.BinaryField()
    fault = models.TextField(default="")
    fault_since = models.DateTimeField(null=True)
    is_closing = models.BooleanField(default=False)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_state"'


class LogIndexRow(models.Model):
    """The index of an entry in the log's tree."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_index"'


class LogPendingRow(models.Model):
    """An entry that is committed and has no index yet."""

    turn = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_pending"'


ROOT_LINE = 2
"""The line of a checkpoint with its root, after its name and its size."""


class LogCheckpointRow(models.Model):
    """A checkpoint as it was signed, with the cosignatures that came.

    ``cosigned_at`` is when enough witnesses had cosigned it for the desk's policy.
    """

    size = models.BigIntegerField(primary_key=True)
    checkpoint = models.TextField()
    signed_at = models.DateTimeField()
    cosigned_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_checkpoint"'


class LogWitnessRow(models.Model):
    """What a witness cosigned last and when, and since when and why it does not answer."""

    key = models.TextField(primary_key=True)
    size = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    fault = models.TextField(default="")
    fault_since = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_witness"'


class LogKeyRow(models.Model):
    """A public key of the log, and since when it signs; ``closed`` is the closed log it was of."""

    key = models.TextField(primary_key=True)
    since = models.DateTimeField()
    closed = models.SmallIntegerField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_key"'


class ClosedLogRow(models.Model):
    """A log that could not go on: its name, its last checkpoint, and the log that continues it.

    ``entry`` is the first entry of that one.
    """

    id = models.SmallIntegerField(primary_key=True)
    origin = models.TextField(unique=True)
    size = models.BigIntegerField()
    checkpoint = models.TextField()
    continued_by = models.TextField(unique=True)
    why = models.TextField()
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."log_closed"'


@dataclass(frozen=True, slots=True)
class HowFar:
    """How many entries have an index, and the head of the tree that the tiles hold."""

    given: int
    written: Head
    is_closing: bool = False


@contextmanager
def alone(lock: int) -> Iterator[bool]:
    """Say whether this is the only one of its kind at work, and stay so for the block."""
    [(is_alone,)] = _ask("SELECT pg_try_advisory_lock(%s)", [lock])
    try:
        yield is_alone
    finally:
        if is_alone:
            _ask("SELECT pg_advisory_unlock(%s)", [lock])


def give_indexes(most: int) -> int:
    """Give indexes to entries that wait, at most so many; say to how many."""
    [(given,)] = _ask("SELECT machinery.give_indexes(%s)", [most])
    return int(given)


def how_far() -> HowFar:
    """Say how far the log is."""
    row = LogStateRow.objects.get(id=ONE)
    [(given,)] = _ask(GIVEN, [])
    return HowFar(given, Head(row.written, bytes(row.root)), row.is_closing)


def leaves(begin: int, end: int) -> list[bytes]:
    """Read the leaves with these indexes. Raises Broken where one of them is not there."""
    [rows] = ask((LEAVES, [begin, end]))
    found = [leaf for (leaf,) in rows]
    if None in found:
        missing = begin + found.index(None)
        raise Broken(f"The entry with the index {missing} was removed from the database.")
    if len(found) != end - begin:
        raise Broken(f"Between the indexes {begin} and {end} only {len(found)} were given.")
    return found


def note_written(before: Head, now: Head) -> bool:
    """Note how far the tiles are written; say whether nobody else was faster."""
    rows = LogStateRow.objects.filter(id=ONE, written=before.size, root=before.root)
    return bool(rows.update(written=now.size, root=now.root))


def note_fault(text: str, *, at: datetime) -> None:
    """Keep why the log does not go on, and since when; an empty text: it goes on."""
    rows = LogStateRow.objects.filter(id=ONE).exclude(fault=text)
    rows.update(fault=text, fault_since=at if text else None)


def newest_checkpoint() -> LogCheckpointRow | None:
    """Give the checkpoint of the largest tree that was signed."""
    return LogCheckpointRow.objects.order_by("-size").first()


def signed_up_to() -> tuple[int, str]:
    """Say how far the log is signed, and the root of that tree; 0 and nothing where it is not."""
    row = newest_checkpoint()
    return (row.size, row.checkpoint.splitlines()[ROOT_LINE]) if row else (0, "")


def required(checkpoint: LogCheckpointRow | None) -> LogCheckpointRow:
    """Give a checkpoint on. Raises Broken where nothing was signed yet."""
    if checkpoint is None:
        raise Broken("The log has no checkpoint yet: its signer or the worker does not run.")
    return checkpoint


def newest_cosigned() -> LogCheckpointRow | None:
    """Give the checkpoint of the largest tree that enough witnesses cosigned."""
    return LogCheckpointRow.objects.filter(cosigned_at__isnull=False).order_by("-size").first()


def cosigned_by(key: VerifierKey, *, size: int) -> Iterator[LogCheckpointRow]:
    """Give the checkpoint that a witness is said to have cosigned last, then its newest before.

    Whether it did is for the caller to check: both are found by its name alone.
    """
    named = LogCheckpointRow.objects.filter(checkpoint__contains=f"\n— {key.name} ")
    yield from named.filter(size=size)
    yield from named.filter(size__lt=size).order_by("-size")[:1]


def published_checkpoint(*, now: datetime) -> LogCheckpointRow | None:
    """Give the checkpoint that is to be published now, None before anything was signed.

    Where witnesses cosign, it is the newest that enough of them cosigned, until the oldest after it
    has waited for them too long.
    """
    cosigned = newest_cosigned()
    if cosigned is not None:
        waiting = LogCheckpointRow.objects.filter(size__gt=cosigned.size).order_by("size").first()
        if waiting is None or now - waiting.signed_at <= WITNESSES_SILENT:
            return cosigned
    return newest_checkpoint()


def is_everything(size: int) -> bool:
    """Say whether nothing is committed beyond the first ``size`` entries of the tree."""
    return not LogPendingRow.objects.exists() and how_far().given <= size


def keep_checkpoint(size: int, note: str, *, at: datetime) -> None:
    """Keep a signed checkpoint. Of those of one minute that nobody cosigned the last is kept."""
    minute = at.replace(second=0, microsecond=0)
    LogCheckpointRow.objects.update_or_create(
        size=size, defaults={"checkpoint": note, "signed_at": at}
    )
    LogCheckpointRow.objects.filter(
        size__lt=size,
        signed_at__gte=minute,
        signed_at__lt=minute + timedelta(minutes=1),
        cosigned_at__isnull=True,
    ).delete()


def keep_cosigned(row: LogCheckpointRow, note: str, *, at: datetime | None) -> None:
    """Keep cosignatures of a checkpoint, and when they were enough.

    Of those of its minute it may not be the last any more; it is kept all the same.
    """
    values = {"checkpoint": note, "signed_at": row.signed_at, "cosigned_at": at}
    LogCheckpointRow.objects.update_or_create(size=row.size, defaults=values)


def known_keys(*, closed: int | None = None) -> list[VerifierKey]:
    """Give the log's public keys that the desk knows, oldest first. Raises Malformed.

    ``closed`` is the number of a closed log whose keys are asked for instead.
    """
    rows = LogKeyRow.objects.filter(closed=closed).order_by("since", "key")
    return [parse_verifier_key(it) for it in rows.values_list("key", flat=True)]


def closed_logs() -> list[ClosedLogRow]:
    """Give the logs of this desk that were closed, the newest first."""
    return list(ClosedLogRow.objects.order_by("-id"))


def own_policy(witness_policy: str, *, closed: int | None = None) -> bytes:
    """Write the desk's own policy: whom it signs as, and which witnesses it asks.

    ``closed`` is the number of a closed log that it is for instead.
    """
    lines = "".join(f"log {key}\n" for key in known_keys(closed=closed))
    return f"{lines}{witness_policy.strip()}\n".encode()


def _ask(question: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
