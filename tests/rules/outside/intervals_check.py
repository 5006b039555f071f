"""Gives the intervals that statsmodels works out: counts come in, ends go out.

usage: python intervals_check.py < counts.json, where statsmodels is installed.
"""

import json
import sys

from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint


def main() -> int:
    """Work out every interval that is asked for."""
    asked = json.load(sys.stdin)
    shares = [proportion_confint(*it, method="wilson") for it in asked["shares"]]
    ratios = [
        confint_proportions_2indep(*it, compare="ratio", method="log") for it in asked["ratios"]
    ]
    found = {"shares": shares, "ratios": ratios}
    print(json.dumps({name: [list(map(float, it)) for it in ends] for name, ends in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
