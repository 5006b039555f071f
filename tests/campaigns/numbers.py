"""What we hold to be a small number, beside acro's threshold rule, on random tables."""

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evenhand.rules.publishing_tables import RULES, About, Axis, Table

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".statistics"
PYTHON, LOCK = PLACE / "bin/python", ROOT / "requirements/statistics.lock"
PROGRAM = ROOT / "tests/rules/outside/acro_check.py"
TABLES, SHORT = 500, 50
SEED = 88


def main() -> int:
    """Make acro's environment if there is none, and compare every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="50 tables, and only with acro there")
    short = parser.parse_args().short
    if not PYTHON.exists() and short:
        print("NOT RUN: acro is not installed. The campaign without --short installs it.")
        return 0
    if not PYTHON.exists():
        _install()
    chance = random.Random(SEED)  # noqa: S311  (numbers, not secrets)
    differing = 0
    for about in (About.PEOPLE, About.GROUPS):
        tables = [_table(about, chance) for _one in range(SHORT if short else TABLES)]
        theirs = _found_by_acro(tables, RULES[about].least)
        pairs = zip(tables, theirs, strict=True)
        wrong = [one.counts for one, places in pairs if _ours(one) != _in_our_terms(one, places)]
        print(f"{about}: {len(tables)} tables, {sum(map(len, theirs))} places, {len(wrong)} differ")
        for counts in wrong[:5]:
            print(f"  {counts}")
        differing += len(wrong)
    return 1 if differing else 0


def _install() -> None:
    """Put what acro needs, by its hashes, where nothing of ours is."""
    subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--only-binary=:all:"]
    subprocess.run([*pip, "-r", str(LOCK)], check=True)


def _table(about: About, chance: random.Random) -> Table:
    """Make up a table with somebody in every row and column."""
    height, width = chance.randint(1, 6), chance.randint(2, 6)
    counts = [
        [chance.choice((0, chance.randint(0, 25))) for _ in range(width)] for _ in range(height)
    ]
    for row in range(height):
        counts[row][row % width] += 1
    for column in range(width):
        counts[column % height][column] += 1
    return Table(
        subject="people",
        about=about,
        start=None,
        end=date(2026, 1, 1),
        rows=Axis("row", tuple(map(str, range(height)))),
        columns=Axis("column", tuple(map(str, range(width)))),
        counts=tuple(map(tuple, counts)),
    )


def _found_by_acro(tables: Sequence[Table], threshold: int) -> list[list[tuple[int, int]]]:
    said = subprocess.run(
        [PYTHON, PROGRAM, str(threshold)],
        input=json.dumps([one.counts for one in tables]),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [[(row, column) for row, column in places] for places in json.loads(said.stdout)]


def _ours(one: Table) -> set[tuple[int | None, int | None]]:
    return {place for place in one.small() if None not in place}


def _in_our_terms(one: Table, places: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Leave out what acro finds and we show by choice: a 0 of people by what happened."""
    return {
        (row, column)
        for row, column in places
        if one.counts[row][column] or one.about is About.GROUPS
    }


if __name__ == "__main__":
    sys.exit(main())
