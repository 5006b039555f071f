"""What goes with each outcome of a first look, and the record of an emergency."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.rules.referrals import State, TriageOutcome
from evenhand.rules.texts import ReasonMissing, TextMissing, TextTooLong
from evenhand.rules.triage import (
    NO_DETAIL,
    Detail,
    DetailMisplaced,
    DoneAtImpossible,
    EmergencyRecord,
    EmergencyStep,
    NothingDone,
    RepeatsNothing,
    SignpostUnknown,
    WordsDestroyed,
    check_emergency_record,
    check_may_record_emergency,
    check_repeats,
    check_triage,
    is_emergency,
)
from tests.builders import NOW, referral

SIGNPOSTS = ("iwf", "ico")
RECORD = EmergencyRecord(
    done=frozenset({EmergencyStep.CONTROL_ROOM}),
    done_at=NOW - timedelta(minutes=5),
    told="The duty inspector",
)
NOT_FOR_US, DUPLICATE = TriageOutcome.NOT_FOR_US, TriageOutcome.DUPLICATE


@pytest.mark.parametrize("outcome", [NOT_FOR_US, DUPLICATE])
def test_what_ends_a_referral_needs_a_reason(outcome: TriageOutcome) -> None:
    with pytest.raises(ReasonMissing):
        check_triage(outcome, " ", NO_DETAIL, signposts=SIGNPOSTS)
    check_triage(outcome, "Because.", NO_DETAIL, signposts=SIGNPOSTS)


@pytest.mark.parametrize("outcome", [TriageOutcome.PROCEED, TriageOutcome.EMERGENCY])
def test_what_goes_on_needs_none_but_it_is_read(outcome: TriageOutcome) -> None:
    check_triage(outcome, "", NO_DETAIL, signposts=SIGNPOSTS)
    with pytest.raises(TextTooLong):
        check_triage(outcome, "x" * 10_001, NO_DETAIL, signposts=SIGNPOSTS)


@pytest.mark.parametrize("outcome", list(TriageOutcome))
def test_a_detail_belongs_to_its_outcome(outcome: TriageOutcome) -> None:
    for detail, its_own in (
        (Detail(signpost="iwf"), NOT_FOR_US),
        (Detail(duplicate_of="2026-000001"), DUPLICATE),
    ):
        if outcome is its_own:
            check_triage(outcome, "Because.", detail, signposts=SIGNPOSTS)
        else:
            with pytest.raises(DetailMisplaced):
                check_triage(outcome, "Because.", detail, signposts=SIGNPOSTS)


def test_a_signpost_is_one_of_the_list() -> None:
    with pytest.raises(SignpostUnknown) as told:
        check_triage(NOT_FOR_US, "Because.", Detail(signpost="mayor"), signposts=SIGNPOSTS)
    assert told.value.values == {"choices": "iwf, ico"}


def test_a_duplicate_repeats_another_referral_that_is_none_itself() -> None:
    this = referral()
    with pytest.raises(RepeatsNothing):
        check_repeats(this, this)
    with pytest.raises(RepeatsNothing):
        check_repeats(this, referral(State.DUPLICATE, reference="2026-000002"))
    with pytest.raises(RepeatsNothing):
        check_repeats(this, referral(State.STATUTORY_ROUTE, reference="2026-000002"))
    check_repeats(this, referral(State.CLOSED, reference="2026-000002"))


@pytest.mark.parametrize("state", list(State))
def test_an_emergency_is_recorded_wherever_words_may_be_kept(state: State) -> None:
    if state is State.STATUTORY_ROUTE:
        with pytest.raises(WordsDestroyed):
            check_may_record_emergency(referral(state))
    else:
        check_may_record_emergency(referral(state))


def test_a_complete_record_passes() -> None:
    check_emergency_record(RECORD, now=NOW)


def test_every_fault_of_a_record_is_told_at_once() -> None:
    wrong = EmergencyRecord(
        done=frozenset(),
        done_at=NOW + timedelta(hours=1),
        told=" ",
        their_reference="x" * 501,
        words="\0",
    )
    with pytest.raises(NothingDone) as told:
        check_emergency_record(wrong, now=NOW)
    assert [it.at for it in told.value.every] == [
        "done",
        "done_at",
        "told",
        "their_reference",
        "words",
    ]
    assert isinstance(told.value.every[2], TextMissing)


def test_what_was_done_was_done_before_it_was_recorded() -> None:
    for at in (NOW + timedelta(minutes=6), NOW.replace(year=1990)):
        with pytest.raises(DoneAtImpossible):
            check_emergency_record(replace(RECORD, done_at=at), now=NOW)


@pytest.mark.parametrize("recorded", [True, False])
@pytest.mark.parametrize("triage", [None, *TriageOutcome])
def test_a_life_at_risk_comes_first_whenever_it_was_recorded(
    triage: TriageOutcome | None, recorded: bool
) -> None:
    assert is_emergency(triage, recorded=recorded) == (
        recorded or triage is TriageOutcome.EMERGENCY
    )
