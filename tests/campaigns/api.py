"""The whole API tried with inputs at random, call by call and in sequences."""

import sys

from tests.campaigns import run_longer

if __name__ == "__main__":
    test = "tests/api/test_schema.py"
    sys.exit(run_longer(test, setting="EVENHAND_RANDOM_EXAMPLES", long="50", short="2"))
