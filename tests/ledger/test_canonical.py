"""Canonical JSON: against the published cases, and against a library that nobody here wrote."""

import json

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.canonical import LARGEST_INTEGER, Json, canonical
from tests.ledger.published import published

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts
values: st.SearchStrategy[Json] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(values)
def test_it_writes_what_the_library_writes(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1.5, 1e30, float("nan"), 2**53, -(2**53), "\ud800", {"a": [0.5]}]
)
def test_what_others_could_read_otherwise_is_refused(value: Json) -> None:
    with pytest.raises(ValueError, match=r"canonical JSON has no|surrogates not allowed"):
        canonical(value)


@pytest.mark.parametrize("name", ["arrays", "french", "unicode", "weird"])
def test_the_published_cases_are_written_as_published(name: str) -> None:
    folder = published("jcs")
    value = json.loads((folder / f"input/{name}.json").read_bytes())
    wanted = (folder / f"output/{name}.json").read_bytes()
    assert canonical(value) == wanted
    assert wanted == bytes.fromhex((folder / f"outhex/{name}.txt").read_text("ascii"))


@pytest.mark.parametrize("name", ["structures", "values"])
def test_the_published_cases_with_floats_are_refused(name: str) -> None:
    value = json.loads((published("jcs") / f"input/{name}.json").read_bytes())
    with pytest.raises(ValueError, match="no floats"):
        canonical(value)
