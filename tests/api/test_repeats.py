"""The same request twice is done once, and two people at once do not both win."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from evenhand.rules.officers import Role
from tests.api.callers import APPROVES, Answered, Caller, assessment, intake
from tests.desks import FreshDesk

REPLAYED = "Idempotent-Replayed"


@pytest.mark.django_db
def test_the_same_request_again_gets_the_same_answer() -> None:
    ada = Caller("ada", Role.OFFICER)
    body = intake()
    first = ada.post("/referrals", body, key="one")
    again = ada.post("/referrals", body, key="one")
    assert (first.status, again.status) == (201, 201)
    assert again.raw == first.raw
    assert again.headers["Location"] == first.headers["Location"]
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert len(ada.get("/referrals").body["items"]) == 1


@pytest.mark.django_db
def test_a_change_again_gets_the_answer_of_its_time() -> None:
    ada = Caller("ada", Role.OFFICER)
    one = ada.logged()
    sent = {"outcome": "proceed"}
    first = ada.post(f"{one}/triage", sent, key="t")
    assert ada.put(f"{one}/assessment", assessment(), key="a").status == 200
    assert ada.put(f"{one}/assessment", assessment(), key="a").headers[REPLAYED] == "true"
    again = ada.post(f"{one}/triage", sent, key="t")
    assert (again.raw, again.headers[REPLAYED]) == (first.raw, "true")
    assert len(ada.get(one).body["assessments"]) == 1


@pytest.mark.django_db
def test_a_key_is_not_for_another_request() -> None:
    ada = Caller("ada", Role.OFFICER)
    one, two = ada.logged(), ada.logged()
    sent = {"outcome": "proceed"}
    assert ada.post(f"{one}/triage", sent, key="k").status == 200
    for path, body in ((one, {"outcome": "proceed", "reason": "So."}), (two, sent)):
        other = ada.post(f"{path}/triage", body, key="k")
        assert (other.status, other.body["rule"]) == (409, "E-REP-01")
    assert ada.get(two).body["state"] == "logged"


@pytest.mark.django_db
def test_a_key_belongs_to_its_officer() -> None:
    ada, bo = Caller("ada", Role.OFFICER), Caller("bo", Role.OFFICER)
    assert ada.post("/referrals", intake(), key="k").status == 201
    assert bo.post("/referrals", intake(), key="k").status == 201


@pytest.mark.django_db
def test_a_refused_request_keeps_no_key() -> None:
    ada = Caller("ada", Role.OFFICER)
    assert ada.post("/referrals", intake(description=""), key="k").status == 422
    assert ada.post("/referrals", intake(), key="k").status == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    ada = Caller("ada", Role.OFFICER)
    refused = ada.post("/referrals", intake(), key=key)
    assert (refused.status, refused.body["rule"]) == (422, "E-REP-02")


@pytest.mark.django_db
def test_a_look_with_a_key_is_just_a_look() -> None:
    ada = Caller("ada", Role.OFFICER)
    assert ada.call("GET", "/referrals", key="k").status == 200
    assert ada.post("/referrals", intake(), key="k").status == 201


def at_once(*calls: Callable[[], Answered]) -> list[Answered]:
    """Make calls at the same moment, each on a connection of its own."""
    start = Barrier(len(calls))

    def make(call: Callable[[], Answered]) -> Answered:
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(make, calls))


def test_of_two_approvers_at_once_one_decides_and_the_other_is_told(fresh_desk: FreshDesk) -> None:
    ada, cy, gus = Caller("ada", Role.OFFICER), Caller("cy", *APPROVES), Caller("gus", *APPROVES)
    for _ in range(3):
        one = ada.logged()
        version = ada.put(f"{one}/assessment", assessment()).body["version"]
        for sent in ({"version": version}, {}):
            yes = {"decision": "approve", "reason": "I agree."} | sent
            answers = at_once(
                lambda yes=yes, one=one: cy.post(f"{one}/decisions", yes),  # type: ignore[misc]
                lambda yes=yes, one=one: gus.post(f"{one}/decisions", yes),  # type: ignore[misc]
            )
            if sent:
                assert sorted(it.status for it in answers) == [200, 409]
            else:
                assert [it.status for it in answers] == [409, 409]
        assert len(ada.get(one).body["decisions"]) == 1


def test_the_same_request_at_once_is_done_once(fresh_desk: FreshDesk) -> None:
    ada = Caller("ada", Role.OFFICER)
    body = intake()
    answers = at_once(*[lambda: ada.post("/referrals", body, key="same")] * 4)
    assert {(it.status, it.raw) for it in answers} == {(201, answers[0].raw)}
    assert sum(REPLAYED in it.headers for it in answers) == 3
    assert len(ada.get("/referrals").body["items"]) == 1


def test_the_same_content_at_once_is_logged_once(fresh_desk: FreshDesk) -> None:
    ada, bo = Caller("ada", Role.OFFICER), Caller("bo", Role.OFFICER)
    body = intake()
    answers = at_once(lambda: ada.post("/referrals", body), lambda: bo.post("/referrals", body))
    assert sorted(it.status for it in answers) == [201, 409]


@pytest.mark.django_db
def test_a_refusal_that_comes_again_under_its_key_is_counted_once() -> None:
    ada = Caller("ada", Role.OFFICER)
    private = intake(url="https://t.me/c/1234567/89")
    for body in (intake(public_without_login=False), private):
        for _again in range(3):
            assert ada.post("/referrals", body, key="k").status == 422
        assert ada.post("/referrals", body, key="another").status == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT rule, count FROM refused_intake ORDER BY rule")
        assert cursor.fetchall() == [("E-PRIV-72", 2), ("E-URL-06", 2)]
        cursor.execute("SELECT count(*) FROM machinery.repeat WHERE request_digest <> ''")
        assert cursor.fetchone() == (0,)
    assert ada.post("/referrals", intake(), key="k").status == 201
