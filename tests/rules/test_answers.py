"""What a platform can answer, and when that counts as a removal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.answers import (
    AFTER_ANSWER,
    AnswerKind,
    NothingToReinstate,
    Outcome,
    OutcomeMissing,
    PlatformStatus,
    Seen,
    check_answer,
    check_may_look_again,
    is_removal,
)
from evenhand.rules.referrals import MOVES, MoveForbidden, Referral, State
from tests.builders import NOW, referral


def sent(state: State = State.SENT, **changes: object) -> Referral:
    return referral(state, sent_at=NOW, **changes)


@given(st.sampled_from(PlatformStatus), st.none() | st.sampled_from(Seen))
def test_a_removal_is_what_the_platform_restricted_and_a_person_saw_gone(
    status: PlatformStatus, seen: Seen | None
) -> None:
    said_so = status in {"restricted_in_full", "restricted_in_part"}
    assert is_removal(status, seen) == (said_so and seen == "not_visible")


@pytest.mark.parametrize(
    "status", [PlatformStatus.ALREADY_GONE, PlatformStatus.GONE_REASON_UNKNOWN]
)
@pytest.mark.parametrize("seen", [None, *Seen])
def test_what_was_gone_anyway_is_never_a_removal(status: PlatformStatus, seen: Seen | None) -> None:
    assert not is_removal(status, seen)


@pytest.mark.parametrize("seen", [None, *Seen])
def test_what_is_back_is_no_removal(seen: Seen | None) -> None:
    assert not is_removal(PlatformStatus.REINSTATED, seen)


def test_every_outcome_is_a_status_of_its_own() -> None:
    assert {str(it) for it in Outcome} < {str(it) for it in PlatformStatus}
    assert set(AFTER_ANSWER) == set(AnswerKind)


@pytest.mark.parametrize("outcome", [it for it in Outcome if it is not Outcome.REINSTATED])
@pytest.mark.parametrize("state", [State.SENT, State.ACKNOWLEDGED, State.NO_RESPONSE])
def test_a_decision_is_recorded_with_or_without_an_acknowledgement(
    state: State, outcome: Outcome
) -> None:
    check_answer(sent(state), AnswerKind.DECIDED, outcome, PlatformStatus.NONE_YET)


def test_a_decision_has_an_outcome_and_an_acknowledgement_has_none() -> None:
    with pytest.raises(OutcomeMissing):
        check_answer(sent(), AnswerKind.DECIDED, None, PlatformStatus.NONE_YET)
    with pytest.raises(OutcomeMissing):
        check_answer(sent(), AnswerKind.ACKNOWLEDGED, Outcome.DECLINED, PlatformStatus.NONE_YET)
    check_answer(sent(), AnswerKind.ACKNOWLEDGED, None, PlatformStatus.NONE_YET)


@pytest.mark.parametrize("status", list(PlatformStatus))
def test_only_what_was_restricted_is_reinstated(status: PlatformStatus) -> None:
    checked = sent(State.CHECKED)
    if status in {"restricted_in_full", "restricted_in_part"}:
        check_answer(checked, AnswerKind.DECIDED, Outcome.REINSTATED, status)
        return
    with pytest.raises(NothingToReinstate):
        check_answer(checked, AnswerKind.DECIDED, Outcome.REINSTATED, status)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_closed_referral_takes_a_reinstatement_and_nothing_else(outcome: Outcome) -> None:
    closed, status = sent(State.CLOSED), PlatformStatus.RESTRICTED_IN_FULL
    if outcome is Outcome.REINSTATED:
        check_answer(closed, AnswerKind.DECIDED, outcome, status)
        return
    with pytest.raises(MoveForbidden, match="is closed"):
        check_answer(closed, AnswerKind.DECIDED, outcome, status)
    # The refusal says to reopen it first; then it is possible.
    check_answer(sent(State.REOPENED), AnswerKind.DECIDED, outcome, status)


@pytest.mark.parametrize("state", [it for it in State if State.DECIDED not in MOVES[it]])
def test_an_answer_out_of_order_is_refused(state: State) -> None:
    with pytest.raises(MoveForbidden):
        check_answer(sent(state), AnswerKind.DECIDED, Outcome.DECLINED, PlatformStatus.NONE_YET)


def test_what_was_never_sent_has_no_answer_and_nothing_to_look_at() -> None:
    never_sent = referral(State.REOPENED)
    with pytest.raises(MoveForbidden, match="was not sent"):
        check_answer(never_sent, AnswerKind.DECIDED, Outcome.DECLINED, PlatformStatus.NONE_YET)
    with pytest.raises(MoveForbidden, match="was not sent"):
        check_may_look_again(never_sent)


@pytest.mark.parametrize("state", list(State))
def test_a_person_looks_again_where_there_is_something_to_check(state: State) -> None:
    if State.CHECKED in MOVES[state]:
        check_may_look_again(sent(state))
        return
    with pytest.raises(MoveForbidden):
        check_may_look_again(sent(state))
