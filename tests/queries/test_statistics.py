"""Statistics for everybody: exact, the same after disposal, and of no single person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from evenhand.actions import figures, people_series
from evenhand.actions.adding_up import add_up
from evenhand.queries import counts, statistics
from evenhand.rules.answers import Outcome
from evenhand.rules.counting import Counted, month_of
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.questions import Question
from evenhand.rules.referrals import State
from evenhand.rules.retention import What
from evenhand.rules.statistics import NoSuchYear, Quarter
from evenhand.store import counted
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.log import EntryRow
from evenhand.store.writing import writing
from tests.a_lived_in_desk import disposed_of
from tests.actions.test_figures import a_day_later
from tests.builders import RIA
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.queries.test_counts_as_at import closed_until, the_database_is_on


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(NoSuchYear):
        statistics.of_year(2099, today=date(2026, 5, 1))


def settled(day: date, desk: FreshDesk) -> int:
    """Have what is told of each quarter that is over by a day settled; give how many were."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with closed_until(day - timedelta(days=1), desk):
        return people_series.settle(acting=Acting(officer=WORKER, at=at))


def test_no_quarter_is_settled_until_its_last_day_is_closed(fresh_desk: FreshDesk) -> None:
    year = counts.known_since().year + 1
    settling = Acting(officer=WORKER, at=datetime(year, 7, 1, 12, tzinfo=UTC))
    assert people_series.settle(acting=settling) == 0
    with closed_until(date(year, 6, 29), fresh_desk):
        people_series.settle(acting=settling)
    assert list(statistics.people())[-1] == Quarter(year, 1)
    with closed_until(date(year, 6, 30), fresh_desk):
        assert people_series.settle(acting=settling) == 1
    with closed_until(date(year + 5, 6, 30), fresh_desk):
        assert people_series.settle(acting=settling) == 0


def test_a_quarter_is_settled_once_its_last_day_is_over_though_nothing_was_counted_on_it(
    fresh_desk: FreshDesk,
) -> None:
    year = counts.known_since().year + 1
    settling = Acting(officer=WORKER, at=datetime(year, 7, 1, 12, tzinfo=UTC))
    with closed_until(date(year, 6, 26), fresh_desk):
        people_series.settle(acting=settling)
        the_database_is_on(date(year, 6, 30), fresh_desk)
        add_up()
        assert people_series.settle(acting=settling) == 0
        the_database_is_on(date(year, 7, 1), fresh_desk)
        add_up()
        assert people_series.settle(acting=settling) == 1
    assert list(statistics.people())[-1] == Quarter(year, 2)


def test_nothing_is_told_of_people_before_a_quarter_is_over(fresh_desk: FreshDesk) -> None:
    assert settled(counts.known_since(), fresh_desk) == 0
    assert statistics.people() == {}


def test_people_are_told_by_quarter_as_it_ended_and_each_is_settled_once(
    fresh_desk: FreshDesk,
) -> None:
    since = counts.known_since()
    assert settled(date(since.year + 1, 9, 30), fresh_desk) > 0
    before = statistics.people()
    assert list(before)[-1] == Quarter(since.year + 1, 2)
    assert settled(date(since.year + 1, 12, 31), fresh_desk) == 1
    assert settled(date(since.year + 1, 12, 31), fresh_desk) == 0
    told = statistics.people()
    assert list(told) == [*before, Quarter(since.year + 1, 3)]
    assert {it: told[it] for it in before} == before
    known = PeopleKnownRow.objects.filter(system=EVERYBODY).values_list("people", flat=True)
    shown = {there.numbers[frozenset()] for there, _gone in told.values()}
    assert shown <= {*known, 0, None}
    newest = EntryRow.objects.order_by("-number").first()
    assert newest is not None
    assert b'"act":"quarter.settle"' in bytes(newest.leaf)


@pytest.mark.parametrize(
    "sql", ["UPDATE people_quarter SET on_record = disposed_of", "DELETE FROM people_quarter"]
)
def test_the_database_lets_nothing_change_that_was_told_of_a_quarter(
    fresh_desk: FreshDesk, sql: str
) -> None:
    settled(date(counts.known_since().year + 1, 12, 31), fresh_desk)
    outcome = pytest.raises(IntegrityError, match="E-SDC-88")
    with outcome, transaction.atomic(), writing(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_figure_of_people_and_their_series_are_published_beside_each_other(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk(now=timezone.now())
    today = timezone.localdate()
    asked = Question(code="people", as_at=today)
    figure = figures.give(asked, acting=a_day_later(desk.by(RIA)))
    figures.publish(figure, acting=desk.by(RIA))
    assert settled(date(today.year + 2, 1, 1), fresh_desk) > 4
    # What was hidden in the figure stays hidden in the series that follows it.
    assert {there.numbers[frozenset()] for there, _gone in statistics.people().values()} == {None}


@pytest.mark.django_db
def test_what_was_disposed_of_is_counted_by_its_certificates() -> None:
    desk = Desk()
    gone = desk.brought_to(State.CHECKED)
    disposed_of(desk, gone)
    found = counted.referrals_disposed_of(date(2000, 1, 1), date(2100, 1, 1))
    assert found[What.RECORD] == 1


@pytest.mark.django_db
def test_how_far_the_log_is_signed_is_told_with_its_root() -> None:
    head = statistics.log_head()
    assert (head.size > 0) == bool(head.root)
