"""Logs in memory and on disk for tests."""

from collections.abc import Iterable

from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.tiles import Read


class Shelf(dict[str, bytes]):
    """Files in memory, written once."""

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            assert self.setdefault(path, data) == data

    def read(self, path: str) -> bytes:
        if path not in self:
            raise FileNotFoundError(path)
        return self[path]


def grown(entries: list[bytes], *batches: int) -> tuple[GrowingLog, Shelf]:
    """Write a log of these entries in batches of these sizes, then the rest in one."""
    log, shelf, at = GrowingLog(), Shelf(), 0
    for batch in (*batches, len(entries)):
        shelf.put(log.add(entries[at : at + batch]))
        at = min(at + batch, len(entries))
    return log, shelf


def reader(files: dict[str, bytes]) -> Read:
    return Shelf(files).read
