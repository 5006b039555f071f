"""Captures by the API: a file is the body, and what it is stands in a header."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from evenhand.actions import captures_time
from evenhand.api import captures
from evenhand.rules.captures import LARGEST, CaptureUnreadable
from evenhand.rules.captures_formats import Format
from evenhand.rules.officers import WORKER, Acting, Role
from evenhand.store.captures import CaptureRow
from tests.api.callers import V1, Answered, Caller, answered, now
from tests.capture_files import FILES
from tests.captures import WHY, coming, left
from tests.timestamps import Tsa, serving

pytestmark = pytest.mark.django_db
STILL = FILES[Format.PNG]


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def said(**changes: object) -> dict[str, object]:
    return {"why": WHY, "how": "screenshot", "of_a_child": False, **changes}


def keep(
    caller: Caller, referral: str, data: bytes = STILL, *, key: str = "", **changes: object
) -> Answered:
    headers = {"Authorization": f"Bearer {caller.token}", "Capture": json.dumps(said(**changes))}
    if key:
        headers["Idempotency-Key"] = key
    path = f"/referrals/{referral}/captures"
    return answered("POST", path, data, headers=headers, content_type="application/octet-stream")


def open_one(caller: Caller, capture: str, **body: object) -> Any:
    return Client().post(
        f"{V1}/captures/{capture}/openings",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {caller.token}"},
    )


def referral_of(caller: Caller) -> str:
    return caller.logged().removeprefix("/referrals/")


def test_a_file_is_kept_listed_opened_and_stopped(ada: Caller) -> None:
    referral = referral_of(ada)
    made = (now() - timedelta(minutes=2)).isoformat()
    kept = keep(ada, referral, taken_at=made, clock_offset=-7)
    assert kept.status == 200, kept.body
    assert kept.body["referral"] == referral
    assert (kept.body["kind"], kept.body["format"], kept.body["why"]) == ("still", "png", WHY)
    assert (kept.body["clock_offset"], kept.body["size"]) == (-7, len(STILL))
    assert ada.get(f"/referrals/{referral}/captures").body["items"] == [kept.body]
    capture = kept.body["id"]
    given = open_one(ada, capture, reason="To compare it.")
    assert b"".join(given.streaming_content) == STILL
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"] == "attachment"
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"
    stopped = ada.post(f"/captures/{capture}/stop", {})
    assert stopped.body["stopped_at"]
    refused = open_one(ada, capture, reason="To compare it.")
    assert (refused.status_code, refused.json()["rule"]) == (403, "E-CAP-07")


@pytest.mark.parametrize(
    ("data", "changes", "rule"),
    [
        (b"MZ" + bytes(100_000), {}, "E-CAP-03"),
        (STILL[:-1], {}, "E-CAP-03"),
        (b"", {}, "E-CAP-03"),
        (STILL, {"of_a_child": True}, "E-CSAM-77"),
        (STILL, {"why": " "}, "E-TEXT-01"),
        (STILL, {"how": "scraped"}, "E-TEXT-04"),
        (STILL, {"taken_at": "2099-01-01T00:00:00Z"}, "E-CAP-10"),
        (STILL, {"clock_offset": 10**6}, "E-API-05"),
        (STILL, {"name": "holiday.png"}, "E-API-03"),
    ],
)
def test_what_is_not_kept_is_told_and_leaves_nothing(
    ada: Caller, data: bytes, changes: dict[str, Any], rule: str
) -> None:
    referral, before = referral_of(ada), left()
    answer = keep(ada, referral, data, **changes)
    assert (answer.status, answer.rules) == (422, [rule])
    assert left() == before
    assert not CaptureRow.objects.exists()


def test_a_header_that_says_nothing_or_no_json_is_refused(ada: Caller) -> None:
    path = f"/referrals/{referral_of(ada)}/captures"
    headers = {"Authorization": f"Bearer {ada.token}"}
    missing = answered("POST", path, STILL, headers=headers, content_type="image/png")
    assert set(missing.pointers) == {"/why", "/how", "/of_a_child"}
    for wrong in ("{", '"why"', "é"):
        answer = answered(
            "POST", path, STILL, headers=headers | {"Capture": wrong}, content_type="image/png"
        )
        assert answer.status in {400, 422}


def test_the_same_key_keeps_one_file_and_another_file_needs_another_key(ada: Caller) -> None:
    referral, before = referral_of(ada), left()
    first = keep(ada, referral, key="one")
    assert keep(ada, referral, key="one").body == first.body
    assert keep(ada, referral, FILES[Format.GIF], key="one").rules == ["E-REP-01"]
    assert left() - before == {f"{UUID(first.body['id']).hex}.age"}


def test_its_timestamp_or_why_there_is_none_is_told(
    ada: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = keep(ada, referral_of(ada)).body
    assert (kept["timestamp"], kept["no_timestamp"]) == (None, None)
    tsa = Tsa(tmp_path / "tsa")
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        path = f"/referrals/{kept['referral']}/captures"
        assert ada.get(path).body["items"][0]["no_timestamp"] == "not_yet"
        captures_time.stamp_all(acting=Acting(officer=WORKER, at=now()))
        [told] = ada.get(path).body["items"]
    assert told["no_timestamp"] is None
    assert abs(datetime.fromisoformat(told["timestamp"]) - now()) < timedelta(minutes=1)


def test_a_file_that_is_too_large_or_cut_off_on_its_way_is_not_kept(ada: Caller) -> None:
    referral, before = referral_of(ada), left()
    sent = RequestFactory().post("/", STILL, content_type="image/png")
    sent.META["CONTENT_LENGTH"] = str(len(STILL) + 1)
    with coming(b"") as one, pytest.raises(CaptureUnreadable, match="did not come whole"):
        captures._received(sent, one)  # type: ignore[arg-type]
    headers = {"Authorization": f"Bearer {ada.token}", "Capture": json.dumps(said())}
    large = Client().post(
        f"{V1}/referrals/{referral}/captures",
        b"",
        content_type="image/png",
        headers=headers,
        CONTENT_LENGTH=str(LARGEST + 1),
    )
    assert large.json()["rule"] == "E-CAP-04"
    assert left() == before


def test_who_may_not_keep_or_open_one_is_refused_first(ada: Caller) -> None:
    referral, dee = referral_of(ada), Caller("dee", Role.DPO)
    assert keep(dee, referral).rules == ["E-WHO-02"]
    assert keep(ada, "2026-999999").status == 404
    assert keep(ada, referral, b"").rules == ["E-CAP-03"]
    assert open_one(ada, str(uuid4()), reason="To see.").status_code == 404
    assert open_one(ada, "1", reason="To see.").status_code == 404
    capture = keep(ada, referral).body["id"]
    assert open_one(ada, capture, reason=" ").json()["rule"] == "E-CAP-08"
    [item] = dee.get(f"/referrals/{referral}/captures").body["items"]
    assert item["why"] is None


def test_none_is_read_where_the_work_is_over(ada: Caller) -> None:
    referral = referral_of(ada)
    ada.post(f"/referrals/{referral}/triage", {"outcome": "not_for_us", "reason": "Not ours."})
    assert keep(ada, referral, b"MZ" * 100).rules == ["E-CAP-02"]
