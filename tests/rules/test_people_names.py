"""Names are kept as they are written, in any script."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.people_names import check_name, comparable, kept_name
from evenhand.rules.texts import TextMissing

with (Path(__file__).parent.parent / "data" / "person_names.csv").open(encoding="utf-8") as file:
    NAMES = [" ".join(filter(None, it[2:])) for it in csv.reader(file)][1:]


def test_every_sample_name_is_kept_whole() -> None:
    assert len(NAMES) == 387
    for name in NAMES:
        check_name(name)
        kept = kept_name(f" {name}\n")
        assert unicodedata.normalize("NFC", name).strip() == kept
        assert kept_name(kept) == kept


def test_no_two_sample_names_are_taken_for_one() -> None:
    kept = {kept_name(it).casefold() for it in NAMES}
    assert len({comparable(it) for it in kept}) == len(kept)


@pytest.mark.parametrize(
    ("one", "other"),
    [("José Vantage", "jose\u0301  VANTAGE"), ("Straße", "STRASSE"), ("\uff21\uff4e\uff4e", "ann"),
     ("हिन्दी", "हिन्दी")],
)  # fmt: skip
def test_form_case_and_spacing_make_no_difference(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("José", "Jose"), ("Ann Bee", "AnnBee"), ("Ann Bee", "Bee Ann"), ("Anna", "\u0410nna"),
     ("Jon", "John"), ("की", "का")],
)  # fmt: skip
def test_names_that_are_alike_are_different(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


@given(st.text())
def test_comparing_is_settled_at_once(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


@pytest.mark.parametrize("name", ["", " ", "\u200b\u200d", "\u3164"])
def test_a_name_shows_something(name: str) -> None:
    with pytest.raises(TextMissing):
        check_name(name)
