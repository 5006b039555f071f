"""The Merkle tree of RFC 6962, section 2.1, over SHA-256: its hashes, its root, how it grows.

A tree of n entries is remembered by its *peaks*, the roots of the whole subtrees that n is made of:
one for each 1 in the binary form of n. That is all that is needed to add more entries and to know
the root, so the memory grows as the logarithm of n.

A *row* is the hashes of neighbours on one level, one after another, as a tile holds them.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from struct import Struct

LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"
HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
MOST_REMEMBERED = 512
_PAIR = f"{2 * HASH_BYTES}s"
# A copy of a hash that has begun takes less time than to begin one and to put a prefix before data.
_leaf_begun = hashlib.sha256(LEAF_PREFIX).copy
_node_begun = hashlib.sha256(NODE_PREFIX).copy

Node = Callable[[int, int], bytes]
"""Gives the root of a whole subtree: of the 2^level entries that begin at index * 2^level."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry."""
    return hashlib.sha256(LEAF_PREFIX + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> bytes:
    """Hash many entries into a row."""
    return _hashed(_leaf_begun, entries)


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above them."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


def row_above(row: bytes) -> bytes:
    """Hash a row of nodes, whose number is even, pair by pair into the row above it."""
    return _hashed(_node_begun, _pairs(len(row) // (2 * HASH_BYTES)).unpack(row))


@lru_cache(maxsize=MOST_REMEMBERED)
def _pairs(count: int) -> Struct:
    """Give what takes so many pairs apart; a log is of tiles, so the same few come again."""
    return Struct(_PAIR * count)


def _hashed(begun: Callable[[], "hashlib._Hash"], parts: Iterable[bytes]) -> bytes:
    found = []
    for part in parts:
        it = begun()
        it.update(part)
        found.append(it.digest())
    return b"".join(found)


class Tree:
    """A growing tree of which only the size and the peaks are kept, the lowest peak first."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes | None] = []

    @classmethod
    def of(cls, size: int, node: Node) -> "Tree":
        """Take up a tree of this size from its whole subtrees."""
        tree = cls()
        tree.size = size
        tree._peaks = [
            node(level, (size >> level) - 1) if size >> level & 1 else None
            for level in range(size.bit_length())
        ]
        return tree

    def extend(self, leaves: bytes) -> list[bytes]:
        """Add a row of leaves; give the row of new whole nodes of each level, the leaves first."""
        rows, waiting = [], leaves
        self.size += len(leaves) // HASH_BYTES
        for level in range(self.size.bit_length()):
            rows.append(waiting)
            if level == len(self._peaks):
                self._peaks.append(None)
            if not waiting:
                break
            # A peak is a left sibling that waited for its right one.
            row = (self._peaks[level] or b"") + waiting
            even = len(row) - len(row) % (2 * HASH_BYTES)
            self._peaks[level] = row[even:] or None
            waiting = row_above(row[:even])
        return rows

    def root(self, rest: bytes | None = None) -> bytes:
        """Give the root: the peaks, folded from the lowest to the highest.

        ``rest`` is the root over what stands at the right and is no whole node of this tree.
        """
        found = rest
        for peak in self._peaks:
            if peak is not None:
                found = peak if found is None else node_hash(peak, found)
        return EMPTY_ROOT if found is None else found


def root_of(entries: Iterable[bytes]) -> bytes:
    """Give the root over these entries."""
    tree = Tree()
    tree.extend(leaf_hashes(entries))
    return tree.root()


def subtree_root(begin: int, end: int, node: Node) -> bytes:
    """Give the root over the entries [begin, end), where ``begin`` is where a subtree may begin."""
    found: bytes | None = None
    while begin < end:
        # The lowest whole subtree at the right end; what stands left of it is higher.
        level = ((end - begin) & (begin - end)).bit_length() - 1
        peak = node(level, (end >> level) - 1)
        found = peak if found is None else node_hash(peak, found)
        end -= 1 << level
    return EMPTY_ROOT if found is None else found
