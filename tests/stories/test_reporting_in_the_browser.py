"""The reporting door in Chromium, on a phone, in two languages, with scripts and without."""

import os

import pytest
from playwright.sync_api import Page, ViewportSize

from evenhand.rules.public_doors import LEAST_TIME
from tests.desks import LiveDesk
from tests.stories.browser import CHROMIUM, chromium, faults_drawn

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
PHONE = ViewportSize(width=320, height=640)
READING = LEAST_TIME.total_seconds() * 1000 + 500
LONG = "A" * 300
"""A word that no phone has the width for."""


def faults(page: Page, *, scripts: bool) -> list[str]:
    return list(faults_drawn(page)) if scripts else []


def send(page: Page, url: str, **answers: str) -> None:
    """Open the page, read it, and fill it in."""
    page.goto(f"{url}/public/report")
    said = {"danger_now": "yes", "worry": "violence", "public_without_login": "yes", **answers}
    for name in ("danger_now", "worry", "public_without_login"):
        page.locator(f"input[name={name}][value={said[name]}]").check()
    page.locator("input[name=url]").fill(f"https://site.example/{LONG}")
    page.locator("textarea[name=why]").fill(LONG)
    page.wait_for_timeout(READING)
    page.locator("main form button").click()


@pytest.mark.parametrize(
    ("language", "scripts"),
    [("en-GB", False), ("cy", True)],
    ids=["English without scripts", "Welsh with scripts"],
)
def test_anyone_reports_on_a_phone_and_looks_how_it_stands(
    live_desk: LiveDesk, language: str, scripts: bool
) -> None:
    with chromium() as browser:
        context = browser.new_context(
            viewport=PHONE, is_mobile=True, locale=language, java_script_enabled=scripts
        )
        page = context.new_page()
        found: list[str] = []
        send(page, live_desk.url)
        found += faults(page, scripts=scripts)
        number = page.locator(".govuk-panel__body").inner_text().strip()
        page.goto(f"{live_desk.url}/public/report/receipt")
        page.locator("input[name=receipt]").fill(number)
        page.locator("main form button").click()
        found += faults(page, scripts=scripts)
        assert page.locator(".govuk-summary-list__row").count() == 2
        send(page, live_desk.url, worry="child_abuse_imagery")
        found += faults(page, scripts=scripts)
        assert "report.iwf.org.uk" in page.locator("main").inner_text()
        send(page, live_desk.url, public_without_login="no")
        found += faults(page, scripts=scripts)
        assert "E-PRIV-72" in page.locator("main").inner_text()
        assert found == []
        assert {it.get("name") for it in context.cookies()} == {"evenhand_form"}
        context.close()
