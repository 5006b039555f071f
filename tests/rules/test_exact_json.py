"""JSON that can be kept exactly as it was sent, and no other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.exact_json import MOST_DEPTH, NotExact, read_exactly

TEXTS = st.text('a1é"\\\n ', max_size=4)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def nested(deep: int) -> str:
    return "[" * deep + "]" * deep


@given(said=PLAIN)
def test_what_is_read_is_what_was_sent(said: object) -> None:
    assert read_exactly(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "a": 2}', "same name twice"),
        ('[{"b": {"a": 1, "a": 1}}]', "same name twice"),
        ("NaN", "not numbers"),
        ("-Infinity", "not numbers"),
        ("1e999", "kept exactly"),
        ("1e-99999999999999999999", "kept exactly"),
        ("0.12345678901234567890", "kept exactly"),
        ("1." + "0" * 101, "kept exactly"),
        (nested(MOST_DEPTH + 1), "nested too deeply"),
        (nested(100_000), "nested too deeply"),
    ],
)
def test_what_could_not_be_given_back_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotExact, match=why):
        read_exactly(text)


def test_what_is_no_json_is_told_apart_from_it() -> None:
    for text in ("", "{", "[1,]", "'a'"):
        with pytest.raises(json.JSONDecodeError):
            read_exactly(text)


def test_numbers_and_depth_that_can_be_kept_are() -> None:
    assert read_exactly("[0.5, 1e3]") == [0.5, 1000.0]
    assert json.dumps(read_exactly(nested(MOST_DEPTH))) == nested(MOST_DEPTH)
