"""What was taken over from an old system counts as such, and nothing where the log disagrees."""

from datetime import date, timedelta

import pytest

from evenhand.actions import imports, imports_passing
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries.balance import balance
from evenhand.rules.balance import BalanceDaysWrong, CountsDoNotBalance, InBalance
from evenhand.rules.officers import WORKER
from evenhand.rules.questions import Question
from evenhand.store.answering import answered
from evenhand.store.imports import ImportTallyRow
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.people import PersonRow
from evenhand.store.writing import writing
from tests.actions.people import known_person, person
from tests.actions.test_disposal import a_desk, dispose_of
from tests.actions.test_imports import brought, confirmed, passed, records
from tests.builders import ADA, RON
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db


def found(desk: Desk, kind: InBalance = InBalance.PERSON) -> tuple[int, int, int, int]:
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


def in_and_out(desk: Desk, day: date) -> dict[str, list[int]]:
    """Count the lines of old systems over one day, by system."""
    it = balance(InBalance.OLD_RECORD, day, day + timedelta(days=1), officer=RON)
    return {
        one.system: [one.open, one.imported, one.disposed, one.transferred, one.close]
        for one in it.by_system
    }


def test_lines_of_old_systems_are_counted_in_and_out_by_system() -> None:
    desk = a_desk()
    first = desk.now.date()
    one, other, *_rest = records(confirmed(desk))
    brought(desk)
    assert in_and_out(desk, first) == {"Newer": [0, 1, 0, 0, 1], "Old": [0, 3, 0, 0, 3]}
    desk.now += timedelta(days=1)
    imports_passing.reject(one, "No content.", acting=desk.by(ADA))
    passed(desk, other)
    second = desk.now.date()
    assert in_and_out(desk, second) == {"Newer": [1, 0, 0, 0, 1], "Old": [3, 0, 1, 1, 1]}
    assert in_and_out(desk, first)["Old"] == [0, 3, 0, 0, 3]
    of = balance(InBalance.REFERRAL, second, second + timedelta(days=1), officer=RON).by_system
    assert [(it.system, it.created, it.imported, it.close) for it in of] == [("Old", 0, 1, 1)]
    desk.now += timedelta(days=90)
    imports.end_old(acting=desk.by(WORKER))
    last = desk.now.date()
    found = in_and_out(desk, last)
    [_open, read, erased, _passed, _close] = found.pop(imports.NOT_CONFIRMED)
    assert read == erased > 0
    assert found == {"Newer": [1, 0, 1, 0, 0], "Old": [1, 0, 1, 0, 0]}
    assert in_and_out(desk, second)["Old"] == [3, 0, 1, 1, 1]
    assert answered(Question(code="logged", as_at=last), today=last).exact == 1


def lapsed(desk: Desk) -> None:
    """Have a file brought over, and erased since nobody confirmed it."""
    brought(desk)
    desk.now += timedelta(days=90)
    imports.end_old(acting=desk.by(WORKER))


def test_a_file_that_nobody_confirmed_is_counted_also_where_only_its_erasure_was() -> None:
    desk = a_desk()
    lapsed(desk)
    first = desk.now.date()
    with writing() as pen:
        ImportTallyRow.objects.filter(what="read").delete()
        pen.enter(Entry(act=Act.IMPORT_ERASED, at=desk.now, who=ADA.ref))
    lapsed(desk)
    for day in (first, desk.now.date()):
        [[opened, read, erased, passed_on, close]] = in_and_out(desk, day).values()
        assert (opened, passed_on, close) == (0, 0, 0)
        assert read == erased > 0


def test_a_line_of_an_old_system_that_was_lost_has_no_figure_given() -> None:
    desk = a_desk()
    confirmed(desk)
    with writing() as pen:
        ImportTallyRow.objects.filter(system="Old", what="read").update(count=4)
        pen.enter(Entry(act=Act.IMPORT_CONFIRMED, at=desk.now, who=ADA.ref))
    with refused(CountsDoNotBalance):
        in_and_out(desk, desk.now.date())


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
        differences=[
            {"table": it, "what": "counts-differ", "key": "1"} for it in ("referral", "import_row")
        ],
    )
    for kind in (InBalance.REFERRAL, InBalance.OLD_RECORD):
        with refused(CountsDoNotBalance):
            found(desk, kind)
    assert found(desk) == (0, 0, 0, 0)


def test_days_in_the_wrong_order_are_refused() -> None:
    desk = a_desk()
    today = desk.now.date()
    with refused(BalanceDaysWrong):
        balance(InBalance.PERSON, today, today - timedelta(days=1), officer=RON)
