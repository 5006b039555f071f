"""Months, and what each number means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.counting import (
    DEFINITIONS,
    Counted,
    Month,
    MonthWrong,
    NotKnownThen,
    check_known_then,
    month_of,
    read_month,
)

TODAY = date(2026, 11, 20)
months = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


def test_every_number_has_its_definition() -> None:
    assert set(DEFINITIONS) == set(Counted)


def test_no_month_is_this_month() -> None:
    assert read_month(" ", today=TODAY) == Month(2026, 11)
    assert read_month("2026-11", today=TODAY) == Month(2026, 11)
    assert str(read_month("2001-02", today=TODAY)) == "2001-02"


@pytest.mark.parametrize(
    "text",
    ["2026-12", "2027-01", "1999-12", "0000-01", "2026-13", "2026-00", "2026", "x", "2026-1\u0661"],
)
def test_a_month_that_is_none_or_is_to_come_is_refused(text: str) -> None:
    with pytest.raises(MonthWrong) as told:
        read_month(text, today=TODAY)
    assert told.value.at == "month"


@given(month=months)
def test_months_follow_each_other_without_a_gap(month: Month) -> None:
    assert month.after.before == month.before.after == month
    assert month_of(month.first) == month_of(month.after.first - timedelta(days=1)) == month
    assert month.before < month < month.after


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TODAY - timedelta(days=3), "What the desk knew on {day} is not kept."),
        (TODAY + timedelta(days=1), "{day} has not come yet."),
    ],
)
def test_numbers_are_given_as_at_the_days_for_which_it_is_kept_what_was_known(
    day: date, sentence: str
) -> None:
    since = TODAY - timedelta(days=2)
    for known in (since, TODAY):
        check_known_then(known, since=since, today=TODAY)
    with pytest.raises(NotKnownThen) as told:
        check_known_then(day, since=since, today=TODAY)
    assert (told.value.sentence, told.value.at) == (sentence, "as_at")
