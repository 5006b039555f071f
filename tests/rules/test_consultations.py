"""When a break would do good."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.consultations import (
    A_BREAK,
    MOST_LOOKS,
    MOST_MINUTES,
    BreakWish,
    BreakWishWrong,
    Preferences,
    Stretch,
    check_wish,
    is_due,
    stretch,
)
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("looks", "since"),
    [
        ((), Stretch(0, 0)),
        ((1, 5, 12), Stretch(3, 12)),
        ((1, 5, 15, 16), Stretch(2, 5)),
        ((10, 11), Stretch(0, 0)),
    ],
)
def test_a_pause_of_ten_minutes_begins_the_count_anew(
    looks: tuple[int, ...], since: Stretch
) -> None:
    assert stretch([(NOW - it * MINUTE, UUID(int=it)) for it in looks], now=NOW) == since


def test_a_referral_that_was_opened_twice_is_counted_once() -> None:
    looks = [(NOW - it * MINUTE, UUID(int=it % 2)) for it in range(5)]
    assert stretch(looks, now=NOW) == Stretch(2, 4)


@given(st.lists(st.integers(0, 100)))
def test_more_looks_never_make_the_stretch_shorter(minutes: list[int]) -> None:
    looks = [(NOW - it * MINUTE, UUID(int=it)) for it in sorted(minutes)]
    longer = stretch([(NOW, UUID(int=101)), *looks], now=NOW)
    assert longer.referrals >= stretch(looks, now=NOW).referrals
    assert stretch(looks, now=NOW + A_BREAK + 101 * MINUTE) == Stretch(0, 0)


@pytest.mark.parametrize(("quiet_until", "may"), [(None, True), (NOW, True), (NOW + MINUTE, False)])
def test_a_reminder_that_was_put_away_stays_away_for_a_while(
    quiet_until: datetime | None, may: bool
) -> None:
    wished = Preferences(breaks=BreakWish(10, None), quiet_until=quiet_until)
    assert wished.may_remind(NOW) is may
    assert not Preferences(quiet_until=quiet_until).may_remind(NOW)


@pytest.mark.parametrize(
    ("wish", "due"),
    [
        (BreakWish(), False),
        (BreakWish(after_looks=10), True),
        (BreakWish(after_looks=11), False),
        (BreakWish(after_minutes=30), True),
        (BreakWish(after_looks=11, after_minutes=31), False),
    ],
)
def test_a_reminder_comes_when_it_was_wished_for(wish: BreakWish, due: bool) -> None:
    assert is_due(wish, Stretch(10, 30)) is due
    assert wish.is_off is (wish == BreakWish())


@pytest.mark.parametrize(
    ("wish", "at"),
    [
        (BreakWish(after_looks=0), "after_looks"),
        (BreakWish(after_looks=MOST_LOOKS + 1), "after_looks"),
        (BreakWish(after_minutes=MOST_MINUTES + 1), "after_minutes"),
    ],
)
def test_a_wish_can_come_true(wish: BreakWish, at: str) -> None:
    check_wish(BreakWish())
    check_wish(BreakWish(MOST_LOOKS, MOST_MINUTES))
    with pytest.raises(BreakWishWrong) as told:
        check_wish(wish)
    assert told.value.at == at
