"""Somebody asks to see their data, two officers agree, the pack is sent; nothing is told alike."""

import os
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize

from evenhand.actions import rights_sending
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.public_doors import LEAST_TIME
from evenhand.rules.rights import RightsStanding
from evenhand.rules.rights_replies import QUIET_FOR, Route
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_letters import RightsLetterRow
from tests.actions.asking_rights import BORN, NAME
from tests.actions.people import known_person
from tests.builders import ADA, CY, DEE, RIA, adult, proposal
from tests.desks import LiveDesk
from tests.journeys import Desk
from tests.mail import mail_server
from tests.stories.browser import CHROMIUM, chromium, faults_drawn
from tests.web.people import signed_in

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
PHONE = ViewportSize(width=320, height=640)
READING = LEAST_TIME.total_seconds() * 1000 + 500
LONG = "It names a neighbour of theirs. " * 8


def window_of(browser: Browser, url: str, officer: Officer) -> Page:
    """Give an officer a window in which they are signed in."""
    cookie = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport=PHONE, is_mobile=True)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
    return context.new_page()


def staffed() -> str:
    """Have somebody on record at a desk with everybody there; give the record."""
    desk = Desk(now=datetime.now(UTC) - timedelta(days=5))
    for officer in (RIA, DEE, ADA, CY):
        desk.by(officer)
    return known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))


def sends(page: Page) -> list[str]:
    page.locator("main form:not([action]) button").click()
    return faults_drawn(page)


def asks(page: Page, url: str, name: str) -> list[str]:
    """Have somebody ask to see what is held of them; give what is wrong with the pages."""
    page.goto(f"{url}/public/rights")
    found = faults_drawn(page)
    page.locator("input[name=kind][value=access]").check()
    page.locator("input[name=name]").fill(name)
    for part, value in (("day", BORN.day), ("month", BORN.month), ("year", BORN.year)):
        page.locator(f"input[name=birth_date_{part}]").fill(str(value))
    page.locator("input[name=email]").fill("ode@mailbox.example")
    page.wait_for_timeout(READING)
    page.locator("main form button").click()
    return found + faults_drawn(page)


def newest() -> str:
    return RightsRequestRow.objects.latest("logged_at").reference


def searches(page: Page, url: str, request: str) -> list[str]:
    page.goto(f"{url}/rights/")
    found = faults_drawn(page)
    page.get_by_role("link", name=request).click()
    found += faults_drawn(page)
    page.get_by_role("link", name="Search by an exact key").click()
    return found + faults_drawn(page) + sends(page)


def says_theirs(page: Page) -> list[str]:
    page.get_by_role("link", name="Say whose record").click()
    found = faults_drawn(page)
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.locator("textarea[name=reason]").fill("Name and birth date are the same.")
    return found + sends(page)


def replies(page: Page, outcome: str, reasons: str = "") -> list[str]:
    page.get_by_role("link", name="Write the reply").click()
    found = faults_drawn(page)
    page.locator(f"input[name=outcome][value={outcome}]").check()
    page.locator("textarea[name=reasons]").fill(reasons)
    page.locator("textarea[name=because]").fill("So it stands.")
    return found + sends(page)


def approves(page: Page, letter: str) -> list[str]:
    page.goto(letter)
    found = faults_drawn(page)
    page.get_by_role("link", name="Answer it as the second officer").click()
    page.locator("input[name=answer][value=approve]").check()
    page.locator("textarea[name=reason]").fill("It is right.")
    return found + sends(page)


def mailed(page: Page) -> list[str]:
    """Have the officer send the letter on the page, and the worker hand it over."""
    page.get_by_role("link", name="Send it").click()
    found = faults_drawn(page)
    page.locator("input[name=route][value=mail]").check()
    found += sends(page)
    letter = RightsLetterRow.objects.get(in_the_post=True)
    now = Acting(WORKER, datetime.now(UTC))
    rights_sending.deliver(letter.id, last_attempt=False, acting=now)
    return found


