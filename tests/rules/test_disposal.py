"""Who was disposed of lately comes back on record by a fresh case alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.disposal import DisposedLately, check_fresh_case, last_day_forgotten

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(disposed_on=DAYS, days=st.integers(0, 4000))
def test_only_a_referral_that_was_logged_later_is_a_fresh_case(
    disposed_on: date, days: int
) -> None:
    with pytest.raises(DisposedLately):
        check_fresh_case(disposed_on, logged_on=disposed_on - timedelta(days=days))
    check_fresh_case(disposed_on, logged_on=disposed_on + timedelta(days=days + 1))
    check_fresh_case(None, logged_on=disposed_on)


@given(day=DAYS, later=st.integers(0, 400))
def test_what_is_forgotten_stays_so_and_nothing_is_for_a_year(day: date, later: int) -> None:
    today = day + timedelta(days=later)
    assert last_day_forgotten(today) <= last_day_forgotten(today + timedelta(days=1))
    assert (day > last_day_forgotten(today)) or later >= 365
    assert later < 367 or day <= last_day_forgotten(today)


def test_twelve_months_are_counted_by_the_calendar() -> None:
    assert last_day_forgotten(date(2027, 11, 20)) == date(2026, 11, 20)
    assert last_day_forgotten(date(2028, 2, 29)) == date(2027, 2, 28)
