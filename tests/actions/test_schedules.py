"""The figures of the retention schedule change by two people, for what ends from then on."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import retention, schedules
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.holds import OtherOfficerNeeded
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import State
from evenhand.rules.retention import Figures, FiguresWrong
from evenhand.rules.retention_schedules import Period
from evenhand.rules.reviews import NothingProposed
from evenhand.rules.texts import ReasonMissing
from evenhand.store.keys import RecordKeyRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.schedules import ScheduleVersionRow, schedule_of
from evenhand.store.writing import writing
from tests.actions.test_disposal import a_desk
from tests.builders import CY, DEE, RON
from tests.desks import FreshDesk
from tests.journeys import changing_nothing, refused, row

SHORTER = Figures(3, 9, 2, 4)


def waiting(code: str = "D02") -> UUID:
    """Give the proposal that waits."""
    return ScheduleVersionRow.objects.get(schedule=code, approved_at=None).id


@pytest.mark.django_db
def test_new_figures_hold_for_what_ends_after_a_second_person_approved_them() -> None:
    desk = a_desk()
    before = desk.brought_to(State.WITHDRAWN)
    schedules.propose("D02", Figures(1, 2, 1, 2), "Too quick.", acting=desk.by(RON))
    schedules.propose("D02", SHORTER, "We need less.", acting=desk.by(RON))
    assert ScheduleVersionRow.objects.count() == 1
    assert RecordKeyRow.objects.filter(id__in=ScheduleVersionRow.objects.values("key")).count() == 1
    assert schedule_of("D02").review == Period(6, 0)
    seen = waiting()
    schedules.approve("D02", seen=seen, acting=desk.by(DEE))
    after = desk.brought_to(State.WITHDRAWN)
    assert schedule_of("D02").review == Period(3, 0)
    assert row(after).review_on < row(before).review_on  # type: ignore[operator]
    assert schedule_of("D01").review == Period(12, 0)
    with refused(NothingProposed):
        schedules.approve("D02", seen=seen, acting=desk.by(DEE))


@pytest.mark.django_db
def test_what_took_the_place_of_the_figures_that_were_seen_is_not_approved() -> None:
    desk = a_desk()
    schedules.propose("D02", SHORTER, "We need less.", acting=desk.by(RON))
    seen = waiting()
    schedules.propose("D02", Figures(4, 9, 2, 4), "Four is right.", acting=desk.by(RON))
    with refused(NothingProposed):
        schedules.approve("D02", seen=seen, acting=desk.by(DEE))
    with refused(NothingProposed):
        schedules.approve("D01", seen=waiting(), acting=desk.by(DEE))
    schedules.approve("D02", seen=waiting(), acting=desk.by(DEE))
    assert schedule_of("D02").review == Period(4, 0)


@pytest.mark.django_db
def test_nobody_sets_figures_alone_past_the_limits_or_without_a_reason() -> None:
    desk = a_desk()
    with changing_nothing():
        with refused(FiguresWrong):
            schedules.propose("D02", Figures(6, 99, 3, 6), "More.", acting=desk.by(RON))
        with refused(ReasonMissing):
            schedules.propose("D02", SHORTER, " ", acting=desk.by(RON))
        for nobody in (CY, DEE):
            with refused(RoleMissing):
                schedules.propose("D02", SHORTER, "Less.", acting=desk.by(nobody))
        with refused(RoleMissing):
            schedules.approve("D02", seen=uuid4(), acting=desk.by(RON))


@pytest.mark.django_db
def test_whoever_proposed_figures_does_not_approve_them() -> None:
    desk = a_desk()
    both = replace(RON, roles=RON.roles | DEE.roles)
    schedules.propose("D02", SHORTER, "Less.", acting=desk.by(RON))
    with refused(OtherOfficerNeeded):
        schedules.approve("D02", seen=waiting(), acting=desk.by(both))


def test_what_ended_before_there_was_a_schedule_is_dated_by_the_worker(
    fresh_desk: FreshDesk,
) -> None:
    desk = a_desk()
    reference = desk.brought_to(State.WITHDRAWN)
    desk.log()
    days = row(reference).max_on
    with fresh_desk.server.superuser(fresh_desk.name) as superuser:
        superuser.execute("ALTER TABLE referral DROP CONSTRAINT referral_kept_for_a_time")
    with writing() as pen:
        old = ReferralRow.objects.locked(reference)
        old.schedule = old.start_on = old.review_on = old.max_on = None
        old.keep()
        pen.enter(about(old, Act.RECORD_DATED, None, acting=desk.by(WORKER)))
    desk.now += timedelta(days=10)
    assert retention.run(acting=desk.by(WORKER)).dated == 1
    assert row(reference).max_on == days
    assert retention.run(acting=desk.by(WORKER)).dated == 0
