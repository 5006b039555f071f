"""Who does the same at the same moment does it one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from time import monotonic, sleep
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from evenhand.actions import absences, assessments, figures, public_reports, referrals
from evenhand.actions import public_reports_receiving as receiving
from evenhand.actions.knocking import knock
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.content import identify
from evenhand.rules.figures import FigureDiffers
from evenhand.rules.officers import Officer
from evenhand.rules.public_doors import LIMITS, Door, DoorBusy
from evenhand.rules.public_reports import ReportCount, ReportSettled
from evenhand.rules.questions import Question
from evenhand.rules.referrals import Referral, State, TriageOutcome, check_statutory_route
from evenhand.rules.triage import Detail, RepeatsNothing
from evenhand.store.figures import FigureRow
from evenhand.store.machinery import KnockRow
from evenhand.store.officers import AbsenceRow
from evenhand.store.public_reports import PublicReportRow, ReportCountRow
from tests.actions.reporting import anyone, opened, reported
from tests.actions.test_figures import a_day_later
from tests.builders import ADA, BO, CY, NOW, RIA, intake, public_report
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
