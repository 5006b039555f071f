"""Sharing by program: the same acts, the same refusals, and nothing of anybody in a list."""

import json
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from evenhand.actions import officers
from evenhand.actions import recalls as recalling
from evenhand.api.sharing_bodies import TERMS
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.sharing import Wanted
from evenhand.store.log import EntryRow
from evenhand.store.machinery import RepeatRow
from evenhand.store.sharing import DisclosureRow
from tests.actions.people import known_person
from tests.actions.sharing import (
    MAY_NOT_LEAVE,
    built,
    case,
    in_force,
    staffed,
    touched,
    wanted,
)
from tests.api.callers import Caller, now
from tests.builders import CY, DEE, NED, OLA, SID, child, proposal, terms
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = staffed()
    desk.now = now() - timedelta(hours=2)
    return desk


def by(officer: Officer) -> Caller:
    """Somebody of the cast, with a token."""
    one = object.__new__(Caller)
    one.officer = officer
    acting = Acting(officer=WORKER, at=now())
    one.token = officers.create_token(officer.name.lower(), may_decide=True, acting=acting)
    return one


def body(it: Wanted, **changes: Any) -> dict[str, Any]:
    plain = {
        "agreement": it.agreement,
        "reason": it.reason,
        "recipient": str(it.recipient),
        "link": str(it.link),
        "carrier": it.carrier,
        "fields": sorted(it.fields),
        "statements": [str(one) for one in it.statements],
        "checked": it.checked,
        "gaps": it.gaps,
        "compelling": it.compelling,
    }
    return plain | changes


def test_an_agreement_and_a_package_take_all_their_steps_by_program(desk: Desk) -> None:
    ned, dee, sid, cy = by(NED), by(DEE), by(SID), by(CY)
    review_on = str(now().date() + timedelta(days=30))
    made = ned.post("/agreements", TERMS | {"review_on": review_on})
    assert made.status == 201, made.body
    agreement = made.body["reference"]
    assert made.headers["Location"].endswith(f"/agreements/{agreement}")
    dee.post(f"/agreements/{agreement}/signature", {"number": 1})
    [line] = by(OLA).get("/agreements").body["items"]
    assert (line["signed"], line["people"][0]["name"]) == (True, "Kim Lee")
    someone = known_person(desk)
    look = {"agreement": agreement, "reason": "She is threatened there."}
    found = sid.post(f"/people/{someone}/sharing", look).body
    assert found["statements"][0]["faults"] == []
    said = body(
        wanted(someone, agreement),
        recipient=line["people"][0]["ref"],
        link=found["roles"][0]["link"],
        fields=["name"],
    )
    done = sid.post(f"/people/{someone}/disclosures", said, key="once")
    assert done.status == 200, done.body
    assert sid.post(f"/people/{someone}/disclosures", said, key="once").body == done.body
    package = f"/disclosures/{done.body['reference']}"
    assert sid.post(f"{package}/steps", {"step": "fly"}).rules == ["E-TEXT-04"]
    sid.post(f"{package}/steps", {"step": "propose"})
    opened = cy.post(f"{package}/contents", {"reason": "To decide."}).body
    assert opened["package"]["person"]["name"] == "Noor Vantage"
    answer = {"digest": opened["digest"], "approve": True, "reason": "It is needed."}
    assert cy.post(f"{package}/approvals", answer | {"digest": "00"}).rules == ["E-SHR-65"]
    assert cy.post(f"{package}/approvals", answer).status == 200
    sid.post(f"{package}/steps", {"step": "release"})
    file = sid.get(f"{package}/file").body
    data = b64decode(file["data"])
    assert sha256(data).hexdigest() == file["sha256"]
    # No witnesses are asked here.
    assert file["proof"] is None
    assert json.loads(data) == opened["package"]
    ledger = by(OLA).get("/disclosures")
    assert ledger.body["items"][0]["recipient"] == "Kim Lee"
    assert b"Noor" not in ledger.raw + by(OLA).get(package).raw
    sid.post(f"{package}/recall", {"reason": "It was about another person."})
    again = sid.get(f"{package}/file")
    assert (again.status, again.rules) == (409, ["E-QUAL-16"])
    [recall] = sid.get("/recalls").body["items"]
    address = f"/recalls/{recall['reference']}"
    assert sid.post(f"{address}/notices", {"by": "email"}).rules == ["E-RECALL-19"]
    recalling.give_up(recall["reference"], acting=desk.by(WORKER))
    assert sid.post(f"{address}/notices", {"by": "paper"}).status == 200
    today = str(now().date())
    assert sid.post(f"{address}/acknowledgement", {"on": today}).status == 200
    assert sid.post(f"{address}/acknowledgement", {"on": today}).rules == ["E-RECALL-19"]
    assert ned.post(f"/agreements/{agreement}/versions", TERMS | {"review_on": review_on}).body
    dee.post(f"/agreements/{agreement}/end", {})
    assert by(OLA).get("/agreements").body["items"] == []


