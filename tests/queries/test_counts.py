"""Counts of a month: exact, by the desk's own calendar, and as cheap for many rows as for few."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from evenhand.actions import emergencies, referrals
from evenhand.queries import counts
from evenhand.rules.challenges import UPHELD
from evenhand.rules.counting import Counted, Month, month_of
from evenhand.rules.intake import NotPublic
from evenhand.rules.notices import Delivery, NoticeKind
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import Decision, State
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from evenhand.store.casework import DecisionRow, EmergencyRow, MoveRow, NoticeRow
from evenhand.store.challenges import ChallengeRow
from evenhand.store.disposing import COUNTED_MOVES
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import MonthCountRow, TallyRow
from tests.a_lived_in_desk import a_lived_in_desk, counted, shown
from tests.builders import ADA, MAX, NOW, intake
from tests.desks import FreshDesk
from tests.journeys import Desk, refused
from tests.store.raw import ask, connected

pytestmark = pytest.mark.django_db
C = Counted
NOVEMBER = Month(2026, 11)


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


def test_more_rows_take_no_more_queries_and_no_more_rows() -> None:
    desk = Desk()

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            counts.count(month_of(desk.now.date()), officer=ADA)
        return [it["sql"] for it in captured]

    def work() -> int:
        for state in (State.CLOSED, State.NOT_REFERRED, State.NOT_FOR_US, State.LOGGED):
            desk.brought_to(state)
        return MonthCountRow.objects.count()

    once = work()
    few = asked()
    assert {work() for _ in range(3)} == {once}
    assert len(asked()) == len(few) == 2
    read = {it for sql in asked() for it in re.findall(r"(?:FROM|JOIN) (\S+)", sql)}
    assert read == {'"machinery"."month_count"', '"tally"', '"refused_intake"'}


def happened() -> Iterator[tuple[datetime, Counted]]:
    """Tell all that the rows themselves say was done, and when: a recount, row by row."""
    for it in ReferralRow.objects.all():
        yield it.logged_at, C.LOGGED
        if it.counted_look:
            yield it.logged_at, C.LOOKS
        if it.removal_since:
            yield it.removal_since, C.REMOVALS
    for move in MoveRow.objects.filter(move__in=COUNTED_MOVES):
        yield move.at, COUNTED_MOVES[move.move]
    for refusal in DecisionRow.objects.filter(decision=Decision.REFUSE):
        yield refusal.at, C.NOT_REFERRED
    for notice in NoticeRow.objects.filter(kind=NoticeKind.REFERRAL, delivery=Delivery.ACCEPTED):
        assert notice.settled_at
        yield notice.settled_at, C.REFERRED
    for emergency in EmergencyRow.objects.found_later():
        yield emergency.at, C.LATER_EMERGENCY
    yield from challenges()


def challenges() -> Iterator[tuple[datetime, Counted]]:
    for challenge in ChallengeRow.objects.all():
        yield challenge.at, C.CHALLENGED
        if challenge.standing in UPHELD and challenge.settled_at:
            yield challenge.settled_at, C.UPHELD


def recounted() -> Counter[tuple[Month, Counted]]:
    zone = timezone.get_default_timezone()
    found = Counter((month_of(at.astimezone(zone).date()), what) for at, what in happened())
    for it in TallyRow.objects.filter(counted__in=list(C)):
        found[month_of(it.month), C(it.counted)] += it.number
    return found


def test_the_counts_are_a_full_recount() -> None:
    a_lived_in_desk()
    assert shown() == recounted()
    kinds = {what for _month, what in recounted()}
    assert kinds == set(C) - {C.INTAKE_REFUSED}


def test_refused_intakes_are_given_as_at_a_day() -> None:
    desk = Desk()
    for _ in range(2):
        with pytest.raises(NotPublic):
            referrals.admit_as_public(public_without_login=False, acting=desk.by(ADA))
        desk.now += timedelta(days=1)
    first = NOW.date()
    found = counts.count(NOVEMBER, officer=ADA, as_at=first)
    assert (found.refused, found.as_at) == ({"E-PRIV-72": 1}, first)
    assert counted(as_at=first + timedelta(days=1)) == {C.INTAKE_REFUSED: 2}


def test_nobody_waits_for_the_count_of_somebody_else(fresh_desk: FreshDesk) -> None:
    count = "SELECT machinery.count_in_month('logged', '2001-02-03', 1)"
    total = "SELECT sum(number), count(*) FROM machinery.month_count WHERE month = '2001-02-01'"
    with (
        psycopg.connect(fresh_desk.owner_url) as first,
        psycopg.connect(fresh_desk.owner_url) as second,
    ):
        second.execute("SET lock_timeout = '2s'")
        first.execute(count.encode())
        second.execute(count.encode())
        second.commit()
        first.execute(count.encode())
        assert ask(first, total) == [(3, 2)]
        first.rollback()


@pytest.mark.parametrize(
    "forged",
    [
        "SELECT machinery.count_in_month('logged', '2001-02-03', 1)",
        "UPDATE machinery.month_count SET number = 0",
        "DELETE FROM machinery.month_count",
        "INSERT INTO machinery.month_count SELECT gen_random_uuid(), '2001-02-01', 'logged', 0, 7",
        "UPDATE machinery.known_since SET day = '2001-02-03'",
        "DELETE FROM machinery.people_known",
        "SELECT machinery.count_anew('UTC')",
    ],
)
def test_no_program_counts_what_did_not_happen(fresh_desk: FreshDesk, forged: str) -> None:
    with connected(fresh_desk) as run, pytest.raises(InsufficientPrivilege):
        run.execute(forged.encode())


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
