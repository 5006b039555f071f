"""Through which referral somebody comes on record, and when that is too late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.actions import assessments, people, people_roles, people_statements, referrals
from evenhand.rules.assessments import Expression
from evenhand.rules.people import PoliticalContent, ReferralEnded
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.retention_schedules import NotOnSchedule, Period
from tests.actions.people import known_person, person, proposed, suspect
from tests.builders import ADA, ANSWERS, BO, CY, assessment, child, fact, grounds, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
NO_SUSPECT = NewRole(
    role=PersonRole.CONTENT_POSTER_NOT_SUSPECTED, necessity="The grounds fell away."
)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY):
        desk.by(officer)
    return desk


def withdrawn(desk: Desk, referral: str) -> None:
    referrals.withdraw(referral, "It was another shop.", acting=desk.by(ADA))


def political(desk: Desk, referral: str) -> None:
    """Have a referral assessed as political expression."""
    said = assessment(
        expression=frozenset({Expression.POLITICAL}),
        expression_weighing="It is a threat all the same.",
    )
    assessments.start(desk.do(referral, "triage"), acting=desk.by(BO))
    assessments.submit(referral, said, acting=desk.by(BO))


def test_nobody_is_authorised_through_a_referral_that_ended(desk: Desk) -> None:
    referral = desk.log()
    reference = proposed(desk, referral)
    withdrawn(desk, referral)
    with changing_nothing(), refused(ReferralEnded):
        people.authorise(reference, ANSWERS, acting=desk.by(CY))
    referrals.reopen(referral, "It was this one.", acting=desk.by(CY))
    people.authorise(reference, ANSWERS, acting=desk.by(CY))
    assert person(reference).standing == "held"


def test_nothing_is_said_of_anybody_in_a_referral_that_ended(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    withdrawn(desk, referral)
    with changing_nothing(), refused(ReferralEnded):
        people_statements.add(reference, fact(), referral=referral, acting=desk.by(ADA))


def test_nobody_is_accused_in_a_referral_that_ended(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    accused = NewRole(
        role=PersonRole.SUSPECT,
        necessity="The police ask for it.",
        grounds=grounds(on=desk.now.date()),
    )
    people_roles.ask(reference, accused, referral=referral, acting=desk.by(ADA))
    withdrawn(desk, referral)
    with changing_nothing(), refused(ReferralEnded):
        people_roles.authorise(reference, "It is so.", referral=referral, acting=desk.by(CY))
    people_roles.refuse(reference, "It has ended.", referral=referral, acting=desk.by(CY))
    with changing_nothing(), refused(ReferralEnded):
        people_roles.ask(reference, accused, referral=referral, acting=desk.by(ADA))


def test_a_suspicion_is_dropped_also_once_the_referral_ended(desk: Desk) -> None:
    referral = desk.log()
    reference = suspect(desk, referral)
    withdrawn(desk, referral)
    people_roles.ask(reference, NO_SUSPECT, referral=referral, acting=desk.by(ADA))
    people_roles.authorise(reference, "It was not them.", referral=referral, acting=desk.by(CY))
    assert person(reference).erase_because == "not_suspected"


def test_nobody_is_recorded_through_political_expression(desk: Desk) -> None:
    before, referral = desk.log(), desk.log()
    reference = proposed(desk, before)
    political(desk, before)
    with changing_nothing(), refused(PoliticalContent) as told:
        people.authorise(reference, ANSWERS, acting=desk.by(CY))
    assert told.value.code == "E-RET-22"
    political(desk, referral)
    with changing_nothing(), refused(PoliticalContent):
        people.propose(referral, proposal(), acting=desk.by(BO))


def test_other_expression_is_weighed_and_people_are_recorded_through_it(desk: Desk) -> None:
    referral = desk.log()
    said = assessment(
        expression=frozenset({Expression.ARTISTIC}), expression_weighing="It is a song."
    )
    assessments.start(desk.do(referral, "triage"), acting=desk.by(BO))
    assessments.submit(referral, said, acting=desk.by(BO))
    desk.assured()
    reference = people.propose(referral, proposal(), acting=desk.by(BO))
    assert person(reference).standing == "proposed"


@pytest.mark.parametrize(("is_child", "months"), [(False, 6), (True, 3)])
def test_nobody_is_recorded_whose_first_review_is_over(
    desk: Desk, is_child: bool, months: int
) -> None:
    age = {"age": child(as_at=desk.now.date()), "best_interests": "To be heard there."}
    said = proposal(PersonRole.SUSPECT, **(age if is_child else {}))
    first = desk.now.date() - timedelta(days=months * 31 + 1)
    with changing_nothing(), refused(NotOnSchedule) as told:
        proposed(desk, said=replace(said, grounds=grounds(on=first)))
    assert told.value.at == "grounds_on"


def test_nobody_is_authorised_whose_first_review_is_over_by_then(desk: Desk) -> None:
    today, half_a_year = desk.now.date(), Period(6, 0)
    before = (today - timedelta(days=days) for days in range(190))
    start = next(it for it in before if half_a_year.after(it) == today)
    said = proposal(PersonRole.SUSPECT, grounds=grounds(on=start))
    reference = proposed(desk, said=said)
    assert person(reference).review_on == today
    desk.now += timedelta(days=1)
    with changing_nothing(), refused(NotOnSchedule):
        people.authorise(reference, ANSWERS, acting=desk.by(CY))
