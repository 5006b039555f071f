"""What one desk may set for itself."""

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

import evenhand
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.profile import LIMITS, ProfileWrong, Regime, read_profile
from tests.builders import profile

PROFILES = sorted((Path(evenhand.__file__).parent / "config" / "profiles").glob("*.toml"))
DOCUMENT = asdict(profile()) | {"notice_forms": list(NoticeForm)}


def test_a_profile_is_read_as_it_is_written() -> None:
    assert read_profile(DOCUMENT) == profile()


@pytest.mark.parametrize("path", PROFILES, ids=lambda it: it.stem)
def test_a_profile_that_is_shipped_can_be_used(path: Path) -> None:
    read_profile(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("key", DOCUMENT)
def test_a_missing_setting_is_named(key: str) -> None:
    with pytest.raises(ProfileWrong, match=f"^{key}: missing$"):
        read_profile({name: it for name, it in DOCUMENT.items() if name != key})


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ProfileWrong, match="colour: not a setting"):
        read_profile(DOCUMENT | {"colour": "red"})


@pytest.mark.parametrize("key", LIMITS)
def test_a_number_stays_within_the_limits_that_code_keeps(key: str) -> None:
    least, most = LIMITS[key]
    for fits in (least, most):
        assert asdict(read_profile(DOCUMENT | {key: fits}))[key] == fits
    for wrong in (least - 1, most + 1, True, "7", 7.0, None):
        with pytest.raises(ProfileWrong, match=f"{key}: must be a whole number"):
            read_profile(DOCUMENT | {key: wrong})


@pytest.mark.parametrize("wrong", [[], ["article_16"], ["plain", "fax"], "plain", None])
def test_the_forms_of_notice_are_known_ones_and_plain_text_is_among_them(wrong: object) -> None:
    with pytest.raises(ProfileWrong, match="notice_forms: must be a list of some of plain"):
        read_profile(DOCUMENT | {"notice_forms": wrong})
    assert read_profile(DOCUMENT | {"notice_forms": ["plain"]}).notice_forms == (NoticeForm.PLAIN,)


@pytest.mark.parametrize("wrong", ["uk_part4", "", 3, ["uk_part3"], None])
def test_a_desk_works_under_exactly_one_law_of_data_protection(wrong: object) -> None:
    with pytest.raises(ProfileWrong, match=r"^regime: must be one of uk_part3, "):
        read_profile(DOCUMENT | {"regime": wrong})
    assert read_profile(DOCUMENT | {"regime": "eu_led"}).regime is Regime.EU_LED


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(ProfileWrong) as told:
        read_profile(DOCUMENT | {"name": 1, "demo": "yes", "idle_minutes": 0, "x": 1})
    assert str(told.value).split("; ") == [
        "x: not a setting of a profile",
        "name: must be a text",
        "demo: must be true or false",
        "idle_minutes: must be a whole number from 5 to 120",
    ]
