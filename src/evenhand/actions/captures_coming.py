"""A capture on its way in: hashed, told, scanned and sealed as it comes, never held as a whole."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from evenhand.rules.captures import (
    CaptureHarmful,
    CaptureNotKept,
    Scan,
    check_so_far,
    check_whole,
)
from evenhand.rules.captures_formats import HEAD, TAIL, Ends, Format, can_be_drawn
from evenhand.rules.words import words
from evenhand.seal.age import FileNotSealed, Sealing, lock_of, new_identity
from evenhand.store import capture_files, captures
from evenhand.transports.antivirus import ScannerAway, Scanning


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in whole: what it is, and what opens it. ``can_be_drawn``: by a page."""

    id: UUID
    identity: str
    format: Format
    size: int
    sha256: bytes
    scan: Scan
    can_be_drawn: bool


class Coming:
    """One file that is coming in. ``whole`` puts it into the store; ``abandon`` leaves nothing."""

    def __init__(self) -> None:
        self._id, self._identity = uuid4(), new_identity()
        self._head, self._tail, self._size = b"", b"", 0
        self._digest = hashlib.sha256()
        self._antivirus = _Antivirus(settings.ANTIVIRUS) if settings.ANTIVIRUS else None
        self._sealing = Sealing(capture_files.incoming(self._id), lock_of(self._identity))

    def write(self, piece: bytes) -> None:
        """Take the next bytes. Raises CaptureUnreadable, CaptureTooBig, CaptureNotKept."""
        self._size += len(piece)
        self._head += piece[: HEAD - len(self._head)]
        check_so_far(self._head, self._size)
        self._tail = (self._tail + piece[-TAIL:])[-TAIL:]
        self._digest.update(piece)
        if self._antivirus:
            self._antivirus.write(piece)
        try:
            self._sealing.write(piece)
        except FileNotSealed as error:
            raise _no_room() from error

    def whole(self, *, at: datetime) -> Received:
        """Take what came as all of it, and put it into the store.

        Raises like ``write``, and CaptureHarmful.
        """
        told = check_whole(Ends(self._head, self._tail, self._size))
        if self._antivirus:
            self._antivirus.check()
        captures.note_coming(self._id, at=at)
        try:
            self._sealing.finish()
            capture_files.put(self._id)
        except (FileNotSealed, capture_files.NotPut) as error:
            raise _no_room() from error
        return Received(
            id=self._id,
            identity=self._identity,
            format=told.format,
            size=self._size,
            sha256=self._digest.digest(),
            scan=Scan.NOTHING_FOUND if self._antivirus else Scan.NOT_SCANNED,
            can_be_drawn=can_be_drawn(told.format, self._head),
        )

    def abandon(self) -> None:
        """Leave nothing behind, unless an act has kept the file."""
        if self._antivirus:
            self._antivirus.close()
        self._sealing.abandon()
        with suppress(OSError):  # The store is away: the file is registered, so it is swept later.
            drop(self._id)


class _Antivirus:
    """The desk's antivirus at work on one file: whatever it cannot do is a refusal."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._scanning: Scanning | None = None

    def write(self, piece: bytes) -> None:
        try:
            self._scanning = self._scanning or Scanning(self._address)
            self._scanning.write(piece)
        except ScannerAway as error:
            raise _away() from error

    def check(self) -> None:
        try:
            is_found = self._scanning is not None and self._scanning.found()
        except ScannerAway as error:
            raise _away() from error
        if is_found:
            raise CaptureHarmful(
                words("The antivirus found something in this file. It was not kept."),
                do=words("Tell whoever looks after the security of your machine."),
                at="file",
            )

    def close(self) -> None:
        if self._scanning:
            self._scanning.close()


def drop(file: UUID) -> None:
    """Remove a file that no capture needs, and forget it; leave any other one."""
    if not captures.is_needed(file):
        capture_files.remove(file)
        captures.forget(file)


def _no_room() -> CaptureNotKept:
    return CaptureNotKept(
        words("The file could not be stored, so nothing of it was kept."),
        do=words("Try again in a moment. If it fails again, tell whoever runs this service."),
        at="file",
    )


def _away() -> CaptureNotKept:
    return CaptureNotKept(
        words("The antivirus did not read this file, so it was not kept."),
        do=words("Try again in a moment. If it fails again, the file may be larger than it reads."),
        at="file",
    )
