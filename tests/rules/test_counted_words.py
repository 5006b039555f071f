"""Codes that numbers are divided by are told in words, wherever there are some."""

from enum import StrEnum

import pytest

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.counted_words import CODES, in_words
from evenhand.rules.disposal import Reason
from evenhand.rules.intake import Source
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.questions import By
from evenhand.rules.recalls import Why
from evenhand.rules.retention import RecordKind


def called(by: str, code: str) -> str:
    return in_words(by, code, said=lambda it: f"{it}!")


@pytest.mark.parametrize(
    ("by", "codes"),
    [
        (By.SOURCE, Source),
        (By.OUTCOME, PlatformStatus),
        (By.ROLE, PersonRole),
        (By.KIND, RecordKind),
        (By.GROUND, Ground),
        (By.BECAUSE, Reason),
        (By.BECAUSE, Why),
    ],
)
def test_every_code_has_its_words_in_the_language_of_the_reader(
    by: By, codes: type[StrEnum]
) -> None:
    for code in codes:
        assert called(by, code) == f"{CODES[by][code]}!"
        assert called(by, code) != f"{code}!"


def test_names_and_months_stay_as_they_are_and_what_is_not_said_is_told() -> None:
    assert called("platform", "ClipNest") == "ClipNest"
    assert called("month", "2026-11") == "2026-11"
    assert called("source", "of_an_old_version") == "of_an_old_version"
    assert called("age", "13-15") == "13-15"
    assert called("source", "") == "Not said!"
    assert called("all", "all") == "All!"
