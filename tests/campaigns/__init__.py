"""Long runs, by ``evenhand campaign``; what they share is how a test is run for longer."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def sampled(several: Sequence[T], setting: str, *, most: int = 1) -> Sequence[T]:
    """Give everything that a test tries in a campaign; in every other run the first of it."""
    return several if os.environ.get(setting) else several[:most]


def run_longer(*tests: str, setting: str, long: str, short: str) -> int:
    """Run test files with a setting that has them try more, or with ``--short`` less of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="as briefly as it may be")
    chosen = {setting: short if parser.parse_args().short else long}
    command = [sys.executable, "-m", "pytest", *tests]
    return subprocess.run(command, env=os.environ | chosen, check=False).returncode
