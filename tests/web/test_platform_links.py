"""The pages on which a platform answers, without an account and without JavaScript."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.test import Client

from evenhand.rules.answers import Outcome
from evenhand.rules.referrals import State
from tests.actions.test_platform_links import STATEMENT, token_of
from tests.builders import ADA
from tests.journeys import Desk, row
from tests.web.filling import carried
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
DEEP = "[" * 200 + "]" * 200
"""Deeper than any program that reads answers later would follow."""


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


@pytest.fixture
def reference(desk: Desk) -> str:
    return desk.brought_to(State.SENT)


def page_of(reference: str) -> str:
    return f"/public/answer/{token_of(reference)}/"


def test_a_platform_says_that_it_has_the_request(reference: str) -> None:
    client = Client()
    opened = client.get(page_of(reference))
    assert opened.status_code == 200
    assert "no-store" in opened.headers["Cache-Control"]
    assert reference in text_of(opened)
    form = client.get(f"{page_of(reference)}received/")
    sent = client.post(
        f"{page_of(reference)}received/", carried(form) | {"their_reference": "CASE-7"}
    )
    assert sent.status_code == 302
    told = text_of(client.get(sent["Location"]))
    assert "Your answer reached us." in told
    assert "We have your request, and have not decided yet" in told
    assert row(reference).state == State.ACKNOWLEDGED


def test_a_platform_decides_with_its_reasons(reference: str) -> None:
    import json

    client = Client()
    address = f"{page_of(reference)}outcome/"
    answers = {
        "outcome": Outcome.RESTRICTED_IN_FULL,
        "ground_relied_on": "Our rule on threats.",
        "redress": "Appeal within six months.",
        "statement": json.dumps(STATEMENT),
    }
    assert client.post(address, carried(client.get(address)) | answers).status_code == 302
    assert row(reference).state == State.DECIDED
    page = text_of(signed_in(ADA).get(f"/referrals/{reference}/"))
    assert "the platform itself, by the link of our notice" in page
    assert "Appeal within six months." in page
    assert "DECISION_VISIBILITY_CONTENT_REMOVED" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Select what you decided"),
        ({"outcome": "declined", "statement": "{"}, "The statement is not JSON"),
        ({"outcome": "declined", "statement": "[1]"}, "The statement is not a JSON object"),
        ({"outcome": "declined", "statement": '{"puid": 1}'}, "E-ANS-03"),
        ({"outcome": "declined", "statement": '{"puid": 1, "puid": 2}'}, "the same name twice"),
        ({"outcome": "declined", "statement": '{"puid": NaN}'}, "NaN and Infinity"),
        ({"outcome": "declined", "statement": f'{{"x": {DEEP}}}'}, "nested too deeply"),
        ({"outcome": "declined", "facts": "x" * 5_001}, "5,000"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    reference: str, typed: dict[str, str], told: str
) -> None:
    client = Client()
    address = f"{page_of(reference)}outcome/"
    sent = carried(client.get(address)) | {"redress": "Write to us."} | typed
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert "Write to us." in text_of(refused)
    assert row(reference).state == State.SENT


def test_a_link_that_is_not_ours_says_nothing(reference: str) -> None:
    for address in (
        "/public/answer/x/",
        f"{page_of(reference)[:-2]}/",
        "/public/answer/a.b/outcome/",
    ):
        told = Client().get(address)
        assert told.status_code == 404
        assert "E-LINK-01" in text_of(told)
        assert reference not in text_of(told)


def test_where_no_answer_is_waited_for_the_page_says_so(desk: Desk, reference: str) -> None:
    address = page_of(reference)
    desk.do(reference, "withdraw")
    page = text_of(Client().get(address))
    assert "We do not wait for an answer to this request now." in page
    for form in (f"{address}received/", f"{address}outcome/"):
        for told in (Client().get(form), Client().post(form, {"outcome": "declined"})):
            assert told.status_code == 404
            assert "E-LINK-02" in text_of(told)


def test_a_platform_asks_and_the_officer_reads_it(reference: str) -> None:
    client = Client()
    for page, text in (("question", "Which minute is meant?"), ("address", "Write to legal@")):
        address = f"{page_of(reference)}{page}/"
        sent = carried(client.get(address)) | {"text": text}
        assert client.post(address, sent).status_code == 302
    assert client.post(f"{page_of(reference)}question/", {"text": ""}).status_code == 422
    record = text_of(signed_in(ADA).get(f"/referrals/{reference}/"))
    assert "A question of the platform" in record
    assert "By the link of our notice" in record


def test_an_officer_sees_the_link_and_takes_it_back(reference: str) -> None:
    client, address = signed_in(ADA), page_of(reference)
    opened = client.get(f"/referrals/{reference}/link/")
    assert address in text_of(opened)
    sent = carried(opened)
    assert client.post(f"/referrals/{reference}/link/", sent | {"reason": ""}).status_code == 422
    done = client.post(f"/referrals/{reference}/link/", sent | {"reason": "It was published."})
    assert done.status_code == 302
    assert "E-LINK-02" in text_of(Client().get(address))
    assert "The platform’s link taken back" in text_of(client.get(f"/referrals/{reference}/"))


def test_the_page_asks_a_bounded_number_of_questions(reference: str) -> None:
    client, address = Client(), page_of(reference)
    client.get(address)
    assert queries_of(lambda: client.get(address)) <= 5


def test_every_schema_of_a_file_is_public_under_its_own_name() -> None:
    kept = [it.name for it in (files("evenhand.transports") / "schemas").iterdir()]
    assert {"notice-1.schema.json", "statement.schema.json"} <= set(kept)
    for name in kept:
        found = Client().get(f"/public/{name}")
        assert found["Content-Type"] == "application/schema+json"
        assert found.json()["type"] == "object"
    for wrong in ("none", "notice-1.schema", "..%2fforms"):
        assert Client().get(f"/public/{wrong}.schema.json").status_code == 404
