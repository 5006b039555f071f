"""The desk that is measured: a demo of its own with invented referrals, and the floor beside it."""

import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.calling import Caller
from bench.floor import TABLES
from evenhand.cli.desk import cluster_of
from evenhand.cli.embedded import APPLICATION, OWNER
from evenhand.cli.failures import CannotStart
from evenhand.cli.home import Home

ROOT = Path(__file__).parents[1]
EVENHAND = [sys.executable, "-P", "-m", "evenhand.cli.main"]
START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """A running demo. ``started_in``: seconds from its start to its first page."""

    home: Home
    url: str
    officers: dict[str, dict[str, Any]]
    referrals: int
    started_in: float

    def caller(self, username: str) -> Caller:
        """Give a client of the API."""
        return Caller(self.url, token=str(self.officers[username]["token"]))

    def browser(self, username: str) -> Caller:
        """Give a client that is signed in on the pages."""
        browser = Caller(self.url)
        password = str(self.officers[username]["password"])
        browser.sign_in("/account/login/", username=username, password=password)
        return browser

    def owner(self) -> psycopg.Connection:
        """Connect as the owner of the tables."""
        return psycopg.connect(cluster_of(self.home).address(OWNER), autocommit=True)


@contextmanager
def chosen_home(chosen: Path | None) -> Iterator[Home]:
    """Take the home chosen, or make one for this run."""
    if chosen is not None:
        home = Home(chosen.resolve())
        if home.exists and not (home.keys / "demo-officers.json").exists():
            raise CannotStart(f"{chosen} is no demo's home, and this writes invented referrals.")
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        yield Home(Path(folder) / "home")


@contextmanager
def running_desk(home: Home, *, referrals: int) -> Iterator[Desk]:
    """Have a demo running in this home, with at least so many referrals."""
    with _demo(home):
        pass  # the first start makes the desk; the one that is measured is warm
    with cluster_of(home).used(), psycopg.connect(cluster_of(home).address(OWNER)) as run:
        missing = referrals - _count(run)
        if missing > 0:
            _generate(home, missing)
            _settle(home)
        held = _count(run)
    with _demo(home) as (said, started_in):
        officers = {it["username"]: it for it in said["officers"]}
        yield Desk(home, said["url"], officers, held, started_in)


def _count(run: psycopg.Connection) -> int:
    found = run.execute("SELECT count(*) FROM referral").fetchone()
    return int(found[0]) if found else 0


def _generate(home: Home, count: int) -> None:
    environment = _environment() | {"EVENHAND_HOME": str(home.folder)}
    subprocess.run([*EVENHAND, "generate", "--referrals", str(count)], env=environment, check=True)


@contextmanager
def _demo(home: Home) -> Iterator[tuple[dict[str, Any], float]]:
    home.folder.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    process = subprocess.Popen(
        [*EVENHAND, "demo", "--json", "--silent", "--port", "0", "--home", str(home.folder)],
        stdout=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            raise CannotStart(f"The demo in {home.folder} did not start.")
        yield json.loads(line), time.monotonic() - started
    finally:
        process.terminate()
        process.wait()


def _settle(home: Home) -> None:
    """Have PostgreSQL know the rows now: by itself it looks a minute later, amid what is timed."""
    with psycopg.connect(cluster_of(home).address(OWNER), autocommit=True) as run:
        run.execute("VACUUM (ANALYZE)")


def _environment() -> dict[str, str]:
    ours = ("EVENHAND_", "DATABASE_URL", "DJANGO_")
    kept = {name: it for name, it in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


@contextmanager
def running_floor(desk: Desk) -> Iterator[Caller]:
    """Have the floor running on a table as long as the desk's, in the same database."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(f"Bearer {token}".encode()).digest()
    address = cluster_of(desk.home).address()
    with desk.owner() as run:
        tables = sql.SQL(TABLES).format(
            n=sql.Literal(desk.referrals), app=sql.Identifier(APPLICATION)
        )
        run.execute(tables)
        run.execute("INSERT INTO floor.token VALUES (%s, 'someone')", [digest])
        port = _free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.floor", "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=_environment() | {"DATABASE_URL": address},
        )
        try:
            _wait(port)
            yield Caller(f"http://127.0.0.1:{port}", token=token)
        finally:
            process.terminate()
            process.wait()
            run.execute("DROP SCHEMA floor CASCADE")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
