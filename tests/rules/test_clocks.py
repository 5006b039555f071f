"""By when the next step is due, and how far it may be put off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.rules.clocks import (
    DAYS,
    MOST_CHASES_AT_ONCE,
    NEXT_STEP,
    URGENT,
    EmergencyWaits,
    NextStep,
    NotDueBefore,
    NothingToPutOff,
    PutOffTooFar,
    PutOffTooOften,
    Standing,
    TooManyAtOnce,
    check_can_wait,
    check_how_many,
    check_may_put_off,
    due_at,
    latest_put_off,
)
from evenhand.rules.referrals import MOVES, State
from tests.builders import NOW, TODAY, clocks

CLOCKS = clocks(
    triage_days=1,
    assess_days=3,
    decide_days=2,
    send_days=4,
    check_days=6,
    close_days=9,
    first_chase_days=5,
    chase_gap_days=2,
    snooze_days=10,
    challenge_days=10,
    snoozes_of_a_step=3,
)
ENDED = {
    State.CLOSED,
    State.NOT_FOR_US,
    State.DUPLICATE,
    State.NOT_REFERRED,
    State.STATUTORY_ROUTE,
    State.WITHDRAWN,
}
BY = {
    State.LOGGED: date(2026, 11, 24),
    State.TRIAGED: date(2026, 11, 26),
    State.ASSESSING: date(2026, 11, 26),
    State.RETURNED: date(2026, 11, 26),
    State.REOPENED: date(2026, 11, 26),
    State.AWAITING_APPROVAL: date(2026, 11, 25),
    State.APPROVED: date(2026, 11, 27),
    State.UNDELIVERABLE: date(2026, 11, 27),
    State.DECIDED: date(2026, 12, 1),
    State.CHECKED: date(2026, 12, 4),
    State.NO_RESPONSE: date(2026, 12, 4),
}


def standing(state: State, **more: object) -> Standing:
    return Standing(state, NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
def test_every_state_waits_for_a_step_unless_it_is_an_end(state: State) -> None:
    # What is under challenge waits for its challenge, which has a day of its own.
    assert (state in NEXT_STEP) == (state not in ENDED | {State.UNDER_CHALLENGE})
    assert state in MOVES


@pytest.mark.parametrize(("state", "end"), BY.items())
def test_a_step_is_due_when_its_working_days_have_ended(state: State, end: date) -> None:
    assert due_at(standing(state), CLOCKS) == datetime(end.year, end.month, end.day, tzinfo=UTC)


def test_every_step_has_its_days_in_the_profile() -> None:
    assert set(DAYS) == set(NextStep) - {NextStep.CHASE}
    assert set(BY) | {State.SENT, State.ACKNOWLEDGED} == set(NEXT_STEP)


@pytest.mark.parametrize("state", [State.SENT, State.ACKNOWLEDGED])
def test_a_reminder_is_due_by_the_last_message_not_by_the_state(state: State) -> None:
    last = datetime(2026, 11, 23, 12, tzinfo=UTC)
    sent = standing(state, last_message_at=last)
    assert due_at(sent, CLOCKS) == datetime(2026, 12, 1, tzinfo=UTC)
    again = standing(state, last_message_at=last, chases=1)
    assert due_at(again, CLOCKS) == datetime(2026, 11, 26, tzinfo=UTC)
    assert standing(state).since == NOW


def test_an_acknowledgement_gives_the_platform_its_days_anew() -> None:
    reminded = standing(State.ACKNOWLEDGED, last_message_at=NOW - timedelta(days=3), chases=1)
    assert reminded.since == NOW
    assert due_at(reminded, CLOCKS) == CLOCKS.calendar.opening_after(NOW, 2)
    unreminded = replace(reminded, chases=0)
    assert due_at(unreminded, CLOCKS) == CLOCKS.calendar.opening_after(NOW, 5)
    later = NOW + timedelta(days=3)
    assert replace(reminded, last_message_at=later).since == later
    only_sent = replace(reminded, state=State.SENT)
    assert only_sent.since == NOW - timedelta(days=3)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_is_due_of_what_has_come_to_an_end(state: State) -> None:
    assert due_at(standing(state), CLOCKS) is None


def test_nothing_is_due_while_a_message_is_on_its_way() -> None:
    assert due_at(standing(State.APPROVED, in_the_post=True), CLOCKS) is None


def put_off(state: State, until: date, *, emergency: bool = False, before: int = 0) -> None:
    waiting = standing(state)
    check_may_put_off(waiting, until, CLOCKS, emergency=emergency, before=before, today=TODAY)


def test_a_step_is_put_off_to_a_later_working_day_within_the_days_of_the_profile() -> None:
    assert latest_put_off(TODAY, CLOCKS) == date(2026, 12, 4)
    put_off(State.TRIAGED, date(2026, 11, 27))
    put_off(State.TRIAGED, date(2026, 12, 4))


@pytest.mark.parametrize(
    "until",
    [date(2026, 11, 28), date(2026, 12, 7), date(2026, 12, 25)],
)
def test_a_step_is_not_put_off_to_a_weekend_or_too_far(until: date) -> None:
    with pytest.raises(PutOffTooFar) as told:
        put_off(State.TRIAGED, until)
    assert told.value.code == "E-CLOCK-02"
    assert told.value.at == "until"


def test_a_step_that_is_overdue_is_not_put_off_to_a_day_past() -> None:
    overdue = replace(standing(State.TRIAGED), state_since=NOW - timedelta(days=30))
    for until in (TODAY, date(2026, 11, 19)):
        with pytest.raises(PutOffTooFar):
            check_may_put_off(overdue, until, CLOCKS, emergency=False, before=0, today=TODAY)


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2026, 11, 25)])
def test_putting_off_never_brings_a_step_forward(until: date) -> None:
    with pytest.raises(NotDueBefore) as told:
        put_off(State.TRIAGED, until)
    assert (told.value.code, told.value.at) == ("E-CLOCK-06", "until")


def test_what_is_not_due_for_longer_than_it_could_wait_cannot_be_put_off() -> None:
    late = replace(standing(State.TRIAGED), set_to=NOW + timedelta(days=30))
    with pytest.raises(NotDueBefore) as told:
        check_can_wait(late, CLOCKS, emergency=False, before=0, today=TODAY)
    assert told.value.at == ""


@pytest.mark.parametrize("state", [State.SENT, State.TRIAGED])
def test_times_that_were_changed_since_do_not_reach_back(state: State) -> None:
    waiting = standing(state)
    due = due_at(waiting, CLOCKS)
    assert due_at(replace(waiting, set_to=due), clocks(first_chase_days=1, assess_days=1)) == due
    assert due_at(waiting, clocks(first_chase_days=1, assess_days=1)) != due


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_come_to_an_end_cannot_be_put_off(state: State) -> None:
    with pytest.raises(NothingToPutOff):
        put_off(state, date(2026, 11, 23))


def test_a_step_is_put_off_only_so_often() -> None:
    put_off(State.TRIAGED, date(2026, 11, 27), before=2)
    with pytest.raises(PutOffTooOften, match="3 times"):
        put_off(State.TRIAGED, date(2026, 11, 27), before=3)


@pytest.mark.parametrize(("state", "step"), NEXT_STEP.items())
def test_where_a_life_is_at_risk_nothing_waits_until_the_platform_has_decided(
    state: State, step: NextStep
) -> None:
    if step not in URGENT:
        put_off(state, date(2026, 12, 4), emergency=True)
        return
    with pytest.raises(EmergencyWaits):
        put_off(state, date(2026, 11, 23), emergency=True)


def test_one_page_of_reminders_is_sent_at_once_and_no_more() -> None:
    check_how_many(MOST_CHASES_AT_ONCE)
    with pytest.raises(TooManyAtOnce):
        check_how_many(MOST_CHASES_AT_ONCE + 1)
