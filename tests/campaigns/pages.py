"""Every page in every combination of its parts, as every role, in a browser with axe."""

import argparse
import os
import subprocess
import sys


def main() -> int:
    """Run the test of every page; ``--short`` opens what it opens in every CI run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="each page, and each new part, once")
    every = {} if parser.parse_args().short else {"EVENHAND_EVERY_COMBINATION": "1"}
    command = [sys.executable, "-m", "pytest", "tests/stories/test_every_page.py"]
    return subprocess.run(command, env=os.environ | every, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
