"""The working days of freedom of information, held against a calendar that is not ours."""

from bisect import bisect_right
from datetime import date
from itertools import count, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks_events import Event, Happened, NotInOrder, Request
from evenhand.rules.clocks_foi import (
    NotForPublicInterest,
    aggregated_until,
    check_may_happen,
    due,
    public_interest_due,
    review_due,
)
from evenhand.rules.clocks_law import CalendarTooShort, Reading, Text, beginning_with
from tests.legal_clocks import CLOCKS, DAY, ENGLAND, UK, asked, days, last_days, published

REPLY = CLOCKS["E14"]
IN_JUNE = asked(date(2026, 6, 1))
ASKED, ANSWERED = Happened.CLARIFICATION_ASKED, Happened.CLARIFICATION_ANSWERED
FEE_ASKED, FEE_PAID = Happened.FEE_ASKED, Happened.FEE_PAID
# GOV.UK's list of February 2026 does not have the day that was proclaimed for Scotland since.
PROCLAIMED = date(2026, 6, 15)
SINCE, UNTIL = date(2012, 1, 1), date(2028, 12, 31)


def may(request: Request, what: Happened, on: date) -> Request:
    """The request after something that may happen."""
    event = Event(what, on)
    check_may_happen(CLOCKS, request, event, UK)
    return request.with_event(event)


def working_days() -> list[date]:
    """Every working day by GOV.UK's list: written down one after another, not counted off."""
    off = published("england-and-wales", "scotland", "northern-ireland") | {PROCLAIMED}
    every = takewhile(lambda day: day <= UNTIL, (SINCE + number * DAY for number in count()))
    return [day for day in every if day.isoweekday() <= 5 and day not in off]


@pytest.mark.parametrize(
    ("received", "by", "by_england_alone"),
    [
        (date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 29)),
        (date(2026, 7, 1), date(2026, 7, 30), date(2026, 7, 29)),
        (date(2026, 2, 27), date(2026, 3, 30), date(2026, 3, 27)),
        (date(2026, 12, 18), date(2027, 1, 21), date(2027, 1, 20)),
    ],
)
def test_a_bank_holiday_in_any_part_of_the_uk_is_no_working_day(
    received: date, by: date, by_england_alone: date
) -> None:
    found = due(REPLY, asked(received), UK)
    assert found.readings == (Reading(Text.STATUTE, by),)
    assert due(REPLY, asked(received), ENGLAND).outer == by_england_alone
    assert due(CLOCKS["E15"], asked(received), UK) == found


def test_what_comes_on_a_saturday_has_two_readings_and_both_are_kept() -> None:
    found = due(REPLY, asked(date(2026, 6, 13)), UK)
    assert found.readings == (
        Reading(Text.STATUTE, date(2026, 7, 14)),
        Reading(Text.NEXT_WORKING_DAY, date(2026, 7, 15)),
    )
    assert (found.target, found.outer) == (date(2026, 7, 14), date(2026, 7, 15))


def test_every_day_of_17_years_has_the_twentieth_working_day_of_the_governments_list() -> None:
    open_days = working_days()
    received, checked = SINCE, 0
    while (first := bisect_right(open_days, received)) + 20 < len(open_days):
        found = due(REPLY, asked(received), UK)
        # Days that follow; where receipt counts as the next working day, those that follow that.
        later = 19 if open_days[first - 1] == received else 20
        assert (found.target, found.outer) == (open_days[first + 19], open_days[first + later])
        received, checked = received + DAY, checked + 1
    assert checked > 6150


def test_the_days_from_a_fees_notice_to_its_fee_are_disregarded() -> None:
    waiting = may(IN_JUNE, FEE_ASKED, date(2026, 6, 12))
    assert due(REPLY, waiting, UK).waits_for is FEE_PAID
    paid = may(waiting, FEE_PAID, date(2026, 6, 17))
    assert due(REPLY, paid, UK).outer == date(2026, 7, 3)


