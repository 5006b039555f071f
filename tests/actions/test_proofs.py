"""What went out before a witness came is proved afterwards, or is seen to be unproved."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db import transaction

from evenhand.actions import answers, notices, platforms, proofs
from evenhand.ledger.acts import Act
from evenhand.ledger.policies import parse_policy
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.answers import AnswerKind
from evenhand.rules.gate import GATE_WAIT, PROOF_WAIT, Proof
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.transports.email import NotAccepted
from tests.builders import ADA, DEE
from tests.gates import Gate, check_kept, jobs, last_entry, opened, receipt_in, sent
from tests.journeys import changing_nothing, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def test_after_ten_minutes_it_goes_out_and_says_so_and_its_proof_follows(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    [taken] = server.taken
    check_kept(reference, taken)
    said, attached = opened(taken)
    assert "This message is not witnessed yet" in said
    assert not attached
    assert row(reference).state == State.SENT
    assert last_entry(reference) == (Act.NOTICE_ACCEPTED, "referral-unwitnessed")
    assert len(jobs("send_proof")) == 1

    with changing_nothing():
        gate.follow(notice)
    assert len(jobs("send_proof")) == 2
    gate.cosign()
    before = row(reference)
    gate.follow(notice)
    after = row(reference)
    assert (after.due_at, after.last_message_at, after.chases, after.state, after.sent_at) == (
        before.due_at,
        before.last_message_at,
        before.chases,
        before.state,
        before.sent_at,
    )
    [_first, proof] = server.taken
    check_kept(reference, proof)
    assert proof[1] == taken[1]
    told, _attached = opened(proof)
    first_id = message_from_bytes(taken[2])["Message-ID"]
    assert message_from_bytes(proof[2])["In-Reply-To"] == first_id
    assert reference in told
    assert "You do not need to answer" in told
    found = parse_receipt(receipt_in(proof)).check(parse_policy(gate.policy()))
    assert found.checkpoint.size > parse_receipt(receipt_in(proof)).proof.index
    assert [(it.kind, it.proof, it.delivery) for it in sent(reference)] == [
        (NoticeKind.REFERRAL, Proof.FOLLOWED, Delivery.ACCEPTED),
        (NoticeKind.PROOF, None, Delivery.ACCEPTED),
    ]
    assert last_entry(reference) == (Act.PROOF_SENT, "referral")
    with changing_nothing():
        gate.follow(notice)
    assert len(server.taken) == 2


def test_a_reminder_waits_too_and_its_proof_is_no_reminder(gate: Gate, server: MailServer) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    gate.cosign()
    gate.deliver(notice)
    gate.now += timedelta(days=30)
    reminder = notices.chase(reference, acting=gate.by(ADA))
    with changing_nothing():
        gate.deliver(reminder)
    gate.now += GATE_WAIT
    gate.deliver(reminder)
    assert last_entry(reference) == (Act.NOTICE_ACCEPTED, "chase-unwitnessed")
    gate.cosign()
    gate.follow(reminder)
    assert row(reference).chases == 1
    assert last_entry(reference) == (Act.PROOF_SENT, "chase")
    assert len(server.taken) == 3


def test_a_proof_that_is_not_accepted_is_tried_again_and_then_seen_to_be_missing(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    gate.cosign()
    server.to_recipient = "450 Later"
    with changing_nothing(), pytest.raises(NotAccepted), transaction.atomic():
        gate.follow(notice)
    gate.follow(notice, last_attempt=True)
    [message, proof] = sent(reference)
    assert (message.delivery, message.proof) == (Delivery.ACCEPTED, Proof.MISSING)
    assert (proof.kind, proof.delivery, proof.failure) == (NoticeKind.PROOF, Delivery.FAILED, "450")
    assert last_entry(reference) == (Act.PROOF_FAILED, "450")
    assert row(reference).state == State.SENT


def test_a_proof_for_which_no_witness_came_within_a_day_is_given_up_visibly(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    gate.now += PROOF_WAIT - timedelta(minutes=2)
    with changing_nothing():
        gate.follow(notice)
    gate.now += timedelta(minutes=1)
    gate.follow(notice)
    assert [it.proof for it in sent(reference)] == [Proof.MISSING]
    assert last_entry(reference) == (Act.PROOF_FAILED, "unwitnessed")
    assert len(server.taken) == 1


def test_a_proof_goes_nowhere_without_a_sign_off(gate: Gate, server: MailServer) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    gate.cosign()
    platforms.end_sign_off("other", Transport.EMAIL, acting=gate.by(DEE))
    gate.follow(notice)
    assert last_entry(reference) == (Act.PROOF_FAILED, "signoff")
    assert len(server.taken) == 1


def test_a_proof_that_fails_by_a_fault_of_ours_is_seen(gate: Gate, server: MailServer) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    proofs.give_up(notice, acting=gate.by(WORKER))
    assert last_entry(reference) == (Act.PROOF_FAILED, "fault")
    with changing_nothing():
        proofs.give_up(notice, acting=gate.by(WORKER))
        gate.follow(notice)
    assert len(server.taken) == 1


def test_a_proof_follows_although_the_platform_has_answered(gate: Gate, server: MailServer) -> None:
    reference = gate.approved()
    notice = gate.owed(reference)
    answers.record(reference, AnswerKind.ACKNOWLEDGED, acting=gate.by(ADA))
    gate.cosign()
    gate.follow(notice)
    assert row(reference).state == State.ACKNOWLEDGED
    assert receipt_in(server.taken[1])
