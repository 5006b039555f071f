"""What is sealed in the age format, which anyone can open: packages for others, and captures."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from pyrage import DecryptError, EncryptError, RecipientError, decrypt_io, encrypt, encrypt_io
from pyrage.x25519 import Identity, Recipient

PIECE = 256 * 1024
"""So many bytes pass at a time. None of them is on a disk unsealed: a pipe is memory."""


class LockUnusable(Exception):
    """A public key that nothing can be sealed to."""


class FileNotSealed(Exception):
    """A file could not be sealed to its end: the disk is full, perhaps."""


class FileDamaged(Exception):
    """A sealed file was altered or cut off, or another key opens it."""


def check_lock(lock: str) -> None:
    """Refuse what is no public key of age. Raises LockUnusable."""
    _recipient(lock)


def sealed_for(lock: str, data: bytes) -> bytes:
    """Seal bytes so that only the holder of the matching identity opens them. LockUnusable."""
    sealed: bytes = encrypt(data, [_recipient(lock)])
    return sealed


def new_identity() -> str:
    """Make an identity: who has it opens what is sealed to its lock."""
    return str(Identity.generate())


def lock_of(identity: str) -> str:
    """Give the public key that belongs to an identity."""
    return str(Identity.from_str(identity).to_public())


class Sealing:
    """A new file, readable by the desk's own account only, of what is written, sealed as it comes.

    ``finish`` or ``abandon`` ends it; until then another thread seals what comes through a pipe.
    """

    def __init__(self, path: Path, lock: str) -> None:
        self._path = path
        self._lock = _recipient(lock)
        self._failure: Exception | None = None
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        read, write = os.pipe()
        self._pipe = os.fdopen(write, "wb", 0)
        self._thread = Thread(target=self._seal, args=(read, handle), daemon=True)
        self._thread.start()

    def write(self, piece: bytes) -> None:
        """Take the next bytes. Raises FileNotSealed."""
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[self._pipe.write(rest) :]
        except BrokenPipeError:
            self._end()

    def finish(self) -> None:
        """Seal the rest, and have all of it on the disk. Raises FileNotSealed."""
        self._end()

    def abandon(self) -> None:
        """Leave nothing of it behind."""
        self._pipe.close()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _end(self) -> None:
        self._pipe.close()
        self._thread.join()
        if self._failure:
            raise FileNotSealed("The file could not be sealed.") from self._failure

    def _seal(self, read: int, handle: int) -> None:
        try:
            with os.fdopen(read, "rb", PIECE) as plain, os.fdopen(handle, "wb", PIECE) as sealed:
                encrypt_io(plain, sealed, [self._lock])
                sealed.flush()
                os.fsync(handle)
        except (EncryptError, OSError) as error:
            self._failure = error


def opened(sealed: Callable[[], BinaryIO], identity: str) -> Iterator[bytes]:
    """Give what a sealed file holds, in pieces. Raises FileDamaged before its first wrong byte.

    The file is opened for the first piece, and closed at the end; whoever stops early ends it too.
    """
    file = sealed()
    read, write = os.pipe()
    failure: list[Exception] = []
    arguments = (file, write, Identity.from_str(identity), failure)
    thread = Thread(target=_open, args=arguments, daemon=True)
    thread.start()
    try:
        with os.fdopen(read, "rb", 0) as plain:
            while piece := plain.read(PIECE):
                yield piece
    finally:
        thread.join()
    if failure:
        raise FileDamaged("The sealed file cannot be opened to its end.") from failure[0]


def _open(sealed: BinaryIO, write: int, identity: Identity, failure: list[Exception]) -> None:
    try:
        with sealed, os.fdopen(write, "wb", PIECE) as plain:
            decrypt_io(sealed, plain, [identity])
    except (DecryptError, OSError) as error:
        failure.append(error)


def _recipient(lock: str) -> Recipient:
    try:
        return Recipient.from_str(lock)
    except RecipientError as error:
        raise LockUnusable("This is no public key of age.") from error
