"""The receipt of an entry, from the history of its referral."""

from pathlib import Path
from typing import Any

import pytest

from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.officers import Role
from tests.api.callers import Caller, now
from tests.builders import ADA
from tests.journeys import Desk
from tests.signers import running_signer
from tests.web.people import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_history_leads_to_the_receipt_of_each_entry(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    desk = Desk()
    reference = desk.log()
    client = signed_in(ADA)
    page = client.get(f"/referrals/{reference}/history/")
    [address] = [it.split('"')[0] for it in text_of(page).split('href="') if "/receipt/" in it[:60]]
    early = client.get(address)
    assert early.status_code == 409
    assert "not signed as far as this entry yet" in text_of(early)
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=desk.now)
    found = client.get(address)
    assert found.status_code == 200
    assert found.headers["Content-Disposition"].startswith(
        f'attachment; filename="receipt-{reference}'
    )
    assert parse_receipt(found.content).fields().keys() == {"at", "obj", "ver"}
    assert client.get(f"/referrals/{reference}/history/999999/receipt/").status_code == 404


def test_a_program_gets_the_same_receipt(settings: Any, tmp_path: Path) -> None:
    settings.LOG_FOLDER = tmp_path / "log"
    ada = Caller("ada", Role.OFFICER)
    history = f"{ada.logged()}/history"
    number = ada.get(history).body["items"][0]["number"]
    early = ada.get(f"{history}/{number}/receipt")
    assert (early.status, early.rules) == (409, ["E-LOG-56"])
    with running_signer() as signer:
        Sequencer(settings.LOG_FOLDER, signer.socket).step(now=now())
    found = ada.get(f"{history}/{number}/receipt")
    assert (found.status, found.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert parse_receipt(found.raw).fields().keys() == {"at", "obj", "ver"}
    assert ada.get(f"{history}/999999/receipt").rules == ["E-FIND-01"]
    assert ada.get(f"{history}/0/receipt").status == 422
    assert ada.get(f"{history}/one/receipt").status == 422
