"""Desks of 100,000 and 1,000,000 referrals: no page may ask or cost more on the larger one."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from evenhand.seal.keys import KeyFile
from tests import databases
from tests.multiplying import multiply, own_word

SIZES = (100_000, 1_000_000)
SHORT = (2_000, 20_000)
REAL = 240
"""Referrals that come about through real acts; the others are copies of them."""
MOST_RATIO = 1.7
"""How much slower a page may be on the larger desk. It was set for a hundred times the rows."""
ROUNDS, EACH, TRIES = 3, 8, 3
OFFICER, APPROVER = "synthetic-officer-1", "synthetic-approver-1"

LIST = "/api/v1/referrals"
PAGES: Mapping[str, tuple[str, str]] = {
    "worklist of an officer": (OFFICER, "/"),
    "worklist of an approver": (APPROVER, "/"),
    "overdue": (OFFICER, "/overdue/"),
    "reminders": (OFFICER, "/reminders/"),
    "counts": (OFFICER, "/counts/"),
    "platforms": (OFFICER, "/platforms/"),
    "work of a colleague": (OFFICER, "/colleagues/synthetic-officer-2/work/"),
    "own page": (OFFICER, "/you/"),
    "log": (OFFICER, "/log/"),
    "list": (OFFICER, "/referrals/"),
    "list by state": (OFFICER, "/referrals/?state=sent"),
    "list by platform": (OFFICER, "/referrals/?platform=vimeo"),
    "list by harm": (OFFICER, "/referrals/?harm=T1"),
    "list since a day": (OFFICER, "/referrals/?since_day=1&since_month=1&since_year=2020"),
    "list by all of them, seldom found": (OFFICER, f"{LIST}?state=returned&platform=vimeo&harm=T1"),
    "search, a word of every referral": (OFFICER, f"{LIST}?q=synthetic"),
    "search, a common word and another": (OFFICER, f"{LIST}?q=synthetic+witness"),
    "search, a word of one referral": (OFFICER, f"{LIST}?q={{rare}}"),
    "search, a common word with a rare one": (OFFICER, f"{LIST}?q=synthetic+{{rare}}"),
    "search, a word of none": (OFFICER, f"{LIST}?q=nowhere"),
    "search, two that never meet": (OFFICER, f"{LIST}?q={{rare}}+{{other}}"),
    "search, an address": (OFFICER, f"{LIST}?q={{address}}"),
    "one referral": (OFFICER, "/referrals/{reference}/"),
    "one referral, API": (OFFICER, f"{LIST}/{{reference}}"),
    "history": (OFFICER, "/referrals/{reference}/history/"),
}


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


def main() -> int:
    """Make the desks, measure every page on both in turn, and say which pages grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="2,000 and 20,000 referrals")
    sizes = SHORT if parser.parse_args().short else SIZES
    server = databases.this_run()
    try:
        KeyFile.create(server.home.desk_key)
        server.start()
        with ExitStack() as open_desks:
            now = datetime.now(UTC)
            desks = [open_desks.enter_context(_desk(server, size, now)) for size in sizes]
            print(f"{'page':40}{'queries':>10}{'ms':>10}{'ms':>10}{'ratio':>8}")
            growing = [page for page in PAGES if not _told(page, _measured(desks, page))]
    finally:
        server.stop()
        server.remove()
    return 1 if growing else 0


def _told(page: str, it: Measured) -> bool:
    queries = " / ".join(map(str, dict.fromkeys(it.queries)))
    times = "".join(f"{1000 * seconds:10.1f}" for seconds in it.seconds)
    verdict = "" if it.holds else "  GROWS"
    print(f"{page:40}{queries:>10}{times}{it.ratio:8.2f}{verdict}", flush=True)
    return it.holds


def _measured(desks: list[Connection], page: str) -> Measured:
    """Measure a page on both desks in turn; what seems to grow is measured again."""
    queries = tuple(_ask(desk, "queries", page) for desk in desks)
    taken: list[list[float]] = [[] for _ in desks]
    it = Measured(queries, ())
    for _try in range(TRIES):
        for _round in range(ROUNDS):
            for desk, times in zip(desks, taken, strict=True):
                times.extend(_ask(desk, "times", page))
        it = Measured(queries, tuple(map(median, taken)))
        if it.holds:
            break
    return it


