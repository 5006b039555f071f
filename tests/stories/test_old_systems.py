"""Two old systems in one workbook of 1,000 rows come over; how many of what, somebody knows.

Given a workbook as desks keep them, with titles, totals, blank rows and dates in every form, when
it is brought over, then every count is the one that was written down while it was made; nothing of
it is on the desk until an officer passes it; after 90 days what is left is gone and still counted.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from evenhand.actions import imports, imports_passing, people, referrals
from evenhand.actions.referrals import Admitted
from evenhand.queries import imports as known
from evenhand.queries import referrals as lists
from evenhand.queries.imports_reading import preview
from evenhand.rules.imports import Meaning, Tally
from evenhand.rules.imports_counts import document
from evenhand.rules.officers import WORKER
from evenhand.rules.people_roles import PersonRole
from evenhand.store.assurance import DocumentRow
from evenhand.store.imports import ImportedRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.referrals import ReferralRow
from tests.actions.test_imports import records
from tests.builders import ADA, BO, NOW, intake, proposal
from tests.journeys import Desk
from tests.workbooks import Value, xlsx

pytestmark = pytest.mark.django_db
CHANCE = Random(5)  # noqa: S311 - what it makes is fictional and always the same
GIVEN = ("Ada", "Zoë", "Müller", "O’Neil", "Siân", "Łukasz", "王")
ROLES = {"Suspect": "suspect", "victim": "victim", "Witness": "witness", "": "unclear",
         "subject": "unclear", "suspect?": "unclear"}  # fmt: skip
OUTCOMES = {"Removed": "removed", "taken down": "removed", "No action": "declined",
            "Pending": "pending", "": "none", "n/a": "none"}  # fmt: skip
NOBODY = ("-", "n/a", "", "None", "unknown")
FORMS = ("{0:%d/%m/%Y}", "{0:%d/%m/%y}", "{0:%d %b %Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%y}")


class Truth:
    """Makes the rows of both systems and writes down what is in them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.people: set[tuple[str, date]] = set()
        self.contents: set[str] = set()
        self.unreadable: list[tuple[str, int, str]] = []

    def rows(self, sheet: str, many: int, *, first: int, with_roles: bool) -> list[list[Value]]:
        return [self._row(sheet, first + it, with_roles=with_roles) for it in range(many)]

    def _row(self, sheet: str, number: int, *, with_roles: bool) -> list[Value]:
        logged = date(2016, 1, 1) + timedelta(days=CHANCE.randrange(3_000))
        content = f"https://clipnest.example/v/{CHANCE.randrange(700)}"
        self.contents.add(content)
        born: Value = ""
        role, outcome = "", CHANCE.choice(list(OUTCOMES))
        self.counts[OUTCOMES[outcome]] += 1
        if CHANCE.random() < 0.4:
            name = CHANCE.choice(NOBODY)
            self.counts["none_named"] += 1
        else:
            name, role = self._name(), CHANCE.choice(list(ROLES)) if with_roles else ""
            self.counts[ROLES[role]] += 1
            born = self._born(sheet, number, name, logged)
        cell = self._written(logged)
        if CHANCE.random() < 0.02:
            cell = "31/02/2019"
            self.unreadable.append((sheet, number, "Date logged"))
        told: list[Value] = [number, cell, content, name, born]
        return [*told, *([role] if with_roles else []), outcome]

    def _name(self) -> str:
        return f"{CHANCE.choice(GIVEN)} Fiction{CHANCE.randrange(40)}"

    def _born(self, sheet: str, number: int, name: str, logged: date) -> Value:
        kind = CHANCE.random()
        if kind < 0.4:
            self.counts["name_only"] += 1
            return CHANCE.choice(("", "-", "not known"))
        if kind < 0.45:
            self.counts["name_only"] += 1
            self.unreadable.append((sheet, number, "DOB"))
            return f"{logged + timedelta(days=30):%d/%m/%Y}"
        day = date(1950, 1, 1) + timedelta(days=CHANCE.randrange(365 * 45))
        self.counts["with_birth_date"] += 1
        self.people.add((name, day))
        return self._written(day)

    def _written(self, day: date) -> Value:
        kind = CHANCE.random()
        if kind < 0.2:
            return day
        if kind < 0.3:
            return (day - date(1899, 12, 30)).days
        return CHANCE.choice(FORMS).format(day)


