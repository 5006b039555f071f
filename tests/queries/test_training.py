"""What stops children's cases: who is appointed for them without training, and what waits."""

from datetime import date, timedelta

import pytest

from evenhand.actions import training
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries.training import ForChildren, all_for_children, for_children
from evenhand.rules.officers import Officer
from evenhand.rules.referrals import State
from evenhand.rules.training import Course, Training
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from tests.actions.people import proposed
from tests.builders import ADA, CY, GUS, LIA, MAX, SAM, SID, child, proposal
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
NOTHING = ForChildren()


def asked(desk: Desk, officer: Officer) -> ForChildren:
    return for_children(today=desk.now.date(), officer=officer)


def over(desk: Desk, officer: Officer) -> None:
    yesterday = desk.now.date() - timedelta(days=1)
    past = Training(yesterday - timedelta(days=9), yesterday)
    training.record(officer.name.lower(), Course.CHILDREN, past, acting=desk.by(LIA))


def of_a_child(desk: Desk, *, terms_only: bool = False) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    with writing() as pen:
        row = ReferralRow.objects.filter(reference=reference)
        row.update(child=True, terms_only=terms_only)
        pen.enter(Entry(act=Act.ASSESSMENT_SUBMITTED, at=desk.now, who=ADA.ref))


def test_who_is_appointed_without_training_in_date_is_named_to_who_reads_the_register() -> None:
    desk = Desk()
    for officer in (CY, SAM, GUS, MAX, SID):
        desk.by(officer)
    assert asked(desk, MAX) == asked(desk, CY) == NOTHING
    over(desk, CY)
    assert asked(desk, MAX) == ForChildren(untrained=("Cy",))
    assert asked(desk, CY) == ForChildren(own=True)
    assert asked(desk, GUS) == asked(desk, SID) == NOTHING
    assert all_for_children(today=desk.now.date()) == ForChildren(untrained=("Cy",))
    assert all_for_children(today=date(2100, 1, 1)).untrained == ("Cy", "Sam")


def test_a_childs_case_waits_for_nobody_where_no_trained_officer_may_approve_it() -> None:
    desk = Desk()
    for officer in (CY, GUS, MAX, SID):
        desk.by(officer)
    desk.brought_to(State.AWAITING_APPROVAL)
    of_a_child(desk)
    proposed(desk, said=proposal(age=child(), best_interests="To be safe."))
    assert asked(desk, GUS) == NOTHING
    of_a_child(desk, terms_only=True)
    assert asked(desk, GUS).waits == 1
    desk.by(SAM)
    assert asked(desk, GUS).waits == 0
    over(desk, SAM)
    over(desk, CY)
    assert asked(desk, GUS).waits == asked(desk, MAX).waits == 3
    assert asked(desk, SID) == NOTHING
