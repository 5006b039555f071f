"""Requests for information by program: the same acts as on the pages, and the same refusals."""

from typing import Any

import pytest

from evenhand.actions import foi_counting
from evenhand.rules.officers import Officer, Role
from tests.web.people import called, now, stored

pytestmark = pytest.mark.django_db
ALL = "/information-requests"
LOG = {
    "channel": "paper",
    "received_on": str(now().date()),
    "name": "Quilla Marsh",
    "postal": "1 Quay Street",
    "asked": "How is it done?",
}


@pytest.fixture
def una() -> Officer:
    """An officer who answers requests."""
    return stored("Una", Role.RIGHTS_OFFICER)


@pytest.fixture
def dee() -> Officer:
    """The data protection officer, who looks at what is refused."""
    return stored("Dee", Role.DPO)


def did(officer: Officer, path: str, body: Any, *, status: int = 200) -> Any:
    response = called(officer, path, body)
    assert response.status_code == status, response.content
    return response.json()


def logged(una: Officer) -> str:
    found = did(una, ALL, LOG, status=201)
    assert found["due_on"]
    return f"{ALL}/{found['reference']}"


def test_a_request_is_answered_by_program(
    una: Officer, dee: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = logged(una)
    did(una, f"{one}/parts", {"asked": "How?", "wants": "statement"})
    did(una, f"{one}/parts/1/answer", {"answer": "By hand."})
    did(una, f"{one}/parts", {"asked": "How many?", "wants": "total"})
    question = {"code": "records_held", "by": ["kind"]}
    assert did(una, f"{one}/parts/2/count", question, status=422)["rule"] == "E-COUNT-03"
    monkeypatch.setattr(foi_counting, "check_is_over", lambda *_of, **_and: None)  # as if tomorrow
    counted = did(una, f"{one}/parts/2/count", question)
    assert counted["parts"][1]["answer"].startswith("Records held: 0")
    refused = did(una, f"{one}/parts/2/not-held", {"why": "No."}, status=409)
    assert refused["rule"] == "E-FOI-82"
    did(una, f"{one}/parts", {"asked": "What advice?", "wants": "document"})
    advice = {"exemption": "s42", "why": "Advice.", "public_interest": "Candour."}
    did(una, f"{one}/parts/3/withholding", advice)
    did(dee, f"{one}/parts/3/return", {"reason": "Look again."})
    did(una, f"{one}/parts/3/not-held", {"why": "There is none."})
    found = did(dee, f"{one}/parts/3/confirmation", {})
    assert found["parts"][2]["confirmed_by"] == "Dee"
    did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
    did(dee, f"{one}/reply/return", {"reason": "Say more."})
    did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
    did(dee, f"{one}/reply/approval", {})
    found = did(una, f"{one}/letters/2/departure", {})
    assert (found["standing"], found["clock"], found["due_on"]) == ("replied", None, None)
    listed = did(una, ALL, None)
    assert [it["reference"] for it in listed["closed"]] == [found["reference"]]
    assert did(una, f"{one}/requester", None)["name"] == "Quilla Marsh"
    assert "Quilla" not in str(did(una, one, None))


def test_steps_costs_and_holds_are_taken_by_program(una: Officer) -> None:
    one, today = logged(una), str(now().date())
    asked = {"step": "clarification_asked", "on": today, "text": "What?", "narrower": "May?"}
    found = did(una, f"{one}/steps", asked)
    assert (found["waits_for"], found["due_on"]) == ("clarification_answered", None)
    found = did(una, f"{one}/cost", {"locating": 60})
    assert found["cost"]["pence"] == 2_500
    refused = did(una, f"{one}/cost", {"redacting": 60}, status=422)
    assert refused["rule"] == "E-FOI-85"
    hold = {"reference": "2026-000001", "reason": "It is asked for."}
    did(una, f"{one}/holds", hold, status=404)
    did(una, f"{ALL}/nonsense", None, status=404)
