"""A stretch of a log: all that can be checked of some entries without what stands around them.

Stretches need nothing of each other, so several processes can check them at once. What was found
is put together in their order, so that the first difference is the same however many there are.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.bundle import OPENINGS
from evenhand.ledger.leaves import Leaf, Leaves, parse_leaf
from evenhand.ledger.openings import ERASED, LONGEST_OPENING, check_opening
from evenhand.ledger.tiles import ENTRIES, WIDTH, Tile, hashes_in, row_in, unpack
from evenhand.ledger.tree import HASH_BYTES, Tree, leaf_hash, leaf_hashes
from evenhand.ledger.verify_files import read_listed, reader
from evenhand.ledger.verify_lost import Unopened, restored_in
from evenhand.ledger.verify_times import Dates

BUNDLES = 16
"""So many bundles make a stretch: some milliseconds' work, and little to remember of it."""
MOST_ENTRIES = BUNDLES * WIDTH
Openings: TypeAlias = "BufferedReader[FileIO]"
_OPENINGS_AT_ONCE = 65_536
_ERASED_LINE = ERASED + b"\n"


class Bundle(NamedTuple):
    """A bundle, and what the manifest says of its file and of the file of the tile above it."""

    number: int
    width: int
    digest: str
    digest_above: str

    @property
    def begin(self) -> int:
        """Give the index of its first entry."""
        return self.number * WIDTH

    @property
    def end(self) -> int:
        """Give the index after its last entry."""
        return self.begin + self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bundles in a row, in the folder ``data`` of a bundle.

    Entries before ``since`` were known before, and have no openings here. The others' begin at the
    byte ``openings`` of their file. ``stops`` are the sizes of the log that have a checkpoint.
    """

    data: Path
    bundles: tuple[Bundle, ...]
    since: int
    openings: int
    stops: tuple[int, ...]


@dataclass(slots=True)
class Part:
    """What was found of the entries up to ``end``: to the next checkpoint, or to the last one.

    ``roots`` is the row of the roots of the bundles that end here, ``rest`` the root over the
    entries of one that does not. ``said`` counts acts and days. ``broken`` is what stands
    behind all that, if anything does.
    """

    end: int
    roots: bytes = b""
    rest: bytes | None = None
    said: Counter[tuple[bytes, bytes]] = field(default_factory=Counter)
    dates: Dates = field(default_factory=Dates)
    unopened: Unopened = field(default_factory=Unopened)
    erased_openings: int = 0
    erased_fields: int = 0
    broken: Broken | OSError | None = None


def check_stretch(stretch: Stretch) -> list[Part]:
    """Check a stretch up to the first difference, which the last part then holds."""
    checking = _Checking(stretch)
    try:
        with BufferedReader(FileIO(stretch.data / OPENINGS), _OPENINGS_AT_ONCE) as openings:
            openings.seek(stretch.openings)
            checking.run(openings)
    except (Broken, OSError) as error:
        checking.here.broken = error
    return [*checking.parts, checking.here]


class _Checking:
    def __init__(self, stretch: Stretch) -> None:
        self.parts: list[Part] = []
        self.here = Part(max(stretch.since, stretch.bundles[0].begin))
        self._stretch, self._read = stretch, reader(stretch.data)
        self._stops = frozenset(stretch.stops)

    def run(self, openings: Openings) -> None:
        for bundle in self._stretch.bundles:
            self._check_bundle(bundle, openings)

    def _check_bundle(self, bundle: Bundle, openings: Openings) -> None:
        entries, row = self._hashed(bundle)
        tree, begin = Tree(), max(self._stretch.since, bundle.begin)
        tree.extend(row[: (begin - bundle.begin) * HASH_BYTES])
        for end in self._ends(bundle, begin):
            new = slice(begin - bundle.begin, end - bundle.begin)
            tree.extend(row[new.start * HASH_BYTES : new.stop * HASH_BYTES])
            self._check_entries(entries[new], begin, openings)
            self._end_part(end, tree)
            begin = end

    def _ends(self, bundle: Bundle, begin: int) -> Iterator[int]:
        yield from (it for it in self._stretch.stops if begin < it < bundle.end)
        yield bundle.end

    def _end_part(self, end: int, tree: Tree) -> None:
        """Enter what is hashed; after a checkpoint, begin another part."""
        self.here.end = end
        if tree.size == WIDTH:
            self.here.roots += tree.root()
        else:
            self.here.rest = tree.root()
        if end in self._stops:
            self.parts.append(self.here)
            self.here = Part(end)

    def _hashed(self, bundle: Bundle) -> tuple[list[bytes], bytes]:
        """Give the entries of a bundle and their hashes, which are those of the tile above it."""
        path, above = (Tile(it, bundle.number, bundle.width).path for it in (ENTRIES, 0))
        data = read_listed(self._read, path, bundle.digest)
        try:
            entries = unpack(data, bundle.width)
        except Malformed as error:
            raise Malformed(f"{path}: {error}") from error
        row = leaf_hashes(entries)
        there = read_listed(self._read, above, bundle.digest_above)
        if there != row:
            raise Broken(_differing(bundle, entries, row_in(there, bundle.width)))
        return entries, row

    def _check_entries(self, entries: list[bytes], first: int, openings: Openings) -> None:
        leaves = Leaves(entries, first=first)
        self.here.said.update(leaves.said)
        if self._were_erased(first, len(entries), openings):
            return
        for index, leaf in enumerate(leaves, start=first):
            line = openings.readline(LONGEST_OPENING)
            if line == _ERASED_LINE:
                self._erased(index, 1)
            else:
                self._check_opening(index, leaf, line)

    def _were_erased(self, first: int, count: int, openings: Openings) -> bool:
        """Pass over the next openings at once if all of them are erased, and are at hand."""
        lines = _ERASED_LINE * count
        if not openings.peek(len(lines)).startswith(lines):
            return False
        openings.read(len(lines))
        self._erased(first, count)
        return True

    def _erased(self, first: int, count: int) -> None:
        self.here.erased_openings += count
        self.here.unopened.add(first, count)

    def _check_opening(self, index: int, leaf: Leaf, line: bytes) -> None:
        if not line.endswith(b"\n"):
            why = "is missing" if not line else "is cut off or longer than it can be"
            raise Broken(f"The opening of entry {index} ({leaf}) {why}.")
        try:
            opening = check_opening(line, leaf)
        except Malformed as error:
            raise Malformed(f"Entry {index} ({leaf}): {error}") from error
        self.here.erased_fields += opening.erased
        if (lost := restored_in(leaf, line)) is not None:
            self.here.unopened.restored(lost)
        if opening.at is None:
            self.here.dates.are_hidden = True
        else:
            self.here.dates.add(index, opening.at)


def _differing(bundle: Bundle, entries: list[bytes], above: bytes) -> str:
    pairs = enumerate(zip(entries, hashes_in(above), strict=True))
    at = next(at for at, (entry, digest) in pairs if leaf_hash(entry) != digest)
    try:
        said = f" ({parse_leaf(entries[at])})"
    except Malformed:
        said = ""
    return f"Entry {bundle.begin + at}{said} is not the entry that the tree was made of."
