"""The pages say that a message waits for witnesses, and that it went out without them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from evenhand.actions import emergencies, notices, proofs
from evenhand.rules.gate import GATE_WAIT, PROOF_WAIT
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.rules.triage import EmergencyRecord, EmergencyStep
from tests.builders import ADA, profile
from tests.journeys import Desk
from tests.mail import mail_server
from tests.web.filling import carried
from tests.web.people import now, signed_in, text_of
from tests.web.test_published_log import WITNESSES

pytestmark = pytest.mark.django_db
WAITS = "waits until witnesses have cosigned the log, for at most ten minutes"
UNWITNESSED = "before witnesses had cosigned the log"


@pytest.fixture
def desk(settings: Any) -> Desk:
    settings.DESK = profile(witness_policy=WITNESSES)
    return Desk(now=now() - timedelta(days=60))


def asked(desk: Desk, reference: str) -> UUID:
    return notices.send(reference, "email", acting=desk.by(ADA))


def page_of(reference: str, of: str = "") -> str:
    return " ".join(text_of(signed_in(ADA).get(f"/referrals/{reference}/{of}")).split())


def test_before_it_is_sent_the_page_says_what_will_go_with_it(desk: Desk, settings: Any) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    opened = client.get(f"/referrals/{reference}/send/")
    assert "the message goes out, says that it is not witnessed yet" in text_of(opened)
    settings.DESK = profile()
    assert "witness" not in text_of(client.get(f"/referrals/{reference}/send/"))
    settings.DESK = profile(witness_policy=WITNESSES)
    assert client.post(f"/referrals/{reference}/send/", carried(opened)).status_code == 302
    assert WAITS in page_of(reference)


def test_a_message_that_waits_says_so_and_one_for_a_life_at_risk_is_being_sent(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    asked(desk, reference)
    page = page_of(reference)
    assert WAITS in page
    assert "It goes with the message once witnesses have cosigned the log" in page
    done = EmergencyRecord(frozenset({EmergencyStep.CALLED_999}), desk.now, "The police.")
    emergencies.record(reference, done, acting=desk.by(ADA))
    page = page_of(reference)
    assert WAITS not in page
    assert "A message to the platform is being sent now." in page


def test_that_it_went_out_without_a_witness_and_what_became_of_its_proof_is_told(
    desk: Desk, settings: Any
) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    notice = asked(desk, reference)
    desk.now += GATE_WAIT
    with mail_server() as server:
        settings.SMTP_URL = server.address
        notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))
    page = page_of(reference)
    assert f"went out {UNWITNESSED}, and says so. The proof follows" in page
    assert f"Referral, {UNWITNESSED}" in page_of(reference, "history/")
    desk.now += PROOF_WAIT
    proofs.follow(notice, last_attempt=False, acting=desk.by(WORKER))
    assert "it could not be sent afterwards" in page_of(reference)
    told = page_of(reference, "history/")
    assert "could not send the platform the proof of an earlier message" in told
    assert "No witnesses cosigned the log within a day" in told
