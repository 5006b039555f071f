"""Who is away, until when, and who stands in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.actions import absences
from evenhand.actions import officers as managing
from evenhand.queries import officers, worklist
from evenhand.rules.handover import Absence, AbsenceDaysWrong, CannotWorkOnIt, StandInWrong
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.referrals import NotFound
from evenhand.store.officers import AbsenceRow
from tests.builders import ADA, BO, CY, DEE, MAX, as_reader
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY, DEE, MAX):
        desk.add(officer)
    return desk


def away(desk: Desk, who: Officer, *, stand_in: str = "", days: int = 5) -> date:
    last = desk.now.date() + timedelta(days=days)
    absences.set_absence(
        "ada",
        first_day=desk.now.date(),
        last_day=last,
        stand_in=stand_in,
        acting=desk.by(who),
    )
    return last


@pytest.mark.parametrize("who", [ADA, CY, MAX], ids=lambda it: it.name)
def test_an_absence_is_entered_by_oneself_an_approver_or_the_administrator(
    desk: Desk, who: Officer
) -> None:
    last = away(desk, who, stand_in="bo")
    known = {it.username: it for it in officers.team(today=desk.now.date())}
    assert (known["ada"].away_until, known["ada"].stand_in) == (last, "Bo")
    assert (known["bo"].away_until, known["bo"].stand_in) == (None, "")
    assert "dee" not in known
    assert [it.name for it in officers.covered_by(BO, today=desk.now.date())] == ["Ada"]
    after = last + timedelta(days=1)
    assert officers.covered_by(BO, today=after) == []
    assert {it.away_until for it in officers.team(today=after)} == {None}


def test_a_new_absence_takes_the_place_of_the_old_and_either_can_be_ended(desk: Desk) -> None:
    away(desk, ADA, stand_in="bo")
    last = away(desk, ADA, days=9)
    found = officers.absence_of(ADA.ref)
    assert found is not None
    assert (found.last_day, found.stand_in) == (last, None)
    assert AbsenceRow.objects.count() == 2
    absences.end_absence("ada", acting=desk.by(ADA))
    assert officers.absence_of(ADA.ref) is None


def test_an_absence_that_may_not_be_changes_nothing(desk: Desk) -> None:
    for rule, who, stand_in, days in (
        (RoleMissing, BO, "", 5),
        (RoleMissing, DEE, "", 5),
        (AbsenceDaysWrong, ADA, "", -1),
        (StandInWrong, ADA, "ada", 5),
        (StandInWrong, ADA, "dee", 5),
        (CannotWorkOnIt, ADA, "nobody", 5),
    ):
        with changing_nothing(), refused(rule):
            away(desk, who, stand_in=stand_in, days=days)


def test_the_work_of_who_is_away_waits_for_who_stands_in(desk: Desk) -> None:
    reference = desk.log()
    away(desk, ADA, stand_in="bo")
    covered = [it.ref for it in officers.covered_by(BO, today=desk.now.date())]
    [pile] = worklist.waiting_for(covering=covered, acting=as_reader(BO, desk.now))
    assert [(it.reference, it.owner) for it in pile.lines] == [(reference, ADA.ref)]
    assert worklist.waiting_for(acting=as_reader(BO, desk.now)) == []


def test_nobody_stands_in_who_is_away_as_well(desk: Desk) -> None:
    today = desk.now.date()
    absences.set_absence(
        "bo",
        first_day=today + timedelta(days=5),
        last_day=today + timedelta(days=9),
        acting=desk.by(BO),
    )
    with changing_nothing(), refused(StandInWrong):
        away(desk, ADA, stand_in="bo", days=5)
    away(desk, ADA, stand_in="bo", days=4)
    counted_on = Absence(officer=BO.ref, first_day=today, last_day=today)
    assert officers.stood_in_for(counted_on) == ["Ada"]
    late = Absence(officer=BO.ref, first_day=today + timedelta(days=5), last_day=date.max)
    assert officers.stood_in_for(late) == []


def test_an_absence_that_was_not_entered_is_not_ended(desk: Desk) -> None:
    with changing_nothing(), refused(NotFound):
        absences.end_absence("ada", acting=desk.by(ADA))


def test_the_last_day_away_is_one_of_this_desks_own_calendar(desk: Desk) -> None:
    desk.now = datetime(2026, 7, 9, 23, 30, tzinfo=UTC)  # 00:30 on 10 July in London
    yesterday = date(2026, 7, 9)
    with changing_nothing(), refused(AbsenceDaysWrong):
        absences.set_absence("ada", first_day=yesterday, last_day=yesterday, acting=desk.by(ADA))


def test_whoever_has_left_the_desk_stands_in_for_nobody(desk: Desk) -> None:
    away(desk, ADA, stand_in="bo")
    managing.retire("bo", acting=desk.by(MAX))
    known = {it.username: it for it in officers.team(today=desk.now.date())}
    assert known["ada"].away_until
    assert known["ada"].stand_in == ""
