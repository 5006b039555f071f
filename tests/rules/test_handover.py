"""Handing referrals over, and absences."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.handover import (
    ENDED,
    LONGEST_ABSENCE,
    MOST_AT_ONCE,
    OPEN,
    Absence,
    AbsenceDaysWrong,
    CannotWorkOnIt,
    NothingToHandOver,
    OwnedAlready,
    StandInWrong,
    TooManyAtOnce,
    check_absence,
    check_count,
    check_may_hand_over,
)
from evenhand.rules.officers import Officer
from evenhand.rules.referrals import MOVES, State
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, TODAY

AWAY = Absence(officer=ADA.ref, first_day=TODAY, last_day=TODAY + timedelta(days=5))


def hand_over(state: State, *, receiver: Officer) -> None:
    check_may_hand_over("2026-000001", state, ADA.ref, receiver=receiver)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_open_work_goes_to_any_officer_or_approver(state: State) -> None:
    hand_over(state, receiver=BO)
    hand_over(state, receiver=CY)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_nobodys_work(state: State) -> None:
    with pytest.raises(NothingToHandOver):
        hand_over(state, receiver=BO)


def test_what_has_ended_can_at_most_be_reopened_told_of_or_challenged() -> None:
    told = {State.DECIDED, State.STATUTORY_ROUTE, State.UNDER_CHALLENGE}
    assert all(MOVES[it] <= {State.REOPENED} | told for it in ENDED)


@pytest.mark.parametrize("receiver", [DEE, OLA, MAX], ids=lambda it: it.name)
def test_who_does_not_work_on_referrals_gets_none(receiver: Officer) -> None:
    with pytest.raises(CannotWorkOnIt):
        hand_over(State.LOGGED, receiver=receiver)


def test_nobody_is_given_their_own_work() -> None:
    with pytest.raises(OwnedAlready):
        hand_over(State.LOGGED, receiver=ADA)


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_several_at_once_are_some_and_not_endless(count: int) -> None:
    check_count(1)
    check_count(MOST_AT_ONCE)
    with pytest.raises(TooManyAtOnce):
        check_count(count)


def test_an_absence_may_last_a_day_and_may_have_begun() -> None:
    check_absence(replace(AWAY, last_day=TODAY), None, today=TODAY)
    check_absence(replace(AWAY, first_day=TODAY - timedelta(days=3)), BO, today=TODAY)
    check_absence(replace(AWAY, last_day=TODAY + LONGEST_ABSENCE), CY, today=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (1, 0, "The last day away is before the first."),
        (-5, -6, "The last day away is before the first."),
        (-5, -1, "The last day away is past."),
        (0, LONGEST_ABSENCE.days + 1, "These days are more than a year."),
    ],
)
def test_each_mistake_about_the_days_has_its_own_words(first: int, last: int, told: str) -> None:
    days = replace(
        AWAY, first_day=TODAY + timedelta(days=first), last_day=TODAY + timedelta(days=last)
    )
    with pytest.raises(AbsenceDaysWrong, match=told) as refused:
        check_absence(days, None, today=TODAY)
    assert (refused.value.at, bool(refused.value.do)) == ("last_day", True)


@pytest.mark.parametrize("stand_in", [ADA, DEE, MAX], ids=lambda it: it.name)
def test_somebody_else_who_can_stands_in(stand_in: Officer) -> None:
    with pytest.raises(StandInWrong):
        check_absence(AWAY, stand_in, today=TODAY)


def test_an_absence_covers_its_first_and_its_last_day() -> None:
    day = timedelta(days=1)
    covered = [AWAY.covers(it) for it in (TODAY - day, TODAY, AWAY.last_day, AWAY.last_day + day)]
    assert covered == [False, True, True, False]


@given(days=st.tuples(*[st.integers(-20, 20)] * 4))
def test_two_absences_overlap_where_some_day_is_in_both(
    days: tuple[int, int, int, int],
) -> None:
    first, last, there, end = (TODAY + timedelta(days=it) for it in days)
    if last < first or end < there:
        return
    mine = replace(AWAY, first_day=first, last_day=last)
    theirs = replace(AWAY, first_day=there, last_day=end)
    span = (TODAY + timedelta(days=it) for it in range(-20, 21))
    assert mine.overlaps(theirs) == any(mine.covers(it) and theirs.covers(it) for it in span)
