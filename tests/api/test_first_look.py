"""Triage in full, looks and counts through the API; calls from before stay as they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.actions import referrals
from evenhand.queries import own
from evenhand.rules.counting import DEFINITIONS, Counted
from evenhand.rules.officers import Acting, Role
from tests import builders
from tests.api.callers import Caller, assessment, intake, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Caller:
    return Caller("ada", Role.OFFICER)


def numbers_of(answer: dict[str, Any]) -> dict[str, int]:
    return {it["code"]: it["count"] for it in answer["counts"] if it["count"]}


def video(number: int) -> str:
    return f"https://www.tiktok.com/@made.up/video/{7_000_000_000_000_000_000 + number}"


def looked_at(ada: Caller, number: int, *, days_ago: int) -> None:
    acting = Acting(officer=ada.officer, at=now() - timedelta(days=days_ago))
    said = builders.intake(observed_at=acting.at)
    content = referrals.admit(video(number), said, acting=acting)
    referrals.log(content, video(number), said, acting=acting)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"outcome": "proceed"}, "triaged"),
        ({"outcome": "not_for_us", "reason": "Why."}, "not_for_us"),
        ({"outcome": "duplicate", "reason": "Why."}, "duplicate"),
        ({"outcome": "emergency", "reason": "Life."}, "triaged"),
        ({"outcome": "not_for_us", "reason": "Why.", "signpost": "iwf"}, "not_for_us"),
        ({"outcome": "emergency"}, "triaged"),
    ],
)
def test_triage_takes_the_old_calls_and_the_new(
    ada: Caller, body: dict[str, str], state: str
) -> None:
    one = ada.logged()
    assert ada.post(f"{one}/triage", body).body["state"] == state
    assert ada.get(one).body["signpost"] == body.get("signpost")


def test_a_duplicate_names_what_it_repeats(ada: Caller) -> None:
    first, second = (ada.logged().rpartition("/")[2] for _ in range(2))
    body = {"outcome": "duplicate", "reason": "Why.", "duplicate_of": first}
    assert ada.post(f"/referrals/{second}/triage", body).status == 200
    assert ada.get(f"/referrals/{second}").body["duplicate_of"] == first


@pytest.mark.parametrize(
    ("body", "rule", "pointer"),
    [
        ({"outcome": "not_for_us", "signpost": "mayor"}, "E-TRI-01", "/signpost"),
        ({"outcome": "proceed", "signpost": "iwf"}, "E-TRI-02", "/signpost"),
        ({"outcome": "not_for_us", "duplicate_of": "1"}, "E-TRI-02", "/duplicate_of"),
        ({"outcome": "duplicate", "duplicate_of": "2026-999999"}, "E-TRI-03", "/duplicate_of"),
        ({"outcome": "duplicate", "duplicate_of": "a\0b"}, "E-TRI-03", "/duplicate_of"),
    ],
)
def test_a_detail_that_does_not_fit_is_named(
    ada: Caller, body: dict[str, str], rule: str, pointer: str
) -> None:
    answer = ada.post(f"{ada.logged()}/triage", body | {"reason": "Why."})
    assert (answer.status, answer.rules, answer.pointers) == (422, [rule], [pointer])


def test_an_emergency_waits_for_its_record(ada: Caller) -> None:
    one = ada.logged()
    ada.post(f"{one}/triage", {"outcome": "emergency"})
    assert ada.get(one).body["emergency_since"] is not None
    body = {"done": ["control_room"], "told": "The duty inspector", "their_reference": "CAD 1"}
    assert ada.post(f"{one}/emergency", body).status == 200
    read = ada.get(one).body
    assert read["emergency_since"] is None
    [recorded] = read["emergencies"]
    assert (recorded["done"], recorded["told"]) == (["control_room"], "The duty inspector")
    assert ada.put(f"{one}/assessment", assessment()).body["state"] == "awaiting_approval"
    overseer = Caller("ola", Role.OVERSEER).get(one).body
    assert overseer["emergencies"][0]["told"] is None


def test_an_impossible_record_is_refused_with_every_fault(ada: Caller) -> None:
    body = {"done": [], "told": " ", "done_at": "2999-01-01T00:00:00Z"}
    answer = ada.post(f"{ada.logged()}/emergency", body)
    assert answer.status == 422
    assert answer.rules == ["E-EMER-01", "E-EMER-02", "E-TEXT-01"]


def test_the_third_look_is_forbidden_without_an_authorisation(ada: Caller) -> None:
    looked_at(ada, 1, days_ago=20)
    looked_at(ada, 2, days_ago=3)
    answer = ada.post("/referrals", intake(url=video(3)))
    assert (answer.status, answer.body["rule"]) == (403, "E-RIPA-71")
    assert own.entries(officer=ada.officer).lines[0].act == "attempt.refuse"
    assert answer.pointers == ["/authorisation"]
    reported = ada.post("/referrals", intake(url=video(3), source="public_report"))
    assert reported.status == 201
    one = ada.logged(url=video(4), authorisation="URN 12/2026")
    read = ada.get(one).body
    assert (read["authorisation"], read["counted_look"]) == ("URN 12/2026", True)
    overseer = Caller("ola", Role.OVERSEER).get(one)
    assert overseer.body["authorisation"] is None
    assert b"URN" not in overseer.raw


def test_a_look_without_an_authorisation_is_an_attempt_among_others_too(ada: Caller) -> None:
    looked_at(ada, 1, days_ago=20)
    looked_at(ada, 2, days_ago=3)
    said = intake()
    said.pop("url")
    urls = [{"url": video(3)}, {"url": "https://youtu.be/abcdefghijk"}]
    answer = ada.post("/referrals/batch", said | {"urls": urls})
    assert [it["status"] for it in answer.body["items"]] == [403, 201]
    acts = [it.act for it in own.entries(officer=ada.officer).lines]
    assert (acts[0], acts.count(acts[0])) == ("attempt.refuse", 1)


def test_a_month_is_counted_with_what_each_number_means(ada: Caller) -> None:
    one = ada.logged()
    ada.put(f"{one}/assessment", assessment())
    refusal = {"decision": "refuse", "reason": "Not needed."}
    Caller("cy", Role.APPROVER).post(f"{one}/decisions", refusal)
    ada.post("/referrals", intake(public_without_login=False))
    answer = ada.get("/counts")
    assert numbers_of(answer.body) == {
        "logged": 1,
        "triage_proceed": 1,
        "not_referred": 1,
        "intake_refused": 1,
    }
    assert answer.body["intake_refused"] == [{"rule": "E-PRIV-72", "count": 1}]
    told = {it["code"]: it["definition"] for it in answer.body["counts"]}
    assert told == {it.value: text for it, text in DEFINITIONS.items()}
    assert ada.get(f"/counts?month={answer.body['month']}").body == answer.body
    assert numbers_of(ada.get("/counts?month=2001-02").body) == {}
    assert set(told) == {it.value for it in Counted}


@pytest.mark.parametrize("month", ["2999-01", "2026-13", "x", "%00", "1" * 3000])
def test_a_month_that_is_none_is_refused(ada: Caller, month: str) -> None:
    answer = ada.get(f"/counts?month={month}")
    assert (answer.status, answer.body["rule"]) == (422, "E-COUNT-01")
    assert answer.pointers == ["/month"]


def test_a_month_is_counted_as_at_a_day(ada: Caller) -> None:
    ada.logged()
    now = ada.get("/counts").body
    today = timezone.localdate().isoformat()
    then = ada.get(f"/counts?as_at={today}").body
    assert (now["as_at"], then["as_at"]) == (None, today)
    assert then["counts"] == now["counts"]


@pytest.mark.parametrize(
    ("day", "rule"), [("2001-02-03", "E-COUNT-02"), ("2999-01-01", "E-COUNT-02"), ("x", "E-API-05")]
)
def test_a_day_as_at_which_nothing_is_kept_is_refused(ada: Caller, day: str, rule: str) -> None:
    answer = ada.get(f"/counts?as_at={day}")
    assert (answer.status, answer.body["rule"]) == (422, rule)
    assert answer.pointers == ["/as_at"]


def test_counts_are_for_whoever_may_list_referrals_and_take_no_other_wish(ada: Caller) -> None:
    assert ada.get("/counts?year=2026").body["rule"] == "E-API-03"
    for name, role, status in (("ola", Role.OVERSEER, 200), ("max", Role.ADMINISTRATOR, 403)):
        assert Caller(name, role).get("/counts").status == status


def test_counts_cost_the_same_with_more_rows(ada: Caller) -> None:
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            ada.get("/counts")
        costs.append(len(captured))
        for _ in range(5):
            ada.logged()
    assert costs[0] == costs[1] <= 7
