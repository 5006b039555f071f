"""``evenhand generate``: a synthetic desk of any size, for trying out and for measuring."""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evenhand.cli.desk import close_connections, open_desk
from evenhand.cli.leash import PARENT, tie_to_parent
from evenhand.cli.output import add_command, print_json
from evenhand.cli.progress import Progress

if TYPE_CHECKING:
    from evenhand.actions.generation_stories import Plan
    from evenhand.cli.output import Subparsers

RUN = 200
"""Referrals written in one transaction."""


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "generate",
        generate,
        does="write invented referrals of any number, through the same rules as real ones",
        example="evenhand generate --referrals 1000 --seed 7",
    )
    parser.add_argument("--referrals", type=int, required=True, metavar="N", help="how many")
    parser.add_argument("--people", type=int, default=0, metavar="N", help="how many people (0)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed tells the same (1)")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="how many at once (all cores)"
    )


def generate(arguments: argparse.Namespace) -> int:
    """Write them, run by run, and say how far it is."""
    started = time.monotonic()
    with open_desk():
        from evenhand.actions.generation import plan

        told = plan(
            arguments.referrals,
            people=arguments.people,
            seed=arguments.seed,
            now=datetime.now(UTC),
        )
        close_connections()
        progress = Progress(arguments.referrals, "referrals")
        try:
            for written in _written(told, max(1, arguments.processes)):
                progress.add(written)
        except BaseException:
            progress.broke_off(f"Each run of {RUN} is there as a whole or not at all.")
            raise
        progress.end()
    seconds = round(time.monotonic() - started, 1)
    if arguments.json:
        print_json({"referrals": arguments.referrals, "seed": arguments.seed, "seconds": seconds})
    return 0


def _written(plan: "Plan", processes: int) -> Iterator[int]:
    """Write every run of the plan, several at once, and give how many each had."""
    # Imported here: they are slow, and every command reads this file.
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from multiprocessing import get_context

    from evenhand.actions.generation_stories import batches

    os.environ[PARENT] = str(os.getpid())
    runs = iter(batches(plan.count, RUN))
    fresh = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_begin) as pool:
        waiting: set[Future[int]] = set()
        try:
            for _each, run in zip(range(2 * processes), runs, strict=False):
                waiting.add(pool.submit(_write, plan, run))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for one in done:
                    yield one.result()
                    if (following := next(runs, None)) is not None:
                        waiting.add(pool.submit(_write, plan, following))
        finally:
            pool.shutdown(cancel_futures=True)
            os.environ.pop(PARENT, None)


def _begin() -> None:
    tie_to_parent()
    import django

    django.setup()
    from django.db import connections

    # The same few statements come again and again: PostgreSQL plans each of them once.
    prepared = {"server_side_binding": True, "prepare_threshold": 3}
    connections.settings["default"]["OPTIONS"].update(prepared)


def _write(plan: "Plan", run: range) -> int:
    from evenhand.actions.generation import write

    return write(plan, run)
