"""A desk on one day: its six officers and who reads, its programs, its mail, and its cases."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from evenhand.actions import officers
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.referrals import State
from tests.builders import ADA, BO, DEE, ELI, GUS, MAX, OLA, SAM
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.mail import MailServer, mail_server
from tests.stories.browser import chromium
from tests.stories.cases import Case
from tests.stories.doors import PATIENCE, ByBrowser, ByCall, ByForm
from tests.stories.office import Colleague, Office
from tests.stories.plan_of_the_day import NOBODY_HOME, the_day
from tests.stories.programs_at_work import ProgramsAtWork

PASSWORD = "correct horse battery staple"
PEOPLE = (ADA, BO, ELI, GUS, SAM, DEE, OLA, MAX)
EARLIER = 8
"""Referrals of two months ago that their platforms have not answered."""


@dataclass
class Day:
    """Everything of one day at the desk. ``cases`` are today’s, ``earlier`` older ones."""

    programs: ProgramsAtWork
    mail: MailServer
    ada: ByBrowser
    sam: ByBrowser
    bo: ByCall
    gus: ByCall
    ola: ByCall
    eli: ByForm
    dee: ByForm
    by_form: Callable[[str], ByForm]
    second_sam: ByCall
    earlier: list[Case]
    cases: list[Case] = field(default_factory=the_day)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        people: dict[str, Colleague] = {
            "ada": self.ada,
            "sam": self.sam,
            "bo": self.bo,
            "gus": self.gus,
            "eli": self.eli,
        }
        self.office = Office(people, at_the_screen=("ada", "sam"))

    def logged_by(self, who: str) -> list[Case]:
        """Give the cases that come from somebody, in the order of the plan."""
        return [it for it in self.cases if it.logged_by == who]

    def ends_in(self) -> str:
        """Give the month in which it is over: a day may begin in another."""
        return datetime.now(UTC).strftime("%Y-%m")

    def half(self, number: int) -> None:
        """Lay out what is to be done with each case in one half of the day."""
        for case in self.cases:
            case.steps = list(case.parts[number])

    def everything_is_out(self) -> None:
        """Wait until the worker has handed over, or given up, every message."""
        until(lambda: not self.in_the_post())
        for case in self.cases:
            if case.is_in_the_post:
                bounced = NOBODY_HOME in case.address
                case.happened("bounced" if bounced else "accepted")

    def in_the_post(self) -> bool:
        """Say whether a referral waits to be sent: the day leaves no other approved ones."""
        waiting = self.bo.get("/referrals", state="approved")["items"]
        asked = {it.reference for it in self.cases if it.is_in_the_post}
        return any(it["reference"] in asked for it in waiting)


@contextmanager
def a_day(desk: FreshDesk, folder: Path) -> Iterator[Day]:
    """Have a desk with its people, a platform that is not at home, and last month’s work."""
    earlier = _two_months_ago()
    hashed = make_password(PASSWORD)
    tokens = {it.name.lower(): _let_in(it, hashed) for it in PEOPLE}
    with mail_server() as mail, chromium() as browser:
        mail.unknown.add(f"abuse@{NOBODY_HOME}")
        with ProgramsAtWork(desk, folder / "home", mail=mail.address).running() as programs:
            url = programs.url

            def by_form(name: str) -> ByForm:
                return ByForm(url, name, PASSWORD)

            def by_browser(name: str, **window: bool) -> ByBrowser:
                known = {"url": url, "officers": [{"username": name, "password": PASSWORD}]}
                person = ByBrowser(browser, known, name, **window)
                person.signs_in()
                return person

            yield Day(
                programs=programs,
                mail=mail,
                ada=by_browser("ada"),
                sam=by_browser("sam", java_script_enabled=False),
                bo=ByCall(url, tokens["bo"]),
                gus=ByCall(url, tokens["gus"]),
                second_sam=ByCall(url, tokens["sam"]),
                ola=ByCall(url, tokens["ola"]),
                eli=by_form("eli"),
                dee=by_form("dee"),
                by_form=by_form,
                earlier=earlier,
            )


def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait for something that a program is about to do."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def _two_months_ago() -> list[Case]:
    """Have referrals on the desk that were sent two months ago, and the sign-offs of today."""
    desk = Desk(now=datetime.now(UTC) - timedelta(days=62))
    cases = []
    for number in range(EARLIER):
        address = f"https://youtu.be/earlier{number:04d}"
        reference = desk.brought_to(State.SENT, address=address)
        cases.append(Case(address, "", "", reference=reference, state="sent"))
    for officer in PEOPLE:
        desk.by(officer)
    desk.now = datetime.now(UTC) - timedelta(minutes=30)
    desk.sign_off(contact="abuse@{platform}")
    return cases


def _let_in(officer: Officer, hashed: str) -> str:
    """Give an officer a password, an address for mail, and a token that may decide; the token."""
    name = officer.name.lower()
    User.objects.filter(username=name).update(password=hashed, email=f"{name}@desk.example")
    now = Acting(officer=WORKER, at=datetime.now(UTC))
    return officers.create_token(name, may_decide=True, acting=now)
