"""The record of processing activities is made of live rows, and says what is not in order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import holds
from evenhand.queries.ropa import Ropa, ropa
from evenhand.rules.agreements import RecipientKind
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import RoleMissing
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.profile import Regime
from evenhand.rules.register import BASES, SECTION_35, Basis
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.ropa import Fault
from tests.actions.people import known_person
from tests.actions.sharing import in_force
from tests.builders import ADA, DEE, OLA, RIA
from tests.journeys import Desk, refused

pytestmark = pytest.mark.django_db


def record(desk: Desk) -> Ropa:
    return ropa(today=desk.now.date(), officer=OLA)


def with_registers(desk: Desk, processors: str = "None") -> None:
    desk.put_in_force(DocumentKind.JOINT_CONTROLLERS)
    desk.put_in_force(DocumentKind.PROCESSORS, parties=processors)


def test_it_names_processors_and_says_whose_contract_is_over_or_which_register_is_overdue() -> None:
    desk = Desk()
    desk.by(DEE)
    desk.assured()
    until = desk.now.date() + timedelta(days=20)
    with_registers(desk, f"Hosts; p@hosts.example; runs the machines; 2026-01-05; {until}; nobody")
    found = record(desk)
    assert (found.faults, found.joint_controllers) == ([], ())
    assert [(it.name, it.until, it.others) for it in found.processors] == [
        ("Hosts", until, "nobody")
    ]
    desk.now += timedelta(days=30)
    assert record(desk).faults == [Fault.PARTY_LAPSED]
    desk.now += timedelta(days=290)
    assert Fault.REGISTERS_OVERDUE in record(desk).faults


def test_each_purpose_that_data_of_one_kind_has_is_a_line_of_its_own() -> None:
    found = [it for it in record(Desk()).data if it.table == "person"]
    assert [it.basis for it in found] == [Basis.TASK, Basis.TASK]
    assert len({it.purpose for it in found}) == len(found)
    held = [it for it in REGISTER if it.table == "person" and it.personal]
    assert sum(it.fields for it in found) == len(held)


def test_a_desk_with_nothing_says_what_is_missing() -> None:
    desk = Desk()
    found = record(desk)
    assert set(found.faults) == {
        Fault.NO_POLICY,
        Fault.NO_ASSESSMENT,
        Fault.NO_OFFICER,
        Fault.REGISTERS_OVERDUE,
    }
    assert found.recipients == []
    assert {it.table for it in found.data} > {"person", "referral"}


def test_it_tells_of_people_documents_recipients_and_who_advises() -> None:
    desk = Desk()
    desk.by(DEE)
    desk.assured()
    with_registers(desk)
    known_person(desk)
    in_force(desk)
    found = record(desk)
    assert found.faults == []
    assert found.officers == ["Dee"]
    assert set(found.people) == set(PersonRole)
    assert [it.kind for it in found.documents] == [
        DocumentKind.DPIA,
        DocumentKind.APD,
        DocumentKind.JOINT_CONTROLLERS,
        DocumentKind.PROCESSORS,
    ]
    assert found.recipients[0].kind in RecipientKind
    desk.now += timedelta(days=301)
    assert Fault.POLICY_OVERDUE in record(desk).faults


def test_it_states_the_conditions_of_the_policy_document_in_force(settings: Any) -> None:
    desk = Desk()
    here = settings.DESK
    settings.DESK = replace(here, regime=Regime.UK_GDPR)
    desk.put_in_force(DocumentKind.APD, conditions=())
    assert Fault.NO_CONDITION not in record(desk).faults
    settings.DESK = here
    assert Fault.NO_CONDITION in record(desk).faults
    desk.put_in_force(DocumentKind.APD, conditions=("4", "1"))
    found = record(desk)
    assert Fault.NO_CONDITION not in found.faults
    assert [it.paragraph for it in found.conditions] == ["1", "4"]
    assert found.bases == {it: BASES[it] for it in (Basis.TASK, Basis.STRICTLY_NECESSARY)}
    settings.DESK = replace(here, regime=Regime.UK_GDPR)
    elsewhere = record(desk)
    assert (elsewhere.bases, elsewhere.conditions) == ({}, [])


def test_section_35_is_met_by_what_names_it_and_nothing_rests_on_consent() -> None:
    assert {it for it in Basis if "s.35" in BASES[it]} == set(SECTION_35)
    assert not [it for it in Basis if "consent" in BASES[it] or "s.35(2)(a)" in BASES[it]]


def test_what_is_kept_too_long_without_a_hold_turns_it_red() -> None:
    desk = Desk()
    desk.by(DEE)
    desk.assured()
    kept = desk.do(desk.log(), "withdraw")
    assert record(desk).kept == []
    desk.now += timedelta(days=250)
    holds.place(
        kept, HoldKind.FOI, their_reference="FOI 1", reason="It is asked for.", acting=desk.by(RIA)
    )
    desk.now += timedelta(days=3000)
    [late] = record(desk).kept
    assert (late.late, late.without_reason) == (1, 1 - late.held)
    assert (Fault.KEPT_TOO_LONG in record(desk).faults) == bool(late.without_reason)
    desk.do(desk.log(), "withdraw")
    desk.now += timedelta(days=3000)
    assert Fault.KEPT_TOO_LONG in record(desk).faults


def test_only_who_reads_the_documents_reads_it() -> None:
    with refused(RoleMissing):
        ropa(today=Desk().now.date(), officer=ADA)
