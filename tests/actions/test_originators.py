"""Whoever wrong data came from is told by the next working day, and nothing goes before."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from evenhand.actions import originators, people_corrections, retention, reviews
from evenhand.actions.people_corrections import Why
from evenhand.actions.people_storing import identity_of
from evenhand.ledger.acts import Act
from evenhand.queries import originators as to_tell
from evenhand.queries.history import act_of
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.originators import Originator, OriginatorStands
from evenhand.rules.recalls import RecallsWait
from evenhand.rules.referrals import NotFound
from evenhand.store.log import EntryRow
from evenhand.store.originators import OriginatorNoticeRow
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key
from tests.actions.people import known_person, person
from tests.actions.test_disposal import DISPOSE, a_desk
from tests.builders import ADA, CY, LEE, RON, SID, fact, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
POLICE = Originator(body="Harbour Police", their_reference="HP 7")
WHY = Why(reason="The birth certificate says so.", originator=POLICE)


def corrected(desk: Desk, why: Why = WHY, *, name: str = "Noor Vantage") -> str:
    """Have a name that came from elsewhere put right."""
    reference = known_person(desk, said=proposal(name=name))
    people_corrections.contest(reference, "name", "It is another.", acting=desk.by(ADA))
    row = person(reference)
    right = replace(identity_of(row, open_record_key(row.key)), name="Nour Vantage")
    people_corrections.correct_identity(reference, right, why, acting=desk.by(CY))
    return reference


def only() -> OriginatorNoticeRow:
    return OriginatorNoticeRow.objects.get()


def test_who_corrects_says_whom_it_came_from_and_a_sharing_officer_tells_them() -> None:
    desk = a_desk()
    reference = corrected(desk)
    [line] = to_tell.waiting(acting=desk.by(SID))
    assert (line.reference, act_of(EntryRow.objects.latest("number").leaf)) == (
        reference,
        Act.LIST_CONSULTED,
    )
    found = to_tell.one(line.ref, acting=desk.by(SID))
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.PERSON_CONSULTED
    for told in ("Harbour Police", "HP 7", reference, "a name"):
        assert told in found.message.body
    for data in ("Noor", "Nour", "birth certificate"):
        assert data not in found.message.body
    assert (found.told_on, found.told_by) == (None, "")
    assert to_tell.count_overdue(now=desk.now) == 0
    assert to_tell.count_overdue(now=desk.now + timedelta(days=5)) == 1
    today = desk.now.date()
    originators.told(line.ref, today, acting=desk.by(SID))
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.ORIGINATOR_TOLD
    found = to_tell.one(line.ref, acting=desk.by(SID))
    assert (found.told_on, found.told_by) == (today, "Sid")
    assert to_tell.waiting(acting=desk.by(SID)) == []
    assert to_tell.count_overdue(now=desk.now + timedelta(days=5)) == 0
    with refused(OriginatorStands), changing_nothing():
        originators.told(line.ref, today, acting=desk.by(SID))


def test_a_statement_from_elsewhere_is_told_of_and_what_came_from_nowhere_is_not() -> None:
    desk = a_desk()
    corrected(desk, Why(reason="It was misspelt."))
    assert not OriginatorNoticeRow.objects.exists()
    reference = known_person(desk)
    about = str(person(reference).statements.get().id)
    people_corrections.contest(reference, about, "Another shop.", acting=desk.by(ADA))
    people_corrections.correct_statement(
        reference, about, fact(text="Another shop."), WHY, acting=desk.by(CY)
    )
    assert (only().about, person(reference).id) == ("statement", only().person_id)


def test_a_reference_of_nobody_corrects_nothing() -> None:
    desk = a_desk()
    with refused(OriginatorStands):
        corrected(desk, replace(WHY, originator=Originator(their_reference="HP 7")))
    assert not OriginatorNoticeRow.objects.exists()


def test_only_a_sharing_officer_tells_and_only_what_there_is() -> None:
    desk = a_desk()
    corrected(desk)
    for officer in (ADA, CY):
        acting = desk.by(officer)
        with refused(RoleMissing):
            to_tell.waiting(acting=acting)
        with refused(RoleMissing):
            to_tell.one(only().id, acting=acting)
        with refused(RoleMissing):
            originators.told(only().id, desk.now.date(), acting=acting)
    with refused(NotFound):
        originators.told(uuid4(), desk.now.date(), acting=desk.by(SID))
    with refused(NotFound):
        to_tell.one(uuid4(), acting=desk.by(SID))


def test_nobody_is_disposed_of_before_whom_their_data_came_from_was_told() -> None:
    desk = a_desk()
    reference = corrected(desk)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    with refused(RecallsWait):
        reviews.confirm(reference, acting=desk.by(LEE))
    desk.now += timedelta(days=3 * 365)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 0
    assert PersonRow.objects.filter(reference=reference).exists()
    originators.told(only().id, desk.now.date(), acting=desk.by(SID))
    assert retention.run(acting=desk.by(WORKER)).destroyed == 1
    assert not OriginatorNoticeRow.objects.exists()
