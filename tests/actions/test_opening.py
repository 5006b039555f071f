"""A restored desk is closed to casework until two people have opened it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from evenhand.actions import officers, opening, platform_links, platform_tokens, platforms
from evenhand.ledger.acts import Act
from evenhand.queries import opening as asking
from evenhand.queries import platform_tokens as listed
from evenhand.queries import worklist
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.opening import STILL_ENDED, DeskNotOpen, NotCompared, NothingToOpen
from evenhand.rules.people import AskedTooLongAgo
from evenhand.rules.referrals import State
from evenhand.rules.texts import ReasonMissing
from evenhand.store.log import EntryRow
from evenhand.store.officers import OfficerRow
from evenhand.store.opening import RestorationRow
from evenhand.store.platforms import SignOffRow
from evenhand.store.writing import writing_together
from tests.actions.test_disposal import a_desk
from tests.builders import ADA, CY, DEE, MAX, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused
from tests.opening import closed, compared

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def entered(act: Act) -> int:
    return sum(f'"act":"{act}"'.encode() in bytes(it.leaf) for it in EntryRow.objects.all())


def test_it_opens_once_an_administrator_proposed_it_and_the_dpo_attested(desk: Desk) -> None:
    desk.by(MAX)
    with closed(desk):
        with refused(DeskNotOpen), changing_nothing():
            desk.log()
        assert asking.is_closed()
        remains = asking.what_remains()
        assert remains is not None
        assert (remains.is_compared, remains.proposed) == (False, None)
        with refused(NotCompared):
            opening.propose("Looked at it all.", acting=desk.by(MAX))
        compared(desk.now - timedelta(hours=1))
        with refused(NotCompared):
            opening.propose("Looked at it all.", acting=desk.by(MAX))
        compared(desk.now + timedelta(seconds=1))
        with refused(ReasonMissing):
            opening.propose(" ", acting=desk.by(MAX))
        with refused(NothingToOpen):
            opening.attest(acting=desk.by(DEE))
        opening.propose("Looked at it all.", acting=desk.by(MAX))
        found = asking.one(officer=DEE)
        assert found is not None
        assert (found.reason, found.proposed_by) == ("Looked at it all.", MAX.name)
        with refused(DeskNotOpen):
            desk.log()
        opening.attest(acting=desk.by(DEE))
        assert not asking.is_closed()
        assert (asking.one(officer=MAX), asking.what_remains()) == (None, None)
        desk.log()
        with refused(NothingToOpen):
            opening.attest(acting=desk.by(DEE))
    row = RestorationRow.objects.get()
    assert (row.proposed_by_id, row.opened_by_id) == (MAX.ref, DEE.ref)
    acts = (Act.DESK_KEPT_CLOSED, Act.OPENING_PROPOSED, Act.OPENING_ATTESTED)
    assert [entered(it) for it in acts] == [1, 1, 1]


def test_what_was_ended_since_the_backup_is_ended_again_before_it_opens(desk: Desk) -> None:
    desk.sign_off()
    [leave] = SignOffRow.objects.all()
    token = platform_tokens.make("youtube", acting=desk.by(MAX))
    [known] = listed.in_force("youtube", acting=desk.by(MAX))
    reference = desk.brought_to(State.SENT)
    with closed(desk):
        with refused(DeskNotOpen), changing_nothing():
            platform_tokens.make("youtube", acting=desk.by(MAX))
        with refused(DeskNotOpen), changing_nothing():
            desk.sign_off()
        platform_tokens.end("youtube", known.id, acting=desk.by(MAX))
        platforms.end_sign_off(leave.platform, Transport(leave.transport), acting=desk.by(DEE))
        platform_links.take_back(reference, "It was taken back.", acting=desk.by(ADA))
        assert listed.shown(token, now=desk.now) is None
        leave.refresh_from_db()
        assert leave.ended_at
    assert [entered(Act(it)) for it in sorted(STILL_ENDED)] == [1, 1, 1]


def test_what_was_proposed_over_72_hours_ago_is_proposed_anew(desk: Desk) -> None:
    desk.by(MAX)
    with closed(desk):
        compared(desk.now + timedelta(seconds=1))
        opening.propose("Looked at it all.", acting=desk.by(MAX))
        desk.now += timedelta(hours=73)
        with refused(AskedTooLongAgo):
            opening.attest(acting=desk.by(DEE))
        opening.propose("Looked again.", acting=desk.by(MAX))
        opening.attest(acting=desk.by(DEE))
        assert not asking.is_closed()


def test_only_these_two_roles_may(desk: Desk) -> None:
    desk.by(MAX)
    with closed(desk), changing_nothing():
        compared(desk.now + timedelta(seconds=1))
        for nobody in (ADA, CY, OLA, DEE):
            with refused(RoleMissing):
                opening.propose("So.", acting=desk.by(nobody))
        for nobody in (ADA, CY, OLA, MAX):
            with refused(RoleMissing):
                opening.attest(acting=desk.by(nobody))
        for nobody in (ADA, CY, OLA):
            with refused(RoleMissing):
                asking.one(officer=nobody)


def test_a_desk_restored_from_a_backup_of_a_closed_one_opens_once(desk: Desk) -> None:
    desk.by(MAX)
    with closed(desk):
        desk.now += timedelta(hours=1)
        with closed(desk, clock_ran=False):
            compared(desk.now + timedelta(seconds=1), found=2)
            found = asking.one(officer=MAX)
            assert found is not None
            assert (found.clock_ran, found.beyond, found.tree) == (False, 1, (1_234, b"r" * 32))
            assert found.compared is not None
            opening.propose("Looked at it all.", acting=desk.by(MAX))
            opening.attest(acting=desk.by(DEE))
            assert not asking.is_closed()


def test_before_anything_was_compared_or_published_there_is_nothing_to_tell_of_it(
    desk: Desk,
) -> None:
    with closed(desk, tree=None):
        found = asking.one(officer=DEE)
        assert found is not None
        assert (found.tree, found.compared, found.proposed_by) == (None, None, "")
        assert found.answer_by is None


def test_of_several_acts_together_none_is_done(desk: Desk) -> None:
    from evenhand.ledger.entries import Entry

    with closed(desk), refused(DeskNotOpen), changing_nothing(), writing_together() as pens:
        pens.open([uuid4()])
        pens.enter([Entry(act=Act.REFERRAL_LOGGED, at=desk.now, who=ADA.ref)])


def test_who_left_meanwhile_is_retired_and_their_work_is_everyones_once_it_is_open(
    desk: Desk,
) -> None:
    reference = desk.log()
    with closed(desk):
        with refused(DeskNotOpen), changing_nothing():
            officers.retire("ada", hand_over_to="cy", acting=desk.by(WORKER))
        assert officers.retire("ada", acting=desk.by(WORKER)) == 0
        assert OfficerRow.objects.get(name="Ada").retired_at
        compared(desk.now + timedelta(seconds=1))
        opening.propose("Looked at it all.", acting=desk.by(MAX))
        opening.attest(acting=desk.by(DEE))
    waits = worklist.waiting_for(acting=as_reader(CY, desk.now))
    assert reference in str(waits)


def test_an_open_desk_is_not_opened(desk: Desk) -> None:
    desk.by(MAX)
    with refused(NothingToOpen):
        opening.propose("So.", acting=desk.by(MAX))
