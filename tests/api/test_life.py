"""A referral's whole life by the API, with a real mail server on the loopback."""

import hashlib
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import notices
from evenhand.rules.officers import WORKER, Acting, Role
from tests.api.callers import APPROVES, Caller, assessment, intake, now, sign_off

pytestmark = pytest.mark.django_db


class Sink:
    """Keeps the mail that it is given."""

    def __init__(self) -> None:
        self.mail: list[Envelope] = []

    async def handle_DATA(  # noqa: N802 - the server's name for it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.mail.append(envelope)
        return "250 Taken"


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A mail server that the desk sends to."""
    taking = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(taking, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setattr(settings, "SMTP_URL", f"smtp://127.0.0.1:{port}")
    yield taking
    server.stop()


def deliver_what_waits() -> None:
    """Do what the worker does with its queue."""
    for job in ProcrastinateJob.objects.filter(task_name="send_notice", status="todo"):
        acting = Acting(officer=WORKER, at=now())
        notices.deliver(UUID(job.args["notice"]), last_attempt=False, acting=acting)


def test_a_referral_goes_from_logged_to_closed_by_two_officers(sink: Sink) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", *APPROVES)
    sign_off()

    logged = ada.post("/referrals", intake(url="https://youtu.be/dQw4w9WgXcQ?si=tracking"))
    assert logged.status == 201
    assert logged.body["state"] == "logged"
    assert logged.body["platform"] == "youtube"
    assert logged.body["content_id"] == "dQw4w9WgXcQ"
    assert logged.body["canonical_url"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert logged.body["same_content"] == []
    one = f"/referrals/{logged.body['reference']}"
    assert logged.headers["Location"] == f"/api/v1{one}"

    assert ada.put(f"{one}/assessment", assessment()).body["state"] == "awaiting_approval"
    same = ada.post(f"{one}/decisions", {"decision": "approve", "reason": "Mine."})
    assert same.status == 403
    approved = cy.post(f"{one}/decisions", {"decision": "approve", "reason": "I agree."})
    assert (approved.status, approved.body["state"]) == (200, "approved")

    asked = ada.post(f"{one}/notices", {"transport": "email"})
    assert (asked.status, asked.body["state"]) == (202, "approved")
    deliver_what_waits()
    sent = ada.get(one).body
    assert sent["state"] == "sent"
    [notice], [mail] = sent["notices"], sink.mail
    assert notice["delivery"] == "accepted"
    assert mail.rcpt_tos == ["reports@youtube.example"] == [notice["recipient"]]
    exact = notice["message"].encode("ascii")
    assert hashlib.sha256(exact).hexdigest() == notice["sha256"]
    subject = message_from_bytes(mail.original_content or b"", policy=policy.default)["Subject"]
    assert logged.body["reference"] in subject

    acknowledged = ada.post(f"{one}/answers", {"kind": "acknowledged", "their_reference": "T-1"})
    assert acknowledged.body["state"] == "acknowledged"
    reasons = {"decision": "visibility", "facts": ["🙂", 1.5, 10**30, None, True, {"a": "ф"}]}
    decided = ada.post(
        f"{one}/answers",
        {"kind": "decided", "outcome": "restricted_in_full", "statement_of_reasons": reasons},
    )
    assert decided.body["platform_status"] == "restricted_in_full"
    assert ada.get(one).body["removal"] is False
    assert ada.post(f"{one}/checks", {"seen": "not_visible"}).body["state"] == "checked"
    closed = ada.post(f"{one}/close", {"reason": "The platform acted."})
    assert (closed.status, closed.body["state"]) == (200, "closed")

    told = cy.get(one).body
    assert told["removal"] is True
    assert told["version"] == closed.body["version"]
    assert [it["kind"] for it in told["answers"]] == ["acknowledged", "decided"]
    assert told["answers"][1]["statement_of_reasons"] == reasons
    assert told["decisions"][0]["reason"] == "I agree."
    assert told["assessment"]["provision"] == assessment()["provision"]
    assert told["assessment"]["kinds"]["provision_why"] == "assessment"
    history = cy.get(f"{one}/history").body
    assert history["items"][0]["act"] == "referral.log"
    assert history["next"] is None


def test_a_reinstatement_takes_a_removal_back(sink: Sink) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", *APPROVES)
    sign_off()
    one = ada.logged()
    ada.put(f"{one}/assessment", assessment())
    cy.post(f"{one}/decisions", {"decision": "approve", "reason": "I agree."})
    ada.post(f"{one}/notices", {"transport": "email"})
    deliver_what_waits()
    ada.post(f"{one}/answers", {"kind": "decided", "outcome": "restricted_in_full"})
    ada.post(f"{one}/checks", {"seen": "not_visible"})
    ada.post(f"{one}/close", {"reason": "Done."})
    back = ada.post(f"{one}/answers", {"kind": "decided", "outcome": "reinstated"})
    assert back.body["platform_status"] == "reinstated"
    assert ada.get(one).body["removal"] is False


def test_too_early_a_reminder_is_refused_and_an_empty_body_is_enough(sink: Sink) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", *APPROVES)
    sign_off()
    one = ada.logged()
    ada.put(f"{one}/assessment", assessment())
    cy.post(f"{one}/decisions", {"decision": "approve", "reason": "I agree."})
    ada.post(f"{one}/notices", {"transport": "email"})
    deliver_what_waits()
    early = ada.post(f"{one}/chases")
    assert (early.status, early.body["rule"]) == (409, "E-SEND-03")


def test_the_statutory_route_destroys_the_words() -> None:
    ada = Caller("ada", Role.OFFICER)
    one = ada.logged()
    refused = ada.put(f"{one}/assessment", assessment(harm="C1"))
    assert (refused.status, refused.body["rule"]) == (422, "E-CSAM-77")
    route = {"reported_to": "iwf", "reported_reference": "IWF-1"}
    ended = ada.post(f"{one}/statutory-route", route)
    assert (ended.status, ended.body["state"]) == (200, "statutory_route")
    assert ended.body["canonical_url"] is None
    told = ada.get(one).body
    assert told["reported_reference"] == "IWF-1"
    assert not told["description"]
    assert not told["url"]


def test_the_statutory_route_tells_what_else_of_the_same_content_is_to_go() -> None:
    ada = Caller("ada", Role.OFFICER)
    one = ada.logged()
    url = ada.get(one).body["url"]
    again = ada.logged(url=url, continue_reason="It is up again.")
    assert ada.get(one).body["statutory_left"] == []
    route = {"reported_to": "iwf", "reported_reference": "IWF-1"}
    left = ada.post(f"{one}/statutory-route", route).body["statutory_left"]
    assert left == [again.rpartition("/")[2]]
    assert ada.get(again).body["statutory_left"] == left
    assert ada.post(f"{again}/statutory-route", route).body["statutory_left"] == []


@pytest.mark.parametrize("outcome", ["not_for_us", "duplicate"])
def test_what_triage_ends_can_be_reopened_and_assessed(outcome: str) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", *APPROVES)
    one = ada.logged()
    ended = ada.post(f"{one}/triage", {"outcome": outcome, "reason": "Not ours."})
    assert ended.body["state"] == outcome
    assert cy.post(f"{one}/reopen", {"reason": "It is ours."}).body["state"] == "reopened"
    again = ada.put(f"{one}/assessment", assessment())
    assert again.body["state"] == "awaiting_approval"


def test_a_complete_assessment_works_from_every_state_before_a_decision() -> None:
    ada, bo, cy = Caller("ada", Role.OFFICER), Caller("bo", Role.OFFICER), Caller("cy", *APPROVES)
    one = ada.logged()
    assert ada.post(f"{one}/triage", {"outcome": "emergency", "reason": "Life."}).status == 200
    assert ada.put(f"{one}/assessment", assessment()).status == 200
    assert bo.put(f"{one}/assessment", assessment(harm="V2")).status == 200
    returned = cy.post(f"{one}/decisions", {"decision": "return", "reason": "Say more."})
    assert returned.body["state"] == "returned"
    assert bo.put(f"{one}/assessment", assessment()).body["state"] == "awaiting_approval"
    told = cy.get(one).body
    assert [it["number"] for it in told["assessments"]] == [1, 2, 3]
    assert told["assessment"] == told["assessments"][-1]
    withdrawn = ada.post(f"{one}/withdraw", {"reason": "A mistake."})
    assert withdrawn.body["state"] == "withdrawn"
