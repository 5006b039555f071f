"""Free text is kept exactly or refused, never changed."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.texts import (
    LONG,
    ReasonMissing,
    TextMissing,
    TextTooLong,
    TextUnreadable,
    UnknownChoice,
    check_given,
    check_reason,
    check_text,
    choose,
)


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=300))
def test_anything_that_a_person_can_write_is_let_in(text: str) -> None:
    check_text(text, at="description")


@given(st.text(max_size=50), st.sampled_from(["\0", "\ud800", "\udfff", "\udbff"]))
def test_what_no_database_can_hold_is_refused(text: str, sign: str) -> None:
    with pytest.raises(TextUnreadable):
        check_text(text + sign + text, at="description")


@pytest.mark.parametrize(
    "text", ["\u202eabc", "👩‍🚒", "e\u0301", "\u200b x", "\ufffe", "\U0010ffff"]
)
def test_signs_that_look_odd_are_still_text(text: str) -> None:
    check_given(text, at="description")


def test_a_text_of_ten_megabytes_is_measured_and_refused() -> None:
    with pytest.raises(TextTooLong) as told:
        check_text("x" * 10_000_000, at="description")
    assert str(told.value) == "This answer has 10,000,000 characters. The most is 10,000."


def test_a_text_of_just_the_right_length_is_let_in() -> None:
    check_text("x" * LONG, at="description")
    check_text("x" * 5, at="description", most=5)
    with pytest.raises(TextTooLong):
        check_text("x" * 6, at="description", most=5)


@pytest.mark.parametrize(
    "empty",
    [
        "",
        " ",
        "\n\t\u3000",
        "\u2028",
        "\u200b",
        "\ufeff\u2060",
        "\u202e",
        "\x1b\x7f",
        "\u3164\u2800",
    ],
)
def test_what_nobody_can_see_is_no_answer_and_no_reason(empty: str) -> None:
    with pytest.raises(TextMissing):
        check_given(empty, at="necessity")
    with pytest.raises(ReasonMissing):
        check_reason(empty)


def test_a_reason_is_a_text_as_well() -> None:
    check_reason("Because.")
    with pytest.raises(TextUnreadable):
        check_reason("Because\0")


def test_a_choice_is_one_of_those_offered() -> None:
    assert choose(Colour, "red", at="colour") is Colour.RED
    with pytest.raises(UnknownChoice) as told:
        choose(Colour, "{blue}", at="colour")
    assert told.value.values == {"choices": "red, green"}
    assert told.value.at == "colour"
