"""Who was not reviewed in time is closed to casework that day, though the worker has stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.actions import (
    people_corrections,
    people_restrictions,
    people_roles,
    people_statements,
    reviews,
)
from evenhand.queries import notification as telling
from evenhand.queries import people as one_person
from evenhand.queries import people_finding
from evenhand.rules.officers import Officer
from evenhand.rules.people import NotAsItStands, PersonStanding, RestrictedBecause, Restriction
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_finding import Key
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.retention import Restricted
from tests.actions.people import known_person, person, suspect
from tests.actions.test_disposal import keep_until
from tests.builders import ADA, CY, DEE, LEE, RIA, RON, SID, fact, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WHY = "To know what became of it."


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, CY, DEE, RIA, RON, LEE, SID):
        desk.by(officer)
    return desk


@pytest.fixture
def referral(desk: Desk) -> str:
    return desk.log()


def late(desk: Desk, reference: str) -> str:
    """Let the day of review go by, with nobody and no worker looking."""
    desk.now += person(reference).review_on - timezone.localdate(desk.now) + timedelta(days=1)
    assert person(reference).standing == "held"
    return reference


@pytest.mark.parametrize("officer", [ADA, CY])
def test_a_late_record_is_shown_to_nobody_who_works_on_it(desk: Desk, officer: Officer) -> None:
    reference = late(desk, suspect(desk))
    shown = one_person.one(reference, WHY, acting=desk.by(officer))
    assert (shown.withheld, shown.name, shown.links, shown.steps) == (True, None, [], [])
    assert shown.fact.standing is PersonStanding.RESTRICTED
    assert shown.restricted_because is RestrictedBecause.NOT_REVIEWED
    assert one_person.in_brief(reference, acting=desk.by(CY)).standing == "restricted"


@pytest.mark.parametrize("officer", [DEE, RIA, RON])
def test_a_late_record_is_open_to_who_reviews_it_or_answers_for_rights(
    desk: Desk, officer: Officer
) -> None:
    reference = late(desk, suspect(desk))
    assert one_person.one(reference, WHY, acting=desk.by(officer)).links


def test_a_late_record_is_found_as_one_that_is_restricted(desk: Desk, referral: str) -> None:
    reference = late(desk, suspect(desk, referral))
    [hit] = people_finding.find(
        Key(reference=reference), referral=referral, reason=WHY, acting=desk.by(CY)
    )
    assert (hit.standing, hit.name, list(hit.roles)) == (PersonStanding.RESTRICTED, "", [])
    [line] = telling.due(acting=desk.by(RIA))
    assert line.is_restricted


def test_a_late_reporters_contact_stays_in_its_vault(desk: Desk) -> None:
    said = proposal(PersonRole.REPORTER, contact="noor@harbour.example")
    reference = known_person(desk, said=said)
    assert one_person.reporter_contact(reference, WHY, acting=desk.by(SID))
    late(desk, reference)
    acting = desk.by(SID)
    with changing_nothing(), refused(Restricted):
        one_person.reporter_contact(reference, WHY, acting=acting)
    assert one_person.reporter_contact(reference, WHY, acting=desk.by(RIA))


ACTS: dict[str, Callable[[Desk, str, str], object]] = {
    "a statement": lambda desk, it, referral: people_statements.add(
        it, fact(), referral=referral, acting=desk.by(ADA)
    ),
    "another role": lambda desk, it, referral: people_roles.ask(
        it,
        NewRole(role=PersonRole.VICTIM, necessity="They must be warned."),
        referral=referral,
        acting=desk.by(ADA),
    ),
    "contesting": lambda desk, it, _: people_corrections.contest(
        it, "name", "It is wrong.", acting=desk.by(ADA)
    ),
    "authorising a role": lambda desk, it, referral: people_roles.authorise(
        it, "So.", referral=referral, acting=desk.by(CY)
    ),
    "restricting anew": lambda desk, it, _: people_restrictions.restrict(
        it, Restriction.UNLAWFUL, "So.", acting=desk.by(DEE)
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_a_late_record_is_not_changed(desk: Desk, referral: str, what: str) -> None:
    reference = late(desk, suspect(desk, referral))
    with refused(NotAsItStands), changing_nothing():
        ACTS[what](desk, reference, referral)


def test_a_late_record_that_two_keep_on_is_in_use_again(desk: Desk, referral: str) -> None:
    reference = late(desk, suspect(desk, referral))
    until = timezone.localdate(desk.now) + timedelta(days=60)
    reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))
    ACTS["a statement"](desk, reference, referral)
    assert one_person.one(reference, WHY, acting=desk.by(ADA)).name
