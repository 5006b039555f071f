"""The second officer's decision."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from evenhand.actions import assessments, decisions
from evenhand.queries import referral as one_referral
from evenhand.rules.assessments import Child
from evenhand.rules.officers import Officer, RoleMissing, TokenMayNotDecide
from evenhand.rules.referrals import (
    ChangedMeanwhile,
    ChildTrainingNeeded,
    Decision,
    MoveForbidden,
    SameOfficer,
    SeniorNeeded,
    State,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import ReasonMissing
from evenhand.store.casework import DecisionRow
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.sealing import open_record_key
from tests.builders import ADA, BO, CY, DEE, GUS, SAM, acting, as_reader, assessment, terms_only
from tests.journeys import Desk, changing_nothing, refused, row
from tests.ledger import reading


@pytest.mark.django_db
@pytest.mark.parametrize("decision", list(Decision))
def test_a_decision_is_kept_with_its_reason_and_the_assessment_it_is_about(
    decision: Decision,
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    decisions.decide(reference, decision, "I see it as Bo does.", acting=desk.by(CY))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert [(it.decision, it.by, it.reason) for it in read.decisions] == [
        (decision, "Cy", "I see it as Bo does.")
    ]
    assert (read.approved_by == "Cy") == (decision is Decision.APPROVE)


@pytest.mark.django_db
def test_the_log_commits_to_the_reason_without_holding_it() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    stored = row(reference)
    entry = EntryRow.objects.filter(obj=stored.id, ver__isnull=False).latest("number")
    opening = OpeningRow.objects.get(entry=entry).fields
    fields = reading.fields(opening)
    reason = "I have looked at it myself."
    assert fields["reason"] == open_record_key(stored.key).commit(reason).hex()
    assert (fields["who"], fields["role"]) == (str(CY.ref), "approver")
    assert "looked" not in opening


@pytest.mark.django_db
@pytest.mark.parametrize("officer", [ADA, BO], ids=lambda it: it.name)
def test_whoever_logged_or_assessed_does_not_decide_even_as_an_approver(officer: Officer) -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    promoted = Officer(ref=officer.ref, roles=CY.roles, name=officer.name)
    for decision in Decision:
        with changing_nothing(), refused(SameOfficer):
            decisions.decide(reference, decision, "Fine.", acting=acting(promoted, desk.now))


@pytest.mark.django_db
def test_a_childs_case_and_terms_alone_need_who_is_trained_for_them() -> None:
    desk = Desk()
    for person in (CY, GUS, SAM):
        desk.by(person)
    child, terms = desk.log(), desk.log()
    answers = assessment(child=Child.LIKELY, child_interests="To be left alone.")
    assessments.submit(child, answers, acting=desk.by(BO))
    assessments.submit(terms, terms_only(), acting=desk.by(BO))
    with changing_nothing(), refused(ChildTrainingNeeded):
        decisions.decide(child, Decision.APPROVE, "Yes.", acting=desk.by(GUS))
    with changing_nothing(), refused(SeniorNeeded):
        decisions.decide(terms, Decision.APPROVE, "Yes.", acting=desk.by(CY))
    decisions.decide(child, Decision.APPROVE, "Yes.", acting=desk.by(CY))
    decisions.decide(terms, Decision.APPROVE, "Yes.", acting=desk.by(SAM))


@pytest.mark.django_db
def test_a_decision_without_a_reason_a_role_or_a_scope_is_refused() -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    token = Officer(ref=CY.ref, roles=CY.roles, may_decide=False)
    desk.by(CY)
    cases: list[tuple[Officer, str, type[Refused]]] = [
        (CY, " ", ReasonMissing),
        (ADA, "Yes.", RoleMissing),
        (DEE, "Yes.", RoleMissing),
        (token, "Yes.", TokenMayNotDecide),
    ]
    for officer, reason, rule in cases:
        with changing_nothing(), refused(rule):
            decisions.decide(reference, Decision.APPROVE, reason, acting=acting(officer, desk.now))


@pytest.mark.django_db
def test_what_changed_meanwhile_is_looked_at_again_first() -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    seen = row(reference).version
    desk.do(reference, "start", "submit")
    desk.by(CY)
    with changing_nothing(), refused(ChangedMeanwhile):
        decisions.decide(reference, Decision.APPROVE, "Yes.", seen_version=seen, acting=desk.by(CY))


@pytest.mark.usefixtures("fresh_desk")
@pytest.mark.parametrize("versioned", [True, False])
def test_of_two_approvers_at_once_one_wins_and_the_other_is_told(versioned: bool) -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    both = [desk.by(CY), desk.by(SAM)]
    seen = row(reference).version if versioned else None
    start = Barrier(2)

    def decide(number: int) -> str:
        try:
            start.wait()
            decisions.decide(
                reference, Decision.APPROVE, "Yes.", seen_version=seen, acting=both[number]
            )
        except (MoveForbidden, ChangedMeanwhile) as refusal:
            return refusal.code
        else:
            return "won"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(decide, range(2)))
    assert told == ["E-MOVE-02" if versioned else "E-MOVE-01", "won"]
    decided = DecisionRow.objects.get()
    assert row(reference).approved_by_id == decided.by_id
