"""Long runs, by ``evenhand campaign``; what they share is how a test is run for longer."""

import argparse
import os
import subprocess
import sys


def run_longer(test: str, setting: str, *, long: str, short: str) -> int:
    """Run one test file with a setting that has it try more, or with ``--short`` less of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true", help="as briefly as it may be")
    chosen = {setting: short if parser.parse_args().short else long}
    command = [sys.executable, "-m", "pytest", test]
    return subprocess.run(command, env=os.environ | chosen, check=False).returncode
