"""What a review set stays, whatever is put right; and nobody is kept longer by a correction."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from evenhand.actions import people_corrections, people_roles, retention, reviews
from evenhand.actions.people_corrections import Why
from evenhand.rules.disposal_duty import ERASE_WITHIN
from evenhand.rules.officers import WORKER, Officer
from evenhand.rules.people import InterestsMissing, TrainingNeededForPerson
from evenhand.rules.people_ages import Age
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.retention_schedules import Dates
from evenhand.store.lawbook import schedules
from evenhand.store.people import PersonRow
from tests.actions.people import known_person, person, suspect
from tests.actions.test_disposal import keep_until, run
from tests.actions.test_people_changes import identity
from tests.builders import ADA, CY, GUS, LEE, RON, adult, child, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WHY = Why(reason="The document says otherwise.", best_interests="To be left alone.")
OF_A_CHILD = proposal(PersonRole.SUSPECT, age=child(), best_interests="To be left alone.")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, CY, GUS, RON, LEE):
        desk.by(officer)
    return desk


def today(desk: Desk) -> date:
    return timezone.localdate(desk.now)


def go_to(desk: Desk, day: date) -> None:
    desk.now += day - today(desk)


def days(reference: str) -> Dates:
    return person(reference).days()


def kept_on(desk: Desk, reference: str, until: date, last_day: date | None = None) -> None:
    """Have Ron and Lee keep a record on."""
    reviews.review(reference, keep_until(until, last_day), acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))


@pytest.mark.parametrize(
    "role", [PersonRole.VICTIM, PersonRole.WITNESS_OR_INFORMANT, PersonRole.REPORTER]
)
def test_the_schedule_says_from_when_a_record_counts(desk: Desk, role: PersonRole) -> None:
    name = "" if role is PersonRole.REPORTER else "Noor Vantage"
    row = person(known_person(desk, said=proposal(role, name=name)))
    assert row.start_on == timezone.localdate(row.proposed_at)
    assert schedules()[row.schedule].start == "recorded_on"


def renamed(desk: Desk, reference: str) -> None:
    people_corrections.contest(reference, "name", "It is misspelt.", acting=desk.by(ADA))
    right = replace(identity(reference), name="Nour Vantage")
    people_corrections.correct_identity(reference, right, WHY, acting=desk.by(CY))


def aged(desk: Desk, reference: str, age: Age, why: Why = WHY, *, by: Officer = CY) -> None:
    people_corrections.contest(reference, "age", "They are not.", acting=desk.by(ADA))
    right = replace(identity(reference), age=replace(age, as_at=today(desk)))
    people_corrections.correct_identity(reference, right, why, acting=desk.by(by))


def test_a_corrected_name_leaves_a_last_day_that_two_people_moved(desk: Desk) -> None:
    reference = suspect(desk)
    last = days(reference).max_on
    go_to(desk, last - timedelta(days=20))
    kept_on(desk, reference, last + timedelta(days=90), last + timedelta(days=120))
    go_to(desk, last + timedelta(days=20))
    before = days(reference)
    renamed(desk, reference)
    assert days(reference) == before
    assert run(desk).destroyed == 0
    assert person(reference).standing == "held"


def test_a_corrected_name_leaves_the_day_of_review_that_a_review_set(desk: Desk) -> None:
    reference = suspect(desk)
    first = days(reference).review_on
    go_to(desk, first)
    kept_on(desk, reference, first + timedelta(days=60))
    go_to(desk, first + timedelta(days=30))
    renamed(desk, reference)
    assert days(reference).review_on == first + timedelta(days=60)
    assert run(desk).restricted == 0


def test_a_role_that_waits_has_no_days_yet(desk: Desk) -> None:
    referral = desk.log()
    reference = suspect(desk, referral)
    before = days(reference)
    new = NewRole(role=PersonRole.VICTIM, necessity="They must be warned.")
    people_roles.ask(reference, new, referral=referral, acting=desk.by(ADA))
    renamed(desk, reference)
    assert (person(reference).schedule, days(reference)) == ("D05", before)


@pytest.mark.parametrize(
    "role", [PersonRole.SUSPECT, PersonRole.CONVICTED, PersonRole.CONTENT_POSTER_NOT_SUSPECTED]
)
def test_who_was_no_child_after_all_is_kept_no_longer_for_it(desk: Desk, role: PersonRole) -> None:
    said = replace(proposal(role), age=OF_A_CHILD.age, best_interests=OF_A_CHILD.best_interests)
    reference = known_person(desk, said=said)
    before = days(reference)
    aged(desk, reference, adult())
    assert (person(reference).child, days(reference)) == (False, before)
    last = before.max_on + timedelta(days=60)
    kept_on(desk, reference, today(desk) + timedelta(days=90), last)
    assert days(reference).max_on == last


def test_who_was_a_child_after_all_goes_as_early_as_one(desk: Desk) -> None:
    known, expected = suspect(desk), days(known_person(desk, said=OF_A_CHILD))
    aged(desk, known, child())
    assert (person(known).child, days(known)) == (True, expected)


def test_a_child_past_its_last_day_still_waits_for_two_people(desk: Desk) -> None:
    reference = suspect(desk)
    go_to(desk, days(reference).review_on)
    kept_on(desk, reference, today(desk) + timedelta(days=100))
    go_to(desk, today(desk) + timedelta(days=40))
    aged(desk, reference, child())
    assert (days(reference).review_on, days(reference).max_on) == (today(desk), today(desk))
    ran = retention.run(acting=desk.by(WORKER))
    assert (ran.destroyed, ran.waiting) == (0, 1)
    go_to(desk, today(desk) + timedelta(days=15))
    assert run(desk).destroyed == 1
    assert not PersonRow.objects.exists()


def test_who_may_not_decide_about_children_makes_nobody_a_child(desk: Desk) -> None:
    reference = suspect(desk)
    with changing_nothing(), refused(TrainingNeededForPerson):
        aged(desk, reference, child(), by=GUS)
    aged(desk, reference, child(), by=CY)
    assert person(reference).child


def test_who_was_a_child_when_recorded_needs_their_interests_even_if_grown_up(desk: Desk) -> None:
    reference = known_person(desk)
    recorded = today(desk)
    go_to(desk, recorded + timedelta(days=100))
    age = adult(birth_date=recorded.replace(year=recorded.year - 18) + timedelta(days=50))
    with refused(InterestsMissing):
        aged(desk, reference, age, replace(WHY, best_interests=""))
    aged(desk, reference, age)
    assert person(reference).child


def test_a_role_of_the_same_schedule_makes_no_day_later_that_a_review_set(desk: Desk) -> None:
    referral = desk.log()
    reference = suspect(desk, referral)
    go_to(desk, days(reference).review_on)
    kept_on(desk, reference, today(desk) + timedelta(days=60))
    before = days(reference)
    _becomes(desk, reference, referral, PersonRole.CONTENT_POSTER_NOT_SUSPECTED)
    erased_by = today(desk) + ERASE_WITHIN  # for the suspicion is dropped
    assert days(reference) == replace(before, review_on=erased_by)


def test_a_role_whose_time_is_over_waits_for_two_people(desk: Desk) -> None:
    referral = desk.log()
    reference = known_person(desk, referral)
    go_to(desk, days(reference).start_on + timedelta(days=150))
    _becomes(desk, reference, referral, PersonRole.REPORTER)
    assert days(reference) == Dates(days(reference).start_on, today(desk), today(desk))
    assert (run(desk).destroyed, person(reference).schedule) == (0, "D09")


def _becomes(desk: Desk, reference: str, referral: str, role: PersonRole) -> None:
    new = NewRole(role=role, necessity="We were wrong.")
    people_roles.ask(reference, new, referral=referral, acting=desk.by(ADA))
    people_roles.authorise(reference, "I looked.", referral=referral, acting=desk.by(CY))


def test_a_role_of_who_grew_up_on_record_still_names_their_interests(desk: Desk) -> None:
    referral = desk.log()
    born = today(desk).replace(year=today(desk).year - 18) + timedelta(days=50)
    said = proposal(age=adult(birth_date=born), best_interests="To be safe.")
    reference = known_person(desk, referral, said=said)
    go_to(desk, today(desk) + timedelta(days=100))
    with refused(InterestsMissing):
        _becomes(desk, reference, referral, PersonRole.REPORTER)
