"""Sets up and starts a desk after every mishap: broken off at each point, damaged, moved."""

import sys

from tests.campaigns import run_longer

if __name__ == "__main__":
    tests = ("tests/cli/test_script.py", "tests/cli/test_demo_life.py")
    sys.exit(run_longer(*tests, setting="EVENHAND_EVERY_MISHAP", long="1", short=""))
