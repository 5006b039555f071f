"""Compares the log in the database with its published tree, index by index, up to the signed root.

Of entries that wait for their index, or came after the published checkpoint, nothing is claimed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.explaining import Fault
from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import TileRows
from evenhand.ledger.tiles import Read, Tile, bundles_of, hashes_in, read_tile, row_in, unpack
from evenhand.ledger.tree import Tree, leaf_hashes
from evenhand.store import reconciling, sequencing

TREE = "tree"
NOT_A_FILE = (FileNotFoundError, NotADirectoryError)
Found = tuple[str, object, Fault]
"""A table or the tree, the key or index or file there, and what does not agree."""


@dataclass(frozen=True, slots=True)
class Published:
    """The log as it is served, and its newest checkpoint, None where there is none yet."""

    read: Read
    note: bytes | None

    @classmethod
    def at(cls, folder: Path) -> "Published":
        """Read the checkpoint. Call it before the database is read, which then has all of it."""
        read = reader_of(folder)
        return cls(read, _bytes_of(read, CHECKPOINT))

    def checkpoint(self) -> Checkpoint | None:
        """Give the checkpoint, None unless a key of the log that the database knows signed it."""
        try:
            return open_checkpoint(self.note or b"", sequencing.known_keys()).checkpoint
        except Broken:
            return None


def against_tree(published: Published, checkpoint: Checkpoint | None) -> Iterator[Found]:
    """Name each entry that is not where the tree has it, and each file that does not fit."""
    if checkpoint:
        yield from _Walk(published.read, checkpoint).differing()
        for number in reconciling.entries_without_index():
            yield "entry", number, Fault.ENTRY_NOT_IN_TREE
    elif published.note is not None or _is_lost(published.read):
        yield TREE, CHECKPOINT, Fault.TREE_ALTERED


def _is_lost(read: Read) -> bool:
    """Say whether a checkpoint was signed and is not served. It is served a moment later."""
    return sequencing.newest_checkpoint() is not None and _bytes_of(read, CHECKPOINT) is None


def _bytes_of(read: Read, path: str) -> bytes | None:
    try:
        return read(path)
    except NOT_A_FILE:
        return None


class _Walk:
    """Goes through the tiles from the first entry to the last that is signed."""

    def __init__(self, read: Read, checkpoint: Checkpoint) -> None:
        self._read, self._checkpoint = read, checkpoint
        self._tree, self._rows = Tree(), TileRows()
        self._stored = reconciling.entries_by_index(checkpoint.size)

    def differing(self) -> Iterator[Found]:
        size = self._checkpoint.size
        for bundle in bundles_of(size):
            tile = Tile(0, bundle.number, bundle.width)
            row = self._row(tile)
            if row is None:
                # Where the tree's own hashes are gone, nothing after them can be compared.
                yield _altered(tile)
                return
            yield from self._entries(self._tree.size, hashes_in(row))
            if self._published(bundle) != row:
                yield _altered(bundle)
            for above, made in self._rows.add(self._tree.size, self._tree.extend(row)):
                yield from self._above(above, made)
        for above, made in self._rows.partial(size):
            yield from self._above(above, made)
        if self._tree.root() != self._checkpoint.root:
            yield TREE, CHECKPOINT, Fault.TREE_ALTERED

    def _entries(self, first: int, hashes: list[bytes]) -> Iterator[Found]:
        stored = islice(self._stored, len(hashes))
        for index, there, (number, digest) in zip(count(first), hashes, stored, strict=False):
            if number is None:
                yield TREE, index, Fault.ENTRY_REMOVED
            elif digest != there:
                yield "entry", number, Fault.ENTRY_DIFFERS_FROM_TREE

    def _above(self, tile: Tile, made: bytes) -> Iterator[Found]:
        if tile.level and self._row(tile) != made:
            yield _altered(tile)

    def _row(self, tile: Tile) -> bytes | None:
        try:
            return row_in(read_tile(self._read, tile), tile.width)
        except (*NOT_A_FILE, Malformed):
            return None

    def _published(self, bundle: Tile) -> bytes | None:
        try:
            return leaf_hashes(unpack(read_tile(self._read, bundle), bundle.width))
        except (*NOT_A_FILE, Malformed):
            return None


def _altered(tile: Tile) -> Found:
    return TREE, tile.path, Fault.TREE_ALTERED
