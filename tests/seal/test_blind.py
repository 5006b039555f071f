"""Search without text: whole words and exact values by keyed hashes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.seal.blind import TOKEN_BYTES, BlindIndex, What, folded_words

INDEX = BlindIndex(b"k" * 32)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Zauberwort", "ZAUBERWORT"),
        ("Straße", "STRASSE"),
        ("Málaga", "malaga"),
        ("M\u00e1laga", "Ma\u0301laga"),
        ("Ωμέγα", "ωμεγα"),
        ("İstanbul", "istanbul"),
        ("ﬁnger", "finger"),
        ("\U0001d56c\U0001d593\U0001d593", "ann"),
        ("Năng", "nang"),
        ("٣", "٣"),
    ],
)
def test_case_and_accents_make_no_difference(written: str, asked: str) -> None:
    assert INDEX.words(written) == INDEX.words(asked)


def test_only_whole_words_match() -> None:
    assert not set(INDEX.words("threat")) & set(INDEX.words("threaten", "threa"))


def test_words_are_found_between_any_signs() -> None:
    assert folded_words("knife,shop; (said)\n«no»") == ["knife", "shop", "said", "no"]


def test_a_word_and_a_value_of_the_same_text_have_different_tokens() -> None:
    assert INDEX.token(What.WORD, "youtube") != INDEX.token(What.CONTENT, "youtube")


def test_another_desk_has_other_tokens() -> None:
    other = BlindIndex(b"j" * 32)
    assert not set(INDEX.words("one two three")) & set(other.words("one two three"))


def test_tokens_are_short_and_say_neither_order_nor_how_often() -> None:
    tokens = INDEX.words("b a a", "c b")
    assert all(len(it) == TOKEN_BYTES for it in tokens)
    assert tokens == sorted(set(tokens))
    assert len(tokens) == 3
    assert INDEX.words("a b c") == INDEX.words("c b a")


@given(st.text(max_size=80))
def test_what_was_written_is_found_by_each_of_its_words(text: str) -> None:
    stored = set(INDEX.words(text))
    for word in text.split():
        assert set(INDEX.words(word)) <= stored


@given(st.text(max_size=80), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_another_spelling_of_the_same_signs_is_the_same_word(text: str, form: str) -> None:
    spelt = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert folded_words(spelt) == folded_words(text)


def test_a_text_without_words_has_no_tokens() -> None:
    assert INDEX.words("", " … !? ") == []
