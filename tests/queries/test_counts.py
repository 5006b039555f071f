"""Counts of a month: exact, by the desk's own calendar, and as cheap for many rows as for few."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.actions import emergencies, referrals
from evenhand.queries import counts
from evenhand.rules.counting import Counted, Month, month_of
from evenhand.rules.intake import NotPublic
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import State
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from tests.builders import ADA, MAX, NOW, OLA, intake
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db
C = Counted
NOVEMBER = Month(2026, 11)


def counted(month: Month = NOVEMBER) -> dict[Counted, int]:
    return {it: n for it, n in counts.count(month, officer=OLA).numbers.items() if n}


def test_a_quiet_month_is_all_noughts() -> None:
    assert counted() == {}
    assert set(counts.count(NOVEMBER, officer=ADA).numbers) == set(Counted)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.LOGGED, {}),
        (State.TRIAGED, {C.PROCEED: 1}),
        (State.NOT_FOR_US, {C.NOT_FOR_US: 1}),
        (State.DUPLICATE, {C.DUPLICATE: 1}),
        (State.NOT_REFERRED, {C.PROCEED: 1, C.NOT_REFERRED: 1}),
        (State.UNDELIVERABLE, {C.PROCEED: 1}),
        (State.SENT, {C.PROCEED: 1, C.REFERRED: 1}),
        (State.DECIDED, {C.PROCEED: 1, C.REFERRED: 1}),
        (State.CLOSED, {C.PROCEED: 1, C.REFERRED: 1, C.REMOVALS: 1}),
        (State.WITHDRAWN, {C.WITHDRAWN: 1}),
    ],
)
def test_each_thing_is_counted_where_it_happened(
    state: State, expected: dict[Counted, int]
) -> None:
    Desk().brought_to(state)
    assert counted() == {C.LOGGED: 1, **expected}


def test_assessed_and_not_referred_stands_beside_referred() -> None:
    desk = Desk()
    for state in (State.NOT_REFERRED, State.SENT, State.NOT_REFERRED):
        desk.brought_to(state)
    found = counted()
    assert (found[C.REFERRED], found[C.NOT_REFERRED]) == (1, 2)


def test_an_emergency_is_counted_and_a_reminder_is_not() -> None:
    desk = Desk()
    desk.do(desk.log(), "emergency")
    desk.do(desk.brought_to(State.SENT), "chase")
    found = counted()
    assert (found[C.EMERGENCY], found[C.REFERRED]) == (1, 1)


def test_an_emergency_found_after_the_first_look_is_counted_once_and_by_itself() -> None:
    desk = Desk()
    later = desk.brought_to(State.TRIAGED)
    for reference in (later, later, desk.log()):
        emergencies.record(
            reference,
            EmergencyRecord(
                done=frozenset({EmergencyStep.CONTROL_ROOM}), done_at=desk.now, told="The inspector"
            ),
            acting=desk.by(ADA),
        )
    found = counted()
    assert (found[C.PROCEED], found[C.EMERGENCY], found[C.LATER_EMERGENCY]) == (1, 1, 1)


def test_what_was_refused_at_intake_is_counted_by_rule() -> None:
    desk = Desk()
    for _ in range(3):
        with pytest.raises(NotPublic):
            referrals.admit_as_public(public_without_login=False, acting=desk.by(ADA))
    found = counts.count(NOVEMBER, officer=ADA)
    assert found.numbers[C.INTAKE_REFUSED] == 3
    assert found.refused == {"E-PRIV-72": 3}


def test_a_removal_is_taken_back_when_it_is_put_back_and_keeps_its_month_otherwise() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    assert counted()[C.REMOVALS] == 1
    desk.now = desk.now.replace(month=12)
    desk.do(reference, "look_not_visible")
    assert counted()[C.REMOVALS] == 1
    desk.do(reference, "reinstated")
    assert C.REMOVALS not in counted()


def test_the_month_is_the_desks_own() -> None:
    # Half past midnight in London is half past eleven of the evening before in UTC.
    desk = Desk(now=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    desk.log()
    with pytest.raises(NotPublic):
        referrals.admit_as_public(public_without_login=False, acting=desk.by(ADA))
    assert counted(Month(2026, 6)) == {}
    assert counted(Month(2026, 7)) == {C.LOGGED: 1, C.INTAKE_REFUSED: 1}


def test_neighbouring_months_add_up() -> None:
    desk = Desk()
    months = [NOVEMBER.before, NOVEMBER, NOVEMBER.after]
    for day in (1, 10, 11, 40, 41):
        desk.now = NOW.replace(month=10, day=1, hour=12) + (NOW - NOW.replace(day=19)) * day
        desk.log(said=intake(observed_at=desk.now))
    told = [counted(it).get(C.LOGGED, 0) for it in months]
    assert told == [3, 2, 0]


def test_looks_are_counted_after_they_are_forgotten() -> None:
    desk = Desk()
    desk.log("https://www.tiktok.com/@made.up/video/7000000000000000001")
    desk.log()
    assert counted() == {C.LOGGED: 2, C.LOOKS: 1}


def test_more_rows_take_no_more_queries() -> None:
    desk = Desk()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            counts.count(month_of(desk.now.date()), officer=ADA)
        return len(captured)

    few = queries()
    for _ in range(2):
        for state in (State.CLOSED, State.NOT_REFERRED, State.NOT_FOR_US, State.LOGGED):
            desk.brought_to(state)
    assert queries() == few <= 6


def test_the_record_and_the_counts_agree() -> None:
    desk = Desk()
    states = [state for state in State if state is not State.NO_RESPONSE]
    for state in states:
        desk.brought_to(state)
    found = Counter(counted())
    assert found[C.LOGGED] == len(states)
    assert found[C.NOT_REFERRED] == found[C.WITHDRAWN] == found[C.NOT_FOR_US] == 1


def test_who_may_not_list_referrals_may_not_count_them() -> None:
    with refused(RoleMissing):
        counts.count(NOVEMBER, officer=MAX)
