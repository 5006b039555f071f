"""Finding in Chromium: filters stand in the address, words never do, a saved list is one click."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cli.programs import RunningDemo
from tests.stories.browser import CHROMIUM, Person, faults_of

KEPT = Path(os.environ.get("EVENHAND_SCREENSHOTS", ""))
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
PHONE = {"viewport": {"width": 375, "height": 740}, "is_mobile": True, "has_touch": True}


def narrowed(person: Person, field: str, answer: str) -> None:
    """Choose one filter, as an officer would."""
    person.page.get_by_text("Narrow the list").click()
    person.page.get_by_label(field).select_option(answer)
    person.presses("Show")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_words_are_looked_for_and_narrowed_and_never_reach_the_address(
    demo: RunningDemo, browser: Browser, scripts: bool
) -> None:
    ada = Person(browser, demo.said, "ada", java_script_enabled=scripts)
    asked: list[str] = []
    ada.page.on("request", lambda it: asked.extend([it.url, *it.headers.values()]))
    ada.signs_in()
    ada.goes_to("/referrals/")
    ada.writes("Find a referral", "invented")
    ada.presses("Find")
    ada.reads("What was found, newest first")
    narrowed(ada, "State on this desk", "logged")
    assert ada.page.url.endswith("/referrals/?state=logged")
    ada.reads("What was found, newest first")
    ada.reads("2026-")
    assert ada.page.get_by_label("Find a referral").input_value() == "invented"
    ada.page.get_by_role("button", name="Remove the filter Logged").click()
    assert ada.page.url.endswith("/referrals/")
    ada.reads("What was found, newest first")
    ada.writes("Find a referral", "")
    ada.presses("Find")
    ada.reads("Newest first")
    assert not [it for it in asked if "invented" in it.lower()]
    ada.leaves()


@pytest.mark.parametrize("window", [{}, PHONE], ids=["desk", "phone"])
def test_a_list_is_narrowed_saved_and_opened_from_the_worklist(
    demo: RunningDemo, browser: Browser, window: dict[str, object]
) -> None:
    bo = Person(browser, demo.said, "bo", **window)
    name = "phone" if window else "desk"
    bo.signs_in()
    bo.goes_to("/referrals/")
    faults = looked_at(bo, f"{name}-list")
    bo.page.get_by_text("Narrow the list").click()
    faults += looked_at(bo, f"{name}-filters")
    bo.goes_to("/referrals/")
    narrowed(bo, "State at the platform", "none_yet")
    here = bo.page.url
    faults += looked_at(bo, f"{name}-narrowed")
    bo.follows("Save these filters as a list")
    faults += looked_at(bo, f"{name}-save")
    bo.writes("Name of the list", f"Not answered, {name}")
    bo.presses("Save the list")
    bo.reads("The list is saved.")
    bo.goes_to("/")
    faults += looked_at(bo, f"{name}-worklist")
    bo.follows(f"Not answered, {name}")
    assert bo.page.url == here
    bo.goes_to("/referrals/lists/")
    faults += looked_at(bo, f"{name}-lists")
    bo.page.get_by_role("link", name="Rename").first.click()
    faults += looked_at(bo, f"{name}-rename")
    bo.goes_to("/referrals/?state=gone&until_day=99")
    faults += looked_at(bo, f"{name}-wrong")
    bo.goes_to("/referrals/")
    bo.writes("Find a referral", "invented")
    bo.presses("Find")
    if KEPT.is_absolute():
        bo.page.screenshot(path=KEPT / f"{name}-found.png", full_page=True)
    bo.writes("Find a referral", "unheard")
    bo.presses("Find")
    bo.reads("Nothing was found.")
    assert faults == []
    bo.leaves()


def looked_at(person: Person, name: str) -> list[str]:
    """Keep a screenshot where one was asked for, and give what checkers find wrong."""
    if KEPT.is_absolute():
        person.page.screenshot(path=KEPT / f"{name}.png", full_page=True)
    return faults_of(person.page)
