"""Who does the same at the same moment does it one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from time import monotonic, sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from evenhand.actions import (
    absences,
    agreements,
    assessments,
    figures,
    people,
    people_corrections,
    people_restrictions,
    public_reports,
    referrals,
    sharing,
)
from evenhand.actions import public_reports_receiving as receiving
from evenhand.actions.knocking import knock
from evenhand.actions.sharing_checks import checked_again
from evenhand.rules.agreements import Terms
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.combinations import NotToBeCombined
from evenhand.rules.content import identify
from evenhand.rules.figures import FigureDiffers
from evenhand.rules.officers import Acting, Officer
from evenhand.rules.people import Restriction
from evenhand.rules.public_doors import LIMITS, Door, DoorBusy
from evenhand.rules.public_reports import ReportCount, ReportSettled
from evenhand.rules.questions import Question
from evenhand.rules.referrals import Referral, State, TriageOutcome, check_statutory_route
from evenhand.rules.sharing import DisclosureStands, Standing
from evenhand.rules.triage import Detail, RepeatsNothing
from evenhand.seal.record import RecordKey
from evenhand.store.figures import FigureRow
from evenhand.store.machinery import KnockRow
from evenhand.store.officers import AbsenceRow
from evenhand.store.public_reports import PublicReportRow, ReportCountRow
from evenhand.store.sharing import DisclosureRow, RecallRow
from tests.actions.people import known_person, person, proposed
from tests.actions.reporting import anyone, opened, reported
from tests.actions.sharing import approved, built, in_force, staffed
from tests.actions.sharing import row as disclosed
from tests.actions.test_figures import a_day_later
from tests.builders import ADA, ANSWERS, BO, CY, DEE, GUS, NED, NOW, RIA, SID, intake, public_report
from tests.journeys import Desk, refused, row

pytestmark = pytest.mark.usefixtures("fresh_desk")


def both(*acts: Callable[[], object]) -> None:
    """Do several acts at once, each on a connection of its own."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts))


def waits_for_another() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_who_links_a_duplicate_and_who_takes_the_route_never_wait_for_each_other_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    address = "https://clipnest.example.org/v/1"
    first = desk.log(address)
    again = referrals.log(
        identify(address),
        address,
        intake(observed_at=desk.now),
        continuing=referrals.Continuing(reason="It is up again."),
        acting=desk.by(ADA),
    )
    ada, bo = desk.by(ADA), desk.by(BO)
    is_locked = Event()

    def check(referral: Referral) -> None:
        """Go on with the route once the other waits."""
        check_statutory_route(referral)
        is_locked.set()
        end = monotonic() + 20
        while not waits_for_another():
            assert monotonic() < end
            sleep(0.01)

    def take() -> None:
        assessments.take_statutory_route(
            first, reported_to=ReportedTo.IWF, reported_reference="1", acting=bo
        )

    def link() -> None:
        assert is_locked.wait(20)
        detail = Detail(duplicate_of=first)
        with refused(RepeatsNothing):
            referrals.triage(again, TriageOutcome.DUPLICATE, "The same.", detail=detail, acting=ada)

    monkeypatch.setattr(assessments, "check_statutory_route", check)
    both(take, link)
    assert (row(first).state, row(again).state) == (State.STATUTORY_ROUTE, State.LOGGED)
    assert row(again).statutory_with == row(first).id


