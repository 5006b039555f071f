"""A record is used for another purpose once one officer asked and another allowed it. A08."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.actions import purposes, sharing
from evenhand.ledger.acts import Act
from evenhand.queries import people as one_person
from evenhand.queries.history import act_of
from evenhand.rules.officers import RoleMissing
from evenhand.rules.people import AskedTooLongAgo, NotAsItStands, NotYourPerson, OwnRequest
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.purposes import OtherPurpose, Purpose, PurposeChange
from evenhand.rules.referrals import NotFound
from evenhand.rules.retention_schedules import Period
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.purposes import PurposeChangeRow
from evenhand.store.sharing import DisclosureRow
from tests.actions.people import known_person, person
from tests.actions.sharing import in_force, released, staffed, wanted
from tests.actions.test_disposal import a_desk, dispose_of
from tests.builders import ADA, BO, CY, DEE, RIA, SID, proposal, terms
from tests.journeys import Desk, changing_nothing, refused
from tests.ledger import reading

pytestmark = pytest.mark.django_db
WHY = "To warn her school."
CHANGE = PurposeChange(
    purpose=Purpose.SAFEGUARD,
    law="Children Act 2004 s.11",
    necessity="She cannot be warned otherwise.",
    proportionality="Only her name is used.",
)


def asked(desk: Desk) -> str:
    """Have Ada ask to use a record to safeguard somebody."""
    reference = known_person(desk)
    purposes.ask(reference, CHANGE, acting=desk.by(ADA))
    return reference


def allowed(desk: Desk) -> str:
    reference = asked(desk)
    purposes.answer(reference, Purpose.SAFEGUARD, "It is so.", agreed=True, acting=desk.by(DEE))
    return reference


def acts_on(reference: str) -> list[Act]:
    rows = EntryRow.objects.filter(obj=person(reference).id, ver__isnull=False).order_by("number")
    return [act_of(it.leaf) for it in rows]


def test_a_look_for_another_purpose_is_refused_until_it_is_allowed() -> None:
    desk = a_desk()
    reference = asked(desk)
    acting = desk.by(ADA)
    with refused(OtherPurpose), changing_nothing():
        one_person.one(reference, WHY, purpose=Purpose.SAFEGUARD, acting=acting)
    purposes.answer(reference, Purpose.SAFEGUARD, "It is so.", agreed=True, acting=desk.by(DEE))
    shown = one_person.one(reference, WHY, purpose=Purpose.SAFEGUARD, acting=desk.by(ADA))
    [change] = shown.purposes
    assert (change.purpose, change.approved, change.law, change.answer) == (
        Purpose.SAFEGUARD,
        True,
        CHANGE.law,
        "It is so.",
    )
    told = reading.fields(OpeningRow.objects.latest("entry").fields)
    assert (told["why"], told["outcome"]) == ("read_person", "safeguard_individual")
    with refused(OtherPurpose):
        one_person.one(reference, WHY, purpose=Purpose.EVIDENCE, acting=desk.by(ADA))
    assert acts_on(reference)[-2:] == [Act.PURPOSE_ASKED, Act.PURPOSE_ALLOWED]
    one_person.one(reference, WHY, purpose=Purpose.RIGHTS, acting=desk.by(RIA))


def test_what_is_refused_can_be_asked_for_again() -> None:
    desk = a_desk()
    reference = asked(desk)
    purposes.answer(reference, Purpose.SAFEGUARD, "Not so.", agreed=False, acting=desk.by(DEE))
    assert acts_on(reference)[-1] is Act.PURPOSE_REFUSED
    with refused(OtherPurpose):
        one_person.one(reference, WHY, purpose=Purpose.SAFEGUARD, acting=desk.by(ADA))
    purposes.ask(reference, CHANGE, acting=desk.by(ADA))
    with refused(NotAsItStands), changing_nothing():
        purposes.ask(reference, CHANGE, acting=desk.by(ADA))


def test_who_asks_does_not_answer_nor_who_may_not_nor_too_late() -> None:
    desk = a_desk()
    reference = asked(desk)
    both = replace(ADA, roles=ADA.roles | DEE.roles)
    for officer, rule in ((both, OwnRequest), (CY, RoleMissing)):
        acting = replace(desk.by(ADA), officer=officer)
        for agreed in (True, False):
            with refused(rule):
                purposes.answer(reference, Purpose.SAFEGUARD, "So.", agreed=agreed, acting=acting)
    with refused(NotFound):
        purposes.answer(reference, Purpose.EVIDENCE, "So.", agreed=True, acting=desk.by(DEE))
    desk.now += timedelta(hours=73)
    with refused(AskedTooLongAgo):
        purposes.answer(reference, Purpose.SAFEGUARD, "So.", agreed=True, acting=desk.by(DEE))
    purposes.answer(reference, Purpose.SAFEGUARD, "Late.", agreed=False, acting=desk.by(DEE))


def test_who_may_not_open_a_record_asks_nothing_of_it() -> None:
    desk = a_desk()
    reference = known_person(desk)
    with refused(NotYourPerson):
        purposes.ask(reference, CHANGE, acting=desk.by(BO))
    with refused(RoleMissing):
        purposes.ask(reference, CHANGE, acting=desk.by(CY))


def test_a_package_for_another_purpose_is_not_built_before_it_is_allowed() -> None:
    desk = a_desk()
    reference = asked(desk)
    agreement = in_force(desk)
    other = replace(wanted(reference, agreement), purpose=Purpose.SAFEGUARD)
    acting = desk.by(SID)
    with refused(OtherPurpose), changing_nothing():
        sharing.build(reference, other, acting=acting)
    purposes.answer(reference, Purpose.SAFEGUARD, "It is so.", agreed=True, acting=desk.by(DEE))
    package = sharing.build(reference, other, acting=desk.by(SID))
    assert DisclosureRow.objects.get(reference=package).purpose == "safeguard_individual"
    sharing.propose(package, acting=desk.by(SID))
    digest = DisclosureRow.objects.get(reference=package).digest
    sharing.approve(package, bytes(digest).hex(), "I read it.", acting=desk.by(CY))


def test_what_was_allowed_goes_with_the_person() -> None:
    desk = a_desk()
    dispose_of(desk, allowed(desk))
    assert not PurposeChangeRow.objects.exists()


@pytest.mark.parametrize("role", [PersonRole.SUSPECT, PersonRole.VICTIM])
def test_a_suspect_whom_an_investigation_has_as_evidence_is_kept_for_less(
    role: PersonRole,
) -> None:
    desk = staffed()
    said = terms(review_on=desk.now.date() + timedelta(days=90), roles=frozenset({role}))
    agreement = in_force(desk, said)
    reference = known_person(desk, said=proposal(role))
    before = person(reference)
    released(desk, reference, agreement)
    assert person(reference).schedule == before.schedule
    change = replace(CHANGE, purpose=Purpose.EVIDENCE)
    purposes.ask(reference, change, acting=desk.by(ADA))
    purposes.answer(reference, Purpose.EVIDENCE, "It is so.", agreed=True, acting=desk.by(DEE))
    released(desk, reference, agreement, purpose=Purpose.EVIDENCE)
    row, today = person(reference), desk.now.date()
    if role is PersonRole.SUSPECT:
        half, quarter = (Period(it, 0).after(today) for it in (6, 3))
        assert (row.schedule, row.start_on) == ("D06", today)
        assert row.max_on == min(half, before.max_on)
        assert row.review_on == min(quarter, before.review_on)
    else:
        assert (row.schedule, row.max_on) == (before.schedule, before.max_on)
