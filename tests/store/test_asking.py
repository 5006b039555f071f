"""Several questions take one trip, and what goes wrong with one of them is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from evenhand.queries import history, worklist
from evenhand.queries import referral as one_referral
from evenhand.queries.beside_lists import beside
from evenhand.rules.referrals import State
from evenhand.store.asking import ask
from evenhand.store.referrals import ReferralRow
from evenhand.store.trips import Numbered
from evenhand.store.whole import KINDS, NOW, STEPS, latest
from tests.builders import ADA, as_reader
from tests.journeys import Desk
from tests.wire import waits_of

pytestmark = pytest.mark.django_db


def test_several_questions_are_answered_in_their_order() -> None:
    assert ask(("SELECT %s::int", [1]), ("SELECT 2 WHERE false", []), ("SELECT 3", [])) == [
        [(1,)],
        [],
        [(3,)],
    ]


def test_a_statement_that_numbers_its_values_is_sent_as_it_stands() -> None:
    question = Numbered("SELECT $2::text || '%', $1::int"), [1, "all"]
    assert ask(question, ("SELECT %s::int", [2])) == [[("all%", 1)], [(2,)]]
    with CaptureQueriesContext(connection) as watched:
        assert ask(question) == [[("all%", 1)]]
    assert len(watched) == 1


def test_what_goes_wrong_with_one_question_is_told_and_nothing_is_left_under_way() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ask(("SELECT 1", []), ("SELECT nothing", []), ("SELECT 2", []))
    assert not connection.connection.pgconn.pipeline_status
    assert ask(("SELECT 1", [])) == [[(1,)]]


def test_a_page_waits_once_for_what_it_reads_and_once_for_its_entry(tmp_path: Path) -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    acting = as_reader(ADA, desk.now)
    pages: dict[str, Callable[[], object]] = {
        "a referral": lambda: one_referral.one(reference, acting=acting),
        "a worklist": lambda: worklist.waiting_for(acting=acting),
        "a history": lambda: history.of(reference, officer=acting.officer),
        "what stands beside a list": lambda: beside(acting.officer, sites=()),
    }
    for read in pages.values():
        read()  # what is asked for the first time is planned on the way
    assert {name: waits_of(it, folder=tmp_path) for name, it in pages.items()} == {
        "a referral": 2,
        "a worklist": 2,
        "a history": 1,
        "what stands beside a list": 1,
    }


def test_rows_of_several_tables_come_by_one_statement_as_each_table_holds_them() -> None:
    desk = Desk()
    row = ReferralRow.objects.get(reference=desk.brought_to(State.REOPENED))
    [found] = ask(latest(row, NOW))
    of_each = STEPS.rows(found)
    assert sum(bool(rows) for rows in of_each) >= 5
    for table, rows in zip(KINDS, of_each, strict=True):
        held = table.model._default_manager.filter(referral=row)
        named = [it.column for it in table.model._meta.local_concrete_fields]
        assert sorted(_values(it, named) for it in rows) == sorted(
            _values(it, named) for it in held
        )
        assert all(it.by is None or it.by.id == it.by_id for it in rows)


def _values(row: Model, names: list[str]) -> list[str]:
    return [str(getattr(row, it)) for it in names]
