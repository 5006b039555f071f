"""The processor time of what answers: the two web servers, and PostgreSQL behind them.

By the clock a page takes longer while others use the machine, and not by the same share as the
peer's. What the processors did for it stays nearly the same.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import process_time

from evenhand.cli.home import Home

PROC = Path("/proc")
SERVERS = (b"\0serve\0", b"\0bench.floor\0")


class Spent:
    """A clock that goes on only while one of these processes runs."""

    def __init__(self, home: Home) -> None:
        self._postgres = int((home.folder / "postgres/postmaster.pid").read_text().split()[0])
        self._known: dict[Path, int] = {}

    def __call__(self) -> float:
        """Give the seconds that all threads of them have run so far, also those that ended."""
        for thread in self._threads():
            with suppress(OSError):
                self._known[thread] = int((thread / "schedstat").read_text().split()[0])
        return sum(self._known.values()) / 10**9

    def _threads(self) -> Iterator[Path]:
        for process in PROC.glob("[0-9]*"):
            with suppress(OSError):
                if self._answers(process):
                    yield from (process / "task").iterdir()

    def _answers(self, process: Path) -> bool:
        begun_by = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        if int(begun_by) == self._postgres:
            return True
        command = (process / "cmdline").read_bytes()
        return any(it in command for it in SERVERS)


def here() -> float:
    """Give the seconds that were taken by this process, and by PostgreSQL for its connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    spent = PROC / str(pid) / "schedstat"
    there = int(spent.read_text("ascii").split()[0]) / 10**9 if spent.exists() else 0.0
    return process_time() + there