def test_somebody_asks_and_is_given_what_is_theirs(
    live_desk: LiveDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, url = staffed(), live_desk.url
    with chromium() as browser, mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        anyone = browser.new_context(viewport=PHONE, is_mobile=True, locale="cy").new_page()
        found = asks(anyone, url, NAME)
        number = anyone.locator(".govuk-panel__body").inner_text().strip()
        ria = window_of(browser, url, RIA)
        found += searches(ria, url, newest())
        found += says_theirs(ria)
        ria.get_by_role("link", name="Read record").click()
        found += faults_drawn(ria)
        ria.get_by_role("link", name="Hold back: Facts, number 1").click()
        ria.locator("input[name=withheld][value=third_party]").check()
        ria.locator("textarea[name=reasons]").fill(LONG)
        found += sends(ria)
        ria.get_by_role("link", name="Back to the request").click()
        found += replies(ria, "given_in_part", LONG)
        letter = ria.url
        found += approves(window_of(browser, url, DEE), letter)
        ria.goto(letter)
        found += mailed(ria)
        [(_sender, recipients, data)] = server.taken
        assert recipients == ["ode@mailbox.example"]
        kinds = [it.get_content_type() for it in message_from_bytes(data).walk()]
        assert kinds == ["multipart/mixed", "text/plain", "text/html", "application/json"]
        anyone.goto(f"{url}/public/rights/receipt")
        anyone.locator("input[name=receipt]").fill(number)
        anyone.locator("main form button").click()
        found += faults_drawn(anyone)
        assert "Rydym wedi ateb" in anyone.locator("main").inner_text()
        ria.goto(f"{url}/rights/")
        found += faults_drawn(ria)
    assert RightsRequestRow.objects.get().standing == RightsStanding.REPLIED
    assert person
    assert found == []


def test_who_is_not_held_and_who_is_wholly_restricted_read_the_same(live_desk: LiveDesk) -> None:
    staffed()
    url, letters, found = live_desk.url, list[str](), list[str]()
    with chromium() as browser:
        ria, dee = window_of(browser, url, RIA), window_of(browser, url, DEE)
        for name in ("Alba Quince", NAME):
            anyone = browser.new_context(viewport=PHONE, is_mobile=True).new_page()
            found += asks(anyone, url, name)
            found += searches(ria, url, newest())
            if name == NAME:
                found += says_theirs(ria)
                found += holds_all_back(ria)
            found += replies(ria, "nothing_to_give")
            letters.append(ria.url)
            found += approves(dee, ria.url)
            ria.goto(letters[-1])
            assert ria.get_by_role("link", name="Send it").count() == 0
            assert "whatever the reason for it is" in ria.locator("main").inner_text()
        texts = []
        for letter, name in zip(letters, ("Alba Quince", NAME), strict=True):
            dee.goto(letter)
            text = dee.locator(".eh-letter").inner_text()
            request = letter.split("/rights/")[1].split("/")[0]
            texts.append(text.replace(name, "NAME").replace(request, "REFERENCE"))
        assert texts[0] == texts[1]
    later = Acting(RIA, datetime.now(UTC) + QUIET_FOR + timedelta(days=1))
    for row in RightsLetterRow.objects.select_related("request"):
        rights_sending.send(row.request.reference, row.id, Route.POST, acting=later)
    standings = set(RightsRequestRow.objects.values_list("standing", flat=True))
    assert standings == {RightsStanding.REPLIED}
    assert found == []


def holds_all_back(page: Page) -> list[str]:
    page.get_by_role("link", name="Read record").click()
    page.get_by_role("link", name="Hold the whole record back").click()
    found = faults_drawn(page)
    page.locator("input[name=withheld][value=restricted_untold]").check()
    page.locator("input[name=ground][value=crime]").check()
    review = datetime.now(UTC).date() + timedelta(days=60)
    for part, value in (("day", review.day), ("month", review.month), ("year", review.year)):
        page.locator(f"input[name=review_on_{part}]").fill(str(value))
    page.locator("textarea[name=reasons]").fill("It would warn them.")
    found += sends(page)
    page.get_by_role("link", name="Back to the request").click()
    return found
