"""Reviews and ends of holds wait for whoever may settle them, and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.actions import holds, reviews
from evenhand.actions import retention as by_the_clock
from evenhand.queries import retention, retention_waiting
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.referrals import State
from evenhand.rules.retention import RecordKind
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.store import records
from tests.actions.people import known_person
from tests.builders import ADA, BO, CY, DEE, LEE, RIA, RON, proposal
from tests.journeys import Desk, refused
from tests.queries.test_bounds import queries

pytestmark = pytest.mark.django_db
DISPOSE = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it any more.")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (DEE, LEE, RIA, RON):
        desk.by(officer)
    return desk


def known(desk: Desk, name: str) -> str:
    return known_person(desk, said=proposal(name=name))


def asked_to_end(desk: Desk, record: str, by: Officer = RIA) -> None:
    """Have a hold placed on a record, and a colleague ask for its end."""
    placed = holds.place(
        record, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=desk.by(RIA)
    )
    holds.ask_to_end(record, placed, "Answered.", acting=desk.by(by))


def to_end(desk: Desk, officer: Officer) -> list[str]:
    today = desk.now.date()
    return [it.reference for it in retention_waiting.to_end(officer=officer, today=today)]


def test_what_a_colleague_proposed_waits_for_who_releases_it(desk: Desk) -> None:
    person, referral = known_person(desk), desk.brought_to(State.CLOSED)
    for record in (person, referral):
        reviews.review(record, DISPOSE, acting=desk.by(RON))
        desk.now += timedelta(minutes=1)
    found = retention_waiting.to_confirm(officer=LEE)
    assert [(it.reference, it.kind) for it in found] == [
        (person, RecordKind.PERSON),
        (referral, RecordKind.REFERRAL),
    ]
    assert {it.outcome for it in found} == {ReviewOutcome.DISPOSE}
    reviews.decline(referral, "It is needed.", acting=desk.by(LEE))
    assert [it.reference for it in retention_waiting.to_confirm(officer=LEE)] == [person]


def test_the_end_of_a_hold_waits_for_another_than_who_asked(desk: Desk) -> None:
    person, referral = known_person(desk), desk.brought_to(State.CLOSED)
    holds.place(person, HoldKind.FOI, their_reference="FOI 2", reason="Asked.", acting=desk.by(RIA))
    assert to_end(desk, LEE) == []
    asked_to_end(desk, referral)
    asked_to_end(desk, person, by=DEE)
    assert to_end(desk, LEE) == [referral, person]
    assert to_end(desk, DEE) == [referral]


def test_what_is_due_waits_for_who_reviews_until_a_colleague_holds_or_proposes(desk: Desk) -> None:
    there = [known(desk, name) for name in ("Noor Vantage", "Alba Quince", "Cato Lind")]
    desk.now += timedelta(days=200)
    by_the_clock.run(acting=desk.by(WORKER))

    def listed() -> list[str]:
        today = desk.now.date()
        return [it.reference for it in retention_waiting.to_review(officer=RON, today=today)]

    assert sorted(listed()) == sorted(there)
    reviews.review(there[0], DISPOSE, acting=desk.by(RON))
    asked_to_end(desk, there[1])
    assert listed() == [there[2]]


def test_what_waits_for_this_officer_is_shown_however_much_waits_for_others(desk: Desk) -> None:
    today = desk.now.date() + timedelta(days=1000)
    names = ("Noor Vantage", "Alba Quince", "Cato Lind", "Ode Marsh")
    for name in names:
        known(desk, name)
        desk.brought_to(State.CLOSED)
    desk.now += timedelta(days=1000)

    def listed() -> list[str]:
        return [it.reference for it in retention.to_review(2, officer=RON, today=today)]

    there = [it.reference for it in retention.due(officer=RON, today=today).lines]
    assert len(there) == 8
    assert listed() == there[:2]
    for it in (ADA, BO, CY, DEE):
        asks = replace(RON, ref=it.ref)
        found = {it.reference for it in retention.to_review(8, officer=asks, today=today)}
        assert found == {one for one in there if it.ref not in records.named(one).worked_on_by()}
    few = queries(listed)
    for number, reference in enumerate(there[:-1]):
        if number % 2:
            asked_to_end(desk, reference)
        else:
            reviews.review(reference, DISPOSE, acting=desk.by(RON))
    assert listed() == there[-1:]
    assert queries(listed) == few == 3


def test_it_takes_a_question_however_much_waits_and_a_role(desk: Desk) -> None:
    reviews.review(known(desk, "Noor Vantage"), DISPOSE, acting=desk.by(RON))

    def look() -> object:
        return retention_waiting.to_confirm(officer=LEE)

    assert queries(look) == 1
    reviews.review(known(desk, "Alba Quince"), DISPOSE, acting=desk.by(RON))
    assert queries(look) == 1
    for who in (ADA, RON):
        with refused(RoleMissing):
            retention_waiting.to_confirm(officer=who)
        with refused(RoleMissing):
            retention_waiting.to_end(officer=who, today=desk.now.date())
    with refused(RoleMissing):
        retention_waiting.to_review(officer=LEE, today=desk.now.date())
