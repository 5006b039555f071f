"""Adding entries to a log of tiles: which files are to be written, in which order.

It writes nothing itself. Given the same entries it gives the same files, so whoever was interrupted
starts again and finds the files there already with the same bytes.
"""

from collections.abc import Iterator, Sequence

from evenhand.ledger.tiles import (
    ENTRIES,
    HEIGHT,
    WIDTH,
    Read,
    Tile,
    TileReader,
    pack,
    read_tile,
    row_in,
    unpack,
)
from evenhand.ledger.tree import HASH_BYTES, Tree, leaf_hashes

_FULL = WIDTH * HASH_BYTES

File = tuple[str, bytes]


class TileRows:
    """What the partial tiles at the right edge hold, level by level."""

    def __init__(self) -> None:
        self._tails: list[bytes] = []

    @classmethod
    def read(cls, read: Read, size: int, *, whole: int | None = None) -> "TileRows":
        """Take up the edge at ``size`` from the tiles of a tree that may have grown to ``whole``.

        Raises FileNotFoundError, Malformed.
        """
        rows, level = cls(), 0
        whole = size if whole is None else whole
        while end := size >> HEIGHT * level:
            number, width = divmod(end, WIDTH)
            tile = Tile(level, number, min(WIDTH, (whole >> HEIGHT * level) - number * WIDTH))
            held = row_in(read_tile(read, tile), tile.width) if width else b""
            rows._tails.append(held[: width * HASH_BYTES])
            level += 1
        return rows

    def add(self, size: int, rows: Sequence[bytes]) -> Iterator[tuple[Tile, bytes]]:
        """Add the new nodes of a tree of this size so far; give the tiles that they fill."""
        for level, row in enumerate(rows[::HEIGHT]):
            if level == len(self._tails):
                self._tails.append(b"")
            together = self._tails[level] + row
            first = (size >> HEIGHT * level) // WIDTH
            full = len(together) // _FULL
            for number in range(full):
                yield Tile(level, first + number), together[number * _FULL : (number + 1) * _FULL]
            self._tails[level] = together[full * _FULL :]

    def partial(self, size: int) -> Iterator[tuple[Tile, bytes]]:
        """Give the partial tiles of the tree, whose size is now this."""
        for level, tail in enumerate(self._tails):
            if tail:
                number = (size >> HEIGHT * level) // WIDTH
                yield Tile(level, number, len(tail) // HASH_BYTES), tail


class GrowingLog:
    """The right edge of a log: its tree's peaks, and what its partial tiles and bundle hold."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._rows = TileRows()
        self._entries: list[bytes] = []

    @classmethod
    def read(cls, read: Read, size: int) -> "GrowingLog":
        """Take up a log of this size from its files. Raises FileNotFoundError, Malformed."""
        log = cls()
        log._tree = Tree.of(size, TileReader(read, size).node)
        log._rows = TileRows.read(read, size)
        if width := size % WIDTH:
            log._entries = unpack(read_tile(read, Tile(ENTRIES, size // WIDTH, width)), width)
        return log

    @property
    def size(self) -> int:
        """Give the number of entries."""
        return self._tree.size

    def root(self) -> bytes:
        """Give the root over all entries."""
        return self._tree.root()

    def add(self, entries: Sequence[bytes]) -> list[File]:
        """Add entries; give the files to be there now: path and bytes.

        Raises Malformed for an entry that is too long, and then nothing was added.
        """
        before, together = self.size, [*self._entries, *entries]
        files: list[File] = []
        for at in range(0, len(together), WIDTH):
            part = together[at : at + WIDTH]
            files.append((Tile(ENTRIES, (before + at) // WIDTH, len(part)).path, pack(part)))
        rows = self._tree.extend(leaf_hashes(entries))
        self._entries = together[len(together) - len(together) % WIDTH :]
        for tile, data in (*self._rows.add(before, rows), *self._rows.partial(self.size)):
            files.append((tile.path, data))
        return files
