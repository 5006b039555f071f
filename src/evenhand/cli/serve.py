"""The parts of a desk in production: serve, work, migrate, check, status."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.desk import desk_environment, open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.garbage import look_seldom
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

FINISH_SECONDS = 20
CLOSED_SECONDS = 3
"""How often the worker of a closed desk looks whether it is open."""


def register(commands: "Subparsers") -> None:
    """Add the commands that run a desk."""
    parser = add_command(
        commands, "serve", serve, does="answer web requests", example="evenhand serve --workers 4"
    )
    parser.add_argument(
        "--bind", default="127.0.0.1:8000", help="HOST:PORT to listen on (127.0.0.1:8000)"
    )
    parser.add_argument("--workers", type=int, default=2, help="number of processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (4)")
    add_command(commands, "work", work, does="do the background work", example="evenhand work")
    add_command(
        commands,
        "migrate",
        migrate,
        does="make the tables or bring them up to date, as their owner (EVENHAND_OWNER_URL)",
        example="evenhand migrate",
    )
    add_command(
        commands,
        "key",
        key,
        does="make the desk's key file at EVENHAND_DESK_KEY, once",
        example="evenhand key",
    )
    parser = add_command(
        commands,
        "check",
        check,
        does="say what is wrongly set up",
        example="evenhand check --json",
    )
    parser.add_argument("--fix", action="store_true", help="make the log's key if there is none")
    add_command(
        commands,
        "status",
        status,
        does="print the desk's health as JSON",
        example="evenhand status",
    )


def serve(arguments: argparse.Namespace) -> int:
    """Answer web requests until told to stop."""
    tie_to_parent()
    with desk_environment():
        import django

        django.setup()
        from evenhand.cli.checks import check_not_being_restored
        from evenhand.cli.web_server import serve_web

        check_not_being_restored()

        return serve_web(arguments.bind, workers=arguments.workers, threads=arguments.threads)


def work(_arguments: argparse.Namespace) -> int:
    """Do the background work until told to stop; what is under way is finished first."""
    tie_to_parent()
    with open_desk():
        from django.conf import settings
        from django.utils.module_loading import import_string
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        from evenhand.cli.checks import check_not_being_restored

        check_not_being_restored()
        with import_string(settings.BESIDE_THE_QUEUE)():
            _wait_until_open()
            look_seldom()
            connector = DjangoConnector().get_worker_connector()
            with app.replace_connector(connector) as worker:
                # Done jobs are deleted: the log of the desk says what was done, not the queue.
                worker.run_worker(
                    delete_jobs="successful", shutdown_graceful_timeout=FINISH_SECONDS
                )
    return 0


def _wait_until_open() -> None:
    """Take nothing from the queue while a restored desk is closed; its log goes on."""
    from evenhand.queries.opening import is_closed

    if not is_closed():
        return
    tell("This desk was restored and is not open yet. Nothing is sent until it is.")
    with stopped_by_signals():
        while is_closed():
            time.sleep(CLOSED_SECONDS)


def migrate(arguments: argparse.Namespace) -> int:
    """Make the tables ready. Safe to run again at any time."""
    with open_desk(owner=True):
        from evenhand.cli.checks import check_owner_is_given

        check_owner_is_given()
        from evenhand.actions.desk import prepare_tables

        prepare_tables(now=datetime.now(UTC))
        from evenhand.cli.static_files import collect_static

        collect_static()
    tell("The tables and style sheets are ready.")
    if arguments.json:
        print_json({"ok": True})
    return 0


def key(arguments: argparse.Namespace) -> int:
    """Make the desk's key file. One that is there is never overwritten: it opens the records."""
    with open_desk():
        from django.conf import settings

        from evenhand.actions.desk import create_desk_key

        path = Path(settings.DESK_KEY)
        if path.exists():
            raise CannotStart(f"{path} is the desk's key already. Keep it: it opens the records.")
        with told_as(f"The key file {path} cannot be made"):
            create_desk_key(path)
    tell(f"{path} is the desk's key. Keep a copy apart from the database.")
    if arguments.json:
        print_json({"ok": True, "key": str(path)})
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Say what is wrongly set up, all at once."""
    with desk_environment():
        from evenhand.cli.checks import faults, make_missing_log_key

        if arguments.fix and (made := make_missing_log_key()):
            tell(f"{made} is the log's key. It is the signer's alone; keep a copy in a safe place.")
        found = faults()
    if arguments.json:
        print_json({"ok": not found, "faults": found})
    for fault in found:
        tell(f"- {fault}")
    if not found:
        tell("Everything is set up as it should be.")
    return 1 if found else 0


def status(_arguments: argparse.Namespace) -> int:
    """Print the desk's health."""
    with open_desk():
        from evenhand.queries.health import read_health

        health = read_health()
    print_json(health.as_json())
    return 0 if health.ok else 1
