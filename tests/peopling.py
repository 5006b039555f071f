"""Brings invented people on record, thousands of them, by the desk's own acts.

Each is proposed through a referral by the officer whose work it is, a fact is said of them, a
second officer authorises them, and it is decided that they are told: all as with real ones.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import psycopg

from evenhand.actions import notification, officers, people, people_statements
from evenhand.actions.demo_documents import put_in_force
from evenhand.actions.demo_people import ANSWERS, SEEN
from evenhand.rules.handover import ENDED
from evenhand.rules.notification import Decision, Telling
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.rules.people import Proposal
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_finding import Key
from evenhand.rules.people_roles import PersonRole
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.trips import in_one_transaction, send

TEAM: Mapping[str, Role] = {
    "Ned Wren": Role.AGREEMENT_OWNER,
    "Ida Frost": Role.DPO,
    "Lia Moss": Role.SENIOR_OWNER,
    "Lena Voss": Role.RECORDS_REVIEWER,
    "Max Orr": Role.DISPOSAL_RELEASER,
    "Nell Shaw": Role.RIGHTS_OFFICER,
}
REVIEWER, RELEASER, RIGHTS = "Lena Voss", "Max Orr", "Nell Shaw"
OWNER, SECOND = "Synthetic officer 1", "Synthetic approver 1"
"""Synthetic officers, whom generating referrals brings to the desk."""
AT_ONCE = 100
"""People written in one transaction."""
NECESSITY = "They are threatened by name, and the police must reach them."
TELLS = Decision(telling=Telling.TELL, reasons="Nothing speaks against it.")
Team = Mapping[str, Officer]


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person who is to come on record, through a referral of this officer's."""

    number: int
    referral: str
    owner: Officer

    @property
    def key(self) -> Key:
        """The key by which exactly they are found."""
        birth_date = date(1950, 1, 1) + timedelta(days=self.number % 18_000)
        return Key(name=f"Noor Invented {self.number:05}", birth_date=birth_date)

    def proposed(self, *, at: datetime) -> str:
        """Have them proposed; give the record's reference."""
        acting = Acting(officer=self.owner, at=at)
        proposal = Proposal(
            role=PersonRole.VICTIM,
            necessity=NECESSITY,
            age=Age(basis=AgeBasis.DOCUMENT, as_at=at.date(), birth_date=self.key.birth_date),
            name=self.key.name,
        )
        person = people.propose(self.referral, proposal, acting=acting)
        people_statements.add(person, SEEN, referral=self.referral, acting=acting)
        return person


def staff(*, now: datetime) -> Team:
    """Have those at work who keep records, and the documents in force without which nobody may."""
    for name, role in TEAM.items():
        officers.add(
            username(name),
            name=name,
            password=secrets.token_urlsafe(32),
            roles=(role,),
            acting=Acting(officer=WORKER, at=now),
        )
    team = {row.name: row.as_fact() for row in OfficerRow.objects.all()}
    put_in_force(team, at=now)
    return team


def username(name: str) -> str:
    """Give the name under which one of the team signs in."""
    synthetic = name.startswith("Synthetic")
    return name.lower().replace(" ", "-") if synthetic else name.partition(" ")[0].lower()


def some(numbers: range, team: Team) -> Sequence[Somebody]:
    """Choose the referral of each, of those that the first officer works on."""
    owner = team[OWNER]
    theirs = ReferralRow.objects.filter(owner=owner.ref).exclude(state__in=sorted(ENDED))
    named = list(theirs.order_by("-number").values_list("reference", flat=True)[: len(numbers)])
    return [Somebody(it, named[it % len(named)], owner) for it in numbers]


def bring(these: Sequence[Somebody], team: Team, *, at: datetime) -> Sequence[str]:
    """Bring people on record at a moment; give their references."""
    second = Acting(officer=team[SECOND], at=at + timedelta(hours=1))
    third = Acting(officer=team[RIGHTS], at=at + timedelta(hours=2))
    found: list[str] = []
    for start in range(0, len(these), AT_ONCE):
        with in_one_transaction():
            # An invented person lost in a power cut is no loss.
            send("SET LOCAL synchronous_commit = off")
            for somebody in these[start : start + AT_ONCE]:
                found.append(somebody.proposed(at=at))
                people.authorise(found[-1], ANSWERS, acting=second)
                notification.decide(found[-1], TELLS, acting=third)
    return found


def analyse() -> None:
    """Have PostgreSQL learn of the rows, as it does by itself in time."""
    with psycopg.connect(os.environ["EVENHAND_OWNER_URL"], autocommit=True) as run:
        run.execute("VACUUM ANALYZE")
