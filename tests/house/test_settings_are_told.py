import re
from dataclasses import fields

from evenhand.cli.known_settings import PROFILE, SETTINGS
from evenhand.rules.profile import Profile
from tests.house.imports import HOUSE


def test_the_page_of_settings_names_every_setting_and_no_other() -> None:
    text = (HOUSE / "config" / "environment.py").read_text("utf-8")
    read = set(re.findall(r'"((?:EVENHAND_[A-Z_]+|DATABASE_URL))"', text)) | {"EVENHAND_HOME"}
    assert set(SETTINGS) == read | {"EVENHAND_SIGNER"}


def test_the_page_of_settings_names_everything_in_a_profile() -> None:
    assert set(PROFILE) == {it.name for it in fields(Profile)}
