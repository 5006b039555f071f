"""The send gate lets nothing out unproved that could be proved, and holds nothing up for long."""

from datetime import UTC, datetime, timedelta

import pytest

from evenhand.rules.gate import (
    GATE_WAIT,
    LATEST,
    PROOF_WAIT,
    SOONEST,
    PackageWaits,
    Proof,
    at_the_gate,
    check_may_be_taken,
    look_again_after,
    of_the_debt,
    unwitnessed,
)
from evenhand.rules.messages import proof_encloses, proof_follows, proof_message
from evenhand.rules.notices import NoticeKind

ASKED = datetime(2026, 11, 28, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_a_package_is_kept_back_only_while_its_proof_is_awaited() -> None:
    for proof in (None, *Proof):
        if proof is Proof.AWAITED:
            with pytest.raises(PackageWaits):
                check_may_be_taken(proof)
        else:
            check_may_be_taken(proof)


@pytest.mark.parametrize(
    ("cosigned", "emergency", "after", "then"),
    [
        (True, False, timedelta(), Proof.ENCLOSED),
        (True, True, timedelta(), Proof.ENCLOSED),
        (True, False, PROOF_WAIT, Proof.ENCLOSED),
        (False, False, timedelta(), Proof.AWAITED),
        (False, False, GATE_WAIT - MOMENT, Proof.AWAITED),
        (False, False, GATE_WAIT, Proof.OWED),
        (False, False, PROOF_WAIT, Proof.OWED),
        (False, True, timedelta(), Proof.OWED),
    ],
)
def test_only_a_message_that_is_neither_cosigned_nor_urgent_waits_and_ten_minutes_at_most(
    cosigned: bool, emergency: bool, after: timedelta, then: Proof
) -> None:
    now = ASKED + after
    told = at_the_gate(cosigned=cosigned, emergency=emergency, asked_at=ASKED, now=now)
    assert told is then
    assert timedelta(minutes=10) == GATE_WAIT


@pytest.mark.parametrize(
    ("cosigned", "after", "then"),
    [
        (True, timedelta(), Proof.FOLLOWED),
        (True, 2 * PROOF_WAIT, Proof.FOLLOWED),
        (False, timedelta(), Proof.OWED),
        (False, PROOF_WAIT - MOMENT, Proof.OWED),
        (False, PROOF_WAIT, Proof.MISSING),
    ],
)
def test_a_proof_is_owed_for_a_day_and_then_missing(
    cosigned: bool, after: timedelta, then: Proof
) -> None:
    assert of_the_debt(cosigned=cosigned, sent_at=ASKED, now=ASKED + after) is then


def test_a_missing_proof_is_looked_for_often_at_first_and_a_day_long() -> None:
    now, looks = ASKED, 0
    while of_the_debt(cosigned=False, sent_at=ASKED, now=now) is Proof.OWED:
        wait = look_again_after(ASKED, now=now)
        assert SOONEST <= wait <= LATEST
        now, looks = now + wait, looks + 1
    assert looks < 200
    assert look_again_after(ASKED, now=ASKED) == SOONEST
    assert look_again_after(ASKED, now=ASKED + PROOF_WAIT) == LATEST


def test_what_went_out_unwitnessed_has_a_name_of_its_own_in_the_log() -> None:
    assert {unwitnessed(it) for it in NoticeKind}.isdisjoint(NoticeKind)


def test_a_message_says_what_comes_with_it_or_that_it_follows_and_where_the_log_is() -> None:
    log = "https://desk.example/log/"
    assert "receipt.tlog-proof" in proof_encloses(log)
    assert "not witnessed yet" in proof_follows(log)
    assert "follows in a message of its own" in proof_follows(log)
    assert all(log in said(log) for said in (proof_encloses, proof_follows))


def test_a_proof_that_follows_asks_for_nothing() -> None:
    message = proof_message("2026-000001", sent_at=ASKED, desk="Harbour", contact="a@b.example")
    assert message.subject.startswith("[2026-000001] ")
    assert "28 November 2026, 12:00 UTC" in message.body
    assert "You do not need to answer this message." in message.body
