"""The days of a person's record never grow by a correction, and none is set into the past."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.people_days import days_in_another_role, days_of_a_child
from evenhand.rules.retention_schedules import Dates, Period, Schedule, dates
from tests.builders import TODAY

SUSPECT = Schedule(
    code="D05",
    kind="suspect",
    review=Period(6, 0),
    most=Period(12, 0),
    child_review=Period(3, 0),
    child_most=Period(6, 0),
)
DAY = timedelta(days=1)
starts = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@st.composite
def kept(draw: st.DrawFn) -> Dates:
    """The days of a record as it was set up, or as a review set them."""
    start, to_review, more = draw(starts), draw(st.integers(0, 400)), draw(st.integers(0, 400))
    return Dates(start, start + to_review * DAY, start + (to_review + more) * DAY)


@given(
    now=kept(),
    extended=st.booleans(),
    reviewed_on=st.none() | starts,
    today=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
)
def test_a_childs_days_only_come_earlier_and_never_before_today(
    now: Dates, extended: bool, reviewed_on: date | None, today: date
) -> None:
    found = days_of_a_child(now, SUSPECT, extended=extended, reviewed_on=reviewed_on, today=today)
    assert found.start_on == now.start_on
    assert found.review_on <= found.max_on
    assert found.max_on == now.max_on or today <= found.max_on < now.max_on
    assert found.review_on <= now.review_on
    assert found.review_on >= min(now.review_on, today, found.max_on)


def test_a_childs_days_are_as_if_it_had_been_known_from_the_start() -> None:
    adults = dates(SUSPECT, TODAY, child=False)
    childs = dates(SUSPECT, TODAY, child=True)

    def found(now: Dates, today: date, *, extended: bool = False, reviewed: bool = False) -> Dates:
        day = today - 10 * DAY if reviewed else None
        return days_of_a_child(now, SUSPECT, extended=extended, reviewed_on=day, today=today)

    assert found(adults, TODAY) == childs
    late = childs.max_on + 30 * DAY
    assert found(adults, late) == Dates(TODAY, adults.review_on, late)
    moved = Dates(TODAY, late + 90 * DAY, adults.max_on + 60 * DAY)
    after = found(moved, late, extended=True, reviewed=True)
    assert after.max_on == Period(3, 0).after(childs.max_on)
    assert after.review_on == min(Period(3, 0).after(late - 10 * DAY), after.max_on)


def test_where_a_child_is_kept_as_long_as_others_nothing_changes() -> None:
    same = replace(SUSPECT, child_review=SUSPECT.review, child_most=SUSPECT.most)
    now, today = dates(same, TODAY, child=False), TODAY + 100 * DAY
    assert days_of_a_child(now, same, extended=False, reviewed_on=None, today=today) == now


@given(start=starts, child=st.booleans(), today=starts)
def test_another_role_begins_its_own_days_and_none_is_over_at_once(
    start: date, child: bool, today: date
) -> None:
    found = days_in_another_role(SUSPECT, start, child=child, today=today)
    own = dates(SUSPECT, start, child=child)
    assert found.review_on == min(max(own.review_on, today), found.max_on)
    assert found.max_on == max(own.max_on, today)
