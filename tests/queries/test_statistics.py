"""Statistics for everybody: exact, the same after disposal, and of no single person."""

from datetime import date

import pytest

from evenhand.queries import counts, statistics
from evenhand.rules.answers import Outcome
from evenhand.rules.counting import Counted, month_of
from evenhand.rules.referrals import State
from evenhand.rules.retention import What
from evenhand.rules.statistics import NoSuchYear, Quarter
from evenhand.store import counted
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from tests.a_lived_in_desk import disposed_of
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_the_work_of_a_year_is_told_by_month_and_stays_when_it_is_disposed_of() -> None:
    desk = Desk()
    gone = desk.brought_to(State.CHECKED, address="https://youtu.be/z0000000001")
    desk.brought_to(State.SENT)
    today = desk.now.date()
    before = statistics.of_year(today.year, today=today)
    assert before.months[month_of(today)][Counted.REFERRED] == 2
    assert before.by_platform["youtube"][Outcome.RESTRICTED_IN_FULL] == 1
    years = statistics.years()
    assert years[today.year][Counted.LOGGED] == 2
    disposed_of(desk, gone)
    assert statistics.of_year(today.year, today=today) == before
    assert statistics.years() == years


def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(NoSuchYear):
        statistics.of_year(2099, today=date(2026, 5, 1))


def test_nothing_is_told_of_people_before_a_quarter_is_over() -> None:
    assert statistics.people(today=counts.known_since()) == {}


def test_people_are_told_by_quarter_as_it_ended() -> None:
    since = counts.known_since()
    today = date(since.year + 1, 12, 31)
    told = statistics.people(today=today)
    assert list(told)[-1] == Quarter(today.year, 3)
    known = PeopleKnownRow.objects.filter(system=EVERYBODY).values_list("people", flat=True)
    shown = {there.numbers[frozenset()] for there, _gone in told.values()}
    assert shown <= {*known, 0, None}


def test_what_was_disposed_of_is_counted_by_its_certificates() -> None:
    desk = Desk()
    gone = desk.brought_to(State.CHECKED)
    disposed_of(desk, gone)
    found = counted.referrals_disposed_of(date(2000, 1, 1), date(2100, 1, 1))
    assert found[What.RECORD] == 1


def test_how_far_the_log_is_signed_is_told_with_its_root() -> None:
    head = statistics.log_head()
    assert (head.size > 0) == bool(head.root)
