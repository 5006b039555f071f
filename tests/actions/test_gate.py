"""What leaves the desk waits for witnesses, but never for long, and never where a life is at risk.

The log, its signer, the witnesses and the mail server are real.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from evenhand.actions import emergencies, notices, referrals
from evenhand.actions.carriers import MAIL_NOW, NOBODY
from evenhand.ledger.acts import Act
from evenhand.ledger.broken import TooFewWitnesses
from evenhand.ledger.policies import parse_policy
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.gate import GATE_WAIT, Proof
from evenhand.rules.notices import Delivery
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State, TriageOutcome
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from evenhand.store.casework import NoticeRow
from evenhand.store.proving import cosigned_receipt
from evenhand.transports.email import RECEIPT, NotAccepted
from tests.actions.test_cosigning import NOWHERE
from tests.builders import ADA
from tests.gates import Gate, check_kept, jobs, last_entry, opened, receipt_in, sent
from tests.journeys import changing_nothing, everything, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def test_a_message_waits_for_witnesses_and_carries_a_proof_that_holds_without_the_desk(
    gate: Gate, server: MailServer, tmp_path: Path
) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    with changing_nothing():
        gate.deliver(notice)
    [first, again] = jobs("send_notice")
    assert (first, again is not None) == (None, True)
    assert not server.taken
    gate.cosign()
    gate.deliver(notice)
    [taken] = server.taken
    check_kept(reference, taken)
    assert (sent(reference)[0].proof, sent(reference)[0].delivery) == (
        Proof.ENCLOSED,
        Delivery.ACCEPTED,
    )
    assert last_entry(reference) == (Act.NOTICE_ACCEPTED, "referral")
    said, _attached = opened(taken)
    assert "We ask you to review the content" in said
    assert "receipt.tlog-proof comes with this message" in said
    assert f"{settings.PUBLIC_URL}/log/" in said

    data = receipt_in(taken)
    receipt = parse_receipt(data)
    found = receipt.check(parse_policy(gate.policy()))
    assert {it.key.name for it in found.signed} >= {"east.example/w", "west.example/w"}
    assert b'"act":"notice.request"' in receipt.leaf
    assert receipt.fields().keys() == {"at", "obj", "ver", "outcome"}
    assert not jobs("send_proof")
    verified(tmp_path, data, gate.policy())


def verified(folder: Path, receipt: bytes, policy: bytes) -> None:
    """Have the verifier, alone in a process, say that it holds; at another index it does not."""
    (folder / "policy").write_bytes(policy)
    for data, status in ((receipt, 0), (receipt.replace(b"index ", b"index 1"), 1)):
        (folder / RECEIPT).write_bytes(data)
        options = ["--receipt", str(folder / RECEIPT), "--policy", str(folder / "policy")]
        done = subprocess.run(
            [sys.executable, "-m", "evenhand.ledger", "verify", *options],
            env={"PYTHONPATH": "src"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == status, done.stdout.decode()


def test_one_witness_of_two_that_must_cosign_lets_nothing_out(
    gate: Gate, server: MailServer
) -> None:
    gate.ask({"east": gate.witnesses["east"], "west": NOWHERE})
    notice = gate.send(gate.approved())
    gate.cosign()
    with changing_nothing():
        gate.deliver(notice)
    assert not server.taken
    gate.ask(gate.witnesses)
    gate.cosign()
    gate.deliver(notice)
    assert receipt_in(server.taken[0])


@pytest.mark.parametrize("found_out", ["at first look", "later"])
def test_where_a_life_is_at_risk_nothing_waits(
    gate: Gate, server: MailServer, found_out: str
) -> None:
    gate.sign_off()
    reference = gate.log()
    if found_out == "at first look":
        referrals.triage(reference, TriageOutcome.EMERGENCY, "", acting=gate.by(ADA))
    gate.do(reference, "submit", "approve")
    notice = gate.send(reference)
    if found_out == "later":
        with changing_nothing():
            gate.deliver(notice)
        done = EmergencyRecord(frozenset({EmergencyStep.CALLED_999}), gate.now, "The police.")
        emergencies.record(reference, done, acting=gate.by(ADA))
    gate.deliver(notice)
    [taken] = server.taken
    assert "not witnessed yet" in opened(taken)[0]
    gate.cosign()
    gate.follow(notice)
    assert receipt_in(server.taken[1])


@pytest.mark.parametrize("policy", ["quorum none", "witnesses that nothing depends on"])
def test_without_witnesses_to_wait_for_everything_is_as_it_was(
    gate: Gate, server: MailServer, policy: str
) -> None:
    asked = settings.DESK.witness_policy.replace("quorum both", "quorum none")
    gate.profile(policy if policy == "quorum none" else asked)
    reference = gate.approved()
    notice = gate.send(reference)
    before = sent(reference)[0]
    gate.deliver(notice)
    [taken] = server.taken
    assert taken[2] == (before.message or "").encode("ascii")
    assert hashlib.sha256(taken[2]).hexdigest() == before.sha256
    assert sent(reference)[0].proof is None
    assert not jobs("send_proof")


def test_what_waits_goes_out_as_it_is_once_the_desk_has_no_witnesses_any_more(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    gate.profile("quorum none")
    gate.deliver(notice)
    assert sent(reference)[0].proof is None
    assert "witness" not in opened(server.taken[0])[0]


def test_what_never_leaves_the_desk_waits_for_nobody(gate: Gate) -> None:
    reference = gate.approved()
    notice = notices.send(reference, "email", carrier=NOBODY, acting=gate.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=gate.by(WORKER))
    assert row(reference).state == State.SENT
    assert sent(reference)[0].proof is None


def test_what_would_be_given_away_at_once_is_left_to_the_worker(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = notices.send(reference, "email", carrier=MAIL_NOW, acting=gate.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=MAIL_NOW, acting=gate.by(WORKER))
    assert not server.taken
    assert len(jobs("send_notice")) == 1


def test_a_busy_server_changes_nothing_and_the_next_attempt_has_a_proof_again(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    gate.cosign()
    server.to_recipient = "450 Later"
    with changing_nothing(), pytest.raises(NotAccepted), transaction.atomic():
        gate.deliver(notice)
    server.to_recipient = "250 Yes"
    gate.deliver(notice)
    check_kept(reference, server.taken[0])
    assert receipt_in(server.taken[0])


def test_what_is_withdrawn_while_it_waits_is_not_sent(gate: Gate, server: MailServer) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    gate.deliver(notice)
    referrals.withdraw(reference, "A mistake.", acting=gate.by(ADA))
    gate.cosign()
    with changing_nothing():
        gate.deliver(notice)
    assert not server.taken


def test_a_log_that_is_damaged_holds_a_message_up_for_ten_minutes_and_no_longer(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    gate.cosign()
    for tile in (gate.log_of_it.folder / "tile").rglob("*"):
        if tile.is_file() and "entries" not in tile.parts:
            tile.write_bytes(bytes(len(tile.read_bytes())))
    with changing_nothing():
        gate.deliver(notice)
    gate.now += GATE_WAIT
    gate.deliver(notice)
    assert "not witnessed yet" in opened(server.taken[0])[0]


def test_a_receipt_that_the_desks_own_policy_does_not_trust_is_none(gate: Gate) -> None:
    gate.ask({"east": gate.witnesses["east"], "west": NOWHERE})
    gate.profile(settings.DESK.witness_policy.replace("group both all", "group both any"))
    notice = gate.send(gate.approved())
    gate.cosign()
    text = cosigned_receipt(notice)
    assert text
    # The desk asks for both from now on: what one cosigned is not enough any more.
    stricter = settings.DESK.witness_policy.replace("group both any", "group both all")
    gate.profile(stricter)
    with pytest.raises(TooFewWitnesses):
        parse_receipt(text.encode()).check(parse_policy(gate.policy()))
    assert cosigned_receipt(notice) is None


def test_two_jobs_for_one_message_as_after_a_kill_send_it_once(
    gate: Gate, server: MailServer
) -> None:
    reference = gate.approved()
    notice = gate.send(reference)
    # A worker that is killed after asking for the next job and before its own is finished.
    for _ in range(2):
        gate.deliver(notice)
    assert len(jobs("send_notice")) == 3
    gate.cosign()
    gate.deliver(notice)
    before = everything()
    for _ in range(2):
        gate.deliver(notice)
    assert everything() == before
    assert len(server.taken) == 1
    assert NoticeRow.objects.count() == 1
