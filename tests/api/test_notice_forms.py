"""The forms of notice by the API: compared, and chosen in sending."""

import pytest

from evenhand.actions import platforms
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Role
from evenhand.rules.platforms import with_forms_taken
from tests.api.callers import APPROVES, Caller, assessment, intake, now
from tests.builders import clips

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform() -> None:
    dee, max_ = Caller("dee", Role.DPO), Caller("max", Role.ADMINISTRATOR)
    taking = with_forms_taken(clips(), [NoticeForm.XARF])
    platforms.add(taking, acting=Acting(officer=max_.officer, at=now()))
    platforms.sign_off(
        "clips.example",
        transport=Transport.EMAIL,
        contact="abuse@clips.example",
        basis="s.77, strictly necessary in the particular case.",
        review_on=now().date().replace(year=now().year + 1),
        acting=Acting(officer=dee.officer, at=now()),
    )


def approved(ada: Caller) -> str:
    cy = Caller("cy", *APPROVES)
    logged = ada.post("/referrals", intake(url="https://clips.example/a"))
    referral = f"/referrals/{logged.body['reference']}"
    ada.put(f"{referral}/assessment", assessment(harm="F1"))
    cy.post(f"{referral}/decisions", {"decision": "approve", "reason": "I agree."})
    return referral


@pytest.mark.usefixtures("platform")
def test_the_forms_are_compared_and_one_is_sent() -> None:
    ada = Caller("ada", Role.OFFICER)
    referral = approved(ada)
    forms = {it["form"]: it for it in ada.get(f"{referral}/forms").body["forms"]}
    assert forms["xarf"]["may_be_sent"]
    assert "fraud:romance" in forms["xarf"]["report_kinds"]
    assert forms["article_16"]["why_not"] == "E-NOTICE-03"
    assert forms[None]["why_not"] == "E-FORM-01"
    sending = {"transport": "email", "form": "xarf"}
    refused = ada.post(f"{referral}/notices", sending)
    assert (refused.status, refused.body["rule"]) == (422, "E-NOTICE-04")
    sent = ada.post(f"{referral}/notices", sending | {"report_kind": "fraud:romance"})
    assert sent.status == 202
    [notice] = ada.get(referral).body["notices"]
    assert notice["form"] == "xarf"


@pytest.mark.usefixtures("platform")
def test_a_form_nobody_knows_is_refused_in_words() -> None:
    ada = Caller("ada", Role.OFFICER)
    referral = approved(ada)
    refused = ada.post(f"{referral}/notices", {"transport": "email", "form": "fax"})
    assert refused.status == 422
