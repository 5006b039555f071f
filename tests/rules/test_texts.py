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
    check_own_words,
    check_reason,
    check_text,
    choose,
    says_no_word,
    says_nothing,
    says_too_little,
    words_in,
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


@pytest.mark.parametrize(
    "filler",
    [".", "...", "-", "?!", "1", "12 / 3", "x", "x.", "a b c", "👩‍🚒", "\u0301", "\u3164."],
)
def test_what_has_no_word_is_no_reason(filler: str) -> None:
    assert says_no_word(filler)
    check_given(filler, at="version")
    with pytest.raises(TextMissing):
        check_own_words(filler, at="reasons")
    with pytest.raises(ReasonMissing) as told:
        check_reason(filler)
    assert "has no words" in told.value.sentence


@pytest.mark.parametrize(
    "reason",
    ["Seen.", "No.", "Ja", "Nie.", "да", "同", "ประ", "क्या", "לא", "نعم", "Rydw i'n ei weld"],
)
def test_one_word_in_any_script_is_a_reason(reason: str) -> None:
    check_reason(reason)
    check_own_words(reason, at="reasons")


@pytest.mark.parametrize(
    "little", ["", "ok", "As before.", "as before, as before", "ok ok ok", "a b c", "Yes. 1 2 3"]
)
def test_a_word_or_two_say_too_little_of_what_weighs_much(little: str) -> None:
    assert says_too_little(little)


@pytest.mark.parametrize(
    "enough",
    [
        "The same street.",
        "They must be warned.",
        "同一条街",
        "ป้องกัน",
        "أنهم في خطر",
        "Mae’n rhaid eu rhybuddio",
    ],
)
def test_a_short_sentence_says_enough(enough: str) -> None:
    assert not says_too_little(enough)


def test_words_are_told_apart_without_their_signs() -> None:
    assert words_in("Don't (it’s) NO-ONE's, 12!") == ["dont", "its", "no", "ones"]
    assert words_in("क्या हुआ") == ["क्या", "हुआ"]
    assert words_in("同一 ok") == ["同", "一", "ok"]


@given(st.text(max_size=60))
def test_any_text_is_counted_in_words(text: str) -> None:
    found = words_in(text)
    assert all(found)
    assert not found or not says_nothing(text)


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
