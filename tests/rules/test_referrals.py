"""A referral's life and who may move it on."""

import pytest

from evenhand.rules.referrals import (
    AFTER_APPROVAL,
    AFTER_DECISION,
    AFTER_SENDING,
    AFTER_TRIAGE,
    MOVES,
    ChangedMeanwhile,
    ChildTrainingNeeded,
    Decision,
    MoveForbidden,
    SameOfficer,
    SeniorNeeded,
    State,
    TriageOutcome,
    allowed,
    begins_assessing,
    check_can_be_assessed,
    check_can_move,
    check_may_decide,
    check_statutory_route,
    check_version,
)
from evenhand.rules.refusals import Kind
from tests import oracles
from tests.builders import ADA, BO, CY, GUS, SAM, referral

ORACLE = oracles.read("moves")
LATE = AFTER_APPROVAL | AFTER_SENDING
PAIRS = [(here, there) for here in State for there in State]
FORBIDDEN = [(here, there) for here, there in PAIRS if there not in MOVES[here]]


def test_the_oracle_names_every_pair_of_states() -> None:
    assert set(ORACLE) == {(str(here), str(there)) for here, there in PAIRS}


@pytest.mark.parametrize(("here", "there"), PAIRS)
def test_the_moves_are_those_of_the_handwritten_table(here: State, there: State) -> None:
    assert (there in MOVES[here]) == ORACLE[here, there]


@pytest.mark.parametrize(("here", "there"), FORBIDDEN)
def test_a_forbidden_move_is_refused_and_says_why(here: State, there: State) -> None:
    with pytest.raises(MoveForbidden) as told:
        check_can_move(referral(here), there)
    assert told.value.code == "E-MOVE-01"
    assert told.value.kind is Kind.CONFLICT
    assert "2026-000001" in str(told.value)
    assert "_" not in str(told.value)
    assert told.value.do


def test_each_state_says_in_its_own_words_how_it_stands() -> None:
    said = set()
    for here in State:
        with pytest.raises(MoveForbidden) as told:
            check_can_move(referral(here), State.LOGGED)
        said.add(str(told.value))
    assert len(said) == len(State)


@pytest.mark.parametrize(("here", "there"), [it for it in PAIRS if it not in FORBIDDEN])
def test_a_move_of_the_table_is_allowed(here: State, there: State) -> None:
    check_can_move(referral(here), there)


def test_every_state_can_be_reached_from_logged() -> None:
    reached = {State.LOGGED}
    for _ in State:
        reached |= {there for here in reached for there in MOVES[here]}
    assert reached == set(State)


def test_only_the_statutory_route_has_no_way_on() -> None:
    assert [state for state in State if not MOVES[state]] == [State.STATUTORY_ROUTE]


def test_nothing_is_sent_but_by_way_of_a_decision() -> None:
    entrances = {
        (here, there)
        for here, there in PAIRS
        if there in MOVES[here] and there in LATE and here not in LATE
    }
    assert entrances == {
        (State.AWAITING_APPROVAL, State.APPROVED),
        # What was sent before it came to an end: the rules ask for `sent_at` as well.
        (State.CLOSED, State.DECIDED),
        (State.REOPENED, State.DECIDED),
        (State.REOPENED, State.CHECKED),
        (State.CLOSED, State.UNDER_CHALLENGE),
        (State.NOT_REFERRED, State.UNDER_CHALLENGE),
    }


def test_every_triage_and_every_decision_leads_somewhere() -> None:
    assert set(AFTER_TRIAGE) == set(TriageOutcome)
    assert set(AFTER_DECISION) == set(Decision)


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("officer", [ADA, BO])
def test_whoever_logged_or_assessed_decides_nothing(decision: Decision, officer: object) -> None:
    waiting = referral(State.AWAITING_APPROVAL)
    with pytest.raises(SameOfficer):
        check_may_decide(waiting, officer, decision)  # type: ignore[arg-type]


def test_whoever_assessed_an_earlier_round_does_not_approve_a_later_one() -> None:
    waiting = referral(State.AWAITING_APPROVAL, assessors=frozenset({BO.ref, CY.ref}))
    with pytest.raises(SameOfficer):
        check_may_decide(waiting, CY, Decision.APPROVE)


@pytest.mark.parametrize("decision", list(Decision))
def test_a_second_officer_decides(decision: Decision) -> None:
    check_may_decide(referral(State.AWAITING_APPROVAL), GUS, decision)


def test_terms_alone_need_a_senior_approver() -> None:
    waiting = referral(State.AWAITING_APPROVAL, terms_only=True)
    with pytest.raises(SeniorNeeded):
        check_may_decide(waiting, CY, Decision.APPROVE)
    check_may_decide(waiting, SAM, Decision.APPROVE)


def test_a_childs_case_needs_a_trained_approver() -> None:
    waiting = referral(State.AWAITING_APPROVAL, child=True)
    with pytest.raises(ChildTrainingNeeded):
        check_may_decide(waiting, GUS, Decision.APPROVE)
    check_may_decide(waiting, CY, Decision.APPROVE)


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.REFUSE])
def test_any_second_officer_may_say_no(decision: Decision) -> None:
    check_may_decide(referral(State.AWAITING_APPROVAL, child=True, terms_only=True), GUS, decision)


def test_a_decision_on_what_does_not_wait_for_one_is_refused_first() -> None:
    with pytest.raises(MoveForbidden):
        check_may_decide(referral(State.APPROVED), GUS, Decision.APPROVE)


@pytest.mark.parametrize("state", list(State))
def test_an_assessment_is_possible_where_one_is_under_way_or_can_begin(state: State) -> None:
    by_the_table = ORACLE[state, "assessing"] or state in {State.LOGGED, State.ASSESSING}
    assert allowed(lambda: check_can_be_assessed(referral(state))) == by_the_table


@pytest.mark.parametrize("state", list(State))
def test_what_is_found_to_be_child_abuse_imagery_ends_until_it_has_ended(state: State) -> None:
    """A duplicate goes with what it repeats; what can be assessed is begun to be, and ends then."""
    ends = state not in {
        State.DUPLICATE,
        State.STATUTORY_ROUTE,
        State.CLOSED,
        State.NOT_FOR_US,
        State.NOT_REFERRED,
        State.WITHDRAWN,
    }
    assert allowed(lambda: check_statutory_route(referral(state))) == ends
    assert begins_assessing(state) == (
        allowed(lambda: check_can_be_assessed(referral(state))) and state is not State.ASSESSING
    )
    if ends and not begins_assessing(state):
        assert ORACLE[state, "statutory_route"]


def test_an_older_version_is_not_decided_upon() -> None:
    with pytest.raises(ChangedMeanwhile):
        check_version(referral(version=3), 2)
    with pytest.raises(ChangedMeanwhile):
        check_version(referral(version=3), 4)
    check_version(referral(version=3), 3)
    check_version(referral(version=3), None)


def test_a_button_is_shown_where_the_check_lets_it_pass() -> None:
    assert allowed(lambda: check_version(referral(version=3), 3))
    assert not allowed(lambda: check_version(referral(version=3), 2))
