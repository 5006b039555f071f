"""Logging several addresses by one call: each has an answer of its own."""

from typing import Any

import pytest

from evenhand.rules.officers import Role
from evenhand.store.casework import RefusedIntakeRow
from tests.api.callers import Caller, intake

pytestmark = pytest.mark.django_db
BATCH = "/referrals/batch"


def body(*urls: Any, **changes: object) -> dict[str, Any]:
    said = intake(**changes)
    said.pop("url")
    return said | {"urls": [it if isinstance(it, dict) else {"url": it} for it in urls]}


def video(letter: str) -> str:
    return f"https://youtu.be/{letter * 11}"


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def test_each_address_is_answered_for_in_its_place(ada: Caller) -> None:
    there = ada.logged(url=video("c")).rpartition("/")[2]
    sent = body(video("a"), "http://localhost/", video("c"), video("a"), video("b"))
    answered = ada.post(BATCH, sent)
    assert answered.status == 200
    items = answered.body["items"]
    assert [it["status"] for it in items] == [201, 422, 409, 409, 201]
    assert items[0]["referral"]["content_id"] == "a" * 11
    assert items[0]["problem"] is None
    refused = items[1]["problem"]
    assert (refused["rule"], refused["errors"][0]["pointer"]) == ("E-URL-04", "/urls/1/url")
    assert (items[2]["problem"]["rule"], items[2]["problem"]["same_content"]) == (
        "E-SAME-01",
        [there],
    )
    assert items[3]["problem"]["rule"] == "E-SAME-02"
    assert len(ada.get("/referrals").body["items"]) == 3


def test_a_whole_account_is_said_to_be_meant_in_its_own_place(ada: Caller) -> None:
    account = {"url": "https://www.tiktok.com/@made.up"}
    sent = body(video("a"), account)
    refused = ada.post(BATCH, sent).body["items"][1]["problem"]
    assert (refused["rule"], refused["errors"][0]["pointer"]) == (
        "E-URL-08",
        "/urls/1/whole_account",
    )
    assert ada.post("/referrals", intake(**account)).body["rule"] == "E-URL-08"
    meant = ada.post("/referrals", intake(**account, whole_account=True))
    assert meant.status == 201


def test_what_the_desk_has_is_linked_or_gone_on_with_by_address(ada: Caller) -> None:
    for letter in "ab":
        ada.logged(url=video(letter))
    linked = {"url": video("a"), "link_duplicate": True}
    on = {"url": video("b"), "continue_reason": "It is up again."}
    items = ada.post(BATCH, body(linked, on)).body["items"]
    assert [it["referral"]["state"] for it in items] == ["duplicate", "logged"]


def test_what_is_wrong_with_all_refuses_the_call(ada: Caller) -> None:
    refused = ada.post(BATCH, body(video("a"), description=" ", language="?"))
    assert (refused.status, refused.pointers) == (422, ["/description", "/language"])
    assert ada.get("/referrals").body["items"] == []


def test_a_reason_that_cannot_be_kept_is_named_at_its_address(ada: Caller) -> None:
    wrong = {"url": video("a"), "continue_reason": "x" * 10_001}
    items = ada.post(BATCH, body(video("b"), wrong)).body["items"]
    assert [it["status"] for it in items] == [201, 422]
    assert items[1]["problem"]["errors"][0]["pointer"] == "/urls/1/continue_reason"


def test_what_is_not_public_is_refused_and_only_counted(ada: Caller) -> None:
    refused = ada.post(BATCH, body(video("a"), public_without_login=False))
    assert (refused.status, refused.body["rule"]) == (422, "E-PRIV-72")
    private = ada.post(BATCH, body("https://discord.gg/geheim", video("a")))
    assert "geheim" not in private.raw.decode()
    assert {it.rule: it.count for it in RefusedIntakeRow.objects.all()} == {
        "E-PRIV-72": 1,
        "E-URL-06": 1,
    }


@pytest.mark.parametrize(("count", "rule"), [(0, "E-API-05"), (51, "E-MANY-01")])
def test_a_batch_has_one_to_fifty_addresses(ada: Caller, count: int, rule: str) -> None:
    refused = ada.post(BATCH, body(*[f"https://a.example/{it}" for it in range(count)]))
    assert (refused.status, refused.body["rule"], refused.pointers) == (422, rule, ["/urls"])


def test_fifty_addresses_are_logged(ada: Caller) -> None:
    items = ada.post(BATCH, body(*[f"https://a.example/{it}" for it in range(50)])).body["items"]
    assert {it["status"] for it in items} == {201}


def test_the_same_batch_again_gets_the_same_answer(ada: Caller) -> None:
    sent = body(video("a"), "https://discord.gg/geheim")
    first, again = (ada.post(BATCH, sent, key="one") for _ in range(2))
    assert again.raw == first.raw
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(ada.get("/referrals").body["items"]) == 1
    assert RefusedIntakeRow.objects.get().count == 1


@pytest.mark.parametrize(
    ("urls", "pointer"),
    [("x", "/urls"), (["x"], "/urls/0"), ([{}], "/urls/0/url"), ([{"url": 1}], "/urls/0/url")],
)
def test_a_list_that_is_none_is_refused(ada: Caller, urls: object, pointer: str) -> None:
    refused = ada.post(BATCH, body() | {"urls": urls})
    assert (refused.status, refused.pointers) == (422, [pointer])


def test_only_who_may_log_sends_a_batch() -> None:
    assert Caller("ola", Role.OVERSEER).post(BATCH, body(video("a"))).status == 403
    assert Caller("bo", Role.OFFICER).get(BATCH).status == 405