def workbook(truth: Truth) -> bytes:
    """Six hundred rows of one system and four hundred of another, as two people kept them."""
    old = truth.rows("Flags 2016", 600, first=4, with_roles=False)
    newer = truth.rows("Tracker", 400, first=2, with_roles=True)
    return xlsx(
        {
            "Flags 2016": [
                ["Fictional referrals", "", "do not share"], [],
                ["Ref", "Date logged", "Link", "Name", "DOB", "Result"],
                *old, [], ["Total", 600],
            ],
            "Tracker": [
                ["Ref", "Date logged", "Content URL", "Subject name", "DOB", "Role", "Outcome"],
                *newer, ["Total records:", 400],
            ],
            "Lists": [["Roles"], ["Suspect"], ["Victim"]],
        }
    )  # fmt: skip


def test_two_old_systems_come_over_and_every_count_is_true() -> None:
    truth = Truth()
    data = workbook(truth)
    found = document(preview(data, "old.xlsx", today=NOW.date()).read)
    counts = truth.counts
    assert (found["records"], found["contents"]) == (1_000, len(truth.contents))
    assert found["people"] == {
        "with_birth_date": counts["with_birth_date"], "name_only": counts["name_only"],
        "none": counts["none_named"], "unique_with_birth_date": len(truth.people),
    }  # fmt: skip
    assert found["roles"] == {it: counts[it] for it in ("suspect", "victim", "witness", "unclear")}
    assert found["outcomes"] == {
        it: counts[it] for it in ("removed", "declined", "pending", "none")
    }
    unreadable = found["unreadable"]
    assert isinstance(unreadable, list)
    assert [(it["sheet"], it["row"], it["column"]) for it in unreadable] == sorted(
        truth.unreadable, key=lambda it: (it[0] != "Flags 2016", it[1], it[2] == "DOB")
    )

    desk = Desk()
    desk.assured()
    run = imports.bring(data, "old.xlsx", acting=desk.by(ADA))
    mapping = known.to_confirm(run, acting=desk.by(BO)).suggested
    imports.confirm(run, mapping, acting=desk.by(BO))
    assert ImportedRow.objects.count() == 1_000
    assert not ReferralRow.objects.exists()
    assert not lists.find(lists.Filter(q="Fiction1"), acting=desk.by(ADA)).lines

    of_the_tracker = ImportedRow.objects.filter(system="Tracker", names_person=True)
    named = of_the_tracker.order_by("number").values_list("id", flat=True)[0]
    shown = known.one(named, acting=desk.by(ADA))
    said, address = intake(observed_at=desk.now), shown.values[Meaning.URL]
    acting = desk.by(ADA)
    content = Admitted(referrals.admit(address, said, acting=acting), address)
    reference = imports_passing.pass_on(named, content, said, acting=acting)
    asked = proposal(PersonRole.VICTIM, name=shown.values[Meaning.NAME])
    person = people.propose(reference, asked, acting=desk.by(ADA))
    imports_passing.settle_person(named, proposed=person, acting=desk.by(ADA))
    assert PersonLinkRow.objects.get().role == PersonRole.VICTIM
    assert PersonRow.objects.get().origin == "Tracker"
    assert ReferralRow.objects.get().reference == reference
    imports_passing.reject(records(run)[0], "Nothing says why it was kept.", acting=desk.by(ADA))

    desk.now += timedelta(days=90)
    assert imports.end_old(acting=desk.by(WORKER)) == 998
    assert not ImportedRow.objects.exists()
    of_documents = DocumentRow.objects.values("key_id")
    assert RecordKeyRow.objects.exclude(id__in=of_documents).count() == 2
    told = known.by_system(officer=ADA)
    assert [told["Flags 2016"][it] for it in (Tally.READ, Tally.REJECTED, Tally.ERASED)] == [
        600, 1, 599
    ]  # fmt: skip
    assert [told["Tracker"][it] for it in (Tally.READ, Tally.PASSED, Tally.ERASED)] == [400, 1, 399]
