"""Which days a desk works on, and how its working days are counted."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.calendar import Calendar, CalendarWrong, read_calendar, read_uk_calendar
from tests.legal_clocks import ENGLAND, HOLIDAYS, UK, published

NATIONS = {
    "GB-ENG": "england-and-wales",
    "GB-WLS": "england-and-wales",
    "GB-SCT": "scotland",
    "GB-NIR": "northern-ireland",
}
SMALL = {
    "verified_until": date(2028, 12, 31),
    "added": [],
    "bank_holidays": [{"on": date(2026, 12, 25), "name": "Christmas Day", "in": ["GB-ENG"]}],
}
moments = st.datetimes(
    datetime(2018, 1, 1),  # noqa: DTZ001 - made aware below
    datetime(2032, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def calendar_of(country: str) -> Calendar:
    return read_calendar(HOLIDAYS, country=country, zone="Europe/London")


SCOTLAND = calendar_of("GB-SCT")


@pytest.mark.parametrize(("country", "division"), NATIONS.items())
def test_the_bank_holidays_are_those_of_the_government_and_those_added_with_a_source(
    country: str, division: str
) -> None:
    ours = {it for it in calendar_of(country).holidays if it <= HOLIDAYS["verified_until"]}
    added = {it["on"] for it in HOLIDAYS["added"] if country in it["in"]}
    assert ours - added == published(division)


@pytest.mark.parametrize("country", NATIONS)
def test_every_year_of_the_list_has_the_bank_holidays_of_a_year(country: str) -> None:
    days = calendar_of(country).holidays
    years = Counter(day.year for day in days)
    assert set(years) == set(range(HOLIDAYS["first_year"], HOLIDAYS["last_year"] + 1))
    assert min(years.values()) >= 8


def test_a_day_proclaimed_for_one_nation_is_a_working_day_in_the_others() -> None:
    proclaimed = date(2026, 6, 15)
    assert not SCOTLAND.is_working_day(proclaimed)
    assert ENGLAND.is_working_day(proclaimed)
    assert all(it["source"] for it in HOLIDAYS["added"])
    assert not UK.is_working_day(proclaimed)


def test_the_calendar_of_the_uk_leaves_out_the_bank_holidays_of_every_part_of_it() -> None:
    off = published(*NATIONS.values()) | {it["on"] for it in HOLIDAYS["added"]}
    assert {it for it in UK.holidays if it <= HOLIDAYS["verified_until"]} == off
    assert frozenset.union(*(calendar_of(it).holidays for it in NATIONS)) == UK.holidays
    with pytest.raises(CalendarWrong, match="GB-WLS: no bank holidays are known"):
        read_uk_calendar(SMALL)


def test_a_bank_holiday_at_the_end_of_a_week_makes_the_weekend_longer() -> None:
    friday = datetime(2026, 12, 24, 10, tzinfo=UTC)
    assert ENGLAND.end_after(friday, 1) == datetime(2026, 12, 30, tzinfo=UTC)
    assert SCOTLAND.opening_after(datetime(2026, 12, 31, tzinfo=UTC), 1).day == 6


def test_days_begin_by_the_clock_of_the_desk_also_in_summer() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert ENGLAND.day_of(late) == date(2026, 7, 2)
    assert ENGLAND.start_of(date(2026, 7, 2)) == datetime(2026, 7, 1, 23, tzinfo=UTC)


@given(moments, st.integers(1, 30))
def test_between_a_moment_and_its_end_lie_as_many_working_days_as_were_given(
    moment: datetime, count: int
) -> None:
    end = ENGLAND.end_after(moment, count)
    first, last = ENGLAND.day_of(moment), ENGLAND.day_of(end)
    between = (first + timedelta(days=it) for it in range(1, (last - first).days))
    assert sum(ENGLAND.is_working_day(day) for day in between) == count


@given(moments, st.integers(1, 30))
def test_what_opens_opens_on_a_working_day_and_not_before_the_time_given_is_over(
    moment: datetime, count: int
) -> None:
    opening = ENGLAND.opening_after(moment, count)
    assert ENGLAND.is_working_day(ENGLAND.day_of(opening))
    assert opening >= ENGLAND.end_after(moment, count)
    assert opening == ENGLAND.start_of(ENGLAND.day_of(opening))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"verified_until": "soon"}, "verified_until: must be a date"),
        ({"added": "none"}, "added: must be a list"),
        ({"bank_holidays": [{"on": "today"}]}, "bank_holidays, line 1: needs on, name and in"),
        ({"bank_holidays": []}, "GB-ENG: no bank holidays are known of this country"),
    ],
)
def test_a_list_of_holidays_that_cannot_be_used_says_why(
    wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(CalendarWrong, match=said):
        read_calendar(SMALL | wrong, country="GB-ENG", zone="Europe/London")
    read_calendar(SMALL, country="GB-ENG", zone="Europe/London")
