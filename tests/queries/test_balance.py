"""What was taken over from an old system counts as such, and nothing where the log disagrees."""

from datetime import timedelta

import pytest

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries.balance import balance
from evenhand.rules.balance import BalanceDaysWrong, CountsDoNotBalance
from evenhand.rules.retention import RecordKind
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.people import PersonRow
from evenhand.store.writing import writing
from tests.actions.people import known_person, person
from tests.actions.test_disposal import a_desk, dispose_of
from tests.builders import ADA, RON
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db


def found(desk: Desk, kind: RecordKind = RecordKind.PERSON) -> tuple[int, int, int, int]:
    today = desk.now.date()
    it = balance(kind, today, today + timedelta(days=1), officer=RON)
    return it.created, it.imported, it.disposed, it.close


def test_who_came_from_an_old_system_is_told_apart_also_once_they_are_gone() -> None:
    desk = a_desk()
    reference = known_person(desk)
    assert found(desk) == (1, 0, 0, 1)
    with writing() as pen:
        PersonRow.objects.filter(id=person(reference).id).update(origin="Old system")
        pen.enter(Entry(act=Act.IMPORT_PERSON_SETTLED, at=desk.now, who=ADA.ref))
    assert found(desk) == (0, 1, 0, 1)
    dispose_of(desk, reference)
    assert found(desk) == (0, 1, 1, 0)


def test_nothing_is_counted_while_the_log_and_the_records_differ() -> None:
    desk = a_desk()
    desk.log()
    ReconciliationRow.objects.create(
        began_at=desk.now,
        ended_at=desk.now,
        entries=1,
        rows=1,
        changes=1,
        found=1,
        differences=[{"table": "referral", "what": "counts-differ", "key": "1"}],
    )
    with refused(CountsDoNotBalance):
        found(desk, RecordKind.REFERRAL)
    assert found(desk) == (0, 0, 0, 0)


def test_days_in_the_wrong_order_are_refused() -> None:
    desk = a_desk()
    today = desk.now.date()
    with refused(BalanceDaysWrong):
        balance(RecordKind.PERSON, today, today - timedelta(days=1), officer=RON)
