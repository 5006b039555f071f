"""Adding entries to a log of tiles: which files are to be written, in which order.

It writes nothing itself. Given the same entries it gives the same files, so whoever was interrupted
starts again and finds the files there already with the same bytes.
"""

from collections.abc import Sequence

from evenhand.ledger.tiles import (
    ENTRIES,
    HEIGHT,
    WIDTH,
    Read,
    Tile,
    TileReader,
    hashes_in,
    pack,
    read_tile,
    unpack,
)
from evenhand.ledger.tree import Tree, leaf_hashes

File = tuple[str, bytes]


class GrowingLog:
    """The right edge of a log: its tree's peaks, and what its partial tiles and bundle hold."""

    def __init__(self) -> None:
        self._tree = Tree()
        self._tails: list[list[bytes]] = []
        self._entries: list[bytes] = []

    @classmethod
    def read(cls, read: Read, size: int) -> "GrowingLog":
        """Take up a log of this size from its files. Raises FileNotFoundError, Malformed."""
        log = cls()
        log._tree = Tree.of(size, TileReader(read, size).node)
        last = size // WIDTH
        if width := size % WIDTH:
            log._entries = unpack(read_tile(read, Tile(ENTRIES, last, width)), width)
        level = 0
        while end := size >> HEIGHT * level:
            tile = Tile(level, end // WIDTH, end % WIDTH)
            held = hashes_in(read_tile(read, tile), tile.width) if tile.width else []
            log._tails.append(held)
            level += 1
        return log

    @property
    def size(self) -> int:
        """Give the number of entries."""
        return self._tree.size

    def root(self) -> bytes:
        """Give the root over all entries."""
        return self._tree.root()

    def add(self, entries: Sequence[bytes]) -> list[File]:
        """Add entries; give the files to be written: path and bytes, what is below first.

        Raises Malformed for an entry that is too long, and then nothing was added.
        """
        files: list[File] = []
        begin = self.size
        together = [*self._entries, *entries]
        for at in range(0, len(together), WIDTH):
            part = together[at : at + WIDTH]
            tile = Tile(ENTRIES, (begin + at) // WIDTH, len(part))
            files.append((tile.path, pack(part)))
        rows = self._tree.extend(leaf_hashes(entries))
        self._entries = together[len(together) - len(together) % WIDTH :]
        for level, row in enumerate(rows[::HEIGHT]):
            files += self._tiles(level, begin >> HEIGHT * level, row)
        return files

    def _tiles(self, level: int, begin: int, row: list[bytes]) -> list[File]:
        if level == len(self._tails):
            self._tails.append([])
        if not row:
            return []
        together = [*self._tails[level], *row]
        files = []
        for at in range(0, len(together), WIDTH):
            part = together[at : at + WIDTH]
            tile = Tile(level, (begin + at) // WIDTH, len(part))
            files.append((tile.path, b"".join(part)))
        self._tails[level] = together[len(together) - len(together) % WIDTH :]
        return files
