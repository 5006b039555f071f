"""The clocks of law: their rows, and those that need no more than a length and a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks_law import (
    CalendarTooShort,
    ClockWrong,
    Due,
    Reading,
    Status,
    Text,
    beginning_with,
    days_after,
    extension,
    hours_after,
    months_after,
    next_working_day,
    nth_working_day,
    read_clocks,
    working_days_after,
)
from evenhand.rules.recalls import TELL_WITHIN
from tests.legal_clocks import CLOCKS, DAY, ENGLAND, UK, days, last_days

LONDON = ZoneInfo("Europe/London")
HEAD = "id,what,start,length,more,service,rolls,pauses,count,moved_by,source,status"


def test_the_file_has_its_25_clocks_each_with_what_it_rests_on() -> None:
    assert [*CLOCKS] == [f"E{number:02}" for number in range(1, 28) if number not in {24, 25}]
    assert all(it.what and it.start and it.count and it.clause for it in CLOCKS.values())


def test_what_nobody_read_in_the_instrument_is_not_verified() -> None:
    unverified = {code: it.status for code, it in CLOCKS.items() if not it.verified}
    assert unverified == {
        "E17": Status.SECONDARY,
        "E18": Status.SECONDARY,
        "E20": Status.SECONDARY,
        "E21": Status.MEMORY,
        "E22": Status.SECONDARY,
        "E23": Status.SECONDARY,
        "E26": Status.SECONDARY,
        "E27": Status.MEMORY,
    }


def test_where_the_law_gives_no_length_the_desk_has_a_target_and_the_law_no_last_day() -> None:
    ours = {code for code, it in CLOCKS.items() if not it.is_law}
    assert ours == {"E07", "E09", "E10", "E11"}
    outcome = days_after(CLOCKS["E07"], date(2026, 7, 1))
    assert outcome == Due((Reading(Text.SERVICE, date(2026, 8, 30)),))
    assert (outcome.target, outcome.outer) == (date(2026, 8, 30), None)


def test_what_is_published_yearly_is_due_on_the_same_day_a_year_later_or_the_last_of_a_month() -> (
    None
):
    assert months_after(CLOCKS["E21"], date(2026, 6, 1)).target == date(2027, 6, 1)
    assert months_after(CLOCKS["E22"], date(2028, 2, 29)).target == date(2029, 2, 28)
    assert months_after(CLOCKS["E23"], date(2026, 6, 1)).target == date(2030, 6, 1)


def test_recalls_are_told_as_their_own_rule_says() -> None:
    assert CLOCKS["E11"].length.working_days == TELL_WITHIN
    told = working_days_after(CLOCKS["E11"], date(2026, 12, 24), ENGLAND)
    assert (told.target, told.outer) == (date(2026, 12, 29), None)


def test_a_complaint_received_on_1_july_is_acknowledged_by_30_july() -> None:
    due = beginning_with(CLOCKS["E06"], date(2026, 7, 1))
    assert due == Due((Reading(Text.STATUTE, date(2026, 7, 30)),))
    assert due.target == due.outer


@pytest.mark.parametrize(
    ("aware", "by"),
    [
        ("2026-03-27T18:00+00:00", "2026-03-30T19:00+01:00"),
        ("2026-10-23T18:00+01:00", "2026-10-26T17:00+00:00"),
        ("2026-12-24T18:00+00:00", "2026-12-27T18:00+00:00"),
    ],
)
def test_hours_pass_while_clocks_are_changed_and_on_holidays(aware: str, by: str) -> None:
    found = hours_after(CLOCKS["E08"], datetime.fromisoformat(aware).astimezone(LONDON))
    assert found.astimezone(LONDON).isoformat(timespec="minutes") == by


@given(
    st.datetimes(
        datetime(2012, 1, 1),  # noqa: DTZ001 - made aware below
        datetime(2032, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
)
def test_a_breach_is_told_within_72_hours_that_have_passed(aware: datetime) -> None:
    by = hours_after(CLOCKS["E08"], aware.astimezone(LONDON))
    assert by - aware == timedelta(hours=72)
    assert hours_after(CLOCKS["E10"], aware) < by == hours_after(CLOCKS["E09"], aware)


@pytest.mark.parametrize(
    ("code", "first", "target", "outer"),
    [
        ("E12", date(2026, 6, 1), date(2026, 7, 12), date(2026, 7, 12)),
        ("E13", date(2026, 3, 1), date(2026, 8, 31), date(2026, 8, 31)),
        ("E16", date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 1)),
        ("E16", date(2026, 11, 30), date(2027, 2, 27), date(2027, 2, 28)),
    ],
)
def test_a_time_that_begins_with_a_day_has_it_as_its_first(
    code: str, first: date, target: date, outer: date
) -> None:
    due = beginning_with(CLOCKS[code], first)
    assert (due.target, due.outer) == (target, outer)


def test_the_advice_of_the_ico_can_take_a_month_more() -> None:
    due = beginning_with(CLOCKS["E12"], date(2026, 6, 1), more=True)
    assert due.outer == date(2026, 8, 12)
    with pytest.raises(ClockWrong, match="E06 cannot be extended"):
        extension(CLOCKS["E06"])


def test_the_steps_of_a_decision_notice_are_taken_within_35_days_after_it() -> None:
    assert days_after(CLOCKS["E19"], date(2026, 6, 1)).outer == date(2026, 7, 6)


@given(first=days, later=days)
@pytest.mark.parametrize("code", ["E06", "E12", "E13", "E16"])
def test_a_time_that_begins_later_never_ends_earlier(code: str, first: date, later: date) -> None:
    first, later = sorted((first, later))
    one, two = beginning_with(CLOCKS[code], first), beginning_with(CLOCKS[code], later)
    first_days, second_days = last_days(one), last_days(two)
    assert first <= first_days[0] <= first_days[1]
    assert first_days[0] <= second_days[0]
    assert first_days[1] <= second_days[1]


@given(days)
def test_thirty_days_have_the_day_of_receipt_among_them(received: date) -> None:
    due = beginning_with(CLOCKS["E06"], received)
    assert due.outer == received + 29 * DAY


@pytest.mark.parametrize("day", [date(2011, 12, 30), date(2032, 12, 31), date(2033, 1, 3)])
def test_no_day_is_counted_whose_bank_holidays_nobody_listed(day: date) -> None:
    with pytest.raises(CalendarTooShort, match="2012 to 2032"):
        nth_working_day(UK, day, 1)
    with pytest.raises(CalendarTooShort):
        next_working_day(UK, day + 366 * DAY * (1 if day.year > 2012 else -1))


def test_a_working_day_is_its_own_next_one() -> None:
    assert next_working_day(UK, date(2026, 6, 12)) == date(2026, 6, 12)
    assert next_working_day(UK, date(2026, 6, 13)) == date(2026, 6, 16)
    assert next_working_day(ENGLAND, date(2026, 6, 13)) == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("E01,x,y,1 fortnight,,,no,no,c,,DPA,read", "no length of time"),
        ("E01,x,y,,,,no,no,c,,DPA,read", "needs a length or a service target"),
        ("E01,x,y,1 month,,,perhaps,no,c,,DPA,read", "perhaps"),
        ("E01,x,y,1 month,,,no,no,c,,DPA,hearsay", "hearsay"),
        ("E01,x,y,1 month", "None"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row: str, said: str) -> None:
    with pytest.raises(ClockWrong, match=said):
        read_clocks([HEAD, row])
