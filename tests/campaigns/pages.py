"""Every page in every combination of its parts, as every role, in a browser with axe."""

import sys

from tests.campaigns import run_longer

if __name__ == "__main__":
    test = "tests/stories/test_every_page.py"
    sys.exit(run_longer(test, setting="EVENHAND_EVERY_COMBINATION", long="1", short=""))
