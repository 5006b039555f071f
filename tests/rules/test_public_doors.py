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
    NumberMistyped,
    SentTooSoon,
    ShownTooLongAgo,
    check_not_busy,
    check_number,
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


@pytest.mark.parametrize("number", ["7KQ2-M9XA-4TRB-W8CE", " 7kq2 m9xa4trbw8ce"])
def test_a_receipt_number_may_be_typed_with_spaces_hyphens_and_small_letters(number: str) -> None:
    check_number(number)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("7KQ2-M9XA-4TRB-W8C", "has 16 letters and digits, and this has 15."),
        ("", "and this has 0."),
        ("7KQ2-M9XA-4TRB-W8CE2", "and this has 17."),
        ("7KQ2-M9XA-4TRB-W8C0", "There is no 0 in any receipt number."),
        ("OKQ1-M9XA", "There is no 1, O in any receipt number."),
    ],
)
def test_what_cannot_be_a_receipt_number_is_told_why(number: str, says: str) -> None:
    with pytest.raises(NumberMistyped) as told:
        check_number(number)
    assert (told.value.code, told.value.at) == ("E-DOOR-04", "receipt")
    assert says in str(told.value)
