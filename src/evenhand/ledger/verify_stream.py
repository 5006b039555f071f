"""Finds what was committed and never came into the tree: the only thing that shows it."""

from collections.abc import Iterator
from itertools import islice, takewhile
from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.ledger.receipts import stream_lines
from evenhand.ledger.tiles import Read, hashes_in, row_in, tiles_of

AT_ONCE = 100_000
LONGEST_LINE = 10_000


def check_stream(
    stream: Path, read: Read, *, begin: int, size: int, newest: str
) -> tuple[int, int]:
    """Look for each receipt of a stream among the leaves of a bundle.

    Gives how many were found, and how many are newer than ``newest``, the time of the newest entry,
    and so are not looked for. Raises Broken with the first that is missing. Only so many are looked
    for at once, however long the stream is.
    """
    found = newer = 0
    with stream.open("rb") as file:
        receipts = stream_lines(iter(lambda: file.readline(LONGEST_LINE), b""))
        while some := dict(_turned(islice(receipts, AT_ONCE))):
            ahead = {leaf for leaf, at in some.items() if newest and at > newest}
            missing = some.keys() - ahead
            newer, found = newer + len(ahead), found + len(missing)
            for leaves in _leaves(read, begin, size):
                missing -= leaves
            if missing:
                leaf = min(missing, key=lambda it: (some[it], it))
                since = f" since entry {begin}" if begin else ""
                raise Broken(
                    f"MISSING: {len(missing)} of the receipts are not in the log{since}, the first "
                    f"of {some[leaf][:19]} with the leaf {leaf.hex()}."
                )
    return found, newer


def _turned(receipts: Iterator[tuple[str, bytes]]) -> Iterator[tuple[bytes, str]]:
    for at, leaf in receipts:
        yield leaf, at


def _leaves(read: Read, begin: int, size: int) -> Iterator[set[bytes]]:
    for tile in takewhile(lambda it: it.level == 0, tiles_of(size, since=begin)):
        yield set(hashes_in(row_in(read(tile.path), tile.width)))
