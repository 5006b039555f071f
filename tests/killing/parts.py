"""The programs of a desk, each killed outright at any moment and had back the way people would."""

import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Protocol

import psycopg

from evenhand.cli.embedded import SUPERUSER, Cluster
from evenhand.cli.leash import start_child

PATIENCE = 120
"""Seconds after which a desk that does not come back counts as lost."""


class NotBack(Exception):
    """A part did not come back."""


class Part(Protocol):
    """What can be killed. A new program of the desk becomes one more of these."""

    def kill(self, chance: Random) -> None:
        """Kill one of its processes outright, whichever chance names."""
        ...

    def revive(self) -> None:
        """Have it back: by itself where it does so, else by starting it as its keeper would."""
        ...


def children_of(process: int) -> list[int]:
    """Name the processes that a process has started and that still run."""
    with suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [int(it) for it in listed.split()]
    return []


def kill_outright(process: int) -> None:
    """Kill a process that may have ended meanwhile."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


class Program:
    """``evenhand ARGUMENTS``: the process itself or one that it started is killed."""

    def __init__(
        self, arguments: Sequence[str], log: Path, settings: Mapping[str, str], keep: Sequence[int]
    ) -> None:
        self._start = partial(start_child, arguments, log=log, settings=settings, keep=keep)
        self._process = self._start()

    def kill(self, chance: Random) -> None:
        """Kill the program or one of its processes, each as often."""
        first = self._process.pid
        chosen = chance.choice([first, *children_of(first)])
        kill_outright(chosen)
        if chosen == first:
            self._process.wait()

    def revive(self) -> None:
        """Start it again where it has ended; what is left of it goes first, as under systemd."""
        if self._process.poll() is not None:
            self.end()
            self._process = self._start()

    def end(self) -> None:
        """Leave nothing of it."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Database:
    """The embedded PostgreSQL: its first process or one of the others is killed."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._use = ExitStack()
        self._use.enter_context(cluster.used())

    def kill(self, chance: Random) -> None:
        """Kill the server or one of its processes: then it mends itself."""
        first = int((self._cluster.data / "postmaster.pid").read_text().split()[0])
        kill_outright(chance.choice([first, chance.choice([first, *children_of(first)])]))

    def revive(self) -> None:
        """Wait until it answers; where it has ended, start it as the next command would."""
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline:
                raise NotBack(f"PostgreSQL did not come back; its log is {self._cluster.log}.")
            with ExitStack() as earlier:
                if not self._cluster.is_up:
                    earlier.push(self._use.pop_all())
                    self._use.enter_context(self._cluster.used())
            time.sleep(0.05)

    def end(self) -> None:
        """Stop it in good order."""
        self._use.close()
        self._cluster.wait_until_stopped()

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self._cluster.address(SUPERUSER), connect_timeout=5) as run:
                return run.execute("SELECT 1").fetchone() == (1,)
        except psycopg.Error:
            return False