def test_a_fee_can_be_paid_for_three_months_that_begin_with_the_notice() -> None:
    waiting = may(IN_JUNE, FEE_ASKED, date(2026, 6, 12))
    assert beginning_with(CLOCKS["E16"], date(2026, 6, 12)).outer == date(2026, 9, 11)
    may(waiting, FEE_PAID, date(2026, 9, 11))
    with pytest.raises(NotInOrder, match="2026-09-11"):
        may(waiting, FEE_PAID, date(2026, 9, 12))


def test_an_answer_about_what_is_meant_is_a_new_receipt() -> None:
    waiting = may(IN_JUNE, ASKED, date(2026, 6, 3))
    assert due(REPLY, waiting, UK).waits_for is ANSWERED
    answered = may(waiting, ANSWERED, date(2026, 7, 1))
    assert due(REPLY, answered, UK) == due(REPLY, asked(date(2026, 7, 1)), UK)


def test_the_public_interest_is_weighed_for_twenty_working_days_more() -> None:
    longer = may(IN_JUNE, Happened.EXTENDED, date(2026, 6, 30))
    assert due(REPLY, longer, UK).outer == date(2026, 6, 30)
    assert public_interest_due(CLOCKS, longer, UK).outer == date(2026, 7, 29)
    with pytest.raises(NotForPublicInterest, match="already"):
        may(longer, Happened.EXTENDED, date(2026, 6, 30))


def test_time_for_the_public_interest_is_taken_within_the_twenty_working_days() -> None:
    with pytest.raises(NotForPublicInterest, match="2026-06-30") as told:
        may(IN_JUNE, Happened.EXTENDED, date(2026, 7, 1))
    assert (told.value.code, told.value.at) == ("E-FOI-84", "on")


def test_a_review_takes_twenty_working_days_and_forty_at_most() -> None:
    found = review_due(CLOCKS["E18"], date(2026, 6, 1), UK)
    assert (found.target, found.outer) == (date(2026, 6, 30), date(2026, 7, 29))


def test_like_requests_are_taken_together_for_sixty_working_days() -> None:
    found = aggregated_until(CLOCKS["E20"], date(2026, 6, 1), UK)
    open_days = working_days()
    first = open_days.index(date(2026, 6, 1))
    assert (found.target, found.outer) == (open_days[first + 59], open_days[first + 60])


@pytest.mark.parametrize("what", [FEE_ASKED, ASKED])
def test_no_question_moves_a_clock_that_has_run_out(what: Happened) -> None:
    may(IN_JUNE, what, date(2026, 6, 30))
    with pytest.raises(NotInOrder, match="2026-06-30"):
        may(IN_JUNE, what, date(2026, 7, 1))


def test_who_asks_moves_no_clock_here() -> None:
    with pytest.raises(NotInOrder, match="Who asks") as told:
        may(IN_JUNE, Happened.IDENTITY_ASKED, date(2026, 6, 2))
    assert told.value.at == "what"


def test_a_fee_of_years_without_a_list_of_holidays_is_not_counted() -> None:
    late = asked(date(2032, 12, 1), (FEE_ASKED, date(2032, 12, 2)), (FEE_PAID, date(2033, 1, 4)))
    with pytest.raises(CalendarTooShort):
        due(REPLY, late, UK)


@given(received=days, later=days)
def test_what_is_received_later_is_never_due_earlier(received: date, later: date) -> None:
    received, later = sorted((received, later))
    one, two = due(REPLY, asked(received), UK), due(REPLY, asked(later), UK)
    first_days, second_days = last_days(one), last_days(two)
    assert received < first_days[0] <= first_days[1]
    assert first_days[0] <= second_days[0]
    assert first_days[1] <= second_days[1]


@given(received=days, after=st.integers(0, 25), wait=st.integers(0, 88))
def test_a_fee_awaited_for_so_many_working_days_moves_the_clock_by_as_many(
    received: date, after: int, wait: int
) -> None:
    plain, notice = asked(received), received + after * DAY
    paid = may(may(plain, FEE_ASKED, notice), FEE_PAID, notice + wait * DAY)
    waited = [notice + DAY * number for number in range(wait + 1)]
    # The day of receipt is no day of the twenty, with or without a notice.
    counted = sum(UK.is_working_day(day) for day in waited if day > received)
    before, _outer = last_days(due(REPLY, plain, UK))
    assert due(REPLY, paid, UK).target == UK.working_day_after(before, counted)
