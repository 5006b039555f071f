"""How long it takes to start."""

import subprocess
import sys
from collections.abc import Iterator

from bench.desks import EVENHAND, Desk
from bench.in_turn import in_turn
from bench.results import Goal, Peer, Result, compared

HELP_SECONDS = 0.3
DEMO_SECONDS = 8.0
WITHIN = Goal(most=1)
"""Where the peer is the time that the goal allows."""


def start(desk: Desk) -> Iterator[Result]:
    """Start the help, beside Python that does nothing; and the demo, beside what it may take."""
    help_, nothing = [*EVENHAND, "--help"], [sys.executable, "-P", "-c", "pass"]
    taken, by_python = in_turn(lambda: _run(help_), lambda: _run(nothing), rounds=4, each=3)
    allowed = [HELP_SECONDS] * len(taken)
    yield compared("evenhand --help", taken, Peer("Python alone", by_python))
    yield compared("evenhand --help", taken, Peer("what it may take", allowed), goal=WITHIN)
    yield compared(
        "demo, warm, to its first page",
        [desk.started_in],
        Peer("what it may take", [DEMO_SECONDS]),
        goal=WITHIN,
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
