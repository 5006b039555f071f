"""Documents go their way: written, advised on, approved by another, corrected in the open."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import assurance, people
from evenhand.queries import assurance as known
from evenhand.rules.assurance import (
    PARTS,
    DocumentKind,
    IcoNotHeard,
    OwnDocument,
    Residual,
    Said,
    Stage,
)
from evenhand.rules.conditions import ConditionWrong
from evenhand.rules.equality_assessments import EiaDue
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.profile import Regime
from evenhand.rules.referrals import NotFound
from evenhand.store.assurance import DocumentRow
from evenhand.store.lawbook import lawbook
from evenhand.store.log import EntryRow
from tests.builders import ADA, DEE, LIA, MAX, NED, OLA, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
DPIA, APD = DocumentKind.DPIA, DocumentKind.APD


def version(number: int = 1, kind: DocumentKind = DPIA) -> known.VersionInFull:
    return known.one(kind, number, officer=OLA)


def test_a_document_is_written_advised_on_and_put_in_force_until_its_review() -> None:
    desk = Desk()
    desk.put_in_force(days=100)
    found = version()
    assert (found.fact.stage, found.written_by, found.approved_by) == (Stage.IN_FORCE, "Ned", "Lia")
    assert found.fact.in_force_from == desk.now.date()
    assert found.fact.review_on == desk.now.date() + timedelta(days=100)
    assert dict(found.parts) == {it: f"The {it}, as it is." for it in PARTS[DPIA]}
    assert [(it.what, it.text, it.by) for it in found.said] == [
        (Said.ADVICE, "The measures will do.", "Dee")
    ]
    assert known.assured().dpia == found.fact
    assert known.assured().apd is None


def test_a_new_version_takes_the_place_of_the_one_before_only_once_in_force() -> None:
    desk = Desk()
    desk.put_in_force()
    desk.write_document()
    assert version(1).fact.stage is Stage.IN_FORCE
    third = desk.put_in_force()
    stages = {it.fact.number: it.fact.stage for it in known.versions(officer=DEE)}
    assert stages == {1: Stage.REPLACED, 2: Stage.REPLACED, third: Stage.IN_FORCE}


def test_a_high_risk_waits_until_the_commissioners_advice_is_recorded() -> None:
    desk = Desk()
    number = desk.write_document(residual=Residual.HIGH)
    assurance.advise(DPIA, number, "Ask them.", acting=desk.by(DEE))
    assert known.assured().awaits_ico
    review_on = desk.now.date() + timedelta(days=90)
    acting = desk.by(LIA)
    with changing_nothing(), refused(IcoNotHeard):
        assurance.approve(DPIA, number, review_on, acting=acting)
    given_on = desk.now.date()
    assurance.record_ico_advice(DPIA, number, "Go on.", given_on, acting=desk.by(DEE))
    assurance.approve(DPIA, number, review_on, acting=desk.by(LIA))
    assert version().ico_advised_on == given_on
    assert not known.assured().awaits_ico


def test_a_high_risk_is_not_undone_by_writing_that_it_is_low() -> None:
    desk = Desk()
    desk.assured()
    referral = desk.log()
    desk.write_document(residual=Residual.HIGH)
    low = desk.write_document()
    acting = desk.by(ADA)
    with changing_nothing(), refused(IcoNotHeard):
        people.propose(referral, proposal(), acting=acting)
    assurance.advise(DPIA, low, "The new measures will do.", acting=desk.by(DEE))
    assert known.assured().awaits_ico
    assurance.approve(DPIA, low, desk.now.date() + timedelta(days=90), acting=desk.by(LIA))
    people.propose(referral, proposal(), acting=desk.by(ADA))


def test_a_correction_is_added_and_stands_publicly_once_another_published_it() -> None:
    desk = Desk()
    desk.put_in_force(APD)
    assurance.write_erratum(APD, 1, "Paper was left out.", acting=desk.by(NED))
    assert not known.published()[0].errata
    assurance.publish_erratum(APD, 1, 1, acting=desk.by(LIA))
    assert [it.text for it in known.published()[0].errata] == ["Paper was left out."]
    for place in (0, 2):
        acting = desk.by(LIA)
        with changing_nothing(), refused(NotFound):
            assurance.publish_erratum(APD, 1, place, acting=acting)


def test_nobody_publishes_a_correction_of_their_own() -> None:
    desk = Desk()
    desk.put_in_force(APD)
    assurance.write_erratum(APD, 1, "Paper was left out.", acting=desk.by(LIA))
    acting = desk.by(LIA)
    with changing_nothing(), refused(OwnDocument):
        assurance.publish_erratum(APD, 1, 1, acting=acting)


def test_a_policy_document_that_states_no_condition_is_not_approved(settings: Any) -> None:
    desk = Desk()
    here = settings.DESK
    settings.DESK = replace(here, regime=Regime.UK_GDPR)
    number = desk.write_document(APD, conditions=())
    settings.DESK = here
    with changing_nothing(), refused(ConditionWrong):
        assurance.approve(APD, number, desk.now.date() + timedelta(days=9), acting=desk.by(LIA))


def test_under_other_law_a_new_assessment_comes_before_a_policy_that_states_nothing(
    settings: Any,
) -> None:
    desk = Desk()
    desk.put_in_force()
    settings.DESK = replace(settings.DESK, regime=Regime.UK_GDPR)
    number = desk.write_document(APD, conditions=())
    with changing_nothing(), refused(ConditionWrong):
        assurance.approve(APD, number, desk.now.date() + timedelta(days=9), acting=desk.by(LIA))
    desk.put_in_force()
    assurance.approve(APD, number, desk.now.date() + timedelta(days=9), acting=desk.by(LIA))


@pytest.mark.parametrize("officer", [ADA, MAX, OLA, DEE])
def test_nobody_else_writes_or_approves(officer: Officer) -> None:
    desk = Desk()
    desk.write_document()
    acting = desk.by(officer)
    parts = dict.fromkeys(PARTS[APD], "So.")
    with changing_nothing():
        with refused(RoleMissing):
            assurance.write(APD, parts, acting=acting)
        with refused(RoleMissing):
            assurance.approve(DPIA, 1, desk.now.date() + timedelta(days=9), acting=acting)


@pytest.mark.parametrize("officer", [ADA, MAX, OLA, NED, LIA])
def test_only_the_data_protection_officer_advises(officer: Officer) -> None:
    desk = Desk()
    desk.write_document()
    acting = desk.by(officer)
    with changing_nothing(), refused(RoleMissing):
        assurance.advise(DPIA, 1, "Good.", acting=acting)


def test_each_step_is_an_entry_without_words_and_the_text_is_sealed() -> None:
    desk = Desk()
    desk.put_in_force()
    row = DocumentRow.objects.get()
    assert b"as it is" not in bytes(row.dangers or b"")
    entries = EntryRow.objects.filter(obj=row.id).order_by("number")
    acts = [bytes(it.leaf).split(b'"')[3].decode() for it in entries]
    assert acts == ["document.write", "document.advise", "document.approve"]
    assert [it.ver for it in entries] == [1, 2, 3]


def test_what_nobody_wrote_is_not_found() -> None:
    desk = Desk()
    desk.by(OLA)
    with refused(NotFound):
        version(4)


def test_which_document_was_in_force_on_a_day_is_told_for_ever() -> None:
    desk = Desk()
    assert known.in_force_on(desk.now.date()) == []
    desk.put_in_force(measures="As at first.")
    desk.put_in_force(DocumentKind.EIA)
    first = desk.now.date()
    then = known.in_force_on(first)
    desk.now += timedelta(days=400)
    assert known.eia_due(today=desk.now.date()) == [EiaDue.OVERDUE]
    second = desk.put_in_force(measures="As they are.")
    assert [it.number for it in known.past(DPIA)] == [second, 1]
    assert [(it.fact.kind, it.parts) for it in known.in_force_on(first)] == [
        (it.fact.kind, it.parts) for it in then
    ]
    [dpia, _eia] = known.in_force_on(desk.now.date())
    assert (dpia.fact.number, dpia.fingerprint == then[0].fingerprint) == (second, False)
    assert known.eia_due(today=desk.now.date()) == [EiaDue.OVERDUE, EiaDue.DPIA_CHANGED]


def test_a_new_kind_of_harm_calls_for_the_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.put_in_force(DocumentKind.EIA)
    assert known.eia_due(today=desk.now.date()) == []
    book = replace(lawbook(), harms={**lawbook().harms, "new": lawbook().harms["V1"]})
    monkeypatch.setattr(known, "lawbook", lambda: book)
    assert known.eia_due(today=desk.now.date()) == [EiaDue.NEW_HARM]


def test_everybody_reads_what_was_in_force_and_nobody_what_never_was() -> None:
    desk = Desk()
    number = desk.put_in_force()
    waiting = desk.write_document()
    assert known.published_version(DPIA, number).fact.number == number
    with refused(NotFound):
        known.published_version(DPIA, waiting)


def test_the_newest_version_of_a_document_is_known_by_its_number() -> None:
    desk = Desk()
    desk.by(OLA)
    assert known.newest(DPIA, officer=OLA) is None
    desk.put_in_force()
    desk.write_document()
    assert known.newest(DPIA, officer=OLA) == 2
    with refused(RoleMissing):
        known.newest(DPIA, officer=ADA)
