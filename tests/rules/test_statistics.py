"""Published statistics: which months and quarters there are, and that no person shows in them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.rules.answers import Outcome, WhyDeclined
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import Counted, Month
from evenhand.rules.own_errors import Parts
from evenhand.rules.publishing_tables import Published
from evenhand.rules.statistics import (
    SHOWN,
    NoSuchYear,
    OfHarm,
    Quarter,
    Work,
    disposed_of,
    months_of,
    on_record,
    quarters,
)
from tests.published_numbers import could_be

TODAY = date(2026, 5, 20)
QUARTERS = quarters(date(2020, 1, 1), today=date(2022, 1, 1))
EVERYBODY: frozenset[tuple[str, str]] = frozenset()


def work() -> Work:
    numbers = [dict.fromkeys(SHOWN, at) for at in (1, 2)]
    months = dict(zip((Month(2026, 1), Month(2026, 2)), numbers, strict=True))
    decided = {
        Parts("hub", Ground.ILLEGAL, Outcome.DECLINED, WhyDeclined.WRONG): 3,
        Parts("hub", Ground.BOTH, Outcome.RESTRICTED_IN_FULL): 4,
        Parts("site", Ground.BOTH, Outcome.RESTRICTED_IN_FULL): 5,
    }
    return Work(months, decided, {"V1": OfHarm(3, 1)})


def test_a_year_has_the_months_that_have_begun() -> None:
    assert [it.number for it in months_of(2026, today=TODAY)] == [1, 2, 3, 4, 5]
    assert len(months_of(2025, today=TODAY)) == 12


@pytest.mark.parametrize("year", [1999, 2027])
def test_there_are_no_statistics_of_a_year_that_has_not_begun_or_before_any_desk(year: int) -> None:
    with pytest.raises(NoSuchYear) as told:
        months_of(year, today=TODAY)
    assert told.value.code == "E-STAT-01"


def test_the_work_of_months_is_added_up_by_platform_ground_and_outcome() -> None:
    found = work()
    assert found.total == dict.fromkeys(SHOWN, 3)
    assert found.outcomes[Outcome.RESTRICTED_IN_FULL] == 9
    assert {it: sum(numbers.values()) for it, numbers in found.by_platform.items()} == {
        "hub": 7,
        "site": 5,
    }
    assert found.by_ground[Ground.ILLEGAL][Outcome.DECLINED] == 3
    assert sum(found.by_ground[Ground.TERMS].values()) == 0
    assert (found.errors.all.decided, found.errors.all.wrong) == (12, 3)
    assert found.errors.upheld == found.total[Counted.UPHELD]


def test_quarters_are_those_that_ended_since_a_day() -> None:
    found = quarters(date(2025, 11, 22), today=TODAY)
    assert found == [Quarter(2025, 4), Quarter(2026, 1)]
    assert [(it.first, it.end) for it in found] == [
        (date(2025, 10, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 4, 1)),
    ]
    assert quarters(date(2026, 4, 1), today=TODAY) == []
    assert len(quarters(date(2001, 1, 1), today=TODAY)) == 4 * 25 + 1


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(numbers=st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_neither_a_small_number_of_people_nor_a_small_change_of_it_can_be_read(
    numbers: list[int],
) -> None:
    told: list[Published] = []
    for quarter, number in zip(QUARTERS, numbers, strict=False):
        told.append(on_record(quarter, number, earlier=told))
    known: int | None = None
    for number, one in zip(numbers, told, strict=True):
        shown = one.numbers[EVERYBODY]
        assert shown in {None, number}
        if shown is None:
            continue
        assert number >= 10
        assert known in {None, number} or abs(number - (known or 0)) >= 10
        known = number


def test_a_figure_that_was_published_before_a_quarter_ended_is_not_undone_by_the_series() -> None:
    first, second, *_ = QUARTERS
    figure = on_record(first, 20, earlier=())
    assert on_record(second, 23, earlier=[figure]).numbers[EVERYBODY] is None
    other = replace(figure, rounded=True, numbers={frozenset({("all", "all")}): 20, EVERYBODY: 20})
    assert on_record(second, 40, earlier=[other]).says


@given(number=st.integers(1, 4), guess=st.integers(1, 4))
def test_of_few_people_disposed_of_in_a_quarter_every_small_number_could_be(
    number: int, guess: int
) -> None:
    one = disposed_of(QUARTERS[0], number, earlier=())
    assert one.says
    assert could_be([one], EVERYBODY, guess, most=6)


def test_many_people_disposed_of_in_a_quarter_are_told_exactly() -> None:
    one = disposed_of(QUARTERS[0], 12, earlier=())
    assert one.text(EVERYBODY) == "12"
