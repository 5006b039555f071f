"""Checks a log where it is published, by its address: the checkpoint and all hashes, no entries.

Whoever does not oversee the desk sees so that the log was only added to since they last looked, who
cosigned it, and that it has their receipt. What entries say is checked in an overseer's bundle.
"""

from collections.abc import Iterator, Sequence, Set
from http.client import HTTPException
from itertools import chain, pairwise, takewhile
from urllib.error import HTTPError
from urllib.request import urlopen

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.growth import TileRows
from evenhand.ledger.tiles import WIDTH, Read, Tile, read_tile, row_in, tiles_of
from evenhand.ledger.tree import HASH_BYTES, Tree
from evenhand.ledger.verify_asked import Asked, check_age, own_stops
from evenhand.ledger.verify_files import LARGEST_FILE
from evenhand.ledger.verify_report import Report
from evenhand.ledger.verify_trust import Stop, Trust, cosignatures

POLICY = "policy"
PATIENCE = 30
"""Seconds for one file."""


def verify_published(address: str, asked: Asked) -> Report:
    """Check the log at an address such as ``https://desk.example/log/``.

    It never raises for what is wrong with the log: the report says it.
    """
    report = Report()
    try:
        _check(served_at(address), asked, report)
    except Broken as error:
        report.difference = str(error)
    except FileNotFoundError as error:
        report.difference = f"{error} is not there: no log is published at {address}, or not all."
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", error)
        report.difference = f"{address} cannot be read: {why}."
    return report


def served_at(address: str) -> Read:
    """Give what reads the files of a log from a web server."""
    start = f"{address.rstrip('/')}/"

    def read(path: str) -> bytes:
        try:
            with urlopen(f"{start}{path}", timeout=PATIENCE) as reply:  # noqa: S310 - asked for by hand
                found: bytes = reply.read(LARGEST_FILE + 1)
        except HTTPError as error:
            if error.code == 404:
                raise FileNotFoundError(path) from error
            raise
        if len(found) > LARGEST_FILE:
            raise Malformed(f"{path} is larger than such a file can be.")
        return found

    return read


def _check(read: Read, asked: Asked, report: Report) -> None:
    trust = Trust(read(POLICY) if asked.policy is None else asked.policy, b"")
    newest = trust.newest(read(CHECKPOINT))
    report.of(newest.checkpoint)
    stops = own_stops(asked, trust, newest, report)
    for stop in stops:
        if stop.checkpoint.size > report.size:
            raise Broken(
                f"The checkpoint of {stop.checkpoint.size} entries {stop.what} is newer than what "
                f"is published, which ends at {report.size}: something was cut off, or an old "
                "copy is served."
            )
    _check_hashes(read, report, sorted(stops, key=lambda it: it.checkpoint.size))
    check_age(asked, newest, trust)
    report.cosigned = cosignatures(newest)
    report.remarks.append(
        "Entries are not published: that they are those of these hashes, and what they say, is "
        "checked in an overseer's bundle."
    )
    if asked.kept is None:
        report.remarks.append(
            "Nothing shows yet that the log was only added to. Keep this checkpoint, and give it "
            "with --kept the next time."
        )
    if asked.policy is None:
        report.remarks.append(
            "The log's key was not checked against one that you hold: it is the one that is "
            "published. Use --policy with your own."
        )


def _check_hashes(read: Read, report: Report, stops: Sequence[Stop]) -> None:
    """Put all hashes together, in their order, and hold them against tiles and checkpoints."""
    tree, rows, good = Tree(), TileRows(), 0
    for row in chain([b""], _cut(read, report.size, {it.checkpoint.size for it in stops})):
        for tile, made in rows.add(tree.size, tree.extend(row)):
            _check_tile(read, tile, made)
        report.hashes = tree.size
        for stop in stops:
            if stop.checkpoint.size == tree.size:
                _check_root(stop, tree, good)
                good = tree.size
    for tile, made in rows.partial(tree.size):
        _check_tile(read, tile, made)
    report.checkpoints = len({it.checkpoint.size for it in stops})


def _cut(read: Read, size: int, at: Set[int]) -> Iterator[bytes]:
    """Read the row of all hashes, cut where a tile or a checkpoint ends."""
    for tile in takewhile(lambda it: it.level == 0, tiles_of(size)):
        row = row_in(read_tile(read, tile), tile.width)
        cuts = [it - tile.number * WIDTH for it in at]
        within = sorted({0, tile.width, *(it for it in cuts if 0 < it < tile.width)})
        for begin, end in pairwise(within):
            yield row[begin * HASH_BYTES : end * HASH_BYTES]


def _check_root(stop: Stop, tree: Tree, good: int) -> None:
    if stop.checkpoint.root != tree.root():
        raise Broken(
            f"The hashes do not lead to the checkpoint of {tree.size} entries {stop.what}: "
            f"something before entry {tree.size} differs, and nothing before entry {good} does."
        )


def _check_tile(read: Read, tile: Tile, made: bytes) -> None:
    if tile.level and read_tile(read, tile) != made:
        raise Broken(f"{tile.path} does not hold the hashes that those below it lead to.")
