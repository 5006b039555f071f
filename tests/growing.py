"""Desks beside each other, one larger than the other: what a page costs on each.

Each desk is a database of its own, and a process of its own that opens its pages.
"""

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from evenhand.cli.garbage import look_seldom
from evenhand.seal.keys import KeyFile
from tests import databases
from tests.multiplying import multiply

REAL = 240
"""Referrals that come about through real acts; the others are copies of them."""
MOST_RATIO = 1.7
"""How much slower a page may be on the larger desk. It was set for a hundred times the rows."""
ROUNDS, EACH, TRIES = 3, 8, 3


@dataclass(frozen=True, slots=True)
class Measured:
    """What one page took on both desks: the number of queries, and the median time in seconds."""

    queries: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as long the larger desk takes."""
        return self.seconds[1] / self.seconds[0]

    @property
    def holds(self) -> bool:
        """Whether the page costs no more on the larger desk."""
        asked_on_small, asked_on_large = self.queries
        return asked_on_large <= asked_on_small and self.ratio <= MOST_RATIO


class DeskAtWork(ABC):
    """One desk, in a process of its own: opens its pages as officers of it."""

    def __init__(self, now: datetime, size: int) -> None:
        self.now, self.size = now, size
        self.clients: dict[str, Any] = {}

    def fill(self, _page: str) -> None:
        """Write the real referrals."""
        from evenhand.actions import generation
        from evenhand.actions.generation_stories import batches

        plan = generation.plan(REAL, people=0, seed=7, now=self.now)
        for run in batches(REAL, 200):
            generation.write(plan, run)

    @abstractmethod
    def learn(self, _page: str) -> None:
        """Sign officers in, and choose what to look for: the same on a desk of any size."""

    @abstractmethod
    def open(self, page: str) -> None:
        """Open a page, which must answer."""

    def sign_in(self, username: str) -> None:
        """Sign an officer in, to the pages and to the API."""
        from django.test import Client

        from evenhand.actions import officers
        from evenhand.rules.officers import WORKER, Acting

        token = officers.create_token(
            username, may_decide=False, acting=Acting(officer=WORKER, at=datetime.now(UTC))
        )
        shown = {"Authorization": f"Bearer {token}"}
        self.clients[username] = Client(headers=shown, SERVER_NAME="127.0.0.1")

    def _begin_sessions(self) -> None:
        """Begin a session of each officer: one ends while a larger desk is still made."""
        from django.contrib.auth.models import User

        for username, client in self.clients.items():
            account = User.objects.get(username=username)
            client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")

    def queries(self, page: str) -> int:
        """Count the queries of a page that was opened before."""
        self._begin_sessions()
        self.open(page)
        return asked(lambda: self.open(page))

    def times(self, page: str) -> list[float]:
        """Open a page several times, and give how long each took."""
        taken = []
        for _each in range(EACH):
            started = time.perf_counter()
            self.open(page)
            taken.append(time.perf_counter() - started)
        return taken


def asked(act: Callable[[], object]) -> int:
    """Count the queries of an act."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


@contextmanager
def a_server() -> Iterator[databases.DatabaseServer]:
    """Have a PostgreSQL of this run, and a key for its desks."""
    server = databases.this_run()
    try:
        KeyFile.create(server.home.desk_key)
        server.start()
        yield server
    finally:
        server.stop()
        server.remove()


@contextmanager
def a_desk(
    server: databases.DatabaseServer, at_work: type[DeskAtWork], size: int, *, referrals: int
) -> Iterator[Connection]:
    """Make a desk with so many referrals, and have a process of its own open its pages."""
    started, name = time.monotonic(), f"{server.run}_{size}"
    server.clone(name)
    environment = server.environment(name)
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(
        target=_answer, args=(theirs, environment, at_work, size), daemon=True
    )
    process.start()
    ask(ours, "fill")
    multiply(server.address("postgres", name), environment, to=referrals)
    ask(ours, "learn")
    took = time.monotonic() - started
    print(f"A desk of {size:,} in {took:.0f} s.", file=sys.stderr, flush=True)
    try:
        yield ours
    finally:
        process.terminate()
        process.join()


def ask(desk: Connection, what: str, page: str = "") -> Any:
    """Have a desk do one thing, and give its answer. Raises what it ran into."""
    desk.send((what, page))
    answer = desk.recv()
    if isinstance(answer, Exception):
        raise answer
    return answer


def measured(desks: Sequence[Connection], page: str) -> Measured:
    """Measure a page on both desks in turn; what seems to grow is measured again."""
    queries = tuple(ask(desk, "queries", page) for desk in desks)
    taken: list[list[float]] = [[] for _ in desks]
    it = Measured(queries, ())
    for _try in range(TRIES):
        for _round in range(ROUNDS):
            for desk, times in zip(desks, taken, strict=True):
                times.extend(ask(desk, "times", page))
        it = Measured(queries, tuple(map(median, taken)))
        if it.holds:
            break
    return it


def tell_what_grows(desks: Sequence[Connection], pages: Sequence[str]) -> list[str]:
    """Measure every page on both desks, print what each took, and give those that grow."""
    print(f"{'page':40}{'queries':>10}{'ms':>10}{'ms':>10}{'ratio':>8}")
    return [page for page in pages if not _told(page, measured(desks, page))]


def _told(page: str, it: Measured) -> bool:
    queries = " / ".join(map(str, dict.fromkeys(it.queries)))
    times = "".join(f"{1000 * seconds:10.1f}" for seconds in it.seconds)
    verdict = "" if it.holds else "  GROWS"
    print(f"{page:40}{queries:>10}{times}{it.ratio:8.2f}{verdict}", flush=True)
    return it.holds


def _answer(
    asked: Connection, environment: Mapping[str, str], at_work: type[DeskAtWork], size: int
) -> None:
    os.environ.update(environment)
    import django
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup()
    # As the web server and the worker do.
    look_seldom()
    desk = at_work(datetime.now(UTC), size)
    while True:
        what, page = asked.recv()
        try:
            asked.send(getattr(desk, what)(page))
        except Exception as error:
            asked.send(RuntimeError(f"{what} {page}: {error!r}"))
