"""What may be logged at all."""

from datetime import timedelta

import pytest

from evenhand.rules.intake import (
    MOST_ADDRESSES,
    SKEW,
    NotPublic,
    NotYetSeen,
    TooManyAddresses,
    check_intake,
    check_number_of_addresses,
    check_public,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from tests.builders import NOW, intake


def test_a_complete_intake_is_let_in() -> None:
    check_intake(intake(), now=NOW)
    check_intake(intake(source_detail=""), now=NOW)
    check_intake(intake(observed_at=NOW), now=NOW)


def test_what_is_not_public_is_refused_before_anything_else_is_looked_at() -> None:
    with pytest.raises(NotPublic) as told:
        check_intake(intake(public_without_login=False, description="", language=""), now=NOW)
    assert told.value.code == "E-PRIV-72"
    assert told.value.at == "public_without_login"
    assert told.value.every == (told.value,)


def test_what_is_public_passes() -> None:
    check_public(public_without_login=True)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("description", "", "E-TEXT-01"),
        ("description", " \n\t ", "E-TEXT-01"),
        ("description", "a" * (LONG + 1), "E-TEXT-02"),
        ("description", "a\0b", "E-TEXT-03"),
        ("description", "a\ud800b", "E-TEXT-03"),
        ("source_detail", "a" * (LONG + 1), "E-TEXT-02"),
        ("language", "", "E-LANG-01"),
        ("language", "English, mostly", "E-LANG-01"),
        ("language", "en\n", "E-LANG-01"),
        ("language", "a" * 500, "E-LANG-01"),
        ("language", "en-John-Smithson", "E-LANG-01"),
        ("language", "en-John", "E-LANG-01"),
        ("observed_at", NOW + SKEW + timedelta(seconds=1), "E-SEEN-01"),
    ],
)
def test_a_faulty_answer_is_named_with_its_field(field: str, value: object, code: str) -> None:
    with pytest.raises(Refused) as told:
        check_intake(intake(**{field: value}), now=NOW)
    assert [(it.code, it.at) for it in told.value.every] == [(code, field)]


@pytest.mark.parametrize("language", ["en", "cy", "pt-BR", "zh-Hant-TW", "und"])
def test_a_language_is_named_by_its_code(language: str) -> None:
    check_intake(intake(language=language), now=NOW)


def test_every_fault_is_said_at_once() -> None:
    faulty = intake(description="", language="", observed_at=NOW + timedelta(days=1))
    with pytest.raises(Refused) as told:
        check_intake(faulty, now=NOW)
    assert [it.at for it in told.value.every] == ["description", "language", "observed_at"]


def test_a_clock_that_is_a_little_off_is_forgiven() -> None:
    check_intake(intake(observed_at=NOW + SKEW), now=NOW)


def test_content_cannot_have_been_seen_before_there_was_a_web() -> None:
    with pytest.raises(NotYetSeen) as told:
        check_intake(intake(observed_at=NOW.replace(year=1)), now=NOW)
    assert told.value.at == "observed_at"


def test_addresses_are_logged_a_few_at_a_time() -> None:
    check_number_of_addresses(MOST_ADDRESSES)
    with pytest.raises(TooManyAddresses) as told:
        check_number_of_addresses(MOST_ADDRESSES + 1)
    assert str(MOST_ADDRESSES + 1) in str(told.value)
