"""Questions through the API: listed, asked, given again, published, and with a receipt."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.receipts import parse_receipt
from evenhand.rules.questions import By
from tests.actions.test_figures import given, wrong_and_right
from tests.api.callers import now
from tests.api.test_sharing import by
from tests.builders import ADA, DEE, LIA, RIA
from tests.journeys import Desk
from tests.signers import RunningSigner, running_signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(hours=2))
    for officer in (ADA, RIA):
        desk.by(officer)
    return desk


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


def test_a_question_is_asked_and_its_answer_kept_and_published(desk: Desk) -> None:
    desk.log()
    ria = by(RIA)
    listed = {it["code"]: it for it in ria.get("/questions").body["items"]}
    assert listed["records_held"]["by"] == ["kind", "system"]
    asked = ria.post("/figures", {"code": "records_held", "by": ["kind"]}, key="k")
    assert asked.status == 201
    assert asked.body["exact"] == 1
    assert asked.body["lines"] == [{"of": ["referral"], "number": 1}]
    one = f"/figures/{asked.body['reference']}"
    assert ria.get(one).body == asked.body
    assert json.loads(asked.body["file"])["exact"] == 1
    early = ria.post(f"{one}/publications", {})
    assert (early.status, early.body["rule"]) == (409, "E-COR-93")
    one = f"/figures/{given(desk, 'records_held', By.KIND)}"
    published = ria.post(f"{one}/publications", {})
    assert (published.status, published.body["published_at"] is not None) == (200, True)
    again = ria.post("/figures", {"code": "records_held", "by": ["kind"]})
    refused = ria.post(f"/figures/{again.body['reference']}/publications", {})
    assert (refused.status, refused.body["rule"]) == (409, "E-COR-89")


def test_a_published_figure_is_corrected_by_two_and_a_mistaken_correction_declined(
    desk: Desk,
) -> None:
    for officer in (DEE, LIA):
        desk.by(officer)
    desk.now = now()
    wrong, right = wrong_and_right(desk)
    ria, lia = by(RIA), by(LIA)
    there = f"/figures/{right}/corrections"
    assert ria.post(there, {}).status == 422
    first = ria.post(there, {"why": "One was counted twice."})
    assert first.status == 200
    one = f"/figure-corrections/{first.body['correction']}"
    assert ria.get("/figure-corrections").status == 403
    [waits] = lia.get("/figure-corrections").body["waiting"]
    assert (waits["wrong"], waits["was"], waits["is_now"]) == (str(wrong), 7, 0)
    assert (waits["declined_by"], waits["why_declined"]) == (None, None)
    assert lia.post(f"{one}/decline", {"reason": ""}).status == 422
    declined = lia.post(f"{one}/decline", {"reason": "It was sent twice."})
    assert (declined.status, declined.body["why_declined"]) == (200, "It was sent twice.")
    assert declined.body["declined_by"] == LIA.name
    refused = by(DEE).post(f"{one}/confirm", {})
    assert (refused.status, refused.body["rule"]) == (409, "E-COR-90")
    second = ria.post(there, {"why": "One was counted twice."}).body["correction"]
    confirmed = lia.post(f"/figure-corrections/{second}/confirm", {})
    assert (confirmed.status, confirmed.body["confirmed_at"] is not None) == (200, True)
    listed = lia.get("/figure-corrections").body
    assert (listed["waiting"], listed["declined"]) == ([], [declined.body])
    assert ria.post(there, {"why": "Again."}).body["rule"] == "E-COR-90"


def test_a_correction_is_withdrawn_by_who_wrote_it(desk: Desk) -> None:
    desk.by(LIA)
    desk.now = now()
    _wrong, right = wrong_and_right(desk)
    ria = by(RIA)
    made = ria.post(f"/figures/{right}/corrections", {"why": "One was counted twice."})
    one = f"/figure-corrections/{made.body['correction']}/withdraw"
    assert by(LIA).post(one, {}).status == 403
    withdrawn = ria.post(one, {})
    assert (withdrawn.status, withdrawn.body["withdrawn_at"] is not None) == (200, True)
    assert ria.post(one, {}).body["rule"] == "E-COR-90"


@pytest.mark.parametrize(
    "body",
    [
        {"code": "watched_accounts"},
        {"code": "people", "by": ["platform"]},
        {"code": "people", "start": "2026-01-01"},
        {"code": "people", "as_at": "2001-01-01"},
    ],
)
def test_what_has_no_exact_answer_is_refused(desk: Desk, body: dict[str, Any]) -> None:
    refused = by(RIA).post("/figures", body)
    assert (refused.status, refused.body["rule"]) == (422, "E-COUNT-03")


def test_a_figure_has_a_receipt_once_it_is_signed(
    desk: Desk, signer: RunningSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LOG_FOLDER", tmp_path / "log")
    ria = by(RIA)
    given = ria.post("/figures", {"code": "logged"}).body
    there = f"/figures/{given['reference']}/receipt"
    assert ria.get(there).status == 409
    Sequencer(tmp_path / "log", signer.socket).step(now=now())
    receipt = ria.get(there)
    assert receipt.status == 200
    proved = parse_receipt(receipt.raw).proves()
    assert proved["package"] == hashlib.sha256(given["file"].encode()).hexdigest()
