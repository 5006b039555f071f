"""Codes that numbers are divided by are told in words, wherever there are some."""

import tomllib
from enum import StrEnum
from pathlib import Path

import pytest

import evenhand
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.counted_words import CODES, in_words
from evenhand.rules.disposal import Reason
from evenhand.rules.imports import Tally
from evenhand.rules.intake import Source
from evenhand.rules.lawbook_reading import read_lawbook
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.questions import By
from evenhand.rules.recalls import Why
from evenhand.rules.retention import RecordKind

LAW = Path(evenhand.__file__).parent / "config" / "law"
BOOK = read_lawbook(
    *(
        tomllib.loads((LAW / f"{it}.toml").read_text(encoding="utf-8"))
        for it in ("harms", "provisions", "platforms")
    )
)


def called(by: str, code: str) -> str:
    return in_words(by, code, lawbook=BOOK, said=lambda it: f"{it}!")


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
        (By.WHAT, Tally),
    ],
)
def test_every_code_has_its_words_in_the_language_of_the_reader(
    by: By, codes: type[StrEnum]
) -> None:
    for code in codes:
        assert called(by, code) == f"{CODES[by][code]}!"
        assert called(by, code) != f"{code}!"


def test_platforms_harms_and_months_are_named() -> None:
    assert called("platform", "tiktok") == "TikTok"
    assert called("harm", "T1") == "T1 Terrorism content!"
    assert called("month", "2026-11") == "November! 2026"
    assert called("month", "2026-01") == "January! 2026"


def test_what_others_named_stays_as_it_is_and_what_is_not_said_is_told() -> None:
    assert called("platform", "ClipNest") == "ClipNest"
    assert called("harm", "Z9") == "Z9"
    assert called("source", "of_an_old_version") == "of_an_old_version"
    assert called("age", "13-15") == "13-15"
    assert called("source", "") == "Not said!"
    assert called("all", "all") == "All!"
