"""Says which counts acro finds too small: tables of numbers come in, places go out.

usage: python acro_check.py THRESHOLD < tables.json, where acro is installed. Every row and column
needs somebody in it: acro leaves others out. A 0 is too small to it.
"""

import json
import logging
import sys
import warnings
from collections.abc import Sequence

import pandas as pd

warnings.simplefilter("ignore")
logging.disable()

from acro import ACRO  # noqa: E402  (it logs and warns as it is imported)


def main(threshold: int) -> int:
    """Hold every table against acro's rule."""
    session = ACRO(suppress=True)
    session.config["safe_threshold"] = threshold
    print(json.dumps([hidden(session, counts) for counts in json.load(sys.stdin)]))
    return 0


def hidden(session: ACRO, counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give the places of one table that acro finds too small: a row for everybody counted."""
    people = [
        (f"r{row}", f"c{column}")
        for row, numbers in enumerate(counts)
        for column, number in enumerate(numbers)
        for _one in range(number)
    ]
    frame = pd.DataFrame(people, columns=["row", "column"])
    session.crosstab(frame["row"], frame["column"])
    found = session.results.get_index(-1).sdc["cells"]["MinimumThresholdCheck"]
    return sorted(list(map(int, place)) for place in found)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
