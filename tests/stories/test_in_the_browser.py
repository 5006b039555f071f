"""A desk at work in Chromium: real server, worker and mail, and several people."""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cli.programs import RunningDemo
from tests.stories.browser import CHROMIUM, Person
from tests.stories.keyboard import Keyboard

KEPT = Path(os.environ.get("EVENHAND_SCREENSHOTS", ""))
pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)


def kept(person: Person, name: str) -> None:
    """Keep a screenshot where one was asked for."""
    if KEPT.is_absolute():
        person.page.screenshot(path=KEPT / f"{name}.png")


def log(ada: Person, address: str) -> str:
    ada.goes_to("/log-content/")
    ada.writes("Addresses", address)
    ada.picks("Can anyone see it", "Yes")
    seen = ada.page.get_by_role("group", name="When did you see it?")
    for part, value in (
        *(("Day", "20"), ("Month", "11"), ("Year", "2026")),
        *(("Hour", "10"), ("Minute", "05")),
    ):
        seen.get_by_label(part).fill(value)
    ada.picks("How did this desk", "An officer of this desk found it")
    ada.picks("What kind of content", "Text")
    ada.page.get_by_label("Language of the content").select_option("en")
    ada.writes("What does it show or say?", "A fictional post that threatens a fictional street.")
    ada.presses("Log")
    ada.reads("Content logged")
    return ada.page.get_by_text("2026-").first.inner_text()


def assess(ada: Person, reference: str) -> None:
    page = ada.page
    ada.goes_to(f"/referrals/{reference}/assess/")
    page.get_by_role("radio", name="V1 Threat").check()
    page.locator("input[name=ground][value=both]").check()
    kept(ada, "assess")
    ada.presses("Save and continue")
    page.get_by_label("Offences against the Person Act 1861, section 16").check()
    page.get_by_label("Why does that law apply").fill("It names people and says they will die.")
    page.locator("input[name=policy_from]").first.check()
    page.get_by_label("The clause, in the platform").fill("You may not threaten anyone.")
    page.get_by_label("Version or date of the policy").fill("1 November 2026")
    page.get_by_label("Why does the content break").fill("It is a threat against people named.")
    ada.presses("Save and continue")
    page.get_by_label("What in the content itself").fill("The words of the post.")
    page.get_by_label("What outside the content").fill("Nothing.")
    page.get_by_label("What supports the opposite").fill("It may be a bad joke between friends.")
    ada.presses("Save and continue")
    page.get_by_label("Artistic").check()
    page.get_by_label("Which less intrusive steps").fill("A label would not lessen the fear.")
    page.get_by_label("Why is this request necessary").fill("Nothing else takes the fear away.")
    ada.presses("Save and continue")
    ada.reads("Weigh the expression against the harm")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Why is this request").input_value().startswith("Nothing else")
    page.get_by_label("Weigh the expression").fill("Little art, much fear.")
    ada.presses("Save and continue")
    page.locator("input[name=child][value=no]").check()
    ada.presses("Save and continue")
    ada.reads("Check your answers")
    kept(ada, "check-your-answers")
    ada.presses("Send for approval")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_people_take_a_referral_from_logged_to_closed(
    demo: RunningDemo, browser: Browser, scripts: bool
) -> None:
    ada = Person(browser, demo.said, "ada", java_script_enabled=scripts)
    cy = Person(browser, demo.said, "cy", java_script_enabled=scripts)
    for person in (ada, cy):
        person.signs_in()
    reference = log(ada, f"https://murmur.example/post/browser-{scripts}")
    here = f"/referrals/{reference}/"
    assess(ada, reference)

    cy.goes_to(f"{here}decide/")
    cy.picks("What do you decide", "Approve")
    cy.page.locator("textarea[name=reason]").fill("I looked, and I agree with every answer.")
    kept(cy, "decide")
    cy.page.locator("main button[type=submit]").last.click()

    ada.goes_to(f"{here}send/")
    ada.reads("Request to review content")
    ada.page.locator("main button[type=submit]").last.click()
    deadline = time.monotonic() + 10
    while not ada.page.locator("main .govuk-tag").get_by_text("Sent", exact=True).count():
        assert time.monotonic() < deadline, ada.page.locator("main").inner_text()
        ada.goes_to(here)
    ada.goes_to("/demo/mail/")
    ada.reads(reference)

    ada.goes_to(f"{here}answer/")
    ada.page.locator("input[name=said][value=restricted_in_full]").check()
    ada.page.locator("main button[type=submit]").last.click()
    ada.goes_to(here)
    ada.reads("Not counted as a removal")
    ada.goes_to(f"{here}check/")
    ada.page.locator("input[name=seen][value=not_visible]").check()
    ada.page.locator("main button[type=submit]").last.click()
    ada.goes_to(here)
    assert "Not counted as a removal" not in ada.page.locator("main").inner_text()
    kept(ada, "referral")
    ada.goes_to(f"{here}close/")
    ada.page.locator("textarea[name=reason]").fill("The platform took it down and I saw it gone.")
    ada.page.locator("main button[type=submit]").last.click()
    ada.goes_to(f"{here}history/")
    for words in ("Ada", "Cy", "closed"):
        ada.reads(words)
    kept(ada, "history")
    ada.goes_to("/")
    kept(ada, "worklist")
    for person in (ada, cy):
        person.leaves()


def test_content_is_logged_and_triaged_on_a_phone_by_the_keys_alone(
    demo: RunningDemo, browser: Browser
) -> None:
    ada = Person(browser, demo.said, "ada", viewport={"width": 390, "height": 800})
    keys = Keyboard(ada.page)
    ada.goes_to("/")
    keys.writes("login", "ada")
    keys.writes("password", ada.officer["password"])
    keys.enters()
    ada.goes_to("/log-content/")
    keys.writes("url", "https://murmur.example/post/by-keyboard")
    keys.picks("public_without_login", "yes")
    keys.picks("source", "officer_found")
    keys.picks("content_type", "text")
    keys.writes("language", "English")
    keys.writes("description", "A fictional post that threatens a fictional street.")
    keys.goes_to(words="Log")
    keys.enters()
    ada.reads("Content logged")
    keys.goes_to(words="Triage the first one")
    keys.enters()
    keys.picks("outcome", "proceed")
    keys.writes("reason_proceed", "It is for this desk.")
    keys.goes_to(words="Save")
    keys.enters()
    ada.reads("Triaged")
    ada.leaves()
