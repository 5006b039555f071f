"""A portal sheet is read, and what was sent by hand is recorded, by the API too."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import platforms
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Role
from tests.api.callers import APPROVES, Answered, Caller, assessment, intake, now

pytestmark = pytest.mark.django_db
FORM = "https://forms.youtube.example"


@pytest.fixture
def ada() -> Caller:
    dee = Caller("dee", Role.DPO)
    platforms.sign_off(
        "youtube",
        transport=Transport.PORTAL,
        contact=FORM,
        basis="s.77, strictly necessary in the particular case.",
        review_on=now().date() + timedelta(days=90),
        acting=Acting(officer=dee.officer, at=now()),
    )
    return Caller("ada", Role.OFFICER)


def approved(ada: Caller) -> str:
    cy = Caller("cy", *APPROVES)
    one = f"/referrals/{ada.post('/referrals', intake()).body['reference']}"
    ada.put(f"{one}/assessment", assessment())
    cy.post(f"{one}/decisions", {"decision": "approve", "reason": "I agree."})
    return one


def body(**changes: object) -> dict[str, Any]:
    plain = {
        "transport": "portal",
        "sent_at": now().isoformat(timespec="seconds"),
        "sent_as_shown": True,
        "witness": "cy",
        "witness_initials": "C",
        "their_reference": "CASE-7",
    }
    return {key: it for key, it in (plain | changes).items() if it is not None}


def record(ada: Caller, one: str, **changes: object) -> Answered:
    return ada.post(f"{one}/notices", body(**changes))


def test_a_sheet_is_read_and_recorded_as_sent_at_once(ada: Caller) -> None:
    one = approved(ada)
    sheet = ada.get(f"{one}/sheet").body
    assert (sheet["form_address"], sheet["kind"]) == (FORM, "referral")
    assert sheet["fields_verified"] is False
    assert any("watch?v=" in it["text"] for it in sheet["fields"])
    assert all(it["too_long_by"] >= 0 for it in sheet["fields"])
    done = record(ada, one, sheet=sheet["sha256"], sent_at=now().isoformat())
    assert (done.status, done.body["state"]) == (200, "sent"), done.body
    [notice] = ada.get(one).body["notices"]
    assert (notice["transport"], notice["delivery"]) == ("portal", "accepted")
    assert (notice["witness"], notice["their_reference"]) == ("Cy", "CASE-7")
    assert hashlib.sha256(notice["message"].encode()).hexdigest() == sheet["sha256"]


@pytest.mark.parametrize("needed", ["sent_at", "sent_as_shown", "witness", "witness_initials"])
def test_what_a_notice_by_portal_needs_is_named(ada: Caller, needed: str) -> None:
    told = record(ada, approved(ada), **{needed: None})
    assert (told.status, told.pointers, told.rules) == (422, [f"/{needed}"], ["E-API-04"])


@pytest.mark.parametrize(
    ("wrong", "rule", "status"),
    [
        ({"witness": "ada"}, "E-FORM-04", 422),
        ({"witness_initials": "Z"}, "E-FORM-04", 422),
        ({"sent_at": "2020-01-01T00:00:00Z"}, "E-FORM-03", 422),
        ({"sent_as_shown": False}, "E-FORM-05", 422),
        ({"changed": "Shorter."}, "E-FORM-05", 422),
        ({"sheet": "0" * 64}, "E-FORM-02", 409),
        ({"transport": "email"}, "E-API-03", 422),
        ({"transport": "pigeon"}, "E-API-03", 422),
    ],
)
def test_what_cannot_be_so_is_refused(
    ada: Caller, wrong: dict[str, Any], rule: str, status: int
) -> None:
    one = approved(ada)
    # A moment ago: the clock of this test and of the door are one.
    told = record(ada, one, **({"sent_at": now().isoformat()} | wrong))
    assert (told.status, told.body["rule"]) == (status, rule)
    assert ada.get(one).body["state"] == "approved"


def test_a_sheet_is_for_what_can_be_sent_and_for_a_form_that_is_known(ada: Caller) -> None:
    assert ada.get(f"{ada.logged()}/sheet").body["rule"] == "E-MOVE-01"
    one = approved(ada)
    assert ada.get(f"{one}/sheet?kind=chase").status == 409
    for kind in ("poem", "proof"):
        assert ada.get(f"{one}/sheet?kind={kind}").status == 422
    assert ada.get(f"{one}/sheet?colour=red").body["rule"] == "E-API-03"
    overseer = Caller("ola", Role.OVERSEER)
    assert overseer.get(f"{one}/sheet").status == 403


def test_a_reminder_names_its_channel_and_e_mail_is_the_usual_one(ada: Caller) -> None:
    one = approved(ada)
    record(ada, one, sent_at=now().isoformat())
    assert ada.post(f"{one}/chases", {"transport": "pigeon"}).body["rule"] == "E-SEND-01"
    assert ada.post(f"{one}/chases", {}).body["rule"] == "E-SEND-03"
    told = ada.post(f"{one}/chases", body(sent_at=now().isoformat()))
    assert (told.status, told.body["rule"]) == (409, "E-SEND-03")
