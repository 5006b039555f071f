"""Lists and looks: what they find, and that they never cost more for more rows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.api.asking import CURSOR
from evenhand.rules.officers import Role
from evenhand.store import looking
from tests.api.callers import Caller, assessment

pytestmark = pytest.mark.django_db
KNOWING_WHO = 1


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def queries_of(caller: Caller, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert caller.get(path).status == 200
    return len(captured)


def test_a_list_costs_the_same_with_more_rows(ada: Caller) -> None:
    costs = []
    for more in (10, 50):
        for _ in range(more):
            ada.logged()
        costs.append([queries_of(ada, f"/referrals{q}") for q in ("", "?state=logged", "?q=knife")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= KNOWING_WHO + 4


def test_a_referral_costs_the_same_whatever_happened_to_it(ada: Caller) -> None:
    cy = Caller("cy", Role.APPROVER)
    one = ada.logged()
    costs = []
    for _ in range(3):
        ada.put(f"{one}/assessment", assessment())
        cy.post(f"{one}/decisions", {"decision": "return", "reason": "More."})
        ada.post(f"{one}/withdraw", {"reason": "Not now."})
        cy.post(f"{one}/reopen", {"reason": "Now."})
        costs.append((queries_of(ada, one), queries_of(ada, f"{one}/history")))
    assert len(set(costs)) == 1
    assert costs[0] == (KNOWING_WHO + 3, KNOWING_WHO + 2)


def test_a_list_comes_a_page_at_a_time_and_whole(ada: Caller) -> None:
    logged = [ada.logged().rpartition("/")[2] for _ in range(60)]
    found: list[str] = []
    cursor = ""
    pages = 0
    while pages == 0 or cursor:
        page = ada.get(f"/referrals?cursor={cursor}").body
        found += [line["reference"] for line in page["items"]]
        cursor, pages = page["next"], pages + 1
    assert found == logged[::-1]
    assert pages == 3


def test_a_list_is_narrowed_by_every_parameter(ada: Caller) -> None:
    one = ada.logged(url="https://youtu.be/dQw4w9WgXcQ", description="A knife at noon.")
    two = ada.logged(url="https://videos.example/v/1", description="Nothing of note.")
    ada.put(f"{two}/assessment", assessment(harm="V2"))
    first, second = (it.rpartition("/")[2] for it in (one, two))
    for asked, expected in (
        ("", {first, second}),
        ("state=&platform=&harm=&q=&since=&cursor=", {first, second}),
        ("ground=&officer=&until=&outcome=&overdue=", {first, second}),
        ("state=logged", {first}),
        ("state=awaiting_approval", {second}),
        ("platform=youtube", {first}),
        ("harm=V2", {second}),
        ("harm=V1", set()),
        ("q=KNIFE+noon", {first}),
        ("q=knife+midnight", set()),
        (f"q={second}", {second}),
        ("q=https://m.youtube.com/watch?v=dQw4w9WgXcQ%26t=9", {first}),
        ("q=dqw4", set()),
        ("q=%22%27%3B--", set()),
        ("since=2020-01-01", {first, second}),
        ("since=0001-01-01", {first, second}),
        ("since=2020-01-01T00:00:00%2B05:00", {first, second}),
        ("since=2020-01-01T00:00:00-23:59", {first, second}),
        ("since=9999-12-31", set()),
        ("until=9999-12-31", {first, second}),
        ("until=2020-01-01", set()),
        ("until=2199-01-01T00:00:00Z", {first, second}),
        ("ground=both", {second}),
        ("ground=terms", set()),
        ("officer=ada", {first, second}),
        ("outcome=none_yet", {first, second}),
        ("outcome=reinstated", set()),
        ("overdue=", {first, second}),
        ("overdue=true", set()),
        ("officer=ada&ground=both&outcome=none_yet&q=nothing&since=2020-01-01", {second}),
        ("since=2199-01-01T00:00:00Z", set()),
    ):
        found = ada.get(f"/referrals?{asked}")
        assert found.status == 200, (asked, found.body)
        assert {line["reference"] for line in found.body["items"]} == expected, asked


@pytest.mark.parametrize(
    ("asked", "status", "rule"),
    [
        ("state=gone", 422, "E-TEXT-04"),
        ("harm=Z9", 422, "E-HARM-01"),
        ("harm=%00", 422, "E-HARM-01"),
        ("since=yesterday", 422, "E-API-05"),
        ("until=tomorrow", 422, "E-API-05"),
        ("since=2026-02-02&until=2026-02-01", 422, "E-FIND-03"),
        ("ground=x", 422, "E-TEXT-04"),
        ("outcome=x", 422, "E-TEXT-04"),
        ("overdue=false", 422, "E-TEXT-04"),
        ("officer=nobody", 422, "E-FIND-04"),
        ("officer=%00", 422, "E-TEXT-03"),
        ("since=2026-02-30", 422, "E-API-05"),
        ("since=0000-01-01", 422, "E-API-05"),
        ("q=a%00b", 422, "E-TEXT-03"),
        ("q=" + "x" * 2001, 422, "E-TEXT-02"),
        ("platform=%00", 422, "E-TEXT-03"),
        ("cursor=x", 400, "E-FIND-02"),
        ("cursor=%F0%9F%99%82", 400, "E-FIND-02"),
        ("cursor=" + "A" * 400, 400, "E-FIND-02"),
        ("status=logged", 422, "E-API-03"),
        ("state=logged&%00=1", 422, "E-API-03"),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused(
    ada: Caller, asked: str, status: int, rule: str
) -> None:
    answer = ada.get(f"/referrals?{asked}")
    assert (answer.status, answer.body["rule"]) == (status, rule)


def test_cursors_are_as_the_document_says(ada: Caller) -> None:
    for _ in range(26):
        ada.logged()
    assert re.fullmatch(CURSOR, ada.get("/referrals").body["next"])
    for cursor in ("AfAAAAAAAA1AAAAAAAAAAw", "AAAAAAAAAAAAAAAAAAAAAA", "Af________9_________-w"):
        accepted = ada.get(f"/referrals?cursor={cursor}").status == 200
        assert accepted is bool(re.fullmatch(CURSOR, cursor)), cursor


def test_a_look_that_ends_early_says_how_far_it_went(
    ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST", 2)
    for _ in range(3):
        ada.logged()
    first = ada.get("/referrals?outcome=none_yet").body
    assert (len(first["items"]), bool(first["looked_back_to"])) == (2, True)
    rest = ada.get(f"/referrals?outcome=none_yet&cursor={first['next']}").body
    assert (len(rest["items"]), rest["next"], rest["looked_back_to"]) == (1, None, None)


def test_bytes_that_are_no_text_find_nothing(ada: Caller) -> None:
    assert ada.get("/referrals?q=%ff%fe").body["items"] == []


def test_a_history_comes_a_page_at_a_time_and_whole(ada: Caller) -> None:
    cy = Caller("cy", Role.APPROVER)
    one = ada.logged()
    for _ in range(26):
        ada.post(f"{one}/withdraw", {"reason": "Not now."})
        cy.post(f"{one}/reopen", {"reason": "Now."})
        ada.put(f"{one}/assessment", assessment())
    first = ada.get(f"{one}/history").body
    assert len(first["items"]) == 100
    rest = ada.get(f"{one}/history?cursor={first['next']}").body
    assert rest["next"] is None
    numbers = [line["number"] for line in first["items"] + rest["items"]]
    assert len(numbers) == 1 + 26 * 4
    assert numbers == sorted(set(numbers))
    assert {line["who"] for line in first["items"]} == {"Ada", "Cy"}


def test_notes_and_all_steps_come_a_page_at_a_time_and_whole(ada: Caller) -> None:
    cy = Caller("cy", Role.APPROVER)
    one = ada.logged()
    ada.put(f"{one}/assessment", assessment())
    cy.post(f"{one}/decisions", {"decision": "return", "reason": "More."})
    for number in range(27):
        ada.post(f"{one}/notes", {"text": f"Note {number:02}", "mentions": []})
    first = ada.get(f"{one}/notes").body
    rest = ada.get(f"{one}/notes?cursor={first['next']}").body
    assert rest["next"] is None
    texts = [it["text"] for it in first["items"] + rest["items"]]
    assert texts == [f"Note {number:02}" for number in range(27)]
    latest = ada.get(f"{one}/steps").body
    before = ada.get(f"{one}/steps?cursor={latest['next']}").body
    assert (len(latest["items"]), before["next"]) == (25, None)
    steps = [(it["step"], it["what"]["by"]) for it in latest["items"] + before["items"]]
    assert steps[:28] == [("note", "Ada")] * 27 + [("decision", "Cy")]
    assert sorted(steps[28:]) == [("assessment", "Ada"), ("move", "Ada")]
    what = {it["step"]: it["what"] for it in before["items"]}
    assert what["decision"]["reason"] == "More."
    assert what["assessment"]["harm"] == assessment()["harm"]
    assert ada.get(one).body["older_steps"] is True
    costs = [queries_of(ada, f"{one}/{it}") for it in ("steps", "notes")]
    young = ada.logged()
    assert [queries_of(ada, f"{young}/{it}") for it in ("steps", "notes")] == costs
    assert max(costs) <= KNOWING_WHO + 13


@pytest.mark.parametrize("cursor", ["x", "1-1", "%00"])
def test_a_cursor_that_no_list_of_steps_gave_is_refused(ada: Caller, cursor: str) -> None:
    one = ada.logged()
    for of in ("steps", "notes"):
        answer = ada.get(f"{one}/{of}?cursor={cursor}")
        assert (answer.status, answer.body["rule"]) == (400, "E-FIND-02")


@pytest.mark.parametrize("cursor", ["x", "-1", "٣", "9" * 19, "1.5", "%00"])
def test_a_cursor_that_no_history_gave_is_refused(ada: Caller, cursor: str) -> None:
    answer = ada.get(f"{ada.logged()}/history?cursor={cursor}")
    assert (answer.status, answer.body["rule"]) == (400, "E-FIND-02")
