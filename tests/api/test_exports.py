"""An export by program: asked for, answered by another officer, and taken as a file."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.store.machinery import RepeatRow
from tests.actions.sharing import staffed
from tests.actions.test_exports import agreed, of_a_child
from tests.api.callers import V1, now
from tests.api.test_sharing import by
from tests.builders import CY, DEE, KIM, SAM, SID
from tests.captures import taken
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = staffed()
    desk.now = now() - timedelta(hours=2)
    return desk


def test_an_export_takes_all_its_steps_by_program(desk: Desk) -> None:
    reference, agreement = desk.log(), agreed(desk)
    taken(desk, reference)
    sid, cy = by(SID), by(CY)
    body = {
        "agreement": agreement,
        "recipient": str(KIM.ref),
        "purpose": "evidence_for_named_investigation",
        "reason": "They investigate it.",
    }
    asked = sid.post(f"/referrals/{reference}/exports", body).body
    assert (asked["allowed"], asked["captures"], asked["recipient"]) == (None, 1, KIM.name)
    export = f"/exports/{asked['id']}"
    assert sid.post(f"{export}/takings", {}).status == 409
    said = {"allow": True, "reason": "It is needed."}
    answered = cy.post(f"{export}/answer", said, key="k").body
    assert list(RepeatRow.objects.values_list("about", flat=True)) == [[reference]]
    assert answered["allowed"] is True
    reply: Any = Client().post(
        f"{V1}{export}/takings",
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {sid.token}"},
    )
    data = b"".join(reply.streaming_content)
    assert reply["Content-Type"] == "application/zip"
    assert int(reply["Content-Length"]) == len(data)
    [line] = sid.get("/exports").body["items"]
    assert line["package_sha256"] == hashlib.sha256(data).hexdigest()


def test_by_program_captures_are_chosen_and_a_childs_need_two_answers(desk: Desk) -> None:
    reference, agreement = of_a_child(desk), agreed(desk)
    sid, sam, dee = by(SID), by(SAM), by(DEE)
    body = {"agreement": agreement, "recipient": str(KIM.ref), "reason": "They investigate it."}
    wrong = sid.post(f"/referrals/{reference}/exports", body | {"captures": [str(KIM.ref)]})
    assert (wrong.status, wrong.rules) == (409, ["E-EXP-01"])
    none = sid.post(f"/referrals/{reference}/exports", body | {"captures": []}).body
    assert (none["captures"], none["child"]) == (0, True)
    said = {"allow": True, "reason": "It is needed."}
    place = f"/exports/{none['id']}"
    assert sam.post(f"{place}/answer", said).body["allowed"] is None
    done = dee.post(f"{place}/dpo-answer", said).body
    assert (done["allowed"], done["dpo_answered_by"]) == (True, "Dee")
