"""How long what is kept is kept."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenhand
from evenhand.rules.people_roles import SCHEDULES
from evenhand.rules.retention_schedules import (
    NotOnSchedule,
    Period,
    ScheduleWrong,
    check_not_past,
    dates,
    read_schedules,
)

FILE = Path(evenhand.__file__).parent / "config" / "law" / "retention.csv"
SCHEDULE = read_schedules(FILE.read_text("utf-8").splitlines())
KEPT_FOR_GOOD = {"D17", "D33"}
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_default_schedule_has_its_rows_in_their_order() -> None:
    assert {f"D{number:02}" for number in (*range(1, 31), 33)} <= SCHEDULE.keys()
    assert [*SCHEDULE] == sorted(SCHEDULE)
    assert {code for code, it in SCHEDULE.items() if it.most is None} == KEPT_FOR_GOOD


@pytest.mark.parametrize(
    ("code", "child", "review", "last"),
    [
        ("D05", False, date(2027, 2, 28), date(2027, 8, 31)),
        ("D05", True, date(2026, 11, 30), date(2027, 2, 28)),
        ("D07", True, date(2027, 2, 28), date(2028, 8, 31)),
        ("D09", False, date(2026, 9, 30), date(2026, 11, 30)),
        ("D20", False, date(2026, 9, 30), date(2026, 11, 29)),
        ("D24", False, date(2026, 9, 7), date(2026, 9, 30)),
        ("D25", False, date(2026, 9, 30), date(2026, 11, 29)),
        ("D22", False, date(2026, 10, 5), date(2026, 10, 5)),
        ("D21", False, date(2027, 2, 28), date(2027, 8, 31)),
        ("D18", False, date(2029, 8, 31), date(2036, 8, 31)),
    ],
)
def test_a_row_gives_its_days(code: str, child: bool, review: date, last: date) -> None:
    found = dates(SCHEDULE[code], date(2026, 8, 31), child=child)
    assert (found.review_on, found.max_on) == (review, last)


@pytest.mark.parametrize("code", sorted(SCHEDULE.keys() - KEPT_FOR_GOOD))
@given(start=days)
def test_review_comes_before_the_end_and_a_childs_end_never_later(code: str, start: date) -> None:
    grown, child = (dates(SCHEDULE[code], start, child=it) for it in (False, True))
    assert start <= grown.review_on <= grown.max_on
    assert start <= child.review_on <= child.max_on
    assert child.review_on <= grown.review_on
    assert child.max_on <= grown.max_on


@pytest.mark.parametrize("code", sorted(set(SCHEDULES.values())))
def test_every_role_of_a_person_has_both_days(code: str) -> None:
    found = SCHEDULE[code]
    assert found.review and found.most and found.child_review and found.child_most  # noqa: PT018


def test_what_is_kept_for_good_has_no_days() -> None:
    with pytest.raises(ScheduleWrong):
        dates(SCHEDULE["D17"], date(2026, 1, 1), child=False)


def test_nothing_is_recorded_that_would_be_gone_already() -> None:
    kept = dates(SCHEDULE["D05"], date(2026, 1, 1), child=False)
    check_not_past(kept, today=kept.review_on)
    for day in (kept.review_on + timedelta(days=1), kept.max_on):
        with pytest.raises(NotOnSchedule):
            check_not_past(kept, today=day)


@given(start=days, months=st.integers(0, 200))
def test_a_period_of_months_ends_in_the_right_month(start: date, months: int) -> None:
    end = Period(months, 0).after(start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


@pytest.mark.parametrize("text", ["id\nD01", "id,record_kind,review_after,max\nD01,case,P1M,P2M"])
def test_a_schedule_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(ScheduleWrong):
        read_schedules(text.splitlines())
