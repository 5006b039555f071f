"""The walk over all entries of a bundle: everything is hashed anew, with little kept in memory."""

from collections import Counter
from collections.abc import Iterator
from io import BufferedReader, FileIO

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.growth import TileRows
from evenhand.ledger.leaves import Leaf, Leaves, parse_leaf
from evenhand.ledger.openings import ERASED, LONGEST_OPENING, check_opening
from evenhand.ledger.tiles import (
    WIDTH,
    Read,
    Tile,
    TileReader,
    bundles_of,
    hashes_in,
    row_in,
    unpack,
)
from evenhand.ledger.tree import HASH_BYTES, Tree, leaf_hash, leaf_hashes
from evenhand.ledger.verify_times import Brackets, told
from evenhand.ledger.verify_trust import Stop

_ERASED_LINE = ERASED + b"\n"
MOST_MONTHS = 1_200
"""Of so many months a log has entries at most. Days that somebody invents would fill the memory."""


class Walk:
    """Goes from the entry ``since`` to the end, and stops at each checkpoint on the way."""

    def __init__(
        self, read: Read, openings: "BufferedReader[FileIO]", *, since: int, size: int
    ) -> None:
        self.counts: Counter[tuple[bytes, bytes]] = Counter()
        self._months: set[bytes] = set()
        self.erased_openings = self.erased_fields = self.tiles = 0
        self.times = Brackets()
        self._read, self._openings = read, openings
        self._size = size
        self._tree = Tree.of(since, TileReader(read, size).node)
        self._rows = TileRows.read(read, since, whole=size)
        self._good = since
        self._bundles = self._new_entries(since)
        self._waiting: tuple[list[bytes], bytes] = ([], b"")

    @property
    def size(self) -> int:
        """Give how many entries lie behind."""
        return self._tree.size

    def stop(self, stop: Stop) -> None:
        """Check a checkpoint that has been reached. Raises Broken where the root differs."""
        if stop.checkpoint.root != self._tree.root():
            when = f", cosigned {told(min(stop.times))}" if stop.times else ""
            raise Broken(
                f"The entries do not lead to the checkpoint of {self.size} entries {stop.what}"
                f"{when}: something before entry {self.size} differs, and nothing before entry "
                f"{self._good} does."
            )
        self._good = self.size
        if stop.times:
            self.times.cosigned(self.size, min(stop.times))

    def go_to(self, size: int) -> None:
        """Hash the entries up to this size. Raises Broken with the first that differs."""
        while self.size < size:
            if not self._waiting[0]:
                self._waiting = next(self._bundles)
            entries, row = self._waiting
            count = size - self.size
            self._waiting = entries[count:], row[count * HASH_BYTES :]
            self._add(entries[:count], row[: count * HASH_BYTES])

    def _new_entries(self, since: int) -> Iterator[tuple[list[bytes], bytes]]:
        for tile in bundles_of(self._size, since=since):
            self.tiles += 2
            entries = self._unpacked(tile)
            row, above = leaf_hashes(entries), Tile(0, tile.number, tile.width)
            if self._read(above.path) != row:
                raise Broken(self._differing(above, entries))
            known = max(since - tile.number * WIDTH, 0)
            yield entries[known:], row[known * HASH_BYTES :]

    def _differing(self, tile: Tile, entries: list[bytes]) -> str:
        there = hashes_in(row_in(self._read(tile.path), tile.width))
        pairs = enumerate(zip(entries, there, strict=True))
        at = next(at for at, (entry, digest) in pairs if leaf_hash(entry) != digest)
        try:
            said = f" ({parse_leaf(entries[at])})"
        except Malformed:
            said = ""
        return f"Entry {tile.number * WIDTH + at}{said} is not the entry that the tree was made of."

    def _unpacked(self, tile: Tile) -> list[bytes]:
        try:
            return unpack(self._read(tile.path), tile.width)
        except Malformed as error:
            raise Malformed(f"{tile.path}: {error}") from error

    def _add(self, entries: list[bytes], row: bytes) -> None:
        first = self.size
        for tile, data in self._rows.add(first, self._tree.extend(row)):
            self._check_tile(tile, data)
        leaves = Leaves(entries, first=first)
        self._count(leaves.said)
        if self._were_erased(len(entries)):
            return
        for index, leaf in enumerate(leaves, start=first):
            line = self._openings.readline(LONGEST_OPENING)
            if line == _ERASED_LINE:
                self.erased_openings += 1
            else:
                self._check_opening(index, leaf, line)

    def _were_erased(self, count: int) -> bool:
        """Pass over the next openings at once if all of them are erased, and are at hand."""
        lines = _ERASED_LINE * count
        if not self._openings.peek(len(lines)).startswith(lines):
            return False
        self._openings.read(len(lines))
        self.erased_openings += count
        return True

    def _count(self, said: Counter[tuple[bytes, bytes]]) -> None:
        for (act, day), times in said.items():
            self.counts[day[:7], act] += times
            self._months.add(day[:7])
        if len(self._months) > MOST_MONTHS:
            raise Broken(
                f"The entries up to {self.size} are of more than {MOST_MONTHS:,} different months: "
                "no log is that old, so their days are invented."
            )

    def finish(self) -> None:
        """Check what remains at the end: partial tiles, and that no opening is left over."""
        # Where nothing is new, the last bundle still has to hold what is known.
        for _nothing in self._bundles:
            pass
        for tile, data in self._rows.partial(self.size):
            self._check_tile(tile, data)
        if self._openings.read(1):
            raise Broken(f"openings.jsonl has more lines than the {self.size} entries need.")

    def _check_opening(self, index: int, leaf: Leaf, line: bytes) -> None:
        if not line.endswith(b"\n"):
            why = "is missing" if not line else "is cut off or longer than it can be"
            raise Broken(f"The opening of entry {index} ({leaf}) {why}.")
        try:
            opening = check_opening(line, leaf)
        except Malformed as error:
            raise Malformed(f"Entry {index} ({leaf}): {error}") from error
        self.erased_fields += opening.erased
        if opening.at is not None:
            self.times.entry(index, opening.at)

    def _check_tile(self, tile: Tile, made: bytes) -> None:
        if tile.level:
            self.tiles += 1
            if self._read(tile.path) != made:
                raise Broken(f"{tile.path} does not hold the hashes that the entries lead to.")
