"""Every no of the API is a problem with a rule, whoever says it."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from evenhand.actions import officers
from evenhand.api import problems
from evenhand.rules.catalogue import every_rule
from evenhand.rules.notices import NotSignedOff
from evenhand.rules.officers import WORKER, Acting, Role
from evenhand.rules.refusals import Kind, Refused
from tests.api.callers import V1, Answered, Caller, answered, assessment, intake
from tests.builders import NOW

pytestmark = pytest.mark.django_db
FIELDS = {"type", "title", "status", "detail", "rule", "clause", "errors"}


def is_problem(answer: Answered, status: int, rule: str) -> None:
    assert answer.headers["Content-Type"] == problems.PROBLEM
    assert set(answer.body) >= FIELDS
    assert (answer.status, answer.body["status"], answer.body["rule"]) == (status, status, rule)
    assert answer.body["errors"]
    assert answer.body["errors"][0]["rule"] == rule
    assert "{" not in answer.body["detail"]


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer \xff\x00"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/referrals"), ("POST", "/referrals"), ("GET", "/referrals/x")]
)
def test_nobody_calls_without_a_token(headers: dict[str, str], method: str, path: str) -> None:
    answer = answered(method, path, b"not even JSON", headers=headers)
    is_problem(answer, 401, "E-WHO-01")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_retired_officers_token_is_unknown(ada: Caller) -> None:
    officers.retire("ada", acting=Acting(officer=WORKER, at=NOW))
    is_problem(ada.get("/referrals"), 401, "E-WHO-01")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nothing", "/referrals/", "/referrals/2026-000001/x", "/é"])
def test_an_unknown_address_is_a_problem(ada: Caller, method: str, path: str) -> None:
    is_problem(ada.call(method, path), 404, "E-FIND-01")


@pytest.mark.parametrize("path", ["/api/", "/api/v2/referrals", "/api/v1/openapi.yaml"])
def test_nothing_beside_this_version_answers(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == problems.PROBLEM


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/referrals", {"GET", "POST"}),
        ("PATCH", "/referrals/2026-000001", {"GET"}),
        ("GET", "/referrals/2026-000001/close", {"POST"}),
        ("POST", "/referrals/2026-000001/assessment", {"PUT"}),
        ("TRACE", "/referrals", {"GET", "POST"}),
        ("POST", "/openapi.json", {"GET"}),
    ],
)
def test_a_wrong_method_is_told_which_are_right(
    ada: Caller, method: str, path: str, allowed: set[str]
) -> None:
    answer = ada.call(method, path)
    is_problem(answer, 405, "E-API-06")
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "reference",
    ["2026-999999", "x", "%00", "2026-000001%00", "%ff", "🙂", "'; DROP TABLE", "a" * 9000],
)
def test_an_unknown_referral_is_a_problem(ada: Caller, reference: str) -> None:
    one = f"/referrals/{reference}"
    is_problem(ada.get(one), 404, "E-FIND-01")
    is_problem(ada.get(f"{one}/history"), 404, "E-FIND-01")
    is_problem(ada.post(f"{one}/close", {"reason": "Done."}), 404, "E-FIND-01")
    is_problem(ada.put(f"{one}/assessment", assessment()), 404, "E-FIND-01")


def test_a_request_for_another_host_is_a_problem(ada: Caller) -> None:
    response = Client().get(f"{V1}/referrals", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert response.json()["rule"] == "E-API-01"


def test_a_body_beyond_the_limit_is_a_problem(ada: Caller) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = ada.post("/referrals", intake(description="x" * 2000))
    is_problem(answer, 400, "E-API-01")


def without_database(execute: Callable[..., object], *rest: object) -> object:
    raise OperationalError("the server closed the connection")


@pytest.mark.parametrize(("method", "path"), [("GET", "/referrals"), ("POST", "/referrals")])
def test_without_a_database_a_call_is_told_to_come_again(
    ada: Caller, method: str, path: str
) -> None:
    body = intake() if method == "POST" else None
    with connection.execute_wrapper(without_database):
        answer = ada.call(method, path, body)
    is_problem(answer, 503, "E-API-07")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_fault_of_ours_is_said_to_be_one(ada: Caller) -> None:
    def broken(execute: Callable[..., object], *rest: object) -> object:
        raise ZeroDivisionError

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(broken):
        response = client.get(f"{V1}/referrals", headers={"Authorization": f"Bearer {ada.token}"})
    assert response.status_code == 500
    assert response.json()["rule"] == "E-API-08"


def test_a_problem_points_to_the_rule_it_is_about(ada: Caller) -> None:
    refused = ada.post("/referrals", intake(public_without_login=False))
    is_problem(refused, 422, "E-PRIV-72")
    assert refused.body["type"].endswith("/public/rules#E-PRIV-72")
    assert refused.body["title"].startswith("Only content that anyone can see")
    assert "RIPA" in refused.body["clause"]
    assert refused.pointers == ["/public_without_login"]


def test_the_rules_of_this_door_are_published() -> None:
    published = {rule.code for rule in every_rule()}
    rules = [it for it in vars(problems).values() if isinstance(it, type)]
    own = {
        it.code for it in rules if issubclass(it, Refused) and it.__module__ == problems.__name__
    }
    assert len(own) == 8
    assert own <= published


def test_every_kind_of_refusal_has_a_status() -> None:
    assert set(problems.STATUS) == set(Kind)
    assert all(400 <= status < 500 or status == 503 for status in problems.STATUS.values())


def test_a_token_without_the_scope_does_not_decide() -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", Role.APPROVER, may_decide=False)
    one = ada.logged()
    ada.put(f"{one}/assessment", assessment())
    refused = cy.post(f"{one}/decisions", {"decision": "approve", "reason": "Yes."})
    is_problem(refused, 403, "E-WHO-03")


def test_the_same_content_is_named_and_may_be_gone_on_with(ada: Caller) -> None:
    first = intake()
    one = ada.post("/referrals", first).body["reference"]
    again = ada.post("/referrals", first)
    is_problem(again, 409, "E-SAME-01")
    assert again.body["same_content"] == [one]
    reason = ada.post("/referrals", first | {"continue_reason": "It was put up again."})
    assert (reason.status, reason.body["same_content"]) == (201, [one])
    linked = ada.post("/referrals", first | {"link_duplicate": True})
    assert (linked.status, linked.body["state"]) == (201, "duplicate")
    assert ada.get(f"/referrals/{linked.body['reference']}").body["duplicate_of"] == one


def test_a_change_of_an_older_version_is_refused(ada: Caller) -> None:
    cy = Caller("cy", Role.APPROVER)
    one = ada.logged()
    seen = ada.get(one).body["version"]
    ada.put(f"{one}/assessment", assessment(version=seen))
    stale = cy.post(f"{one}/decisions", {"decision": "approve", "reason": "Yes.", "version": seen})
    is_problem(stale, 409, "E-MOVE-02")
    current = cy.get(one).body["version"]
    done = cy.post(
        f"{one}/decisions", {"decision": "approve", "reason": "Yes.", "version": current}
    )
    assert done.status == 200


def test_a_refusal_changes_nothing(ada: Caller) -> None:
    one = ada.logged()
    before = ada.get(one).body, ada.get(f"{one}/history").body
    assert ada.post(f"{one}/checks", {"seen": "visible"}).status == 409
    assert ada.post(f"{one}/answers", {"kind": "acknowledged"}).status == 409
    assert ada.post(f"{one}/reopen", {"reason": "Again."}).status == 403
    assert ada.post(f"{one}/notices", {"transport": "email"}).status == 409
    assert (ada.get(one).body, ada.get(f"{one}/history").body) == before


def test_a_platform_is_called_by_its_name_and_its_code_stands_beside_it() -> None:
    told = problems.told(NotSignedOff("Not to {platform}.", platform="youtube"))
    assert (told["detail"], told["platform"]) == ("Not to YouTube.", "youtube")
    unknown = problems.told(NotSignedOff("Not to {platform}.", platform="site.example"))
    assert unknown["detail"] == "Not to site.example."
    assert "platform" not in problems.told(NotSignedOff("Not at all."))
