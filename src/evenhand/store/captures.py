"""Captures as rows, and which of their sealed files the desk still needs."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import connection, connections, models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from evenhand.rules.captures import check_unlocked
from evenhand.rules.captures_formats import Format
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.casework import Step
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.sealing import open_record_key, place_of

COMING = timedelta(hours=1)
"""A file that belongs to no capture by then never will: whoever handed it in was interrupted."""
IS_COMING = "INSERT INTO machinery.capture_file (id, at) VALUES (%s, %s)"
IS_KEPT = "SELECT kept FROM machinery.capture_file WHERE id = %s"
GOING = "SELECT id FROM machinery.capture_file WHERE NOT kept AND at < %s ORDER BY at LIMIT 500"
GONE = "DELETE FROM machinery.capture_file WHERE id = %s AND NOT kept"
IS_OPEN = "SELECT EXISTS (SELECT FROM capture WHERE id = %s AND locked_at IS NULL)"
NO_TIME = "SELECT no_time FROM machinery.capture_file WHERE id = capture.id"
WITHOUT_TIME = """
SELECT capture.id, sha256 FROM capture JOIN machinery.capture_file AS file ON file.id = capture.id
WHERE locked_at IS NULL AND NOT EXISTS (SELECT FROM capture_time WHERE id = capture.id)
ORDER BY file.time_asked_at NULLS FIRST, capture.at, capture.id LIMIT 100
"""
NOTE_NO_TIME = "UPDATE machinery.capture_file SET time_asked_at = %s, no_time = %s WHERE id = %s"
LOCKED = "SELECT identity FROM machinery.locked_capture WHERE id = %s"
UNKNOWN = """
SELECT id FROM unnest(%s::uuid[]) AS it (id)
WHERE NOT EXISTS (SELECT FROM machinery.capture_file AS known WHERE known.id = it.id)
"""


class Captures(models.QuerySet["CaptureRow"]):
    """The captures of this desk."""

    def told(self) -> Self:
        """Give them with all that is known of them: referral, officers, timestamp."""
        rows = self.select_related("referral__key", "by", "locked_by", "time")
        return rows.annotate(no_time=RawSQL(NO_TIME, []))  # noqa: S611 - a constant

    def named(self, capture: UUID) -> "CaptureRow":
        """Give one capture with its referral. Raises NotFound."""
        row = self.told().filter(id=capture).first()
        if row is None:
            raise NotFound(
                words("There is no capture with this number."),
                do=words("Look at the captures of its referral. It may have been disposed of."),
            )
        return row


class CaptureRow(Step):
    """A file that shows the content: what is known of it, and the identity that opens its file.

    The file lies in the store of files under this id, sealed. ``identity`` is sealed under the
    referral's key. The database takes it out of everybody's reach when the capture is locked.
    """

    why = SealedField(null=True)
    how = models.TextField()
    taken_at = models.DateTimeField()
    clock_offset = models.IntegerField()
    format = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.BinaryField()
    scan = models.TextField()
    can_be_drawn = models.BooleanField()
    identity = SealedField(null=True)
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    no_time: str | None
    """Why there was no timestamp when it was last asked for; only in ``told`` rows."""

    objects = Captures.as_manager()

    class Meta(Step.Meta):
        db_table = "capture"
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True, identity__isnull=False)
                | Q(locked_at__isnull=False, identity__isnull=True),
                name="capture_locked_is_out_of_reach",
            ),
            models.CheckConstraint(
                condition=Q(format__in=sorted(it.value for it in Format)),
                name="capture_format_is_taken",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="capture_is_not_empty"),
        ]


class CaptureTimeRow(models.Model):
    """A timestamp (RFC 3161) over the SHA-256 of a capture, as the authority sent it.

    ``stamped_at`` is the authority's time, ``at`` the desk's; ``certificates`` (PEM) are those that
    were trusted then. It goes, in the database, with its capture, and never changes.
    """

    capture = models.OneToOneField(
        CaptureRow,
        primary_key=True,
        db_column="id",
        on_delete=models.PROTECT,
        related_name="time",
    )
    at = models.DateTimeField()
    stamped_at = models.DateTimeField()
    response = models.BinaryField()
    certificates = models.TextField()

    class Meta:
        app_label = "store"
        db_table = "capture_time"


def time_of(row: CaptureRow) -> CaptureTimeRow | None:
    """Give the timestamp of a capture, if there is one."""
    found: CaptureTimeRow | None = getattr(row, "time", None)
    return found


def without_time() -> list[tuple[UUID, bytes]]:
    """Give captures, with their SHA-256, that have no timestamp and are not stopped.

    At most a hundred, those first that were never asked for, or longest ago.
    """
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_TIME)
        return [(capture, bytes(sha256)) for capture, sha256 in cursor.fetchall()]


def note_no_time(capture: UUID, why: str, *, at: datetime) -> None:
    """Note why there is no timestamp of a capture yet. It is no entry of the log."""
    _do(NOTE_NO_TIME, at, why, capture)


def is_open(capture: UUID) -> bool:
    """Say whether a capture is there and nobody has stopped it, as it is committed now."""
    return bool(_first(IS_OPEN, capture))


def until_stopped(capture: UUID, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give no piece once the capture was stopped: asked anew before each. Raises CaptureLocked."""
    for piece in pieces:
        check_unlocked(locked=not is_open(capture))
        yield piece


def note_coming(file: UUID, *, at: datetime) -> None:
    """Note that a file is about to be put into the store, before it is."""
    _do(IS_COMING, file, at)


def is_needed(file: UUID) -> bool:
    """Say whether a file belongs to a capture."""
    return bool(_first(IS_KEPT, file))


def not_needed(*, now: datetime) -> list[UUID]:
    """Name files that belong to no capture, or to none any more."""
    with connection.cursor() as cursor:
        cursor.execute(GOING, [now - COMING])
        return [file for (file,) in cursor.fetchall()]


def forget(file: UUID) -> None:
    """Forget a file that is gone from the store."""
    _do(GONE, file)


def unknown(files: Iterable[UUID]) -> list[UUID]:
    """Name those of these files that no capture needs and that are not on their way in."""
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN, [list(files)])
        return [file for (file,) in cursor.fetchall()]


def locked_identity(row: CaptureRow) -> str:
    """Give what opens a capture that was stopped. Only the owner of the tables reads it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(LOCKED, [row.id])
        [(sealed,)] = cursor.fetchall()
    key = open_record_key(row.referral.key)
    return key.open(place_of(CaptureRow, "identity", row.id), bytes(sealed))


def open_ids() -> Iterator[UUID]:
    """Name the captures that are not locked, in the order of their ids."""
    rows = CaptureRow.objects.filter(locked_at__isnull=True).order_by("id")
    yield from rows.values_list("id", flat=True).iterator()


def _first(statement: str, *values: UUID) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
        return found[0] if found else None


def _do(statement: str, *values: UUID | datetime | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
