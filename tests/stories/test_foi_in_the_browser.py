"""Somebody asks on a phone in Welsh, two officers answer in their windows, everybody reads it."""

import os
from datetime import UTC, datetime

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from evenhand.actions import foi_sending
from evenhand.rules.officers import WORKER, Acting
from evenhand.store.foi_replies import FoiLetterRow
from tests.builders import DEE, RIA
from tests.desks import LiveDesk
from tests.journeys import Desk
from tests.mail import mail_server
from tests.stories.browser import CHROMIUM, chromium, faults_drawn
from tests.stories.test_challenging_in_the_browser import PHONE, sends, window_of

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
LONG = "How many " + "a" * 300 + "?"


def fill(page: Page, link: str, **said: str) -> list[str]:
    """Follow a link to a form, fill it in and send it; give what is wrong with the pages."""
    page.get_by_role("link", name=link).first.click()
    found = list(faults_drawn(page))
    for name, text in said.items():
        box = page.locator(f"main [name={name}]")
        match box.first.get_attribute("type") or box.first.evaluate("it => it.localName"):
            case "radio":
                page.locator(f"main input[name={name}][value={text}]").check()
            case "select":
                box.select_option(text)
            case _:
                box.fill(text)
    page.locator("main form button").first.click()
    return found + list(faults_drawn(page))


def answer(browser: Browser, url: str) -> list[str]:
    """Have two officers answer the only request, in their windows; give what is wrong."""
    found = list[str]()
    ria, dee = window_of(browser, url, RIA), window_of(browser, url, DEE)
    ria.goto(f"{url}/foi/")
    found += faults_drawn(ria)
    ria.get_by_role("link", name="FOI-").first.click()
    there = ria.url
    assert "Quilla" not in ria.locator("main").inner_text()
    found += fill(ria, "Write down a part", asked="How many records?", wants="total")
    found += fill(ria, "Answer in words", answer="Nine records.")
    found += fill(
        ria, "Write down a part", asked="What was the advice?", wants="document", held_in="none"
    )
    ria.goto(there)
    links = ria.get_by_role("link", name="Withhold it")
    links.nth(1).click()
    ria.locator("[name=exemption]").select_option("s42")
    ria.locator("[name=why]").fill("It is a lawyer’s advice.")
    ria.locator("[name=public_interest]").fill("Candour weighs more.")
    ria.locator("main form button").click()
    found += faults_drawn(ria)
    dee.goto(there)
    dee.get_by_role("button", name="Confirm it").click()
    found += faults_drawn(dee)
    ria.goto(there)
    found += fill(ria, "Write the reply", title="Records held", help_text="See the counts.")
    dee.goto(there)
    found += faults_drawn(dee)
    dee.get_by_role("button", name="Approve the reply").click()
    found += faults_drawn(dee)
    return found


def test_a_request_goes_from_the_public_form_to_the_disclosure_log(
    live_desk: LiveDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worker acts here, between what the people at the browser do.
    desk = Desk(now=datetime.now(UTC))
    for officer in (RIA, DEE):
        desk.by(officer)
    url, found = live_desk.url, list[str]()
    with chromium() as browser, mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        asker = browser.new_context(viewport=PHONE, is_mobile=True, locale="cy").new_page()
        asker.goto(f"{url}/public/foi")
        found += faults_drawn(asker)
        asker.locator("[name=asked]").fill(LONG)
        asker.locator("[name=name]").fill("Quilla Marsh")
        asker.locator("[name=email]").fill("quilla@mailbox.example")
        sends(asker)
        found += faults_drawn(asker)
        number = asker.locator(".govuk-panel__body").inner_text().strip()

        found += answer(browser, url)

        letter = FoiLetterRow.objects.get(kind="reply")
        now = Acting(WORKER, datetime.now(UTC))
        foi_sending.deliver(letter.id, last_attempt=True, acting=now)
        [(_sender, recipients, data)] = server.taken
        assert recipients == ["quilla@mailbox.example"]
        assert b"Dyma ein hateb" in data

        dee = window_of(browser, url, DEE)
        dee.goto(f"{url}/foi/{letter.request.number}/")
        dee.get_by_text("Read the letter").click()
        assert "Nine records." in dee.locator("details[open]").inner_text()
        found += faults_drawn(dee)

        asker.goto(f"{url}/public/foi/receipt")
        asker.locator("[name=receipt]").fill(number)
        sends(asker)
        found += faults_drawn(asker)
        asker.goto(f"{url}/public/disclosures/")
        found += faults_drawn(asker)
        asker.get_by_role("link", name="Records held").click()
        found += faults_drawn(asker)
        told = asker.locator("main").inner_text()
        assert "Nine records." in told
        assert "Quilla" not in told
    assert found == []
