"""The published log as a second copy of its entries: copied whole, read to its end, checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.ledger.broken import Malformed
from evenhand.ledger.bundle import CHECKPOINT, head_of, write_tiles
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.files import reader_of
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.tiles import (
    ENTRIES,
    WIDTH,
    Read,
    Tile,
    bundles_of,
    hashes_in,
    read_tile,
    unpack,
)
from evenhand.ledger.tree import HASH_BYTES, Tree, leaf_hashes

Batch = tuple[int, Sequence[bytes], Sequence[bytes]]
"""Some entries in a row: the index of the first, their leaves, the hashes of these."""


def copy_log(log: Path, to: Path) -> None:
    """Copy a log as it is published, while it grows: whole up to the checkpoint that it has now.

    Nothing is copied where nothing is published yet. Raises Malformed, OSError.
    """
    try:
        note = (log / CHECKPOINT).read_bytes()
    except FileNotFoundError:
        return
    to.mkdir()
    write_tiles(to, reader_of(log), 0, head_of(note).size)
    (to / CHECKPOINT).write_bytes(note)


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """A published log. ``end`` counts its entries, also those written and not signed yet."""

    read: Read
    note: str
    checkpoint: Checkpoint
    end: int

    @classmethod
    def at(cls, log: Path, keys: Sequence[VerifierKey]) -> "SecondCopy":
        """Read a log that one of these keys signed. Raises Malformed, NotSigned, OSError."""
        note = (log / CHECKPOINT).read_bytes()
        checkpoint = open_checkpoint(note, keys).checkpoint
        return cls(reader_of(log), note.decode(), checkpoint, _end(log, checkpoint.size))

    def batches(self) -> Iterator[Batch]:
        """Read every entry. Raises Malformed once those that are signed are not those signed."""
        tree, signed = Tree(), self.checkpoint
        for bundle in bundles_of(self.end):
            leaves = unpack(read_tile(self.read, bundle), bundle.width)
            row = leaf_hashes(leaves)
            tree.extend(_up_to(signed.size, tree, row))
            if tree.size == signed.size and tree.root() != signed.root:
                raise Malformed("The entries of the published log are not those that were signed.")
            yield bundle.number * WIDTH, leaves, hashes_in(row)


def continues(log: Path, before: Path) -> bool:
    """Say whether one log goes on from another, or is the same. Raises Malformed, OSError."""
    ours, theirs = [head_of((it / CHECKPOINT).read_bytes()) for it in (log, before)]
    if ours.origin != theirs.origin or ours.size < theirs.size:
        return False
    tree = Tree()
    for bundle in bundles_of(ours.size):
        row = leaf_hashes(unpack(read_tile(reader_of(log), bundle), bundle.width))
        tree.extend(_up_to(theirs.size, tree, row))
    return tree.root() == theirs.root


def _up_to(size: int, tree: Tree, row: bytes) -> bytes:
    return row[: max(size - tree.size, 0) * HASH_BYTES]


def _end(log: Path, size: int) -> int:
    """Say how far the bundles go: they are written before the tree over them is signed."""
    number = size // WIDTH
    while (log / Tile(ENTRIES, number).path).exists():
        number += 1
    partial = log / f"{Tile(ENTRIES, number).path}.p"
    widths = [int(it.name) for it in partial.glob("[1-9]*")]
    return max(size, number * WIDTH + max(widths, default=0))
