"""A47 and A48: what this house never holds has no name in it."""

import re

import pytest

from tests.house.imports import HOUSE, ROOT

BANNED = re.compile(
    r"(?<![a-z])(score|scoring|ranking|rank|risk_level|risk|rating|gang|affiliation|affiliate|associate|"
    r"nominal|watch_?list|threat_level|suspicion|ethnicity|heatmap|predict\w*|profiling|facial|"
    r"biometric|sentiment|drill|genre|slang)(?![a-z])"
)
PLACES = [
    *sorted((HOUSE / "store").rglob("*.py")),
    *sorted((HOUSE / "store").rglob("*.sql")),
    *sorted(HOUSE.rglob("templates/**/*.html")),
]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: str(path.relative_to(ROOT)))
def test_tables_and_pages_know_no_banned_concept(path: object) -> None:
    assert hasattr(path, "read_text")
    text = path.read_text("utf-8").lower()
    assert sorted(set(BANNED.findall(text))) == []
