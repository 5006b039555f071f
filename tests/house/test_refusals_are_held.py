"""Each refusal about people is tried at every door: on a page, by program and by raw SQL.

The table says which test tries it where. Where a door has no way to it at all, it says why.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from evenhand.rules.catalogue import every_rule
from evenhand.rules.refusals import all_rules

TESTS = Path(__file__).parents[1]
TABLE = TESTS / "oracles" / "refusals.csv"
DOORS = ("page", "api", "sql")
ROWS = {*range(1, 50), *range(57, 65), *range(68, 78)}
BY_CONSTRUCTION = {
    "E-PUR-07",
    "E-SAR-35",
    "E-MIN-10",
    "E-PRO-47",
    "E-AUT-48",
    "E-LOG-57",
    "E-STA-70",
}
"""What no rule refuses, for there is no place for it: neither a field, nor a choice, nor a way.

E-SAR-35 is here although the database raises it: a program packs each record that was found to be
theirs by itself, and has no way to leave one out, so that only raw SQL is refused.
"""
WHY = re.compile(r"none: [a-z][^,]{15,}")


def lines() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def named_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {it.name for it in ast.walk(tree) if isinstance(it, ast.FunctionDef)}


def test_every_row_of_the_catalogue_about_people_has_its_line() -> None:
    assert [int(it["row"][1:]) for it in lines()] == sorted(ROWS)


def test_every_code_is_a_rule_of_the_house_or_has_no_place_in_it() -> None:
    every_rule()
    known = {it.code for it in all_rules()}
    assert {it["code"] for it in lines()} - known == BY_CONSTRUCTION - known


@pytest.mark.parametrize("line", lines(), ids=lambda it: it["code"])
def test_each_refusal_is_tried_at_every_door(line: dict[str, str]) -> None:
    for door in DOORS:
        if WHY.fullmatch(line[door]):
            continue
        file, _, name = line[door].partition("::")
        assert name in named_in(TESTS / file), f"{line['code']}, {door}: {line[door]}"
