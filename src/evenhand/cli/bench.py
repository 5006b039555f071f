"""``evenhand bench``: the benchmarks, each beside a peer that is measured in the same run."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.output import add_command

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

NAMES = (
    "log",
    "approve",
    "list",
    "worklist",
    "record",
    "history",
    "search",
    "identify",
    "pen",
    "seal",
    "captures",
    "questions",
    "ledger",
    "tree",
    "start",
)


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "bench",
        bench,
        does="time the desk's work beside the least that the same work can take",
        example="evenhand bench list --json",
    )
    parser.add_argument(
        "name", nargs="?", choices=NAMES, metavar="NAME", help=f"{', '.join(NAMES)} (default: all)"
    )
    parser.add_argument(
        "--referrals", type=int, default=2_000, metavar="N", help="on a desk of at least N (2000)"
    )
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        help="a demo's folder to measure in, which gets invented referrals (default: a new one)",
    )


def bench(arguments: argparse.Namespace) -> int:
    """Run one benchmark or all, in a process of its own; 1 if a goal is missed."""
    from evenhand.cli.dev import in_checkout, run

    in_checkout()
    words = [arguments.name] if arguments.name else []
    words += ["--referrals", str(arguments.referrals)]
    words += ["--home", str(arguments.home.resolve())] if arguments.home else []
    words += ["--json"] if arguments.json else []
    return run([sys.executable, "-m", "bench", *words], env={"PYTHONPATH": "src"})
