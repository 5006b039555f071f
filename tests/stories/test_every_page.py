"""Every page as every role: its status, its HTML, its links; in Chromium on a phone with axe."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

from evenhand.actions import holds, platforms, reviews, sharing, yearly
from evenhand.actions.assurance import write_erratum as correct
from evenhand.actions.combinations import join, propose
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.holds import HoldKind
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Officer
from evenhand.rules.referrals import State
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.rules.yearly import ReportKind
from tests.actions.people import known_person, proposed
from tests.actions.sharing import approved, built, in_force, released
from tests.actions.test_exports import asked
from tests.builders import (
    ADA,
    CY,
    DEE,
    EVA,
    LEE,
    LIA,
    MAX,
    NED,
    OLA,
    REX,
    RIA,
    RON,
    SAM,
    SID,
    adult,
    proposal,
)
from tests.desks import LiveDesk
from tests.journeys import Desk
from tests.stories.browser import CHROMIUM, chromium, faults_drawn, faults_of
from tests.stories.pages_of_the_desk import (
    NEVER_OPENED,
    NO_PAGES,
    OF_ITS_OWN,
    ON_ANOTHER_WAY,
    Address,
    Made,
    addresses,
    examples,
    without_example,
)
from tests.web.filling import invalid_html
from tests.web.people import now, signed_in, text_of

KEPT = Path(os.environ.get("EVENHAND_SCREENSHOTS", ""))
EVERY_COMBINATION = bool(os.environ.get("EVENHAND_EVERY_COMBINATION"))
ROLES = (ADA, SAM, DEE, OLA, MAX, LIA, NED, RIA, REX, SID, EVA)
AWAY_FROM_REFERRALS = (LIA, NED, SID, EVA)
"""Whose roles open no referral: of those they open every other page."""
PHONE = ViewportSize(width=320, height=640)
"""The narrowest that a page must fit without scrolling sideways (WCAG 1.4.10)."""
TRIED = len(State) if EVERY_COMBINATION else 3
"""In so many states a role is refused a page of a referral before it counts as refused in all."""
PASSWORD = "correct horse battery staple"
PART = re.compile(r'<(\w+)(?:[^>]*?\sclass="([^"]*)")?')
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
EMPTY_THE_FORM = """form => {
  for (const it of form.elements) {
    if (it.type === 'radio' || it.type === 'checkbox') it.checked = false
    else if (it.type !== 'hidden') it.value = ''
  }
  form.submit()
}"""
FORM = "main form:has(input[name=submission]):has(input:not([type=hidden]), textarea, select)"
"""A form that asks something: where a form is one button only, sending it is the act itself."""
ALL_OPTIONAL = {"ask_question", "change_form", "change_reach"}
"""Forms whose every question is optional: sent empty, they are answered, or refused by a rule."""

Parts = tuple[str, frozenset[tuple[str, str]]]


@dataclass
class Seen:
    """What has been seen: an example of every page, and of every other page that has other parts.

    The HTML of every combination of parts is checked. The browser opens each page once, and again
    where a part is new to the desk; in a campaign, every combination. ``forms``: where the form of
    a page was first seen, which is sent empty from there.
    """

    opened: set[str] = field(default_factory=set)
    combinations: set[Parts] = field(default_factory=set)
    in_browser: set[str] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)
    places: list[tuple[str, Officer, str]] = field(default_factory=list)
    forms: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    offers: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    made: Made = field(default_factory=dict)

    def offered_to(self, officer: Officer, reference: str, client: Client) -> list[str]:
        """Give where the page of a referral leads this officer; nowhere for who may not see it."""
        key = officer.name, reference
        if key not in self.offers:
            home = client.get(f"/referrals/{reference}/")
            self.offers[key] = LINK.findall(text_of(home)) if home.status_code == 200 else []
        return self.offers[key]

    def look(self, address: Address, place: str, officer: Officer, response: Any) -> None:
        page = text_of(response)
        if "" in LINK.findall(page):
            self.faults.append(f"{place} has a link that leads nowhere")
        parts = frozenset(PART.findall(page))
        if (address.name, parts) not in self.combinations:
            self.combinations.add((address.name, parts))
            self.faults += [f"{place}: {it}" for it in invalid_html(response)]
            if address.name not in self.in_browser or not parts <= self.parts or EVERY_COMBINATION:
                self.in_browser.add(address.name)
                self.parts.update(parts)
                self.places.append((address.name, officer, place))
        if 'name="submission"' in page and address.name not in self.forms:
            self.forms[address.name] = place
            if self.places[-1:] != [(address.name, officer, place)]:
                self.places.append((address.name, officer, place))


def test_every_address_has_an_example() -> None:
    assert without_example() == []


@pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
def test_every_page_as_every_role_is_accessible_valid_and_fits_a_phone(
    live_desk: LiveDesk,
) -> None:
    desk = Desk(now=now() - timedelta(days=120))
    references = {
        state: desk.brought_to(state, address=f"https://youtu.be/z{number:010d}")
        for number, state in enumerate(State)
    }
    desk.sign_off("youtube")
    platforms.sign_off(
        "youtube",
        transport=Transport.PORTAL,
        contact="https://forms.example/report",
        basis="DPA 2018 s.77",
        review_on=desk.now.date() + timedelta(days=300),
        acting=desk.by(DEE),
    )
    keep_and_dispose(desk, references)
    publish(desk)
    shared(desk)
    known_person(desk)
    others = [known_person(desk, said=proposal(name=f"Noor {it}")) for it in range(3)]
    propose(others[0], others[1], "The same street.", acting=desk.by(CY))
    lately = Desk(now=now() - timedelta(hours=1), here=desk.here)
    ref = propose(others[1], others[2], "The same street.", acting=lately.by(CY))
    join(ref, "I agree.", acting=lately.by(SAM))
    proposed(desk)
    for officer in ROLES:
        with_a_password(desk.by(officer).officer)
    seen, clients = Seen(), {officer.ref: signed_in(officer) for officer in ROLES}
    for officer in ROLES:
        for address in addresses():
            if address.is_of_a_referral and officer in AWAY_FROM_REFERRALS:
                continue
            if address.name not in NO_PAGES | ON_ANOTHER_WAY:
                open_everywhere(address, references, officer, clients[officer.ref], seen)
    never = {it.name for it in addresses()} - seen.opened - NO_PAGES - ON_ANOTHER_WAY
    assert (seen.faults, never ^ set(NEVER_OPENED)) == ([], set())

    cookies = {ref: client.cookies[settings.SESSION_COOKIE_NAME] for ref, client in clients.items()}
    with chromium() as browser:
        faults = []
        for officer in ROLES:
            page = window(browser, live_desk.url, cookies[officer.ref].value)
            faults += list(faults_in_the_browser(page, live_desk.url, officer, seen))
            page.context.close()
        assert faults == []


def publish(desk: Desk) -> None:
    """Have documents in force, one of them corrected, and yearly reports."""
    desk.assured()
    for document in {*DocumentKind} - {DocumentKind.DPIA, DocumentKind.APD}:
        desk.put_in_force(document)
    for kind in ReportKind:
        desk.published_report(kind)
    yearly.prepare(
        ReportKind.TRANSPARENCY,
        f"{desk.now:%Y}-01" if desk.now.month > 1 else f"{desk.now.year - 1}-12",
        "",
        acting=desk.by(NED),
    )
    correct(DocumentKind.DPIA, 1, "Version 1 left paper out.", acting=desk.by(NED))


def keep_and_dispose(desk: Desk, references: dict[State, str]) -> None:
    """Have a hold, a review that waits, and a certificate."""
    for officer in (RON, LEE):
        desk.add(officer)
    over = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it.")
    gone = desk.do(desk.log(), "withdraw")
    reviews.review(gone, over, acting=desk.by(RON))
    reviews.confirm(gone, acting=desk.by(LEE))
    reviews.review(references[State.CLOSED], over, acting=desk.by(RON))
    holds.place(
        references[State.CLOSED],
        HoldKind.FOI,
        their_reference="FOI 1",
        reason="Somebody asks for it.",
        acting=desk.by(RON),
    )


def shared(desk: Desk) -> None:
    """Have agreements in force, packages on their way, one that left, and its recall."""
    said = proposal(name="Lux Quay", age=adult(as_at=desk.now.date()))
    someone, agreement = known_person(desk, said=said), in_force(desk)
    built(desk, someone, agreement)
    sharing.propose(built(desk, someone, agreement), acting=desk.by(SID))
    approved(desk, built(desk, someone, agreement))
    released(desk, someone, agreement)
    package = released(desk, someone, agreement)
    sharing.recall_one(package, "It was about another person.", acting=desk.by(SID))
    asked(desk, desk.log())


def with_a_password(officer: Officer) -> None:
    """Give an account what the pages of the own account ask for."""
    account = User.objects.get(username=officer.name.lower())
    account.set_password(PASSWORD)
    account.save()


def open_everywhere(
    address: Address, references: dict[State, str], officer: Officer, client: Client, seen: Seen
) -> None:
    """Open an address in every way; a page that another offers is there for who was offered it."""
    if not address.is_of_a_referral or address.name in OF_ITS_OWN:
        for place in examples(address, officer, seen.made):
            open_once(address, place, officer, client, seen)
        return
    refused = 0
    for reference in references.values():
        offered = seen.offered_to(officer, reference, client)
        for place in examples(address, officer, seen.made, reference=reference):
            if refused == TRIED and place not in offered:
                continue
            status = open_once(address, place, officer, client, seen)
            refused = min(TRIED, refused + 1) if status == 403 else 0
            if status != 200 and place in offered:
                seen.faults.append(f"{place} is offered to {officer.name} and answers {status}")


def open_once(address: Address, place: str, officer: Officer, client: Client, seen: Seen) -> int:
    response = client.get(place, follow=True)
    status = int(response.status_code)
    expected = {200, 403, 409} if address.is_of_a_referral else {200, 403}
    if address.name in NEVER_OPENED:
        expected = {NEVER_OPENED[address.name]}
    if status not in expected:
        seen.faults.append(f"{place} answers {officer.name} with {status}")
    if status == 200:
        seen.opened.add(address.name)
    if response.content:
        seen.look(address, place, officer, response)
    return status


def window(browser: Browser, url: str, session: str) -> Page:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": session, "url": url}])
    return context.new_page()


def faults_in_the_browser(page: Page, url: str, officer: Officer, seen: Seen) -> Iterator[str]:
    """Look at each page that has other parts, and at each form sent empty."""
    for number, (name, who, place) in enumerate(seen.places):
        if who.ref == officer.ref:
            page.goto(url + place)
            yield from faults_drawn(page)
            keep(page, f"{name}-{number}-{officer.name}")
            if seen.forms.get(name) != place or not page.locator(FORM).count():
                continue
            seen.forms.pop(name)
            with page.expect_navigation() as sent:
                page.locator(FORM).first.evaluate(EMPTY_THE_FORM)
            if name not in ALL_OPTIONAL:
                yield from faults_of_an_error(page, name, sent.value.status)
            yield from faults_of(page, sent.value.text())
            keep(page, f"{name}-empty-{officer.name}")


def faults_of_an_error(page: Page, name: str, status: int) -> Iterator[str]:
    if status != 422:
        yield f"{name}: sent empty, it answers {status}"
    if not page.title().startswith("Error: "):
        yield f"{name}: its title does not say that there is an error"


def keep(page: Page, name: str) -> None:
    if KEPT.is_absolute():
        page.screenshot(path=KEPT / f"{name}.png", full_page=True)