def test_a_look_is_never_answered_from_memory(desk: Desk) -> None:
    someone = known_person(desk)
    agreement = in_force(desk, terms(review_on=now().date() + timedelta(days=30)))
    package = f"/disclosures/{built(desk, someone, agreement)}"
    sid = by(SID)
    look = {"agreement": agreement, "reason": "She is threatened there."}
    for address, body_of in (
        (f"/people/{someone}/sharing", look),
        (f"{package}/contents", {"reason": "To read it again."}),
    ):
        for _ in range(2):
            looks = EntryRow.objects.count()
            assert sid.post(address, body_of, key=address).status == 200
            assert EntryRow.objects.count() == looks + 1
    assert not RepeatRow.objects.exists()
    touched(someone, standing="contested")
    [said] = sid.post(f"/people/{someone}/sharing", look, key="again").body["statements"]
    assert (said["text"], said["faults"]) == (None, ["E-QUAL-16"])
    assert sid.post(f"{package}/contents", {"reason": "Again."}, key="more").rules == ["E-QUAL-16"]


@pytest.mark.parametrize(("what", "code"), MAY_NOT_LEAVE)
def test_what_may_not_leave_is_not_built_by_program(desk: Desk, what: str, code: str) -> None:
    someone, it = case(desk, what, now())
    refused = by(SID).post(f"/people/{someone}/disclosures", body(it))
    assert refused.rules[0] == code, refused.body
    assert DisclosureRow.objects.count() == 0


def test_what_is_about_a_child_is_refused_or_approved_by_the_data_protection_officer(
    desk: Desk,
) -> None:
    said = proposal(age=child(), best_interests="She must be warned.")
    agreement = in_force(desk, terms(review_on=now().date() + timedelta(days=30)))
    someone = known_person(desk, said=said)
    sid = by(SID)
    it = wanted(someone, agreement)
    address = f"/people/{someone}/disclosures"
    assert sid.post(address, body(it)).rules == ["E-CHD-75"]
    done = sid.post(address, body(it, compelling="She is threatened today.")).body
    package = f"/disclosures/{done['reference']}"
    sid.post(f"{package}/steps", {"step": "propose"})
    refusal = {"digest": "", "approve": False, "reason": "Too much."}
    assert by(DEE).post(f"{package}/dpo-approvals", refusal).status == 200
    assert sid.get(package).body["standing"] == "refused"


def test_a_closed_kind_is_opened_and_closed_by_program(desk: Desk) -> None:
    desk.by(NED)
    ned, dee = by(NED), by(DEE)
    until = str(now().date() + timedelta(days=30))
    asked = {"kind": "council", "enactment": "Act s.1", "expires_on": until}
    assert dee.post("/recipient-kinds/approvals", {"kind": "council"}).rules == ["E-SHR-67"]
    assert ned.post("/recipient-kinds/openings", asked | {"enactment": ""}).rules == ["E-PUR-09"]
    assert ned.post("/recipient-kinds/openings", asked).status == 200
    assert dee.post("/recipient-kinds/approvals", {"kind": "council"}).status == 200
    [council] = [it for it in ned.get("/recipient-kinds").body["items"] if it["enactment"]]
    assert (council["kind"], council["approved_by"]) == ("council", "Dee")
    assert ned.post("/recipient-kinds/closings", {"kind": "council"}).status == 200
    abroad = TERMS | {"review_on": until, "country": "FR"}
    assert ned.post("/agreements", abroad).rules == ["E-TRF-68"]
