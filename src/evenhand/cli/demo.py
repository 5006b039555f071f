"""``evenhand demo``: a whole desk with fictional cases, by one command and on one machine."""

import argparse
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import Children, stopped_by_signals
from evenhand.cli.desk import cluster_of, running, settings_of
from evenhand.cli.embedded import Cluster
from evenhand.cli.failures import CannotStart, room_watched, told_as
from evenhand.cli.home import Home, home_folder, write_private
from evenhand.cli.locks import Held, locked
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.demo_desk import Shown
    from evenhand.cli.output import Subparsers

FIRST_PAGE = "/account/login/"
FIRST_PAGE_SECONDS = 90
WATCH_SECONDS = 0.5
MOST_PORT = 65_535


def register(commands: "Subparsers") -> None:
    """Add the demo."""
    parser = add_command(
        commands,
        "demo",
        demo,
        does="start a desk with fictional cases: database, web server, worker and mail sink",
        example="evenhand demo --port 8000 --home ~/evenhand-demo",
    )
    parser.add_argument("--port", type=_port, default=8000, help="port of the loopback (8000)")
    parser.add_argument("--home", type=Path, metavar="DIR", help="folder that keeps the desk")
    parser.add_argument(
        "--silent", action="store_true", help="have the fictional platforms answer nothing"
    )


def demo(arguments: argparse.Namespace) -> int:
    """Run the demo until Ctrl-C or SIGTERM; the next one goes on where it stopped."""
    chosen = {"EVENHAND_HOME": str(arguments.home)} if arguments.home else os.environ
    home = Home(home_folder(chosen))
    cluster = cluster_of(home)
    is_up = False
    with stopped_by_signals():
        try:
            with (
                room_watched(home.folder),
                _only_one(home),
                _told_if_it_runs_on(cluster),
                _listening(arguments.port) as web,
                _started(home, cluster, web, silent=arguments.silent) as (parts, show),
            ):
                # Whoever is told that it runs may stop it at once: that is no failed start.
                is_up = True
                show(as_json=arguments.json)
                while True:
                    parts.check()
                    _check_database(cluster)
                    time.sleep(WATCH_SECONDS)
        except KeyboardInterrupt:
            if not is_up:
                raise
            tell("\nStopped. The next start goes on from here.")
    return 0


@contextmanager
def _told_if_it_runs_on(cluster: Cluster) -> Iterator[None]:
    """Wait at the end until the database has stopped, or say who keeps it."""
    try:
        yield
    finally:
        if not cluster.wait_until_stopped():
            tell("PostgreSQL runs on: another command still uses this desk.")


@contextmanager
def _only_one(home: Home) -> Iterator[None]:
    """Be the only demo of this home."""
    from evenhand.cli.demo_desk import check_not_foreign

    with ExitStack() as held:
        with told_as(f"The desk cannot be kept in {home.folder}"):
            check_not_foreign(home)
            home.make()
            locks = home.folder / "locks"
            locks.mkdir(exist_ok=True)
            try:
                held.enter_context(locked(locks / "demo.lock", wait=False))
            except Held:
                where = running(home).get("url", "and is still starting")
                raise CannotStart(
                    f"A demo already runs in {home.folder}: {where}. "
                    "Stop it first, or choose another folder with --home."
                ) from None
        yield


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """Take the port before anything else: a taken one should be said at once."""
    with told_as(f"Port {port} cannot be used; choose another with --port"):
        listening = socket.create_server(("127.0.0.1", port), backlog=128)
    try:
        yield listening
    finally:
        listening.close()


@contextmanager
def _started(
    home: Home, cluster: Cluster, web: socket.socket, *, silent: bool
) -> Iterator[tuple[Children, Callable[..., None]]]:
    """Have everything running and answering for the block; give also how to print where it is."""
    with cluster.used(), told_as("The demo cannot go on"), _listening(0) as mail:
        url = f"http://127.0.0.1:{web.getsockname()[1]}"
        now = {"url": url, "smtp_url": f"smtp://127.0.0.1:{mail.getsockname()[1]}"}
        write_private(home.folder / "running.json", json.dumps(now))
        os.environ.update(settings_of(home, owner=True))
        from evenhand.cli.demo_desk import prepared_desk

        parts = Children(home.logs, settings=settings_of(home))
        try:
            bind, sink = f"fd://{web.fileno()}", str(mail.fileno())
            # The sink first: the fictional cases have notices that were sent.
            parts.start("mail sink", ["mail-sink", "--socket", sink], keep=[mail.fileno()])
            officers = prepared_desk(home)
            parts.start("signer", ["signer"])
            parts.start("web server", ["serve", "--bind", bind], keep=[web.fileno()])
            parts.start("worker", ["work"])
            if not silent:
                parts.start("platforms", ["demo-platforms"])
            web.close()
            mail.close()
            _wait_for_first_page(url, parts)
            yield parts, partial(_print_desk, home, cluster, url, officers)
        finally:
            parts.stop()


def _wait_for_first_page(url: str, parts: Children) -> None:
    import urllib.error
    import urllib.request

    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while time.monotonic() < deadline:
        parts.check()
        try:
            with urllib.request.urlopen(url + FIRST_PAGE, timeout=5):  # noqa: S310 - our own
                return
        except urllib.error.HTTPError as error:
            log = parts.log_of("web server")
            raise CannotStart(
                f"The first page failed with status {error.code}. The reason is in {log}."
            ) from None
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"The web server did not answer within {FIRST_PAGE_SECONDS} seconds.")


def _check_database(cluster: Cluster) -> None:
    if not cluster.is_up:
        raise CannotStart(
            f"PostgreSQL has ended by itself, so everything was stopped. Its log is {cluster.log}."
        )


def _print_desk(
    home: Home, cluster: Cluster, url: str, officers: "list[Shown]", *, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "url": url,
                "home": str(home.folder),
                "database_url": cluster.address(),
                "officers": [asdict(one) for one in officers],
            }
        )
        return
    lines = ["", f"  Address   {url}/", f"  Home      {home.folder}", ""]
    parts = ("name", "username", "password")
    *wide, code = (max((len(getattr(it, part)) for it in officers), default=0) for part in parts)
    for it in officers:
        who = f"{it.name:{wide[0]}}  {it.username:{wide[1]}}  {it.password:{code}}"
        lines.append(f"  {who}  {', '.join(it.roles).replace('_', ' ')}")
    lines += ["", "  Ctrl-C stops it; the next start goes on where it stopped.", ""]
    print("\n".join(lines), flush=True)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {MOST_PORT}")
    return int(text)
