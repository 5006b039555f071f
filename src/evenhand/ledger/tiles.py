"""The tree as files: paths, tiles and entry bundles of https://c2sp.org/tlog-tiles.

A tile holds up to 256 hashes of one level in a row; tiles exist of every eighth level. A bundle
holds up to 256 entries. A full one never changes. The last one is partial and carries its width in
its name, so it never changes either: a wider one has another name.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from struct import Struct

from evenhand.ledger.broken import Malformed
from evenhand.ledger.tree import HASH_BYTES, row_above

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
LONGEST_ENTRY = 0xFFFF
_LENGTH = Struct(">H")
_PATH = re.compile(
    r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/){0,6}\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII
)

Read = Callable[[str], bytes]
"""Gives the bytes of the file at a path, and raises FileNotFoundError where there is none."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a tile stands: its level counted in tiles (or ``entries``), its number, its width."""

    level: int | str
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Give its path below the log's prefix: ``tile/0/x001/x234/067.p/8``."""
        parts = [f"{self.number % 1000:03}"]
        rest = self.number // 1000
        while rest:
            parts.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{self.level}/{'/'.join(parts)}{partial}"


def parse_path(path: str) -> Tile:
    """Read a path as it is written; there is one spelling. Raises Malformed for any other."""
    found = _PATH.fullmatch(path)
    if found:
        level, number, width = found.groups()
        tile = Tile(
            level if level == ENTRIES else int(level),
            int(number.replace("/", "").replace("x", "")),
            int(width or WIDTH),
        )
        if tile.path == path and tile.level in (ENTRIES, *range(64)):
            return tile
    raise Malformed("This is not the path of a tile.")


def tiles_of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Give the tiles of a tree of this size that hold anything from entry ``since`` on.

    They are all that is needed to go on from the tree of ``since`` entries: its peaks are in them.
    """
    level = 0
    while size >> HEIGHT * level:
        yield from _row(level, size >> HEIGHT * level, since >> HEIGHT * level)
        level += 1


def bundles_of(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Give the entry bundles of a tree of this size that hold anything from ``since`` on."""
    yield from _row(ENTRIES, size, since)


def _row(level: int | str, end: int, begin: int) -> Iterator[Tile]:
    for number in range(begin // WIDTH, end // WIDTH):
        yield Tile(level, number)
    if end % WIDTH:
        yield Tile(level, end // WIDTH, end % WIDTH)


def pack(entries: Sequence[bytes]) -> bytes:
    """Put entries into a bundle. Raises Malformed for an entry that is too long for one."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise Malformed(f"An entry of {len(entry)} bytes is too long for a bundle.")
        parts += (_LENGTH.pack(len(entry)), entry)
    return b"".join(parts)


def unpack(bundle: bytes, width: int) -> list[bytes]:
    """Take the entries out of a bundle. Raises Malformed unless it holds exactly so many."""
    entries, at = list[bytes](), 0
    try:
        for _ in range(width):
            begin = at + 2
            at = begin + (bundle[at] << 8 | bundle[at + 1])
            entries.append(bundle[begin:at])
    except IndexError as cause:
        raise Malformed(f"A bundle holds {len(entries)} entries and not {width}.") from cause
    if at != len(bundle):
        raise Malformed(f"A bundle does not end after its {width} entries.")
    return entries


class TileReader:
    """Reads the nodes of a tree of one size from its tiles; each tile is read once.

    It trusts the tiles: what it gives is to be checked against a signed root.
    """

    def __init__(self, read: Read, size: int) -> None:
        self.size = size
        self._read = read
        self._rows: dict[tuple[int, int], list[bytes]] = {}

    def node(self, level: int, index: int) -> bytes:
        """Give the root of a whole subtree. Raises Malformed for a tile that is not whole."""
        height = level % HEIGHT
        first = index << height
        at = (first % WIDTH >> height) * HASH_BYTES
        return self._row(level // HEIGHT, first // WIDTH, height)[at : at + HASH_BYTES]

    def _row(self, level: int, number: int, height: int) -> bytes:
        rows = self._rows.get((level, number))
        if rows is None:
            end = self.size >> HEIGHT * level
            tile = Tile(level, number, min(WIDTH, end - number * WIDTH))
            rows = self._rows[level, number] = [row_in(read_tile(self._read, tile), tile.width)]
        while len(rows) <= height:
            row = rows[-1]
            rows.append(row_above(row[: len(row) - len(row) % (2 * HASH_BYTES)]))
        return rows[height]


def read_tile(read: Read, tile: Tile) -> bytes:
    """Read a tile or bundle; a partial one that is gone is cut from the full one, as far as it is.

    Raises FileNotFoundError.
    """
    try:
        return read(tile.path)
    except FileNotFoundError:
        if tile.width == WIDTH:
            raise
    whole = read(Tile(tile.level, tile.number).path)
    if tile.level == ENTRIES:
        return pack(unpack(whole, WIDTH)[: tile.width])
    return whole[: tile.width * HASH_BYTES]


def row_in(tile: bytes, width: int) -> bytes:
    """Take the row out of a tile. Raises Malformed unless it holds exactly so many hashes."""
    if len(tile) != width * HASH_BYTES:
        raise Malformed(f"A tile of {len(tile)} bytes does not hold {width} hashes.")
    return tile


def hashes_in(row: bytes) -> list[bytes]:
    """Take the hashes of a row apart."""
    return [row[at : at + HASH_BYTES] for at in range(0, len(row), HASH_BYTES)]


def entries_between(read: Read, begin: int, end: int, size: int) -> Iterator[bytes]:
    """Read the entries [begin, end) of a tree of this size from its bundles."""
    for tile in bundles_of(size, since=begin):
        first = tile.number * WIDTH
        if first >= end:
            return
        entries = unpack(read_tile(read, tile), tile.width)
        yield from entries[max(begin - first, 0) : end - first]
