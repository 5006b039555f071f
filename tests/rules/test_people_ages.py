"""Ages are honest, and an unknown one is a child's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.people_ages import (
    ADULT,
    OLDEST,
    TOLD_WITHIN,
    Age,
    AgeBasis,
    AgeWrong,
    faults_of_age,
    stays_child,
    years_between,
)
from tests.builders import TODAY, adult, child

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
UNKNOWN = Age(basis=AgeBasis.UNKNOWN, as_at=TODAY)


def faults(age: Age) -> list[str]:
    found = list(faults_of_age(age, recorded_on=TODAY, today=TODAY))
    assert all(isinstance(it, AgeWrong) for it in found)
    return [it.at for it in found]


@pytest.mark.parametrize("age", [adult(), child(), child(0), child(OLDEST), UNKNOWN])
def test_what_can_be_true_is_taken(age: Age) -> None:
    assert faults(age) == []


@pytest.mark.parametrize(
    ("age", "at"),
    [
        (Age(basis=AgeBasis.STATED, as_at=TODAY), "age_basis"),
        (child(basis=AgeBasis.UNKNOWN), "age_basis"),
        (adult(value=36), "age_value"),
        (child(-1), "age_value"),
        (child(OLDEST + 1), "age_value"),
        (child(as_at=TODAY + timedelta(days=1)), "age_as_at"),
        (child(as_at=date(1926, 12, 1)), "age_as_at"),
        (child(as_at=date(TODAY.year - TOLD_WITHIN, TODAY.month, TODAY.day)), "age_as_at"),
        (replace(UNKNOWN, as_at=date(1926, 12, 1)), "age_as_at"),
        (child(OLDEST, as_at=date(TODAY.year - 1, TODAY.month, TODAY.day)), "age_value"),
        (adult(as_at=date(1989, 1, 1)), "age_as_at"),
        (adult(birth_date=TODAY + timedelta(days=1), as_at=TODAY), "birth_date"),
        (adult(birth_date=date(TODAY.year - OLDEST - 1, TODAY.month, TODAY.day)), "birth_date"),
    ],
)
def test_what_cannot_be_true_is_refused(age: Age, at: str) -> None:
    assert faults(age) == [at]


def test_nobody_is_a_thousand_years_old() -> None:
    assert faults(child(12, as_at=date(1026, 1, 1))) == ["age_as_at", "age_value"]


def test_an_age_in_years_is_taken_from_within_two_years_before_it_is_recorded() -> None:
    first = date(TODAY.year - TOLD_WITHIN, TODAY.month, TODAY.day) + timedelta(days=1)
    told = child(as_at=first)
    assert faults(told) == []
    assert faults(adult(as_at=date(1990, 5, 17))) == []
    later = TODAY + timedelta(days=700)  # as it is read when a name is put right much later
    assert list(faults_of_age(told, recorded_on=TODAY, today=later)) == []


@given(age=st.integers(0, ADULT - 1), days=st.integers(0, 40_000), was=st.booleans())
def test_no_child_grows_up_by_the_day_alone_on_which_an_age_was_known(
    age: int, days: int, was: bool
) -> None:
    told = child(age, as_at=TODAY - timedelta(days=days))
    assert stays_child(told, TODAY, was=True)
    assert stays_child(told, TODAY, was=was) or not told.may_be_child(TODAY)


def test_a_child_grows_up_by_a_birth_date_or_by_an_age_of_an_adult() -> None:
    assert not stays_child(adult(), TODAY, was=True)
    assert not stays_child(child(ADULT), TODAY, was=True)
    assert stays_child(adult(birth_date=date(TODAY.year - 5, 1, 1)), TODAY, was=False)
    assert stays_child(UNKNOWN, TODAY, was=False)


def test_the_oldest_and_the_youngest_are_taken() -> None:
    assert faults(adult(birth_date=TODAY)) == []
    eve = date(TODAY.year - OLDEST - 1, TODAY.month, TODAY.day) + timedelta(days=1)
    assert faults(adult(birth_date=eve)) == []


def test_an_age_without_its_birth_date_is_of_a_day_and_an_age_as_told_stays_as_it_was() -> None:
    eve = date(TODAY.year - 30, TODAY.month, TODAY.day) + timedelta(days=1)
    born = adult(birth_date=eve, as_at=TODAY - timedelta(days=400))
    assert born.in_years(TODAY) == Age(basis=born.basis, as_at=TODAY, value=29)
    assert born.in_years(TODAY + timedelta(days=1)).value == 30
    told = child(12, as_at=TODAY - timedelta(days=400))
    assert told.in_years(TODAY) == told
    assert UNKNOWN.in_years(TODAY) == UNKNOWN


@given(born=days, on=days)
def test_nobody_grows_younger(born: date, on: date) -> None:
    assert years_between(born, on) <= years_between(born, on + timedelta(days=1))


@given(born=days, years=st.integers(0, 60))
def test_a_birthday_is_the_day_on_which_a_year_is_added(born: date, years: int) -> None:
    if (born.month, born.day) == (2, 29):
        born += timedelta(days=1)
    there = born.replace(year=born.year + years)
    assert years_between(born, there) == years
    assert years_between(born, there - timedelta(days=1)) == years - 1


def test_who_was_born_on_a_leap_day_is_eighteen_on_the_first_of_march() -> None:
    age = adult(birth_date=date(2008, 2, 29))
    assert age.may_be_child(date(2026, 2, 28))
    assert not age.may_be_child(date(2026, 3, 1))


def test_an_unknown_age_is_a_childs_and_nobodys_first_years() -> None:
    assert UNKNOWN.may_be_child(TODAY)
    assert not UNKNOWN.appears_under_ten(TODAY)


def test_an_age_told_once_is_not_the_age_for_ever() -> None:
    told = child(17, as_at=date(2025, 12, 1))
    assert told.may_be_child(date(2026, 11, 30))
    assert not told.may_be_child(date(2026, 12, 1))
    assert told.may_be_child(date(2024, 1, 1))
    assert child(9).appears_under_ten(TODAY)
    assert not child(10).appears_under_ten(TODAY)
