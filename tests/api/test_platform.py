"""A platform's own program sees the requests to it and answers them, and nothing else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

import jsonschema_rs
import pytest
from django.db import OperationalError
from django.test import Client

from evenhand.actions import platform_tokens
from evenhand.api.document import PLATFORMS, document
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.queries import platform_links, receipts
from evenhand.queries import referral as one_referral
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.officers import WORKER
from evenhand.rules.platform_links import MOST_A_DAY
from evenhand.rules.public_doors import LIMITS, Door, Limit
from evenhand.rules.referrals import State
from evenhand.store.casework import NoticeRow
from evenhand.store.writing import writing
from tests.actions.test_platform_links import STATEMENT
from tests.api.callers import now
from tests.builders import ADA, MAX, as_reader
from tests.journeys import Desk, changing_nothing, row
from tests.opening import closed

pytestmark = pytest.mark.django_db
V1 = "/platform/v1"


class Program:
    """A platform's program, with the token that the desk gave it."""

    def __init__(self, desk: Desk, platform: str = "youtube") -> None:
        self.token = platform_tokens.make(platform, acting=desk.by(MAX))

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        sent = b"" if body is None else json.dumps(body).encode()
        given = {"Authorization": f"Bearer {self.token}"} | headers
        return Client().generic(
            method, f"{V1}{path}", sent, content_type="application/json", headers=given
        )

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: object, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)


NUMBERS = count(1)


def brought(desk: Desk, state: State = State.SENT) -> str:
    """Bring a request to youtube to a state."""
    address = f"https://www.youtube.com/watch?v=abcd{next(NUMBERS):07d}"
    return desk.brought_to(state, address=address)


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=1))


@pytest.fixture
def program(desk: Desk) -> Program:
    return Program(desk)


def rules(response: Any) -> tuple[int, list[str], list[str]]:
    errors = response.json()["errors"]
    return response.status_code, [it["rule"] for it in errors], [it["pointer"] for it in errors]


