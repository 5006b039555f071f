"""How often and how fast a public door may be used."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.public_doors import (
    LEAST_TIME,
    LIMITS,
    MOST_TIME,
    WINDOW,
    Door,
    DoorBusy,
    SentTooSoon,
    ShownTooLongAgo,
    check_not_busy,
    check_time_taken,
)

uses = st.integers(0, 10_000)


def test_every_door_has_its_limits_and_nobody_is_remembered_for_a_day() -> None:
    assert set(LIMITS) == set(Door)
    assert timedelta(days=1) > WINDOW
    assert all(it.from_one_place < it.together for it in LIMITS.values())


@pytest.mark.parametrize("door", Door)
@given(here=uses, together=uses)
def test_a_door_is_open_below_both_limits_and_closed_at_either(
    door: Door, here: int, together: int
) -> None:
    limit = LIMITS[door]
    if here < limit.from_one_place and together < limit.together:
        check_not_busy(door, from_one_place=here, together=together)
    else:
        with pytest.raises(DoorBusy, match="Too many"):
            check_not_busy(door, from_one_place=here, together=together)


@given(taken=st.timedeltas(LEAST_TIME, MOST_TIME))
def test_whoever_takes_the_time_to_read_is_let_in(taken: timedelta) -> None:
    check_time_taken(taken)


@given(taken=st.timedeltas(-MOST_TIME, LEAST_TIME - timedelta(microseconds=1)))
def test_whoever_is_faster_than_reading_is_not(taken: timedelta) -> None:
    with pytest.raises(SentTooSoon):
        check_time_taken(taken)


@pytest.mark.parametrize("taken", [None, MOST_TIME + timedelta(seconds=1)])
def test_a_form_that_is_not_ours_or_too_old_is_sent_again(taken: timedelta | None) -> None:
    with pytest.raises(ShownTooLongAgo):
        check_time_taken(taken)
