"""Putting a step off, and what ends the wait."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from evenhand.actions import emergencies, referrals, snoozes
from evenhand.queries import referral as one_referral
from evenhand.rules.clocks import EmergencyWaits, NotDueBefore, NothingToPutOff, PutOffTooOften
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, State
from evenhand.rules.texts import ReasonMissing
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from tests.builders import ADA, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db


def later(desk: Desk, days: int = 2) -> date:
    """A working day so many working days on."""
    calendar = settings.CLOCKS.calendar
    return calendar.working_day_after(calendar.day_of(desk.now), days)


def put_off(desk: Desk, reference: str, days: int = 2) -> date:
    until = later(desk, days)
    snoozes.put_off(reference, until, "The reporter calls back.", acting=desk.by(ADA))
    return until


def test_a_step_put_off_is_due_on_that_day_and_says_why() -> None:
    desk = Desk()
    reference = desk.log()
    until = put_off(desk, reference)
    stored = row(reference)
    assert stored.due_at == settings.CLOCKS.calendar.start_of(until)
    assert (stored.put_off_until, stored.version) == (until, 2)
    (snooze,) = one_referral.one(reference, acting=as_reader(ADA)).waiting.snoozes
    assert (snooze.until, snooze.by, snooze.reason) == (until, "Ada", "The reporter calls back.")
    desk.by(OLA)
    (withheld,) = one_referral.one(reference, acting=as_reader(OLA)).waiting.snoozes
    assert withheld.reason is None


def test_any_act_that_moves_the_referral_ends_the_wait() -> None:
    desk = Desk()
    reference = desk.log()
    put_off(desk, reference)
    desk.do(reference, "triage")
    stored = row(reference)
    assert stored.put_off_until is None
    assert stored.due_at == settings.CLOCKS.calendar.end_after(
        stored.state_since, settings.DESK.assess_days
    )


def test_asking_for_a_reminder_ends_the_wait_too() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    desk.now += timedelta(days=30)
    put_off(desk, reference)
    desk.do(reference, "chase")
    stored = row(reference)
    assert stored.put_off_until is None
    assert stored.due_at == settings.CLOCKS.calendar.opening_after(
        desk.now, settings.DESK.chase_gap_days
    )


def test_one_step_is_put_off_only_so_often_and_the_next_one_anew() -> None:
    desk = Desk()
    reference = desk.log()
    for _ in range(settings.DESK.snoozes_of_a_step):
        put_off(desk, reference)
    with changing_nothing(), refused(PutOffTooOften):
        put_off(desk, reference)
    desk.do(reference, "triage")
    put_off(desk, reference, 9)


def test_an_emergency_is_not_put_off() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "emergency")
    with changing_nothing(), refused(EmergencyWaits):
        put_off(desk, reference)


def test_a_life_at_risk_that_was_found_later_is_not_put_off_either() -> None:
    desk = Desk()
    reference = desk.brought_to(State.ASSESSING)
    done = EmergencyRecord(
        done=frozenset({EmergencyStep.CONTROL_ROOM}), done_at=desk.now, told="The inspector"
    )
    emergencies.record(reference, done, acting=desk.by(ADA))
    with changing_nothing(), refused(EmergencyWaits):
        put_off(desk, reference, 9)


def test_putting_off_never_brings_a_reminder_forward() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    due = row(reference).due_at
    with changing_nothing(), refused(NotDueBefore):
        put_off(desk, reference, 1)
    assert row(reference).due_at == due


@pytest.mark.parametrize("state", [State.CLOSED, State.NOT_FOR_US])
def test_what_has_ended_is_not_put_off(state: State) -> None:
    desk = Desk()
    reference = desk.brought_to(state)
    assert row(reference).due_at is None
    with changing_nothing(), refused(NothingToPutOff):
        put_off(desk, reference)


def test_a_step_is_put_off_by_who_may_for_a_reason_and_at_the_version_seen() -> None:
    desk = Desk()
    reference = desk.log()
    until = later(desk)
    desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        snoozes.put_off(reference, until, "Why not.", acting=desk.by(OLA))
    with changing_nothing(), refused(ReasonMissing):
        snoozes.put_off(reference, until, " ", acting=desk.by(ADA))
    with changing_nothing(), refused(ChangedMeanwhile):
        snoozes.put_off(reference, until, "Later.", seen_version=7, acting=desk.by(ADA))


def test_the_statutory_route_destroys_the_reason_as_well() -> None:
    desk = Desk()
    reference = desk.log()
    put_off(desk, reference)
    desk.do(reference, "statutory")
    assert row(reference).snoozerows.get().reason is None


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_due_as_the_table_says(state: State) -> None:
    from evenhand.rules.clocks import due_at

    stored = row(Desk().brought_to(state))
    assert stored.due_at == due_at(stored.standing(), settings.CLOCKS)


def test_withdrawing_takes_the_clock_away() -> None:
    desk = Desk()
    reference = desk.log()
    referrals.withdraw(reference, "A mistake of ours.", acting=desk.by(ADA))
    assert row(reference).due_at is None
