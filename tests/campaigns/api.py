"""The whole API tried with inputs at random, call by call and in sequences."""

import argparse
import os
import subprocess
import sys


def main() -> int:
    """Run the test of the API with ``--short`` or many inputs for each call."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="two inputs for each call, not fifty")
    examples = "2" if parser.parse_args().short else "50"
    command = [sys.executable, "-m", "pytest", "tests/api/test_schema.py"]
    more = {"EVENHAND_RANDOM_EXAMPLES": examples}
    return subprocess.run(command, env=os.environ | more, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
