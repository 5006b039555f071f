"""The register of training through the API: recorded, accepted, listed."""

from datetime import timedelta

import pytest

from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import Role
from tests.api.callers import Caller, now
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_training_is_recorded_by_another_and_what_that_officer_must_have_is_given() -> None:
    Caller("cy", Role.APPROVER, Role.CHILD_APPROVER)
    today = now().date()
    body = {
        "username": "cy",
        "course": "children",
        "done_on": today.isoformat(),
        "valid_until": (today + timedelta(days=400)).isoformat(),
    }
    max_ = Caller("max", Role.ADMINISTRATOR)
    answered = max_.post("/training", body)
    assert answered.status == 200
    assert [(it["course"], it["standing"]) for it in answered.body["items"]] == [
        ("children", "in_date"),
        ("data_protection", "none"),
    ]
    own = max_.post("/training", body | {"username": "max"})
    assert (own.status, own.rules) == (403, ["E-TRN-02"])
    late = max_.post("/training", body | {"valid_until": "2099-01-01"})
    assert (late.status, late.pointers) == (422, ["/valid_until"])


def test_instructions_are_accepted_for_oneself_and_the_register_says_so() -> None:
    gus, ola = Caller("gus", Role.APPROVER), Caller("ola", Role.OVERSEER)
    Desk(now=now() - timedelta(days=1)).put_in_force(DocumentKind.INSTRUCTIONS)
    accepted = gus.post("/training/instructions", {"number": 1}).body["items"]
    assert [(it["course"], it["standing"]) for it in accepted] == [
        ("data_protection", "none"),
        ("instructions", "in_date"),
    ]
    listed = ola.get("/training").body["items"]
    assert {it["standing"] for it in listed if it["username"] == "gus"} == {"none", "in_date"}
    assert gus.get("/training").status == 403
