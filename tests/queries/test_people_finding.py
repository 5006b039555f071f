"""A person is found by an exact key, through a referral and for a reason; each look is an entry."""

from datetime import date

import pytest

from evenhand.actions import notification
from evenhand.queries import people_finding
from evenhand.rules.assurance import NoAssessmentInForce
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.people import LookReasonMissing, PersonStanding
from evenhand.rules.people_finding import Key, KeyNotExact
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.machinery import ConsultationRow
from tests.actions.people import known_person, person
from tests.builders import ADA, CY, DEE, GUS, MAX, OLA, proposal
from tests.journeys import Desk, changing_nothing, refused
from tests.ledger import reading

pytestmark = pytest.mark.django_db
KEY = Key(name="Noor Vantage", birth_date=date(1990, 5, 17))
WHY = "She rang and asks what became of it."


def looks() -> list[dict[str, object]]:
    """Give the searches and looks at people that the log holds, oldest first."""
    rows = OpeningRow.objects.select_related("entry").order_by("entry")
    found = [it for it in rows if b'"act":"person.' in bytes(it.entry.leaf)]
    opened = [reading.fields(it.fields) for it in found]
    return [it for it in opened if it.get("why") in {"find_person", "join_people"}]


def test_a_hit_shows_who_it_is_and_what_they_are_and_is_a_look() -> None:
    desk = Desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    [hit] = people_finding.find(KEY, referral=referral, reason=WHY, acting=desk.by(CY))
    assert (hit.reference, hit.name, hit.birth_date) == (reference, KEY.name, KEY.birth_date)
    assert [(it.referral, it.role) for it in hit.roles] == [(referral, PersonRole.VICTIM)]
    search, look = looks()
    assert (search["outcome"], look["obj"]) == ("found", str(person(reference).id))
    assert "reason" in search
    assert "reason" in look
    assert WHY not in str(list(EntryRow.objects.values_list("leaf")))
    kept = [bytes(it.reason or b"") for it in ConsultationRow.objects.filter(why="find_person")]
    assert len(kept) == 2
    assert not any(WHY.encode() in it for it in kept)


def test_however_it_is_written_the_same_whole_name_is_found_and_no_other() -> None:
    desk = Desk()
    referral = desk.log()
    known_person(desk, referral)
    for name, count in (("NOOR  vantage", 1), ("Noor Vantag", 0), ("Nour Vantage", 0)):
        key = Key(name=name, birth_date=KEY.birth_date)
        found = people_finding.find(key, referral=referral, reason=WHY, acting=desk.by(CY))
        assert len(found) == count
    other_day = Key(name=KEY.name, birth_date=date(1990, 5, 18))
    assert not people_finding.find(other_day, referral=referral, reason=WHY, acting=desk.by(CY))


def test_a_search_that_finds_nobody_is_an_entry_each_time() -> None:
    desk = Desk()
    desk.assured()
    referral = desk.log()
    for _ in range(2):
        people_finding.find(KEY, referral=referral, reason=WHY, acting=desk.by(CY))
    assert [it["outcome"] for it in looks()] == ["nobody", "nobody"]


def test_a_reference_finds_its_record_alone() -> None:
    desk = Desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    key = Key(reference=reference)
    [hit] = people_finding.find(key, referral=referral, reason=WHY, acting=desk.by(DEE))
    assert hit.reference == reference


def test_of_a_restricted_record_an_approver_learns_only_that_it_is() -> None:
    desk = Desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    desk.now = desk.now.replace(year=desk.now.year + 1, month=2)
    notification.restrict_undecided(acting=desk.by(WORKER))
    key = Key(reference=reference)
    [hit] = people_finding.find(key, referral=referral, reason=WHY, acting=desk.by(CY))
    assert (hit.standing, hit.name, list(hit.roles)) == (PersonStanding.RESTRICTED, "", [])
    [hit] = people_finding.find(key, referral=referral, reason=WHY, acting=desk.by(DEE))
    assert hit.name == KEY.name


def test_at_most_five_are_shown() -> None:
    desk = Desk()
    referral = desk.log()
    references = [known_person(desk, referral, said=proposal(name=f"A {it}")) for it in range(6)]
    first = person(references[0])
    from evenhand.ledger.acts import Act
    from evenhand.ledger.entries import Entry
    from evenhand.store.people import PersonRow
    from evenhand.store.writing import writing

    with writing() as pen:
        PersonRow.objects.update(tokens=first.tokens)
        pen.enter(Entry(act=Act.PERSON_CORRECTED, at=desk.now, who=CY.ref))
    key = Key(name="A 0", birth_date=KEY.birth_date)
    assert len(people_finding.find(key, referral=referral, reason=WHY, acting=desk.by(CY))) == 5


NEVER: dict[str, tuple[Officer, Key, str, str, type[Refused]]] = {
    "an officer": (ADA, KEY, "", WHY, RoleMissing),
    "the overseer": (OLA, KEY, "", WHY, RoleMissing),
    "an administrator": (MAX, KEY, "", WHY, RoleMissing),
    "no reason": (CY, KEY, "", " ", LookReasonMissing),
    "no birth date": (CY, Key(name=KEY.name), "", WHY, KeyNotExact),
    "a wildcard": (CY, Key(name="Noor*", birth_date=KEY.birth_date), "", WHY, KeyNotExact),
    "no referral": (CY, KEY, "2026-999999", WHY, NotFound),
}


@pytest.mark.parametrize("what", NEVER)
def test_nobody_is_found(what: str) -> None:
    officer, key, referral, reason, rule = NEVER[what]
    desk = Desk()
    here = desk.log()
    known_person(desk, here)
    acting = desk.by(officer)
    with changing_nothing(), refused(rule):
        people_finding.find(key, referral=referral or here, reason=reason, acting=acting)


def test_without_an_assessment_in_force_nobody_is_looked_for() -> None:
    desk = Desk()
    referral = desk.log()
    acting = desk.by(GUS)
    with changing_nothing(), refused(NoAssessmentInForce):
        people_finding.find(KEY, referral=referral, reason=WHY, acting=acting)