def test_a_program_sees_acknowledges_and_decides(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    [listed] = program.get("/referrals").json()["items"]
    assert listed["reference"] == reference
    read = program.get(f"/referrals/{reference}").json()
    assert (read["answers"], read["act_by"]) == ([], None)
    assert read["url"] == listed["url"]
    assert read["url"] in read["notice"]
    done = program.post(
        f"/referrals/{reference}/received", {"their_reference": "TS-1", "version": read["version"]}
    )
    assert done.status_code == 200
    assert [it["said"] for it in done.json()["answers"]] == ["acknowledged"]
    body = {
        "outcome": "restricted_in_full",
        "ground_relied_on": "Our rule on threats.",
        "facts": "It threatens.",
        "statement": STATEMENT,
    }
    done = program.post(f"/referrals/{reference}/outcome", body)
    assert done.status_code == 200
    assert program.get("/referrals").json() == {"items": [], "next": None}
    first, last = one_referral.one(reference, acting=as_reader(ADA, at=now())).answers
    assert (first.by, first.kind, first.their_reference) == (None, AnswerKind.ACKNOWLEDGED, "TS-1")
    assert (last.by, last.outcome) == (None, Outcome.RESTRICTED_IN_FULL)
    assert last.statement_of_reasons == {"facts": "It threatens.", "dsa_statement": STATEMENT}
    kept = row(reference)
    assert (kept.state, kept.is_removal) == (State.DECIDED, False)  # no person has looked


def test_it_sees_nothing_of_the_desks_inside(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    read = program.get(f"/referrals/{reference}").json()
    assert set(read) == {
        "reference",
        "desk",
        "contact",
        "url",
        "sent_at",
        "act_by",
        "review",
        "may_ask_review",
        "ends_at",
        "answers",
        "possible",
        "version",
        "notice",
    }
    assert ADA.name not in json.dumps(read)
    with writing() as pen:  # as where its words were disposed of
        NoticeRow.objects.filter(referral__reference=reference).update(message=None)
        pen.enter(Entry(act=Act.CONTENT_DISPOSED, at=desk.now, who=WORKER.ref))
    assert program.get(f"/referrals/{reference}").json()["notice"] is None


def test_another_platforms_request_is_as_one_that_is_not_there(desk: Desk) -> None:
    sent, waits = brought(desk), brought(desk, State.APPROVED)
    other, its_own = Program(desk, "clipnest"), Program(desk)
    words = []
    for who, reference in ((other, sent), (its_own, waits), (its_own, "2026-999999")):
        for response in (
            who.get(f"/referrals/{reference}"),
            who.get(f"/referrals/{reference}/answers/1/receipt"),
            who.post(f"/referrals/{reference}/received", {}),
            who.post(f"/referrals/{reference}/outcome", {"outcome": "declined"}),
            who.post(f"/referrals/{reference}/question", {"text": "Which?"}),
            who.post(f"/referrals/{reference}/address", {}),
            who.post(f"/referrals/{reference}/review", {"text": "Why?"}),
        ):
            assert rules(response)[:2] == (404, ["E-FIND-01"])
            words.append(response.json()["detail"])
    assert len(set(words)) == 1
    assert other.get("/referrals").json()["items"] == []


def test_only_a_token_in_force_opens_the_door(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}):
        response = Client().get(f"{V1}/referrals/{reference}", headers=headers)
        assert rules(response)[:2] == (401, ["E-PTOK-03"])
        assert response["WWW-Authenticate"].startswith("Bearer")
    officers = Client().get("/api/v1/referrals", headers={"Authorization": program.token})
    assert officers.status_code == 401


def test_a_question_and_a_wrong_address_come_as_mail(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    assert program.post(f"/referrals/{reference}/question", {"text": "Which?"}).status_code == 200
    assert program.post(f"/referrals/{reference}/address", {}).status_code == 200
    mails = one_referral.one(reference, acting=as_reader(ADA, at=now())).mails
    assert len(mails) == 2
    assert "program" in (mails[0].sender or "")


def test_a_repeated_call_is_answered_alike_and_done_once(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    path = f"/referrals/{reference}/received"
    first = program.post(path, {"their_reference": "A"}, **{"Idempotency-Key": "k"})
    with changing_nothing():
        again = program.post(path, {"their_reference": "A"}, **{"Idempotency-Key": "k"})
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true"
    other = program.post(path, {"their_reference": "B"}, **{"Idempotency-Key": "k"})
    assert rules(other)[:2] == (409, ["E-REP-01"])


@pytest.mark.parametrize(
    ("call", "body", "found"),
    [
        ("outcome", {}, (422, ["E-API-04"], ["/outcome"])),
        ("outcome", {"outcome": "gone"}, (422, ["E-TEXT-04"], ["/outcome"])),
        ("outcome", {"outcome": "declined", "facts": "x" * 5001}, (422, ["E-TEXT-02"], ["/facts"])),
        (
            "outcome",
            {"outcome": "declined", "redress": "x" * 2001},
            (422, ["E-TEXT-02"], ["/redress"]),
        ),
        (
            "outcome",
            {"outcome": "declined", "statement": {"puid": "a b"}},
            (422, ["E-ANS-03"], ["/statement"]),
        ),
        (
            "outcome",
            {"outcome": "restricted_in_full", "why_declined": "wrong"},
            (422, ["E-ANS-04"], ["/why_declined"]),
        ),
        ("question", {"text": " "}, (422, ["E-TEXT-01"], ["/text"])),
        ("review", {"text": "Why?"}, (409, ["E-ORDER-01"], [""])),
        ("received", {"colour": "red"}, (422, ["E-API-03"], ["/colour"])),
        ("received", {"version": 1}, (409, ["E-MOVE-02"], [""])),
        ("outcome", {"outcome": "reinstated"}, (404, ["E-LINK-02"], [""])),
    ],
)
def test_what_is_wrong_is_named_with_its_rule(
    desk: Desk, program: Program, call: str, body: object, found: tuple[int, list[str], list[str]]
) -> None:
    reference = brought(desk)
    assert rules(program.post(f"/referrals/{reference}/{call}", body)) == found


def test_lists_go_on_a_page_at_a_time(desk: Desk, program: Program) -> None:
    references = [brought(desk) for _ in range(3)]
    with patch.object(platform_links, "PAGE", 2):
        first = program.get("/referrals").json()
        second = program.get(f"/referrals?cursor={first['next']}").json()
    shown = [it["reference"] for it in [*first["items"], *second["items"]]]
    assert shown == references[::-1]
    assert second["next"] is None
    assert rules(program.get("/referrals?cursor=x"))[:2] == (400, ["E-FIND-02"])
    assert rules(program.get("/referrals?state=sent"))[:2] == (422, ["E-API-03"])


def test_too_many_calls_are_refused_until_the_hour_is_over(desk: Desk, program: Program) -> None:
    with patch.dict(LIMITS, {Door.PLATFORM: Limit(2, 100)}):
        assert [program.get("/referrals").status_code for _ in range(3)] == [200, 200, 429]
        refused = program.get("/referrals")
        assert refused["Retry-After"] == str(3600)
        assert rules(refused)[1] == ["E-DOOR-01"]
        assert Program(desk).get("/referrals").status_code == 200


def test_no_more_is_answered_to_one_request_than_a_person_would(
    desk: Desk, program: Program
) -> None:
    reference = brought(desk)
    asked = [
        program.post(f"/referrals/{reference}/question", {"text": f"Which? {n}"}).status_code
        for n in range(MOST_A_DAY + 1)
    ]
    assert asked == [*[200] * MOST_A_DAY, 429]


def test_each_answer_has_a_receipt(desk: Desk, program: Program) -> None:
    reference = brought(desk)
    program.post(f"/referrals/{reference}/received", {})
    early = program.get(f"/referrals/{reference}/answers/1/receipt")
    assert rules(early)[:2] == (409, ["E-LOG-56"])
    with patch.object(receipts, "of_record", return_value="A receipt") as made:
        given = program.get(f"/referrals/{reference}/answers/1/receipt")
    assert (given.content, given["Content-Type"]) == (b"A receipt", "text/plain; charset=utf-8")
    assert made.call_args.args[0] == row(reference).id
    none = program.get(f"/referrals/{reference}/answers/2/receipt")
    assert rules(none)[:2] == (404, ["E-FIND-01"])
    assert program.get(f"/referrals/{reference}/answers/0/receipt").status_code == 422


def test_a_database_that_is_away_and_addresses_of_nothing_are_problems(program: Program) -> None:
    with patch("evenhand.queries.platform_links.waiting", side_effect=OperationalError):
        assert rules(program.get("/referrals"))[:2] == (503, ["E-API-07"])
    for path in ("/platform/", "/platform/v2/x"):
        assert rules(Client().get(path))[:2] == (404, ["E-FIND-01"])
    assert rules(program.call("DELETE", "/referrals"))[:2] == (405, ["E-API-06"])


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(document(PLATFORMS))
    return read


def calls(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for method, call in methods.items():
            yield method, path.removeprefix(V1), call


def test_the_document_of_platforms_is_its_own_and_whole(made: dict[str, Any]) -> None:
    response = Client().get(f"{V1}/openapi.json")
    assert response.json() == made
    one = "/referrals/{reference}"
    assert {(method, path) for method, path, _ in calls(made)} == {
        ("get", "/referrals"),
        ("get", one),
        ("get", f"{one}/answers/{{number}}/receipt"),
        *(
            ("post", f"{one}/{it}")
            for it in ("received", "outcome", "question", "address", "review")
        ),
    }
    for _method, path, call in calls(made):
        assert call["security"] == [{"PlatformToken": []}]
        assert {"401", "422", "429", "503"} <= set(call["responses"])
        assert "403" not in call["responses"]
        assert ("404" in call["responses"]) == ("{" in path)
        if "requestBody" in call:
            ref = call["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            body = made["components"]["schemas"][ref.rpartition("/")[2]]
            jsonschema_rs.validate(body | {"components": made["components"]}, body["example"])
    named = set(made["components"]["schemas"])
    text = document(PLATFORMS).decode()
    used = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used == named


def test_people_read_the_same_calls_on_a_page(made: dict[str, Any]) -> None:
    client = Client()
    assert client.get(f"{V1}/")["Location"] == f"{V1}/docs"
    page = client.get(f"{V1}/docs").content.decode()
    assert f"{V1}/openapi.json" in page
    for method, path, call in calls(made):
        assert f"{method.upper()} {V1}{path}" in page
        assert f'id="{call["operationId"]}"' in page


def test_a_closed_desk_says_so_to_a_program() -> None:
    desk = Desk(now=now() - timedelta(minutes=5))
    program = Program(desk)
    with closed(desk):
        answer = program.get("/referrals")
        assert (answer.status_code, answer.json()["rule"]) == (503, "E-OPEN-01")
        assert Client().get(f"{V1}/referrals").status_code == 401
