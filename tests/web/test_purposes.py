"""Using a person's record for another purpose, on pages and by program."""

from datetime import timedelta

import pytest

from tests.actions.people import known_person
from tests.builders import ADA, BO, CY, DEE, LEE, RIA, RON, adult, proposal
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import called, now, signed_in, text_of

pytestmark = pytest.mark.django_db
OTHER = {"reason": "To warn her.", "purpose": "safeguard_individual"}
GROUNDS = {
    "law": "Children Act 2004 s.11",
    "necessity": "She cannot be warned otherwise.",
    "proportionality": "Only her name is used.",
}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(minutes=30))
    for officer in (ADA, BO, CY, DEE, LEE, RIA, RON):
        desk.by(officer)
    return desk


@pytest.fixture
def reference(desk: Desk) -> str:
    return known_person(desk, said=proposal(age=adult(as_at=desk.now.date())))


def test_another_purpose_is_asked_for_and_allowed_by_a_second_officer(reference: str) -> None:
    ada, dee, place = signed_in(ADA), signed_in(DEE), f"/people/{reference}/"
    refused = ada.post(place, OTHER)
    assert (refused.status_code, "E-PUR-08" in text_of(refused)) == (403, True)
    ada.post(place, {"reason": "To ask."})
    lacking = fill(
        ada, f"{place}purpose/", purpose="safeguard_individual", **{**GROUNDS, "law": " "}
    )
    assert lacking.status_code == 422
    done = fill(ada, f"{place}purpose/", purpose="safeguard_individual", **GROUNDS)
    assert done.status_code == 302, text_of(done)
    seen = dee.post(place, {"reason": "To answer."})
    check_valid(seen)
    assert "Waits for a second officer" in text_of(seen)
    done = fill(
        dee,
        f"{place}purpose/answer/",
        purpose="safeguard_individual",
        agreed="yes",
        reason="The law allows it.",
    )
    assert done.status_code == 302, text_of(done)
    shown = ada.post(place, OTHER)
    check_valid(shown)
    assert "Noor Vantage" in text_of(shown)
    assert "The law allows it." in text_of(shown)


def test_a_program_is_refused_and_allowed_alike(reference: str) -> None:
    place = f"/people/{reference}"
    look = f"{place}?reason=To%20warn&purpose=safeguard_individual"
    refused = called(ADA, look, None)
    assert (refused.status_code, refused.json()["rule"]) == (403, "E-PUR-08")
    sent = {"purpose": "safeguard_individual", **GROUNDS}
    lacking = called(ADA, f"{place}/purposes", sent | {"law": " "})
    assert (lacking.status_code, lacking.json()["rule"]) == (422, "E-PUR-08")
    assert called(ADA, f"{place}/purposes", sent).status_code == 200
    answer = {"purpose": "safeguard_individual", "agreed": False, "reason": "Not so."}
    assert called(CY, f"{place}/purposes/answers", answer).status_code == 403
    assert called(DEE, f"{place}/purposes/answers", answer).status_code == 200
    assert called(ADA, look, None).status_code == 403
    assert called(ADA, f"{place}/purposes", sent).status_code == 200
    agreed = answer | {"agreed": True}
    assert called(DEE, f"{place}/purposes/answers", agreed).status_code == 200
    [_refused, allowed] = called(ADA, look, None).json()["purposes"]
    assert (allowed["approved"], allowed["law"]) == (True, GROUNDS["law"])
