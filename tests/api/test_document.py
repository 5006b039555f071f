"""The API's own document: open to all, complete, and with the names of the contract."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from pydantic import BaseModel

from evenhand.api.document import document
from evenhand.api.problems import PROBLEM
from evenhand.rules.answers import Outcome
from evenhand.rules.catalogue import every_rule
from evenhand.rules.referrals import State

AGREEMENT = (
    "organisation kind country transfer people lock purpose enactment guidance fields roles"
    " keep_days recall_days review_on"
)
MAY_BE_TOO_EARLY = ("/forms", "/sheet", "/receipt", "/file")
CONTRACT = {
    ("post", "/referrals"): "url source source_detail public_without_login content_type language"
    " description",
    ("post", "/referrals/batch"): "urls source source_detail public_without_login content_type"
    " language description",
    ("put", "/referrals/{reference}/assessment"): "harm ground provision provision_why"
    " policy_clause policy_version policy_why evidence_inside evidence_outside supports_opposite"
    " expression expression_weighing less_intrusive necessity child child_interests",
    ("post", "/referrals/{reference}/triage"): "outcome reason",
    ("post", "/referrals/{reference}/emergency"): "done done_at told their_reference words",
    ("post", "/referrals/{reference}/decisions"): "decision reason",
    ("post", "/referrals/{reference}/notices"): "transport",
    ("get", "/referrals/{reference}/forms"): "",
    ("get", "/referrals/{reference}/sheet"): "",
    ("post", "/referrals/{reference}/chases"): "",
    ("post", "/referrals/{reference}/snooze"): "until reason",
    ("post", "/referrals/{reference}/answers"): "kind outcome their_reference ground_relied_on"
    " statement_of_reasons mail",
    ("get", "/mail"): "",
    ("get", "/mail/{mail}"): "",
    ("post", "/mail/{mail}/referral"): "reference reason",
    ("post", "/mail/{mail}/set-aside"): "reason",
    ("post", "/mail/{mail}/read"): "",
    ("post", "/mail/{mail}/came-back"): "",
    ("post", "/referrals/{reference}/checks"): "seen",
    ("post", "/referrals/{reference}/close"): "reason",
    ("post", "/referrals/{reference}/withdraw"): "reason",
    ("post", "/referrals/{reference}/reopen"): "reason",
    ("post", "/referrals/{reference}/statutory-route"): "reported_to reported_reference",
    ("get", "/counts"): "",
    ("get", "/counts/errors"): "",
    ("get", "/questions"): "",
    ("post", "/figures"): "code start end as_at by",
    ("get", "/figures/{figure}"): "",
    ("get", "/figures/{figure}/receipt"): "",
    ("post", "/figures/{figure}/publications"): "",
    ("post", "/figures/{figure}/corrections"): "why",
    ("get", "/figure-corrections"): "",
    ("post", "/figure-corrections/{correction}/confirm"): "",
    ("post", "/figure-corrections/{correction}/decline"): "reason",
    ("post", "/figure-corrections/{correction}/withdraw"): "",
    ("get", "/referrals"): "",
    ("post", "/referrals/search"): "q state platform harm ground officer since until outcome"
    " overdue cursor",
    ("get", "/overdue"): "",
    ("get", "/platforms"): "",
    ("get", "/colleagues"): "",
    ("get", "/entries"): "",
    ("get", "/referrals/{reference}"): "",
    ("get", "/referrals/{reference}/history"): "",
    ("get", "/referrals/{reference}/history/{number}/receipt"): "",
    ("get", "/referrals/{reference}/steps"): "",
    ("get", "/referrals/{reference}/notes"): "",
    ("post", "/referrals/{reference}/notes"): "text mentions",
    ("post", "/referrals/{reference}/owner"): "officer reason",
    ("post", "/referrals/{reference}/people"): "role necessity name birth_date age_value age_basis"
    " age_as_at contact offence grounds grounds_on grounds_words welfare_reason best_interests"
    " knows",
    ("get", "/people/{person}"): "",
    ("get", "/people/{person}/history"): "",
    ("get", "/people/{person}/history/{number}/receipt"): "",
    ("get", "/disclosures/{reference}/history"): "",
    ("get", "/disclosures/{reference}/history/{number}/receipt"): "",
    ("get", "/people/{person}/contact"): "",
    ("post", "/people/{person}/authorise"): "necessary role_right less_would_do",
    ("post", "/people/{person}/refuse"): "reason",
    ("post", "/people/{person}/statements"): "referral kind text source basis basis_holder"
    " grade_of grade_source grade_information handling conditions sensitive",
    ("post", "/people/{person}/statements/{statement}/verification"): "reason",
    ("post", "/people/{person}/statements/{statement}/correction"): "kind text reason evidence",
    ("post", "/people/{person}/role"): "referral role necessity grounds",
    ("post", "/people/{person}/role/decisions"): "referral authorise reason",
    ("post", "/people/{person}/contest"): "about reason",
    ("post", "/people/{person}/confirm"): "about reason",
    ("post", "/people/{person}/corrections"): "name birth_date age_value age_basis reason evidence",
    ("post", "/people/{person}/contact/correction"): "contact reason evidence",
    ("post", "/people/{person}/restrict"): "because reason their_reference owner expires_on",
    ("post", "/people/{person}/ask-to-lift"): "reason",
    ("post", "/people/{person}/lift"): "agreed reason notice",
    ("post", "/people/{person}/purposes"): "purpose law necessity proportionality",
    ("post", "/people/{person}/purposes/answers"): "purpose agreed reason",
    ("get", "/agreements"): "",
    ("post", "/agreements"): AGREEMENT,
    ("post", "/agreements/{reference}/versions"): AGREEMENT,
    ("post", "/agreements/{reference}/signature"): "number",
    ("post", "/agreements/{reference}/end"): "",
    ("get", "/recipient-kinds"): "",
    ("post", "/recipient-kinds/openings"): "kind enactment expires_on",
    ("post", "/recipient-kinds/approvals"): "kind",
    ("post", "/recipient-kinds/closings"): "kind",
    ("post", "/people/{person}/sharing"): "agreement reason",
    ("post", "/people/{person}/disclosures"): "agreement reason recipient link carrier fields"
    " statements checked gaps compelling consent",
    ("get", "/exports"): "",
    ("post", "/referrals/{reference}/exports"): "agreement recipient purpose reason",
    ("post", "/exports/{export}/dpo-answer"): "allow reason",
    ("post", "/exports/{export}/answer"): "allow reason",
    ("post", "/exports/{export}/takings"): "",
    ("get", "/disclosures"): "",
    ("get", "/disclosures/{reference}"): "",
    ("post", "/disclosures/{reference}/contents"): "reason",
    ("post", "/disclosures/{reference}/approvals"): "digest approve reason",
    ("post", "/disclosures/{reference}/dpo-approvals"): "digest approve reason",
    ("post", "/disclosures/{reference}/steps"): "step",
    ("post", "/disclosures/{reference}/recall"): "reason",
    ("get", "/disclosures/{reference}/file"): "",
    ("get", "/recalls"): "",
    ("post", "/recalls/{reference}/notices"): "by",
    ("post", "/recalls/{reference}/acknowledgement"): "on",
    ("get", "/originators"): "",
    ("get", "/originators/{reference}"): "",
    ("post", "/originators/{reference}/told"): "on",
    ("post", "/referrals/{reference}/people/search"): "reason name birth_date reference",
    ("get", "/people/counts"): "",
    ("get", "/people/pairs"): "",
    ("post", "/people/pairs/{reference}/answers"): "answer reason",
    ("get", "/people/{reference}/matches"): "",
    ("post", "/people/{reference}/matches"): "other answer reason",
    ("get", "/people/telling"): "",
    ("get", "/people/{reference}/telling"): "",
    ("post", "/people/{reference}/telling"): "telling reasons ground lawyer review_on",
    ("post", "/people/{reference}/telling/confirmation"): "decision answer reason",
    ("get", "/breaches"): "",
    ("get", "/breaches/{number}"): "",
    ("get", "/scrutiny"): "",
    ("get", "/training"): "",
    ("post", "/training"): "username course done_on valid_until",
    ("post", "/training/instructions"): "number",
    ("get", "/documents"): "",
    ("post", "/documents"): "kind description dangers measures safeguards procedures retention"
    " residual claims conditions",
    ("get", "/documents/{reference}"): "",
    ("post", "/documents/{reference}/advice"): "text",
    ("post", "/documents/{reference}/commissioner-advice"): "text given_on",
    ("post", "/documents/{reference}/approval"): "review_on",
    ("post", "/documents/{reference}/corrections"): "text",
    ("post", "/documents/{reference}/publications"): "correction",
    ("get", "/referrals/{reference}/captures"): "",
    ("post", "/referrals/{reference}/captures"): "why how of_a_child taken_at clock_offset",
    ("post", "/captures/{capture}/openings"): "reason",
    ("post", "/captures/{capture}/stop"): "",
    ("get", "/due"): "",
    ("get", "/kept/{reference}"): "",
    ("post", "/kept/{reference}/reviews"): "outcome reason purpose role_right news accuracy"
    " less_intrusive whose_interest recipients until last_day",
    ("post", "/kept/{reference}/confirm"): "",
    ("post", "/kept/{reference}/decline"): "reason",
    ("post", "/kept/{reference}/holds"): "kind their_reference reason owner expires_on",
    ("post", "/kept/{reference}/holds/{hold}/ask-end"): "reason",
    ("post", "/kept/{reference}/holds/{hold}/end"): "",
    ("get", "/certificates"): "",
    ("get", "/certificates/{number}"): "",
    ("get", "/certificates/{number}/receipt"): "",
    ("get", "/balance"): "",
    ("get", "/schedules"): "",
    ("post", "/schedules/{code}/proposals"): "review most child_review child_most reason",
    ("post", "/schedules/{code}/approve"): "proposal",
    ("get", "/reports"): "",
    ("get", "/reports/{report}"): "",
    ("post", "/reports/{report}/open"): "",
    ("post", "/reports/{report}/log"): "url source description public_without_login",
    ("post", "/reports/{report}/join"): "reference",
    ("post", "/reports/{report}/set-aside"): "reason signpost",
    ("get", "/information-requests"): "",
    ("get", "/information-requests/{number}"): "",
    ("get", "/information-requests/{number}/requester"): "",
    ("post", "/information-requests/{number}/requester"): "email postal",
    ("post", "/information-requests"): "channel received_on name asked email postal",
    ("post", "/information-requests/{number}/correction"): "text",
    ("post", "/information-requests/{number}/steps"): "step on text narrower until pence",
    ("post", "/information-requests/{number}/review"): "upheld on text",
    ("post", "/information-requests/{number}/cost"): "determining locating retrieving"
    " extracting like",
    ("post", "/information-requests/{number}/holds"): "reference reason",
    ("post", "/information-requests/{number}/parts"): "asked wants held_in",
    ("get", "/information-requests/{number}/registers/{which}"): "",
    ("post", "/information-requests/{number}/parts/{part}/register"): "version which answer",
    ("post", "/information-requests/{number}/parts/{part}/change"): "version asked wants held_in",
    ("post", "/information-requests/{number}/parts/{part}/removal"): "version reason",
    ("post", "/information-requests/{number}/parts/{part}/answer"): "version answer",
    ("post", "/information-requests/{number}/parts/{part}/count"): "version code start end by",
    (
        "post",
        "/information-requests/{number}/parts/{part}/withholding",
    ): "version exemption why prejudice how public_interest",
    ("post", "/information-requests/{number}/parts/{part}/not-held"): "version why none_answers",
    ("post", "/information-requests/{number}/parts/{part}/neither"): "version section why"
    " public_interest",
    ("post", "/information-requests/{number}/parts/{part}/confirmation"): "version none_answers",
    ("post", "/information-requests/{number}/parts/{part}/return"): "version reason",
    ("post", "/information-requests/{number}/reply"): "title help",
    ("post", "/information-requests/{number}/reply/approval"): "letter",
    ("post", "/information-requests/{number}/reply/return"): "letter reason",
    ("post", "/information-requests/{number}/letters/{letter}/departure"): "",
    ("get", "/rights"): "",
    ("post", "/rights"): "kind came_by received_on name birth_date wish email postal language",
    ("get", "/rights/{asked}"): "",
    ("get", "/rights/{asked}/words"): "",
    ("post", "/rights/{asked}/events"): "what on reasons because",
    ("post", "/rights/{asked}/searches"): "name birth_date reference",
    ("post", "/rights/{asked}/found/{person}"): "theirs reason",
    ("post", "/rights/{asked}/marks"): "person piece withheld reasons ground lawyer review_on",
    ("post", "/rights/{asked}/marks/end"): "piece",
    ("post", "/rights/{asked}/acknowledgement"): "",
    ("post", "/rights/{asked}/reviews"): "piece outcome reasons review_on",
    ("post", "/rights/{asked}/reviews/answer"): "piece review approve reason",
    ("post", "/rights/{asked}/further"): "because",
    ("post", "/rights/{asked}/unreached"): "tried",
    ("post", "/rights/{asked}/replies"): "outcome because reasons",
    ("post", "/rights/{asked}/withdrawal"): "told",
    ("post", "/rights/{asked}/letters/{letter}/answer"): "approve reason",
    ("post", "/rights/{asked}/letters/{letter}/send"): "route",
    ("get", "/rights/{asked}/letters/{letter}/packs/{person}"): "",
    ("get", "/challenges"): "",
    ("get", "/challenges/{challenge}"): "",
    ("post", "/challenges/{challenge}/settle"): "outcome reasons told",
    ("post", "/referrals/{reference}/withholdings"): "ground until reasons",
    ("post", "/referrals/{reference}/withholdings/end"): "reason",
    ("post", "/referrals/{reference}/order-review/requests"): "reason",
    ("post", "/referrals/{reference}/order-review/outcomes"): "withdrawn reason",
    ("post", "/referrals/{reference}/withdrawal-notices"): "",
}
"""Every call of the contract with the fields of its body."""


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(document())
    return read


def calls(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for method, call in methods.items():
            yield method, path.removeprefix("/api/v1"), call


def body_of(made: dict[str, Any], call: dict[str, Any]) -> dict[str, Any]:
    said = call["requestBody"]["content"]
    if "application/json" not in said:  # the body is a file, and a header says what it is
        [said] = [it["content"] for it in call["parameters"] if it["name"] == "Capture"]
    ref = said["application/json"]["schema"]["$ref"]
    body: dict[str, Any] = made["components"]["schemas"][ref.rpartition("/")[2]]
    return body


def test_anyone_may_read_the_document(made: dict[str, Any]) -> None:
    response = Client().get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json() == made
    assert made["openapi"].startswith("3.1")


def test_the_document_has_the_calls_and_fields_of_the_contract(made: dict[str, Any]) -> None:
    assert {(method, path) for method, path, _call in calls(made)} == set(CONTRACT)
    for method, path, call in calls(made):
        fields = set(CONTRACT[method, path].split())
        if "requestBody" in call:
            body = body_of(made, call)
            assert fields <= set(body["properties"])
            assert body["additionalProperties"] is False
        else:
            assert not fields


def test_every_example_is_what_its_call_takes(made: dict[str, Any]) -> None:
    for _method, path, call in calls(made):
        if "requestBody" not in call or path.endswith("/chases"):
            continue
        body = body_of(made, call)
        whole = body | {"components": made["components"]}
        jsonschema_rs.validate(whole, body["example"])


def test_every_call_names_its_refusals_as_problems(made: dict[str, Any]) -> None:
    for _method, path, call in calls(made):
        assert call["security"] == [{"Token": []}]
        refusals = {status: it for status, it in call["responses"].items() if status >= "400"}
        assert {"401", "403", "422", "503"} <= set(refusals)
        assert ("404" in refusals) == ("{" in path)
        may_conflict = "requestBody" in call or path.endswith(MAY_BE_TOO_EARLY)
        assert ("409" in refusals) == may_conflict
        for refusal in refusals.values():
            assert set(refusal["content"]) == {"application/problem+json"}


def test_every_change_takes_a_key_and_names_its_answer(made: dict[str, Any]) -> None:
    for method, _path, call in calls(made):
        names = {it["name"] for it in call["parameters"] if it["in"] == "header"} - {"Capture"}
        assert names == ({"Idempotency-Key"} if method != "get" else set())


def test_every_reference_inside_leads_somewhere(made: dict[str, Any]) -> None:
    named = set(made["components"]["schemas"])
    used = {part.split('"')[0] for part in document().decode().split("#/components/schemas/")[1:]}
    assert used == named


def test_no_two_bodies_or_replies_have_one_name() -> None:
    # The desk's document and the platforms' are two.
    ours = {it for it in models(BaseModel) if it.__module__.startswith("evenhand.api.")}
    names = Counter((".platform_" in it.__module__, it.__name__) for it in ours)
    assert {(False, "Log"), (True, "Decided")} <= set(names)
    assert [name for name, times in names.items() if times > 1] == []


def models(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for it in kind.__subclasses__():
        yield it
        yield from models(it)


def test_closed_lists_are_told_whole(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]
    assert schemas["State"]["enum"] == list(State)
    assert schemas["Outcome"]["enum"] == list(Outcome)
    assert "V1" in schemas["Assess"]["properties"]["harm"]["enum"]


def test_people_read_the_same_calls_on_a_page(made: dict[str, Any]) -> None:
    client = Client()
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"
    assert client.post("/api/v1/docs")["Content-Type"] == PROBLEM
    response = client.get("/api/v1/docs")
    assert response.status_code == 200
    page = response.content.decode()
    assert "/api/v1/openapi.json" in page
    for method, path, call in calls(made):
        assert f"{method.upper()} /api/v1{path}" in page
        assert f'id="{call["operationId"]}"' in page
        for value in call["parameters"]:
            assert value["name"] in page
        if "requestBody" in call:
            assert all(name in page for name in body_of(made, call)["properties"])


@pytest.mark.django_db
def test_the_page_is_linked_from_the_foot_of_every_page() -> None:
    assert 'href="/api/v1/docs"' in Client().get("/public/rules").content.decode()


def test_the_code_of_every_published_rule_fits_a_problem(made: dict[str, Any]) -> None:
    pattern = made["components"]["schemas"]["Problem"]["properties"]["rule"]["pattern"]
    assert [it.code for it in every_rule() if not re.search(pattern, it.code)] == []
