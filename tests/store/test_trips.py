"""What is not waited for travels with the next question, and what goes wrong is still told."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.rules.referrals import State
from evenhand.store.referrals import ReferralRow
from evenhand.store.trips import in_one_transaction, send
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
COUNT = "SELECT count(*) FROM machinery.cache"
ADD = "INSERT INTO machinery.cache (cache_key, value, expires) VALUES (%s, '', now())"


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return int(cursor.fetchone()[0])


def test_what_was_sent_before_is_done_before_the_next_question() -> None:
    with in_one_transaction():
        send(ADD, ["first"])
        send(ADD, ["second"])
        assert count() == 2
        send(ADD, ["third"])
    assert count() == 3


def test_a_cursor_that_was_sent_gives_its_answer_when_it_is_asked() -> None:
    with in_one_transaction():
        asked = send(COUNT, [])
        assert asked.fetchone() == (0,)


def test_outside_few_trips_a_statement_is_obeyed_at_once() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        send("SELECT nothing", [])
    send(ADD, ["first"])
    assert count() == 1


def test_what_went_wrong_is_told_by_the_next_question() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), in_one_transaction():
        send(ADD, ["same"])
        send(ADD, ["same"])
        count()
    assert count() == 0


def test_what_went_wrong_is_told_at_the_latest_at_the_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), in_one_transaction():
        send(ADD, ["same"])
        send(ADD, ["same"])
    assert count() == 0


def test_another_fault_on_the_way_is_told_and_nothing_is_left_under_way() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), in_one_transaction():
        send(ADD, ["first"])
        _ = 1 / 0
    assert count() == 0
    assert not connection.connection.pgconn.pipeline_status


def test_an_ordinary_update_knows_how_many_rows_it_changed_while_others_are_under_way() -> None:
    reference = Desk().brought_to(State.LOGGED)
    rows = ReferralRow.objects.filter(reference=reference)
    with in_one_transaction(), in_one_transaction():
        send("SELECT nextval('entry_number'), set_config('evenhand.entry', '999999', true)", [])
        assert rows.update(version=2) == 1
        assert rows.count() == 1
        transaction.set_rollback(True)
