"""A statement is verified again after a look at its source, by whose work it is, and may leave."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import people_corrections, people_statements, people_verifying, sharing
from evenhand.queries import people as known
from evenhand.rules.assurance import NoAssessmentInForce
from evenhand.rules.officers import RoleMissing
from evenhand.rules.people import NotAsItStands, NotYourPerson
from evenhand.rules.people_statements import Standing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import Restricted
from evenhand.rules.texts import ReasonMissing
from evenhand.store.log import EntryRow
from tests.actions.people import known_person, no_assessment_in_force, person, proposed
from tests.actions.sharing import built, in_force, refused_as, staffed, touched
from tests.builders import ADA, BO, CY, SID, fact, terms
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db
SHOWS = "The clip is still up and shows the same shop."


@pytest.fixture
def desk() -> Desk:
    desk = staffed()
    desk.by(BO)
    return desk


@pytest.fixture
def victim(desk: Desk) -> str:
    return known_person(desk)


def statement_of(reference: str) -> UUID:
    found: UUID = person(reference).statements.get().id
    return found


def verify(desk: Desk, reference: str) -> None:
    people_verifying.verify(reference, statement_of(reference), SHOWS, acting=desk.by(ADA))


def test_what_is_verified_again_may_leave_for_another_seven_days(desk: Desk, victim: str) -> None:
    agreement = in_force(desk, terms(review_on=desk.now.date() + timedelta(days=90)))
    desk.now += timedelta(days=8)
    with refused_as("E-QUAL-16"):
        built(desk, victim, agreement)
    before = person(victim).version
    verify(desk, victim)
    assert b"statement.verify" in bytes(EntryRow.objects.latest("number").leaf)
    assert person(victim).version == before + 1
    assert person(victim).statements.get().verified_at == desk.now
    sharing.drop(built(desk, victim, agreement), acting=desk.by(SID))
    step = known.one(victim, "To see it.", acting=desk.by(ADA)).steps[-1]
    assert (step.what, step.by, step.reason) == ("verify", "Ada", SHOWS)
    desk.now += timedelta(days=8)
    with refused_as("E-QUAL-16"):
        built(desk, victim, agreement)


def contested(desk: Desk, victim: str) -> None:
    about = str(statement_of(victim))
    people_corrections.contest(victim, about, "It may be another shop.", acting=desk.by(CY))
    verify(desk, victim)


def not_standing(standing: Standing) -> Callable[[Desk, str], None]:
    def act(desk: Desk, victim: str) -> None:
        touched(victim, standing=standing.value)
        verify(desk, victim)

    return act


def late(desk: Desk, victim: str) -> None:
    desk.now += timedelta(days=200)
    verify(desk, victim)


def not_authorised(desk: Desk, _victim: str) -> None:
    referral = desk.log()
    reference = proposed(desk, referral)
    people_statements.add(reference, fact(), referral=referral, acting=desk.by(ADA))
    verify(desk, reference)


def without_documents(desk: Desk, victim: str) -> None:
    no_assessment_in_force(desk)
    verify(desk, victim)


REFUSED: dict[str, tuple[Callable[[Desk, str], None], type[Refused]]] = {
    "contested": (contested, NotAsItStands),
    "restricted": (not_standing(Standing.RESTRICTED), NotAsItStands),
    "replaced": (not_standing(Standing.REPLACED), NotAsItStands),
    "a late record": (late, Restricted),
    "not authorised": (not_authorised, NotAsItStands),
    "no assessment": (without_documents, NoAssessmentInForce),
    "a colleague’s person": (
        lambda d, v: people_verifying.verify(v, statement_of(v), SHOWS, acting=d.by(BO)),
        NotYourPerson,
    ),
    "who shares": (
        lambda d, v: people_verifying.verify(v, statement_of(v), SHOWS, acting=d.by(SID)),
        RoleMissing,
    ),
    "no word of what shows it": (
        lambda d, v: people_verifying.verify(v, statement_of(v), " ", acting=d.by(ADA)),
        ReasonMissing,
    ),
    "another statement": (
        lambda d, v: people_verifying.verify(v, uuid4(), SHOWS, acting=d.by(ADA)),
        NotFound,
    ),
    "an older version": (
        lambda d, v: people_verifying.verify(
            v, statement_of(v), SHOWS, seen_version=1, acting=d.by(ADA)
        ),
        ChangedMeanwhile,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_rule_refuses_is_not_verified(desk: Desk, victim: str, what: str) -> None:
    act, rule = REFUSED[what]
    with refused(rule):
        act(desk, victim)
