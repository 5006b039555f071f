"""What stands out is shown as shares and ratios of work, and only where there is enough of it."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.disparity import (
    ENOUGH,
    LEAST,
    Assessed,
    By,
    Compared,
    Quarter,
    QuarterWrong,
    compared,
    quarter_of,
    read_quarter,
    to_explain,
)

TODAY = date(2026, 11, 20)


def comparison(**counts: tuple[int, int]) -> Sequence[Compared]:
    """Compare so many of each platform, of which so many were sent."""
    found = {name: Assessed(many, sent) for name, (many, sent) in counts.items()}
    of_all = Assessed(
        sum(it.number for it in found.values()), sum(it.sent for it in found.values())
    )
    return compared(found, of_all)


def test_each_category_is_compared_with_all_others() -> None:
    big, small = comparison(tube=(60, 30), hub=(40, 10))
    assert (big.category, big.count, small.count) == ("tube", 60, 40)
    assert big.part is not None
    assert big.part.value == 0.6
    assert big.ratio is not None
    assert big.ratio.value == pytest.approx(2)
    assert small.ratio is not None
    assert small.ratio.value == pytest.approx(0.5)
    assert small.least_seen is not None
    assert small.least_seen > 1


def test_a_small_category_is_hidden_and_nothing_compared_with_too_few() -> None:
    big, small = comparison(tube=(30, 10), hub=(LEAST - 1, 2))
    assert (small.count, small.part, small.ratio) == (None, None, None)
    assert (big.count, big.ratio) == (30, None)
    assert big.is_to_explain


def test_what_has_more_than_half_for_sure_is_to_be_explained() -> None:
    found = {By.GROUND: comparison(one=(80, 1), other=(20, 1))}
    assert [(by, it.category) for by, it in to_explain(found)] == [(By.GROUND, "one")]
    even = {By.GROUND: comparison(one=(51, 1), other=(49, 1))}
    assert to_explain(even) == []
    few = {By.GROUND: comparison(one=(ENOUGH - 1, 1))}
    assert to_explain(few) == []


def test_content_with_two_kinds_of_expression_counts_in_both() -> None:
    both = dict.fromkeys(("artistic", "political"), Assessed(10, 10))
    assert [it.count for it in compared(both, Assessed(10, 10))] == [10, 10]


@given(day=st.dates(date(1, 1, 1), date(9990, 1, 1)))
def test_every_day_is_in_one_quarter(day: date) -> None:
    found = quarter_of(day)
    assert found.start <= day < found.end == found.next.start
    if found.start > date.min:
        assert found.before.next == found


def test_a_quarter_is_read_once_it_is_over() -> None:
    assert read_quarter("", today=TODAY) == Quarter(2026, 3)
    assert read_quarter("2025-Q4", today=TODAY) == Quarter(2025, 4)
    assert str(Quarter(2025, 4)) == "2025-Q4"


@pytest.mark.parametrize(
    "text", ["2026-Q4", "2027-Q1", "2026", "2026-Q5", "x-Q1", "0001-Q1", "26-Q1"]
)
def test_what_is_no_quarter_that_is_over_is_refused(text: str) -> None:
    with pytest.raises(QuarterWrong):
        read_quarter(text, today=TODAY)
