"""A poster asks, is answered, challenges; an officer who touched it is refused, another upholds."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, ViewportSize

from evenhand.actions import notices, posters
from evenhand.queries import counts
from evenhand.rules.counting import Counted, month_of
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.public_doors import LEAST_TIME
from evenhand.rules.referrals import State
from evenhand.store.casework import NoticeRow
from tests.builders import ADA, CY, GUS
from tests.desks import LiveDesk
from tests.journeys import Desk, row
from tests.mail import mail_server
from tests.stories.browser import CHROMIUM, chromium, faults_drawn
from tests.web.people import signed_in

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
PHONE = ViewportSize(width=320, height=640)
READING = LEAST_TIME.total_seconds() * 1000 + 500
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
LONG = "It was a song about " + "a" * 300


def window_of(browser: Browser, url: str, officer: Officer) -> Page:
    """Give an officer a window in which they are signed in."""
    cookie = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport=PHONE, is_mobile=True)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
    return context.new_page()


def sends(page: Page) -> None:
    page.wait_for_timeout(READING)
    page.locator("main form button").click()


def removals() -> int:
    today = datetime.now(UTC).date()
    months = {month_of(today), month_of(today - timedelta(days=30))}
    return sum(counts.count(it, officer=ADA).numbers[Counted.REMOVALS] for it in months)


def test_a_poster_asks_challenges_and_is_heard_by_somebody_else(
    live_desk: LiveDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worker and the desk's own clock act here, between what the people at the browser do.
    desk = Desk(now=datetime.now(UTC) - timedelta(days=20))
    reference = desk.brought_to(State.CHECKED, address=ADDRESS)
    for officer in (CY, GUS):
        desk.by(officer)
    assert removals() == 1
    url, found = live_desk.url, list[str]()
    with chromium() as browser, mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        poster = browser.new_context(viewport=PHONE, is_mobile=True, locale="cy").new_page()
        poster.goto(f"{url}/public/challenge")
        found += faults_drawn(poster)
        poster.locator("input[name=url]").fill(ADDRESS)
        sends(poster)
        found += faults_drawn(poster)
        number = poster.locator(".govuk-panel__body").inner_text().strip()
        look_up(poster, url, number)
        assert poster.locator("textarea[name=words]").count() == 0
        found += faults_drawn(poster)
        posters.answer_due(acting=Acting(WORKER, datetime.now(UTC) + timedelta(days=6)))
        look_up(poster, url, number)
        found += faults_drawn(poster)
        poster.locator("textarea[name=words]").fill(LONG)
        sends(poster)
        found += faults_drawn(poster)
        assert row(reference).state == State.UNDER_CHALLENGE

        touched = window_of(browser, url, CY)
        touched.goto(f"{url}/challenges/")
        found += faults_drawn(touched)
        touched.get_by_role("link", name=reference).click()
        found += faults_drawn(touched)
        assert touched.locator("textarea").count() == 0

        free = window_of(browser, url, GUS)
        found += upholds(free, url, reference)
        assert row(reference).state == State.WITHDRAWN

        notice = NoticeRow.objects.filter(referral__reference=reference).latest("at")
        now = Acting(WORKER, datetime.now(UTC))
        notices.deliver(notice.id, last_attempt=False, acting=now)
        [(_sender, recipients, _data)] = server.taken
        assert recipients == ["abuse@hub.example"]
        assert removals() == 0
        look_up(poster, url, number)
        assert "You are right." in poster.locator("main").inner_text()
        found += faults_drawn(poster)
    assert found == []


def upholds(page: Page, url: str, reference: str) -> list[str]:
    """Have an officer uphold the challenge; give what is wrong with the pages."""
    page.goto(f"{url}/challenges/")
    page.get_by_role("link", name=reference).click()
    found = faults_drawn(page)
    page.get_by_role("radio", name="Upheld", exact=True).check()
    page.locator("textarea[name=reasons]").fill("It is satire.")
    page.locator("textarea[name=told]").fill("You are right. " + "b" * 300)
    page.locator("main form button").click()
    return found + faults_drawn(page)


def look_up(page: Page, url: str, number: str) -> None:
    page.goto(f"{url}/public/challenge/receipt")
    page.locator("input[name=receipt]").fill(number)
    page.locator("main form button").click()
