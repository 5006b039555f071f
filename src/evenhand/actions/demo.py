"""A demo desk: fictional officers, sign-offs for every platform, cases, people and requests."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from evenhand.actions import (
    demo_challenges,
    demo_people,
    demo_reports,
    demo_requests,
    officers,
    platform_tokens,
    platforms,
    training,
)
from evenhand.actions.carriers import NOBODY, Carrier
from evenhand.actions.demo_cases import CASES, THREATENED_SHOP
from evenhand.actions.demo_documents import looked_at, put_in_force
from evenhand.actions.demo_words import WORDS
from evenhand.actions.stories import Cast, duration
from evenhand.actions.walks import Walk
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.rules.training import NEEDED, Course, Training
from evenhand.store.lawbook import lawbook
from evenhand.store.officers import OfficerRow

ROLES: Mapping[str, tuple[Role, ...]] = {
    "Ada Quill": (Role.OFFICER,),
    "Bo Marsh": (Role.OFFICER,),
    "Eli Stone": (Role.OFFICER,),
    "Cy Hart": (Role.APPROVER, Role.SENIOR_APPROVER, Role.CHILD_APPROVER),
    "Fay Lund": (Role.APPROVER, Role.CHILD_APPROVER),
    "Gus Reed": (Role.APPROVER, Role.CHILD_APPROVER),
    "Ida Frost": (Role.DPO,),
    "Jon Vale": (Role.OVERSEER,),
    "Kim Dray": (Role.ADMINISTRATOR,),
    "Lena Voss": (Role.RECORDS_REVIEWER,),
    "Max Orr": (Role.DISPOSAL_RELEASER,),
    "Nell Shaw": (Role.RIGHTS_OFFICER,),
    "Tam Birch": (Role.RIGHTS_OFFICER,),
    "Lia Moss": (Role.SENIOR_OWNER,),
    "Ned Wren": (Role.AGREEMENT_OWNER,),
    "Pia Lock": (Role.SHARING_OFFICER,),
}
LATE = "Max Orr"
AGE = timedelta(days=90)
REVIEW = timedelta(days=360)
BASIS = "Fictional desk: section 77, strictly necessary in the particular case; invented."


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """A fictional officer, with what is needed to sign in and to call the API."""

    name: str
    username: str
    password: str
    roles: list[Role]
    token: str


def is_seeded() -> bool:
    """Say whether this desk has officers already; a demo is written to an empty desk only."""
    return OfficerRow.objects.exists()


def seed(*, now: datetime, carrier: Carrier = NOBODY) -> list[DemoOfficer]:
    """Write the demo to an empty desk and give its officers; ``carrier`` takes its notices."""
    opened = now - AGE
    team = {name: _add(name, roles, at=opened, now=now) for name, roles in ROLES.items()}
    facts = {name: fact for name, (_shown, fact) in team.items()}
    _sign_off(facts["Ida Frost"], at=opened)
    put_in_force(facts, at=opened)
    looked_at(facts, at=opened)
    _train(facts, at=opened, now=now)
    casts, references = cycle(_casts(facts)), {}
    for story in sorted(CASES, key=lambda it: it.waits + duration(it), reverse=True):
        start = now - story.waits - duration(story)
        cast = next(casts)
        if story.harm == "X1":
            cast = Cast(cast.logs, cast.assesses, facts["Cy Hart"])
        references[story.address] = Walk(story, cast, carrier, start).go()
    speaker = demo_people.record(facts, references[THREATENED_SHOP.address], now=now)
    demo_people.keep(facts, now=now)
    demo_reports.receive(facts, now=now)
    demo_challenges.challenge(now=now)
    demo_requests.ask(facts, speaker, now=now)
    return [shown for shown, _fact in team.values()]


def token_of_program(platform: str, *, now: datetime) -> str:
    """Have an administrator make the token by which a fictional platform's program answers."""
    row = OfficerRow.objects.filter(roles__contains=[Role.ADMINISTRATOR]).order_by("name")[0]
    return platform_tokens.make(platform, acting=Acting(officer=row.as_fact(), at=now))


def new_password() -> str:
    """Make up a password that a person can type: four words and four digits."""
    picked = [secrets.choice(WORDS) for _ in range(4)]
    return "-".join([*picked, f"{secrets.randbelow(10_000):04}"])


def _add(
    name: str, roles: tuple[Role, ...], *, at: datetime, now: datetime
) -> tuple[DemoOfficer, Officer]:
    username = name.partition(" ")[0].lower()
    password = new_password()
    setting_up = Acting(officer=WORKER, at=at)
    ref = officers.add(
        username,
        name=name,
        password=password,
        roles=roles,
        email=f"{username}@desk.example",
        acting=setting_up,
    )
    today = Acting(officer=WORKER, at=now)  # a token made when the desk opened would have expired
    token = officers.create_token(username, may_decide=True, acting=today)
    shown = DemoOfficer(name, username, password, sorted(roles), token)
    return shown, Officer(ref=ref, roles=frozenset(roles), name=name)


def _train(team: Mapping[str, Officer], *, at: datetime, now: datetime) -> None:
    """Have everybody trained and instructed who must be, but for one whose training is overdue."""
    long, short = at.date() + timedelta(days=700), at.date() + timedelta(days=360)
    for name, roles in ROLES.items():
        username = name.partition(" ")[0].lower()
        for course, until in ((Course.CHILDREN, long), (Course.DATA_PROTECTION, short)):
            if NEEDED[course].isdisjoint(roles):
                continue
            last = now.date() - timedelta(days=3) if name == LATE else until
            done = Training(at.date(), last)
            training.record(username, course, done, acting=Acting(officer=WORKER, at=at))
        if not NEEDED[Course.INSTRUCTIONS].isdisjoint(roles) and name != LATE:
            training.accept(1, acting=Acting(officer=team[name], at=at))


def _sign_off(dpo: Officer, *, at: datetime) -> None:
    contacts = {code: f"referrals@{code}.example" for code in lawbook().platforms}
    by_mail = {**contacts, ANY_OTHER_SITE: "abuse@{platform}"}
    by_form = {
        code: f"https://forms.{code}.example"
        for code, it in lawbook().platforms.items()
        if (portal := it.channel(Transport.PORTAL)) and portal.fields
    }
    leaves = [(Transport.EMAIL, *it) for it in by_mail.items()]
    leaves += [(Transport.PORTAL, *it) for it in by_form.items()]
    for transport, code, contact in leaves:
        platforms.sign_off(
            code,
            transport=transport,
            contact=contact,
            basis=BASIS,
            review_on=(at + REVIEW).date(),
            acting=Acting(officer=dpo, at=at),
        )


def _casts(team: Mapping[str, Officer]) -> list[Cast]:
    ada, bo, eli = team["Ada Quill"], team["Bo Marsh"], team["Eli Stone"]
    cy, fay, gus = team["Cy Hart"], team["Fay Lund"], team["Gus Reed"]
    return [Cast(ada, bo, cy), Cast(bo, bo, fay), Cast(eli, ada, gus), Cast(ada, ada, fay)]
