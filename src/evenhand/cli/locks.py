"""File locks: they end with the process that holds them, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Held(Exception):
    """Another process holds this lock."""


class Lock:
    """One file to lock, alone or shared with others of the same kind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def alone(self, *, wait: bool = True) -> None:
        """Take the lock for this process only. Raises Held when it may not wait and must."""
        self._take(fcntl.LOCK_EX, wait=wait)

    def shared(self, *, wait: bool = True) -> None:
        """Take the lock together with others who share it."""
        self._take(fcntl.LOCK_SH, wait=wait)

    def free(self) -> None:
        """Give the lock back; nothing happens if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self, how: int, *, wait: bool) -> None:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)
        except BaseException as error:
            with suppress(OSError):
                os.close(file)
            if isinstance(error, BlockingIOError):
                raise Held(str(self.path)) from None
            raise
        self.free()
        self._file = file


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock alone for the length of the block."""
    lock = Lock(path)
    lock.alone(wait=wait)
    try:
        yield
    finally:
        lock.free()


def is_held(path: Path) -> bool:
    """Say whether any process holds this lock now."""
    if not path.exists():
        return False
    lock = Lock(path)
    try:
        lock.alone(wait=False)
    except Held:
        return True
    lock.free()
    return False
