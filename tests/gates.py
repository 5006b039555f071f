"""A desk that sends under the send gate: its log, signer and witnesses are real."""

import email
import hashlib
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import notices, proofs
from evenhand.actions.cosigning import have_cosigned
from evenhand.ledger.acts import Act
from evenhand.ledger.policies import parse_policy
from evenhand.queries import history
from evenhand.queries import referral as one_referral
from evenhand.queries.steps import NoticeSent
from evenhand.rules.gate import GATE_WAIT, Proof
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.transports.email import RECEIPT
from tests.actions.test_cosigning import Log
from tests.builders import ADA, as_reader
from tests.journeys import Desk


class Gate(Desk):
    """A desk whose log is really signed, and cosigned whenever a test has it so."""

    def __init__(self, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.log_of_it, self._patch = log, monkeypatch
        self.witnesses = {name: log.up(name) for name in log.homes}
        self.ask(self.witnesses)
        monkeypatch.setattr(settings, "LOG_FOLDER", log.folder)

    def ask(self, urls: dict[str, str]) -> None:
        """Have the desk's profile name both witnesses, at these addresses."""
        keys = self.log_of_it.keys.items()
        lines = [f"witness {name} {key} {urls.get(name, '')}" for name, key in keys]
        self.profile("\n".join([*lines, "group both all east west", "quorum both"]))

    def profile(self, witness_policy: str) -> None:
        self._patch.setattr(settings, "DESK", replace(settings.DESK, witness_policy=witness_policy))

    def cosign(self) -> None:
        """Have the log carried on, signed, and cosigned by whoever answers."""
        policy = parse_policy(settings.DESK.witness_policy.encode())
        self.log_of_it.sequencer.step(now=self.now)
        have_cosigned(self.log_of_it.folder, policy, now=self.now)

    def policy(self) -> bytes:
        """Write the policy of a platform that trusts this log and asks for both witnesses."""
        return f"log {self.log_of_it.key}\n{settings.DESK.witness_policy}\n".encode()

    def deliver(self, notice: UUID, *, last_attempt: bool = False) -> None:
        notices.deliver(notice, last_attempt=last_attempt, acting=self.by(WORKER))

    def follow(self, notice: UUID, *, last_attempt: bool = False) -> None:
        proofs.follow(notice, last_attempt=last_attempt, acting=self.by(WORKER))

    def send(self, reference: str) -> UUID:
        return notices.send(reference, "email", acting=self.by(ADA))

    def approved(self) -> str:
        self.sign_off()
        return self.brought_to(State.APPROVED)

    def owed(self, reference: str) -> UUID:
        """Have a message go out after ten minutes without a witness."""
        notice = self.send(reference)
        self.now += GATE_WAIT
        self.deliver(notice)
        assert sent(reference)[-1].proof is Proof.OWED
        return notice


def sent(reference: str) -> list[NoticeSent]:
    return list(one_referral.one(reference, acting=as_reader(ADA)).notices)


def opened(taken: tuple[str, list[str], bytes]) -> tuple[str, list[EmailMessage]]:
    """Read a mail as a platform would: what it says, and what comes with it."""
    mail = email.message_from_bytes(taken[2], policy=SMTP)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()), list(mail.iter_attachments()) if mail.is_multipart() else []


def receipt_in(taken: tuple[str, list[str], bytes]) -> bytes:
    _said, [attached] = opened(taken)
    assert (attached.get_filename(), attached.get_content_type()) == (RECEIPT, "text/plain")
    data = attached.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def check_kept(reference: str, taken: tuple[str, list[str], bytes]) -> None:
    """See that the bytes that went out are those that are kept and hashed."""
    kept = sent(reference)[-1]
    assert (kept.message or "").encode("ascii") == taken[2]
    assert kept.sha256 == hashlib.sha256(taken[2]).hexdigest()


def jobs(name: str) -> list[datetime | None]:
    rows = ProcrastinateJob.objects.filter(task_name=name).order_by("id")
    return [it.scheduled_at for it in rows]


def last_entry(reference: str) -> tuple[Act, str | None]:
    line = history.of(reference, officer=ADA).lines[-1]
    return line.act, line.outcome
