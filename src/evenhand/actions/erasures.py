"""Keeps the list of erasures beside the log, so that no restored backup brings back what went."""

from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.ledger.erasures import ERASED, ErasureFile
from evenhand.store.erasures import erasures

MOST = 10_000
"""Entries that are looked through at once."""


class ErasureList:
    """The list of one desk. ``log`` is the folder of its log: the list lies beside it."""

    def __init__(self, log: Path) -> None:
        self._file = ErasureFile(log.with_name(ERASED))

    def go_on(self, end: int) -> None:
        """List what erased something among the entries with an index below ``end``.

        Raises Broken where the list tells of later ones, OSError.
        """
        begin = self._file.looked_through()
        if begin > end:
            raise Broken(
                f"{self._file.path} tells of {begin} entries, and the database has {end}: an old "
                "backup was put in its place. Use: evenhand restore"
            )
        while begin < end:
            until = min(begin + MOST, end)
            self._file.add(erasures(begin, until), until=until)
            begin = until
