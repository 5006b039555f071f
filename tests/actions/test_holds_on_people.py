"""A hold wins over every act that would destroy anything that is held about a person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from evenhand.actions import (
    holds,
    people,
    people_corrections,
    people_restrictions,
    people_roles,
    retention,
    reviews,
)
from evenhand.actions.people_corrections import Why
from evenhand.rules.holds import NO_EVIDENCE, HoldIncomplete, HoldKind, OnHold
from evenhand.rules.officers import WORKER
from evenhand.rules.people import BOTH_WITHIN, Restriction
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.reviews import Review, ReviewOutcome
from tests.actions.people import as_exhibit, known_person, person, proposed
from tests.actions.test_people_changes import SUSPECT, identity
from tests.builders import ADA, CY, DEE, LEE, RIA, RON, fact, grounds, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WHY = Why(reason="The document says otherwise.")
LATE = BOTH_WITHIN + timedelta(hours=1)
GOES = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it.")
KINDS = [HoldKind.RIGHTS, HoldKind.FOI]


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, CY, DEE, RIA, LEE, RON):
        desk.by(officer)
    return desk


@pytest.fixture
def referral(desk: Desk) -> str:
    return desk.log()


@pytest.fixture
def victim(desk: Desk, referral: str) -> str:
    return known_person(desk, referral, said=proposal(contact="noor@harbour.example"))


def held(desk: Desk, reference: str, kind: HoldKind = HoldKind.RIGHTS) -> UUID:
    return holds.place(
        reference, kind, their_reference="R 1", reason="They ask for it.", acting=desk.by(RIA)
    )


def test_what_is_restricted_as_evidence_is_held_as_that_until_two_end_it(
    desk: Desk, victim: str
) -> None:
    acting = desk.by(DEE)
    for lacking in (NO_EVIDENCE, replace(as_exhibit(desk), owner=" ")):
        with changing_nothing(), refused(HoldIncomplete):
            people_restrictions.restrict(
                victim,
                Restriction.NEEDED_AS_EVIDENCE,
                "Exhibit AB/1.",
                evidence=lacking,
                acting=acting,
            )
    people_restrictions.restrict(
        victim,
        Restriction.NEEDED_AS_EVIDENCE,
        "Exhibit AB/1.",
        evidence=as_exhibit(desk),
        acting=acting,
    )
    row = person(victim)
    assert (row.standing, row.restricted_because) == ("restricted", "needed_as_evidence")
    with changing_nothing(), refused(OnHold):
        reviews.review(victim, GOES, acting=desk.by(RON))
    ended(desk, victim, row.holdrows.get().id)
    assert person(victim).standing == "held"


def test_what_is_no_evidence_is_not_restricted_with_a_hold(desk: Desk, victim: str) -> None:
    acting = desk.by(DEE)
    with changing_nothing(), refused(HoldIncomplete):
        people_restrictions.restrict(
            victim, Restriction.UNLAWFUL, "So.", evidence=as_exhibit(desk), acting=acting
        )


def ended(desk: Desk, reference: str, hold: UUID) -> None:
    holds.ask_to_end(reference, hold, "It is answered.", acting=desk.by(RIA))
    holds.end(reference, hold, acting=desk.by(LEE))


def run(desk: Desk) -> int:
    return retention.run(acting=desk.by(WORKER)).destroyed


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_proposed_and_held_is_destroyed_by_nobody(desk: Desk, kind: HoldKind) -> None:
    reference = proposed(desk)
    hold = held(desk, reference, kind)
    acting = desk.by(CY)
    with changing_nothing(), refused(OnHold):
        people.refuse(reference, "No need.", acting=acting)
    desk.now += LATE
    assert run(desk) == 0
    assert not people.refuse_unanswered(person(reference), desk.by(WORKER))
    assert (person(reference).standing, person(reference).name is None) == ("proposed", False)
    ended(desk, reference, hold)
    assert run(desk) == 1
    assert person(reference).standing == "refused"


def asked(desk: Desk, victim: str, referral: str) -> None:
    new = replace(SUSPECT, grounds=grounds(on=desk.now.date()))
    people_roles.ask(victim, new, referral=referral, acting=desk.by(ADA))


@pytest.mark.parametrize("kind", KINDS)
def test_a_role_that_is_asked_for_and_held_is_taken_back_by_nobody(
    desk: Desk, victim: str, referral: str, kind: HoldKind
) -> None:
    asked(desk, victim, referral)
    hold = held(desk, victim, kind)
    acting = desk.by(CY)
    with changing_nothing(), refused(OnHold):
        people_roles.refuse(victim, "No.", referral=referral, acting=acting)
    desk.now += LATE
    run(desk)
    assert not people_roles.refuse_unanswered(person(victim), desk.by(WORKER))
    assert person(victim).links.get(role="suspect").necessity
    ended(desk, victim, hold)
    run(desk)
    assert person(victim).links.get(role="suspect").necessity is None


def test_a_role_that_waits_on_a_restricted_record_is_taken_back_in_time(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(victim, because, "She disputes it.", acting=desk.by(DEE))
    desk.now += LATE
    run(desk)
    assert person(victim).links.get(role="suspect").necessity is None


def test_a_role_without_contact_details_destroys_none_that_are_held(
    desk: Desk, victim: str, referral: str
) -> None:
    asked(desk, victim, referral)
    hold = held(desk, victim)
    acting = desk.by(CY)
    with changing_nothing(), refused(OnHold):
        people_roles.authorise(victim, "I saw it.", referral=referral, acting=acting)
    ended(desk, victim, hold)
    people_roles.authorise(victim, "I saw it.", referral=referral, acting=desk.by(CY))
    assert person(victim).contact is None


def test_a_role_that_destroys_nothing_may_change_under_a_hold(desk: Desk, referral: str) -> None:
    reference = known_person(desk, referral)
    new = NewRole(role=PersonRole.REPORTER, necessity="They told us.")
    people_roles.ask(reference, new, referral=referral, acting=desk.by(ADA))
    held(desk, reference)
    people_roles.authorise(reference, "They did.", referral=referral, acting=desk.by(CY))
    assert person(reference).links.get(ended_at__isnull=True).role == "reporter"


def _name(desk: Desk, victim: str, why: Why) -> None:
    right = replace(identity(victim), name="Nour Vantage")
    people_corrections.correct_identity(victim, right, why, acting=desk.by(CY))


def _statement(desk: Desk, victim: str, why: Why) -> None:
    about = str(person(victim).statements.get(standing="contested").id)
    people_corrections.correct_statement(victim, about, fact(), why, acting=desk.by(CY))


@pytest.mark.parametrize(("what", "correct"), [("name", _name), ("statement", _statement)])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_and_held_is_put_right_and_kept(
    desk: Desk,
    victim: str,
    kind: HoldKind,
    what: str,
    correct: Callable[[Desk, str, Why], None],
) -> None:
    about = "name" if what == "name" else str(person(victim).statements.get().id)
    people_corrections.contest(victim, about, "It is wrong.", acting=desk.by(ADA))
    held(desk, victim, kind)
    with refused(OnHold) as told, changing_nothing():
        correct(desk, victim, WHY)
    assert told.value.at == "evidence"
    correct(desk, victim, replace(WHY, evidence="R 1"))
    assert person(victim).steps.filter(what="keep_as_evidence").count() == 1