def _ask(desk: Connection, what: str, page: str) -> Any:
    desk.send((what, page))
    answer = desk.recv()
    if isinstance(answer, Exception):
        raise answer
    return answer


@contextmanager
def _desk(server: databases.DatabaseServer, size: int, now: datetime) -> Iterator[Connection]:
    """Make a desk of this size, and have a process of its own open its pages."""
    started, name = time.monotonic(), f"{server.run}_{size}"
    server.clone(name)
    environment = server.environment(name)
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(
        target=_answer, args=(theirs, environment, now), daemon=True
    )
    process.start()
    _ask(ours, "fill", "")
    multiply(server.address("postgres", name), environment, to=size)
    _ask(ours, "learn", "")
    took = time.monotonic() - started
    print(f"A desk of {size:,} referrals in {took:.0f} s.", file=sys.stderr, flush=True)
    try:
        yield ours
    finally:
        process.terminate()
        process.join()


def _answer(asked: Connection, environment: dict[str, str], now: datetime) -> None:
    os.environ.update(environment)
    import django
    from django.conf import settings

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup()
    desk = DeskAtWork(now)
    doing: Mapping[str, Callable[[str], object]] = {
        "fill": desk.fill,
        "learn": desk.learn,
        "queries": desk.queries,
        "times": desk.times,
    }
    while True:
        what, page = asked.recv()
        try:
            asked.send(doing[what](page))
        except Exception as error:
            asked.send(RuntimeError(f"{what} {page}: {error!r}"))


class DeskAtWork:
    """One desk, in a process of its own: opens its pages as two of its officers."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.words: dict[str, str] = {}
        self.clients: dict[str, Any] = {}

    def fill(self, _page: str) -> None:
        """Write the real referrals."""
        from evenhand.actions import generation
        from evenhand.actions.generation_stories import batches

        plan = generation.plan(REAL, people=0, seed=7, now=self.now)
        for run in batches(REAL, 200):
            generation.write(plan, run)

    def learn(self, _page: str) -> None:
        """Sign two officers in, and choose what to look for: the same on a desk of any size."""
        from django.contrib.auth.models import User
        from django.test import Client

        from evenhand.actions import officers
        from evenhand.rules.officers import WORKER, Acting
        from evenhand.store.referrals import ReferralRow

        # One whose time for review has come is closed to officers.
        closed = ReferralRow.objects.filter(
            state="closed", number__lte=REAL, restricted=None, review_on__gt=self.now.date()
        )
        old = closed.order_by("-version")[0]
        newest = ReferralRow.objects.latest("number").number
        self.words = {
            "reference": old.reference,
            "rare": own_word((REAL + newest) // 2),
            "other": own_word(newest - 1),
            "address": "https://vimeo.com/123456789",
        }
        for username in (OFFICER, APPROVER):
            token = officers.create_token(
                username, may_decide=False, acting=Acting(officer=WORKER, at=datetime.now(UTC))
            )
            shown = {"Authorization": f"Bearer {token}"}
            client = Client(headers=shown, SERVER_NAME="127.0.0.1")
            account = User.objects.get(username=username)
            client.force_login(account, backend="evenhand.web.account.backend.AccountsOfOfficers")
            self.clients[username] = client

    def open(self, page: str) -> None:
        """Open a page, which must answer."""
        username, path = PAGES[page]
        answer = self.clients[username].get(path.format_map(self.words))
        if answer.status_code != 200:
            raise ValueError(f"{path}: {answer.status_code} {answer.content[:300]!r}")

    def queries(self, page: str) -> int:
        """Count the queries of a page that was opened before."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.open(page)
        with CaptureQueriesContext(connection) as asked:
            self.open(page)
        return len(asked)

    def times(self, page: str) -> list[float]:
        """Open a page several times, and give how long each took."""
        taken = []
        for _each in range(EACH):
            started = time.perf_counter()
            self.open(page)
            taken.append(time.perf_counter() - started)
        return taken


if __name__ == "__main__":
    sys.exit(main())
