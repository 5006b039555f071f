"""Finds what was committed and never came into the tree: the only thing that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import BinaryIO

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.receipts import MENTION, stream_lines
from evenhand.ledger.tiles import WIDTH, Read, Tile, hashes_in, row_in, tiles_of

AT_ONCE = 100_000
LONGEST_LINE = 1_000_000
NEVER = "9"
"""Sorts after every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a bundle must have receipts of: the entries from ``begin`` to ``size``.

    A receipt of before ``since`` may be of an entry before ``begin``, one of after ``until`` of an
    entry that is not in the tree yet.
    """

    begin: int
    size: int
    since: str
    until: str


@dataclass(slots=True)
class Streamed:
    """What was made of a stream: how many receipts were found in the tree, and which were not.

    ``bare`` counts entries between the first and the last that was found which have no receipt,
    ``unread`` what looks like a receipt and cannot be read.
    """

    found: int = 0
    older: int = 0
    newer: int = 0
    bare: int = 0
    unread: int = 0

    def remarks(self, begin: int) -> Iterator[str]:
        """Say all that there is to know of it."""
        yield f"{self.found} receipts were found in the tree."
        if self.older:
            yield (
                f"Receipts from before the checkpoint of {begin} entries that the bundle goes on "
                f"from, which were passed over: {self.older}."
            )
        if self.newer:
            yield f"Receipts that are newer than this log, and not in it yet: {self.newer}."
        if self.bare:
            yield f"Entries between the first and the last of these without a receipt: {self.bare}."
        if self.unread:
            yield f"Mentions of a receipt that could not be read: {self.unread}."


def check_stream(stream: Path, read: Read, covered: Covered) -> Streamed:
    """Look for each receipt of a stream among the leaves of a bundle.

    Raises Broken with the first that is missing, and where there is none at all. Only so many are
    looked for at once, however long the stream is.
    """
    streamed = Streamed()
    tiles = _Seen(read, covered)
    with stream.open("rb") as file:
        receipts = _receipts(file, streamed)
        while some := dict(islice(receipts, AT_ONCE)):
            missing = tiles.look_for(some)
            _excuse(missing, streamed, covered)
    streamed.found, streamed.bare = tiles.found()
    if not streamed.found + streamed.older + streamed.newer:
        raise Malformed(
            f"{stream.name} holds no receipt that can be read. Mentions of one: {streamed.unread}. "
            "Give the file in which another machine keeps what the desk sends it."
        )
    return streamed


def _receipts(file: BinaryIO, streamed: Streamed) -> Iterator[tuple[bytes, str]]:
    for line in iter(lambda: file.readline(LONGEST_LINE), b""):
        here = [(leaf, at) for at, leaf in stream_lines([line])]
        streamed.unread += line.count(MENTION) - len(here)
        yield from here


def _excuse(missing: dict[bytes, str], streamed: Streamed, covered: Covered) -> None:
    """Count those that are older or newer than the bundle. Raises Broken where others are left."""
    older = {leaf for leaf, at in missing.items() if at < covered.since}
    newer = {leaf for leaf, at in missing.items() if at > covered.until}
    streamed.older += len(older)
    streamed.newer += len(newer)
    lost = missing.keys() - older - newer
    if not lost:
        return
    leaf = min(lost, key=lambda it: (missing[it], it))
    since, more = "", ""
    if covered.begin:
        since = f" since entry {covered.begin}"
        more = " If they are of before that, a bundle that goes on from fewer entries has them."
    raise Broken(
        f"MISSING: {len(lost)} of the receipts are not in the log{since}, the first of "
        f"{missing[leaf][:19]} with the leaf {leaf.hex()}.{more}"
    )


class _Seen:
    """The leaves of a bundle, and of which of them there was a receipt."""

    def __init__(self, read: Read, covered: Covered) -> None:
        self._read, self._covered = read, covered
        self._first = covered.begin - covered.begin % WIDTH
        self._seen = bytearray(covered.size - self._first)

    def look_for(self, receipts: dict[bytes, str]) -> dict[bytes, str]:
        """Note the entries of these receipts; give the receipts that have none."""
        missing = dict(receipts)
        for tile, hashes in self._rows():
            if receipts.keys().isdisjoint(hashes):
                continue
            for at, leaf in enumerate(hashes, start=tile.number * WIDTH - self._first):
                if leaf in receipts:
                    self._seen[at] = 1
                    missing.pop(leaf, None)
        return missing

    def found(self) -> tuple[int, int]:
        """Give how many entries have a receipt, and how many between these have none."""
        first, last = self._seen.find(1), self._seen.rfind(1)
        return self._seen.count(1), self._seen.count(0, max(first, 0), last + 1)

    def _rows(self) -> Iterator[tuple[Tile, list[bytes]]]:
        size, begin = self._covered.size, self._covered.begin
        for tile in takewhile(lambda it: it.level == 0, tiles_of(size, since=begin)):
            yield tile, list(hashes_in(row_in(self._read(tile.path), tile.width)))
