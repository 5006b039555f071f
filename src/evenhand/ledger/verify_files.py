"""A bundle's files, read as if an enemy had made them: each once, and with little memory."""

import os
from hashlib import sha256
from io import FileIO
from pathlib import Path

from evenhand.ledger.bags import PAYLOAD, changed
from evenhand.ledger.broken import Malformed
from evenhand.ledger.tiles import Read

LARGEST_FILE = 1_000_000
PIECE = 65_536


def reader(data: Path) -> Read:
    """Give what reads a file below a bundle's ``data``, unless it is too large for one."""

    def read(path: str) -> bytes:
        # Without a buffer no more memory is asked for than the file is large.
        with FileIO(f"{data}/{path}") as file:
            if os.fstat(file.fileno()).st_size > LARGEST_FILE:
                raise Malformed(f"{path} is larger than such a file can be.")
            return file.readall()

    return read


def read_listed(read: Read, path: str, digest: str) -> bytes:
    """Read a file and compare it with the hash that the manifest has of it. Raises Malformed."""
    found = read(path)
    if sha256(found).hexdigest() != digest:
        raise changed(f"{PAYLOAD}/{path}")
    return found


class Lines:
    """Counts the lines of a file, to say at which byte some of them begin."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._piece, self._begin, self._at = b"", 0, 0

    @property
    def at(self) -> int:
        """Give the byte at which the next line begins, or the end of the file."""
        return self._begin + self._at

    def are_left(self) -> bool:
        """Say whether anything stands after the last line that was passed over."""
        return self._at < len(self._piece) or bool(self._file.read(1))

    def pass_over(self, count: int) -> None:
        """Go on by so many lines, or to the end of the file."""
        if not count:
            return
        while (have := self._piece.count(b"\n", self._at)) < count:
            count -= have
            self._begin, self._at = self._begin + len(self._piece), 0
            self._piece = self._file.read(PIECE)
            if not self._piece:
                return
        self._at = _after(self._piece, self._at, count)


def _after(piece: bytes, low: int, lines: int) -> int:
    """Say where so many lines end that begin here; the piece has as many."""
    high = len(piece)
    while high - low > 1:
        middle = (low + high) // 2
        have = piece.count(b"\n", low, middle)
        if have < lines:
            low, lines = middle, lines - have
        else:
            high = middle
    return high
