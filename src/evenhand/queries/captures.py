"""What the desk keeps of the content as files: listed without them, opened for a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from evenhand.queries import consultations
from evenhand.queries.summary import words_of
from evenhand.rules.captures import (
    CaptureDamaged,
    How,
    NoTimestamp,
    Scan,
    away,
    check_may_capture,
    check_reason_to_open,
    check_unlocked,
)
from evenhand.rules.captures_formats import BY_FORMAT, Format, Kind, Told
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.referrals import State
from evenhand.rules.retention import check_open
from evenhand.rules.words import words
from evenhand.seal.age import opened
from evenhand.store import capture_files
from evenhand.store.captures import CaptureRow, time_of, until_stopped
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class Capture:
    """What is known of one capture. ``why`` is None for who may not read words.

    ``taken_at`` is what the device showed; its clock was ``offset`` seconds ahead. ``stopped_by``
    is empty where a restored backup had it stopped again. ``stamped_at`` is the time that an
    authority outside signed, ``unstamped`` why it has not yet; neither where none is asked.
    """

    id: UUID
    reference: str
    by: str
    at: datetime
    why: str | None
    how: How
    taken_at: datetime
    offset: int
    told: Told
    size: int
    sha256: str
    scan: Scan
    can_be_drawn: bool
    stopped_at: datetime | None
    stopped_by: str
    stamped_at: datetime | None
    unstamped: NoTimestamp | None

    @property
    def is_video(self) -> bool:
        """Whether a page plays it."""
        return self.told.kind is Kind.VIDEO

    @property
    def can_be_shown(self) -> bool:
        """Whether a page shows it, once asked: a still that can be drawn, or a video."""
        return self.can_be_drawn or self.is_video


@dataclass(frozen=True, slots=True)
class Opened:
    """A capture that is being opened: what is known of it, and its bytes, piece by piece.

    They end at once, in the middle, when somebody stops the capture.
    """

    capture: Capture
    pieces: Iterator[bytes]


def of(reference: str, *, acting: Acting) -> Sequence[Capture]:
    """Give what is known of a referral's captures, oldest first, once the look is in the log."""
    check_may(acting.officer, Permission.READ_REFERRAL)
    referral = ReferralRow.objects.select_related("key").named(reference)
    consultations.at_referral(referral, Permission.READ_REFERRAL, acting=acting)
    rows = CaptureRow.objects.told().filter(referral=referral)
    return [_known(row, acting) for row in rows.order_by("at", "id")]


def one(capture: UUID, *, acting: Acting) -> Capture:
    """Give what is known of one capture, once the look at its referral is in the log."""
    check_may(acting.officer, Permission.READ_REFERRAL)
    row = CaptureRow.objects.named(capture)
    consultations.at_referral(row.referral, Permission.READ_REFERRAL, acting=acting)
    return _known(row, acting)


def check_may_take(reference: str, *, acting: Acting) -> None:
    """Refuse a file that could not be kept, before any of it is read."""
    check_may(acting.officer, Permission.TAKE_CAPTURE)
    row = ReferralRow.objects.named(reference)
    held, allowed = row.capturerows.count(), settings.DESK.captures
    check_may_capture(row.reference, State(row.state), held, allowed=allowed)


def look(capture: UUID, reason: str, *, acting: Acting) -> Capture:
    """Enter that an officer opens a capture, and why; for ten minutes they may.

    Raises CaptureReasonMissing, CaptureLocked, Restricted.
    """
    row = _to_be_opened(capture, acting)
    check_reason_to_open(reason)
    consultations.at_capture(row, open_record_key(row.referral.key), reason, acting=acting)
    return _known(row, acting)


def open_one(capture: UUID, *, acting: Acting) -> Opened:
    """Open a capture for an officer who said within ten minutes what for.

    Raises CaptureReasonMissing, CaptureLocked, CaptureDamaged, CaptureAway, Restricted. A file that
    was altered shows it only on the way: the bytes end early then.
    """
    row = _to_be_opened(capture, acting)
    if not consultations.is_looking_at(row.id, Permission.OPEN_CAPTURE, acting=acting):
        check_reason_to_open("")
    identity = unsealed(row, open_record_key(row.referral.key), "identity")
    if not _is_there(row.id):
        raise CaptureDamaged(
            words("The file of this capture is missing."),
            do=words("Tell whoever looks after this service. Do not rely on the capture."),
        )
    pieces = opened(lambda: capture_files.found(row.id), identity)
    return Opened(_known(row, acting), until_stopped(row.id, pieces))


def store_faults() -> Iterator[str]:
    """Say in sentences why the store of captures cannot keep files, or cannot remove them."""
    return capture_files.faults()


def _is_there(file: UUID) -> bool:
    try:
        return capture_files.is_there(file)
    except OSError as error:
        raise away() from error


def _to_be_opened(capture: UUID, acting: Acting) -> CaptureRow:
    check_may(acting.officer, Permission.OPEN_CAPTURE)
    row = CaptureRow.objects.named(capture)
    check_unlocked(locked=row.locked_at is not None)
    closed = row.referral.is_restricted(timezone.localdate(acting.at))
    check_open(row.referral.reference, restricted=closed, officer=acting.officer)
    return row


def _known(row: CaptureRow, acting: Acting) -> Capture:
    key = open_record_key(row.referral.key)
    may_read = may(acting.officer, Permission.READ_WORDS)
    stamp = time_of(row)
    waits = settings.TIMESTAMPS is not None and stamp is None and row.locked_at is None
    return Capture(
        id=row.id,
        reference=row.referral.reference,
        by=row.by.name,
        at=row.at,
        why=words_of(row, key if may_read else None, "why"),
        how=How(row.how),
        taken_at=row.taken_at,
        offset=row.clock_offset,
        told=BY_FORMAT[Format(row.format)],
        size=row.size,
        sha256=bytes(row.sha256).hex(),
        scan=Scan(row.scan),
        can_be_drawn=row.can_be_drawn,
        stopped_at=row.locked_at,
        stopped_by=row.locked_by.name if row.locked_by else "",
        stamped_at=stamp.stamped_at if stamp else None,
        unstamped=NoTimestamp(row.no_time or NoTimestamp.NOT_YET) if waits else None,
    )
