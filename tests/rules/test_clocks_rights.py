"""The month of a person's request about their data: three readings, restarts, pauses, more time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks_events import Event, Happened, NotInOrder, Request
from evenhand.rules.clocks_law import Reading, Text
from evenhand.rules.clocks_rights import (
    MoreTime,
    NotExtended,
    NotPaused,
    check_may_happen,
    check_reasons_for_more_time,
    corresponding_day,
    due,
)
from tests.legal_clocks import CLOCKS, DAY, ENGLAND, asked, days, last_days

ACCESS, ERASURE, NOTICE = CLOCKS["E01"], CLOCKS["E03"], CLOCKS["E05"]
ASKED, ANSWERED = Happened.CLARIFICATION_ASKED, Happened.CLARIFICATION_ANSWERED
IN_JUNE = asked(date(2026, 6, 30))
IN_MARCH = asked(date(2026, 3, 2))


def may(request: Request, what: Happened, on: date) -> Request:
    """The request after something that may happen."""
    event = Event(what, on)
    check_may_happen(ACCESS, request, event)
    return request.with_event(event)


def test_received_on_30_june_three_texts_give_three_days() -> None:
    found = due(ACCESS, IN_JUNE, ENGLAND)
    assert found.readings == (
        Reading(Text.STATUTE, date(2026, 7, 29)),
        Reading(Text.CORRESPONDING, date(2026, 7, 30)),
        Reading(Text.OLD_PAGE, date(2026, 8, 1)),
    )
    assert (found.target, found.outer) == (date(2026, 7, 29), date(2026, 7, 30))


def test_received_on_31_january_the_month_ends_with_february_and_rolls_on() -> None:
    request = asked(date(2026, 1, 31))
    found = due(ACCESS, request, ENGLAND)
    assert corresponding_day(ACCESS, request) == date(2026, 2, 28)
    assert (found.target, found.outer) == (date(2026, 2, 27), date(2026, 3, 2))
    assert due(NOTICE, request, ENGLAND).readings == (
        Reading(Text.STATUTE, date(2026, 2, 27)),
        Reading(Text.CORRESPONDING, date(2026, 2, 28)),
    )


def test_the_days_from_a_question_to_its_answer_are_left_out() -> None:
    waiting = may(IN_MARCH, ASKED, date(2026, 3, 5))
    stopped = due(ACCESS, waiting, ENGLAND)
    assert (stopped.target, stopped.outer, stopped.waits_for) == (None, None, ANSWERED)
    answered = may(waiting, ANSWERED, date(2026, 3, 19))
    assert len(answered.days_waited(ASKED)) == 15
    assert due(ACCESS, IN_MARCH, ENGLAND).outer == date(2026, 4, 2)
    assert due(ACCESS, answered, ENGLAND).outer == date(2026, 4, 17)
    assert due(NOTICE, answered, ENGLAND).outer == date(2026, 4, 17)


def test_asked_and_answered_on_the_same_day_leaves_out_exactly_that_day() -> None:
    same = date(2026, 3, 5)
    answered = may(may(IN_MARCH, ASKED, same), ANSWERED, same)
    assert corresponding_day(ACCESS, answered) == date(2026, 4, 3)
    again = may(may(answered, ASKED, same), ANSWERED, same)
    assert corresponding_day(ACCESS, again) == date(2026, 4, 3)


def test_extended_in_time_there_are_three_months() -> None:
    longer = may(IN_JUNE, Happened.EXTENDED, date(2026, 7, 30))
    found = due(ACCESS, longer, ENGLAND)
    assert (found.target, found.outer) == (date(2026, 9, 29), date(2026, 9, 30))
    assert Text.OLD_PAGE not in {it.text for it in found.readings}
    assert due(NOTICE, longer, ENGLAND).outer == date(2026, 7, 30)


def test_more_time_is_taken_inside_the_month_and_once() -> None:
    with pytest.raises(NotExtended, match="2026-07-30") as told:
        may(IN_JUNE, Happened.EXTENDED, date(2026, 7, 31))
    assert (told.value.code, told.value.at) == ("E-CLK-41", "on")
    longer = may(IN_JUNE, Happened.EXTENDED, date(2026, 7, 1))
    with pytest.raises(NotExtended, match="already"):
        may(longer, Happened.EXTENDED, date(2026, 7, 2))


def test_more_time_has_a_reason_in_law_and_says_it() -> None:
    check_reasons_for_more_time({MoreTime.NUMBER}, "Forty requests came together.")
    for because, reasons in (((), "Holidays."), ((MoreTime.COMPLEXITY,), "  ")):
        with pytest.raises(NotExtended, match="does not say why"):
            check_reasons_for_more_time(because, reasons)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Happened.IDENTITY_ASKED, Happened.IDENTITY_GIVEN),
        (Happened.FEE_ASKED, Happened.FEE_PAID),
    ],
)
def test_the_month_begins_with_identity_and_fee(question: Happened, answer: Happened) -> None:
    waiting = may(IN_MARCH, question, date(2026, 3, 9))
    assert due(ERASURE, waiting, ENGLAND).waits_for is answer
    assert may(waiting, Happened.EXTENDED, date(2026, 6, 1)).is_extended
    given_on = may(waiting, answer, date(2026, 6, 15))
    assert due(ERASURE, given_on, ENGLAND).outer == date(2026, 7, 15)


def test_a_pause_before_the_month_began_leaves_out_only_its_days_inside_it() -> None:
    request = may(IN_MARCH, Happened.IDENTITY_ASKED, date(2026, 3, 3))
    request = may(request, ASKED, date(2026, 3, 5))
    request = may(request, Happened.IDENTITY_GIVEN, date(2026, 3, 10))
    request = may(request, ANSWERED, date(2026, 3, 12))
    assert corresponding_day(ACCESS, request) == date(2026, 4, 13)


def test_only_an_access_request_is_paused() -> None:
    with pytest.raises(NotPaused) as told:
        check_may_happen(ERASURE, IN_MARCH, Event(ASKED, date(2026, 3, 5)))
    assert (told.value.code, told.value.at) == ("E-CLK-42", "what")


@pytest.mark.parametrize("what", [ASKED, Happened.IDENTITY_ASKED, Happened.FEE_ASKED])
def test_no_question_moves_a_clock_that_has_run_out(what: Happened) -> None:
    may(IN_MARCH, what, date(2026, 4, 2))
    with pytest.raises((NotPaused, NotInOrder), match="2026-04-02"):
        may(IN_MARCH, what, date(2026, 4, 3))


def test_what_happens_is_entered_in_its_order() -> None:
    waiting = may(IN_MARCH, ASKED, date(2026, 3, 5))
    for request, what, on, said in (
        (IN_MARCH, ASKED, date(2026, 3, 1), "2026-03-02"),
        (waiting, ANSWERED, date(2026, 3, 4), "2026-03-05"),
        (waiting, ASKED, date(2026, 3, 6), "asked already"),
        (IN_MARCH, ANSWERED, date(2026, 3, 6), "Nobody asked"),
        (waiting, Happened.FEE_PAID, date(2026, 3, 6), "Nobody asked"),
    ):
        with pytest.raises(NotInOrder, match=said) as told:
            may(request, what, on)
        assert told.value.code == "E-CLK-43"


@given(received=days, later=days)
@pytest.mark.parametrize("extended", [False, True])
@pytest.mark.parametrize("code", ["E01", "E02", "E03", "E04", "E05"])
def test_what_is_received_later_is_never_due_earlier(
    code: str, received: date, later: date, *, extended: bool
) -> None:
    received, later = sorted((received, later))
    events = [(Happened.EXTENDED, later)] if extended else []
    one, two = (due(CLOCKS[code], asked(it, *events), ENGLAND) for it in (received, later))
    first_days, second_days = last_days(one), last_days(two)
    assert received < first_days[0] <= first_days[1]
    assert first_days[0] <= second_days[0]
    assert first_days[1] <= second_days[1]


@given(received=days, after=st.integers(0, 28), wait=st.integers(0, 400))
def test_a_pause_of_so_many_days_moves_the_month_by_exactly_as_many(
    received: date, after: int, wait: int
) -> None:
    plain, start = asked(received), received + after * DAY
    paused = may(may(plain, ASKED, start), ANSWERED, start + wait * DAY)
    for clock in (ACCESS, NOTICE):
        moved = corresponding_day(clock, paused) - corresponding_day(clock, plain)
        assert moved.days == wait + 1
    assert corresponding_day(ERASURE, paused) == corresponding_day(ERASURE, plain)


@given(received=days, after=st.integers(0, 90))
def test_more_time_is_refused_after_its_day_and_never_before(received: date, after: int) -> None:
    request, on = asked(received), received + after * DAY
    last = due(NOTICE, request, ENGLAND).outer
    assert last
    if on <= last:
        assert corresponding_day(ACCESS, may(request, Happened.EXTENDED, on)) > last
        return
    with pytest.raises(NotExtended):
        may(request, Happened.EXTENDED, on)
