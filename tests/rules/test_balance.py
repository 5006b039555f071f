"""What came and went is counted from a first day to a last one, and explains what is there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.balance import (
    Balance,
    BalanceDaysWrong,
    CountsDoNotBalance,
    InBalance,
    added_up,
    check_balances,
    check_days,
)
from evenhand.rules.retention import RecordKind

DAYS = st.dates(max_value=date(9000, 1, 1))
NUMBERS = st.integers(min_value=0, max_value=10_000)


PERIOD = date(2026, 1, 1), date(2026, 2, 1)


def counted(opened: int, created: int, imported: int, *, off: int) -> Balance:
    return Balance(
        kind=InBalance.PERSON,
        start=PERIOD[0],
        end=PERIOD[1],
        open=opened,
        created=created,
        imported=imported,
        disposed=0,
        transferred=0,
        close=opened + created + imported + off,
    )


@given(first=DAYS, more=st.integers(min_value=0, max_value=10_000))
def test_days_that_follow_each_other_are_counted(first: date, more: int) -> None:
    check_days(first, first + timedelta(days=more))


@given(first=DAYS, back=st.integers(min_value=1, max_value=10_000))
def test_a_last_day_before_the_first_is_refused(first: date, back: int) -> None:
    last = date.fromordinal(max(1, first.toordinal() - back))
    if last < first:
        with pytest.raises(BalanceDaysWrong):
            check_days(first, last)


def test_a_last_day_that_has_no_next_year_is_refused() -> None:
    with pytest.raises(BalanceDaysWrong):
        check_days(date(2026, 1, 1), date.max)


@given(opened=NUMBERS, created=NUMBERS, imported=NUMBERS, off=st.integers(-3, 3))
def test_no_figure_is_given_that_the_movements_do_not_explain(
    opened: int, created: int, imported: int, off: int
) -> None:
    found = counted(opened, created, imported, off=off)
    assert found.difference == off
    if off:
        with pytest.raises(CountsDoNotBalance):
            check_balances(found)
    else:
        check_balances(found)


@given(opened=NUMBERS, created=NUMBERS, imported=NUMBERS, off=st.integers(1, 3))
def test_what_one_system_lacks_another_does_not_make_up_for(
    opened: int, created: int, imported: int, off: int
) -> None:
    both = [counted(opened + off, created, 0, off=off), counted(off, 0, imported, off=-off)]
    found = added_up(InBalance.PERSON, *PERIOD, both)
    assert (found.open, found.difference) == (opened + 2 * off, 0)
    assert found.imported + found.created + found.open == found.close
    with pytest.raises(CountsDoNotBalance):
        check_balances(found)


def test_every_kind_of_record_is_counted_in_and_out() -> None:
    assert {it.value for it in RecordKind} < {it.value for it in InBalance}