def _as_it_leaves(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Have whoever releases a package go on once somebody waits for it."""
    is_locked, as_ever = Event(), checked_again

    def check(row: DisclosureRow, key: RecordKey, acting: Acting) -> Terms:
        terms = as_ever(row, key, acting)
        is_locked.set()
        end = monotonic() + 20
        while not waits_for_another():
            assert monotonic() < end
            sleep(0.01)
        return terms

    monkeypatch.setattr(sharing, "checked_again", check)
    return is_locked


def _restrict(desk: Desk, someone: str) -> Callable[[], None]:
    because, acting = Restriction.UNLAWFUL, desk.by(DEE)
    return lambda: people_restrictions.restrict(someone, because, "It is.", acting=acting)


def _contest(desk: Desk, someone: str) -> Callable[[], None]:
    acting = desk.by(ADA)
    return lambda: people_corrections.contest(someone, "name", "Another.", acting=acting)


@pytest.mark.parametrize(("act", "recalls"), [(_restrict, 1), (_contest, 0)])
def test_what_is_done_about_a_person_waits_for_the_package_that_leaves(
    act: Callable[[Desk, str], Callable[[], None]], recalls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = staffed()
    someone = known_person(desk)
    package = approved(desk, built(desk, someone, in_force(desk)))
    acting, then, before = desk.by(SID), act(desk, someone), person(someone).version
    is_locked = _as_it_leaves(monkeypatch)

    def after() -> None:
        assert is_locked.wait(20)
        then()

    both(lambda: sharing.release(package, acting=acting), after)
    assert disclosed(package).standing == Standing.RELEASED
    assert RecallRow.objects.count() == recalls
    assert person(someone).version == before + 1


def test_a_package_does_not_leave_that_was_dropped_as_it_was_to_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = staffed()
    someone = known_person(desk)
    package = approved(desk, built(desk, someone, in_force(desk)))
    acting, restrict = desk.by(SID), _restrict(desk, someone)
    is_locked, as_ever = Event(), sharing.recall

    def recall(*args: Any, **more: Any) -> int:
        """Go on with the restriction once the release waits for it."""
        is_locked.set()
        end = monotonic() + 20
        while not waits_for_another():
            assert monotonic() < end
            sleep(0.01)
        return as_ever(*args, **more)

    def release() -> None:
        assert is_locked.wait(20)
        with refused(DisclosureStands):
            sharing.release(package, acting=acting)

    monkeypatch.setattr(sharing, "recall", recall)
    both(restrict, release)
    assert disclosed(package).standing == Standing.DROPPED


def test_what_a_package_stands_on_ends_as_it_was_to_leave_and_it_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = staffed()
    someone, agreement = known_person(desk), in_force(desk)
    package = approved(desk, built(desk, someone, agreement))
    acting, by_ned, as_ever = desk.by(SID), desk.by(NED), checked_again

    def check(row: DisclosureRow, key: RecordKey, acting: Acting) -> Terms:
        """Have the agreement end, by a colleague, once it was looked at."""
        terms = as_ever(row, key, acting)
        both(lambda: agreements.end(agreement, acting=by_ned))
        return terms

    monkeypatch.setattr(sharing, "checked_again", check)
    with refused(DisclosureStands):
        sharing.release(package, acting=acting)
    assert disclosed(package).standing == Standing.APPROVED


def test_of_two_of_the_same_name_authorised_at_once_one_waits_to_be_told_apart() -> None:
    desk = Desk()
    waiting = [proposed(desk), proposed(desk)]
    told: list[NotToBeCombined] = []

    def authorise(which: str, who: Officer) -> Callable[[], None]:
        acting = desk.by(who)

        def act() -> None:
            try:
                people.authorise(which, ANSWERS, acting=acting)
            except NotToBeCombined as error:
                told.append(error)

        return act

    both(*map(authorise, waiting, (CY, GUS)))
    assert len(told) == 1
    assert sorted(person(it).standing for it in waiting) == ["held", "proposed"]


def test_an_absence_that_two_enter_at_once_is_entered_once_for_each() -> None:
    desk = Desk()
    desk.add(ADA)
    desk.add(CY)
    today = desk.now.date()

    def enter(who: Officer, days: int) -> Callable[[], None]:
        acting = desk.by(who)
        last = today + timedelta(days=days)
        return lambda: absences.set_absence("ada", first_day=today, last_day=last, acting=acting)

    both(enter(ADA, 2), enter(CY, 3))
    assert AbsenceRow.objects.count() == 2
    assert AbsenceRow.objects.filter(ended_at__isnull=True).count() == 1


def test_a_form_that_comes_twice_at_once_is_one_report_with_one_number() -> None:
    desk = Desk()
    told, acting = public_report(), anyone(desk)
    numbers: list[str] = []

    def send() -> None:
        numbers.append(receiving.receive(told, "one showing", acting=acting))

    both(send, send, send)
    assert (len(numbers), len(set(numbers)), PublicReportRow.objects.count()) == (3, 1, 1)
    assert ReportCountRow.objects.get().count == 1


def test_a_report_that_two_settle_at_once_is_settled_once() -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    refused: list[ReportSettled] = []

    def settle(who: Officer) -> Callable[[], None]:
        acting = desk.by(who)

        def act() -> None:
            try:
                public_reports.set_aside(report, "It is private.", acting=acting)
            except ReportSettled as error:
                refused.append(error)

        return act

    both(settle(ADA), settle(CY))
    assert len(refused) == 1
    assert ReportCountRow.objects.get(what=ReportCount.SET_ASIDE).count == 1


def test_of_many_who_knock_at_once_so_many_are_let_in_as_may_come() -> None:
    most = LIMITS[Door.REPORT].from_one_place
    kept_out: list[DoorBusy] = []

    def come() -> None:
        try:
            knock(Door.REPORT, "192.0.2.1", at=NOW)
        except DoorBusy as error:
            kept_out.append(error)

    both(*[come] * (most + 4))
    assert (KnockRow.objects.count(), len(kept_out)) == (most, 4)


def test_of_two_figures_published_at_once_the_second_sees_the_first() -> None:
    desk = Desk(now=timezone.now())
    acting = desk.by(RIA)
    asked = Question(code="logged", as_at=timezone.localdate())
    refs = [figures.give(asked, acting=a_day_later(acting)) for _three in range(3)]
    refused: list[FigureDiffers] = []

    def publish(ref: UUID) -> Callable[[], None]:
        def act() -> None:
            try:
                figures.publish(ref, acting=acting)
            except FigureDiffers as error:
                refused.append(error)

        return act

    both(*map(publish, refs))
    assert len(refused) == 2
    assert FigureRow.objects.standing().count() == 1
