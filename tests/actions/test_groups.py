"""Submitting a group: each referral has its own record, entry and decision."""

from dataclasses import replace
from uuid import uuid4

import pytest

from evenhand.actions import decisions, groups, referrals
from evenhand.actions.groups import Grouped
from evenhand.queries import groups as queries
from evenhand.queries import history
from evenhand.queries import referral as in_full
from evenhand.rules.assessments import Assessment, LawMissing
from evenhand.rules.groups import GroupOfOnePlatform, NotOneReason
from evenhand.rules.harms import StatutoryRouteOnly
from evenhand.rules.officers import OfficerRef, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, Decision, State
from evenhand.store.casework import AssessmentRow
from tests.builders import BO, CY, MAX, OLA, as_reader, assessment
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
GROUP = uuid4()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def logged(desk: Desk, count: int) -> list[str]:
    return [desk.log(f"https://youtu.be/{number:011d}") for number in range(count)]


def grouped(references: list[str], **changes: object) -> list[Grouped]:
    return [
        Grouped(it, assessment(evidence_inside=f"Seen in {it}.", **changes), row(it).version)
        for it in references
    ]


def made(reference: str) -> Assessment:
    found = in_full.one(reference, acting=as_reader(BO)).assessments[-1].answers
    assert found is not None
    return found


def test_each_has_its_own_assessment_entry_and_evidence(desk: Desk) -> None:
    references = logged(desk, 3)
    assert groups.submit(GROUP, grouped(references), acting=desk.by(BO)) == {}
    assert AssessmentRow.objects.filter(in_group=GROUP).count() == 3
    for it in references:
        assert row(it).state == State.AWAITING_APPROVAL
        assert made(it).evidence_inside == f"Seen in {it}."
        acts = [line.act for line in history.of(it, after=0, officer=BO).lines]
        assert acts.count("assessment.submit") == 1  # type: ignore[arg-type]
    assert list(queries.together(GROUP, officer=OLA)) == references


def test_one_that_changed_meanwhile_is_left_out_and_the_rest_go_on(desk: Desk) -> None:
    references = logged(desk, 3)
    several = grouped(references)
    desk.do(references[1], "triage")
    left = groups.submit(GROUP, several, acting=desk.by(BO))
    assert [*left] == [references[1]]
    assert isinstance(left[references[1]], ChangedMeanwhile)
    assert [row(it).state for it in references] == [
        State.AWAITING_APPROVAL,
        State.TRIAGED,
        State.AWAITING_APPROVAL,
    ]


def test_an_unanswered_question_refuses_all_of_them(desk: Desk) -> None:
    several = grouped(logged(desk, 2), provision_why="")
    by = desk.by(BO)
    with changing_nothing(), refused(LawMissing):
        groups.submit(GROUP, several, acting=by)


def test_one_unanswered_question_of_one_refuses_all_of_them(desk: Desk) -> None:
    one, two = grouped(logged(desk, 2))
    two = replace(two, assessment=replace(two.assessment, supports_opposite=" "))
    by = desk.by(BO)
    with changing_nothing(), pytest.raises(Exception, match="opposite"):
        groups.submit(GROUP, [one, two], acting=by)


def test_different_reasons_are_no_group(desk: Desk) -> None:
    one, two = grouped(logged(desk, 2))
    two = replace(two, assessment=replace(two.assessment, necessity="Another."))
    by = desk.by(BO)
    with changing_nothing(), refused(NotOneReason):
        groups.submit(GROUP, [one, two], acting=by)


def test_two_platforms_are_no_group(desk: Desk) -> None:
    several = grouped([desk.log(), desk.log()])
    by = desk.by(BO)
    with changing_nothing(), refused(GroupOfOnePlatform):
        groups.submit(GROUP, several, acting=by)


def test_child_sexual_abuse_imagery_is_never_assessed_in_a_group(desk: Desk) -> None:
    several = grouped(logged(desk, 2), harm="C1")
    by = desk.by(BO)
    with changing_nothing(), refused(StatutoryRouteOnly):
        groups.submit(GROUP, several, acting=by)


def test_whoever_may_not_assess_submits_no_group(desk: Desk) -> None:
    several = grouped(logged(desk, 2))
    by = desk.by(MAX)
    with changing_nothing(), refused(RoleMissing):
        groups.submit(GROUP, several, acting=by)


def test_something_else_that_is_wrong_with_one_refuses_all_of_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = grouped(logged(desk, 2))

    def full(*_: object, **__: object) -> None:
        raise LawMissing("A fault that is not about one of them.")

    monkeypatch.setattr("evenhand.actions.groups.assessments.submit", full)
    by = desk.by(BO)
    with changing_nothing(), refused(LawMissing):
        groups.submit(GROUP, several, acting=by)


def test_a_decision_is_about_one_referral_of_the_group_alone(desk: Desk) -> None:
    one, two = logged(desk, 2)
    groups.submit(GROUP, grouped([one, two]), acting=desk.by(BO))
    decisions.decide(one, Decision.APPROVE, "I have looked at it.", acting=desk.by(CY))
    assert row(one).state == State.APPROVED
    assert row(two).state == State.AWAITING_APPROVAL


def test_only_ones_own_that_nobody_assesses_are_offered(desk: Desk) -> None:
    mine = logged(desk, 2)
    desk.do(mine[1], "triage")
    desk.brought_to(State.ASSESSING)
    referrals.withdraw(desk.log(), "A mistake.", acting=desk.by(BO))
    offered = queries.offered(acting=desk.by(BO))
    assert offered.members == []
    owner = row(mine[0]).owner_id
    found = queries.offered(acting=as_reader(replace(BO, ref=OfficerRef(owner))))
    assert [it.fact.reference for it in found.members] == mine
    assert not found.more
