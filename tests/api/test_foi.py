"""Requests for information by program: the same acts as on the pages, and the same refusals."""

import re
from datetime import timedelta
from typing import Any

import pytest

from evenhand.actions import foi_counting, foi_ending
from evenhand.queries import foi_published
from evenhand.rules.officers import WORKER, Acting, Officer, Role
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow
from evenhand.store.foi_replies import FoiLetterRow
from tests.actions.foi import bounced
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
    response = called(officer, path, body if body is None else {**as_seen(officer, path), **body})
    assert response.status_code == status, response.content
    return response.json()


def as_seen(officer: Officer, path: str) -> dict[str, Any]:
    """Say what whoever reads the request now sees of what a call is about."""
    its = re.fullmatch(r"(.*)/(?:parts/(\d+)|reply)/(\w[\w-]+)", path)
    if its is None:
        return {}
    found = called(officer, its[1], None).json()
    if its[2]:
        [part] = [it for it in found["parts"] if it["number"] == int(its[2])]
        return {"version": part["version"]}
    return {"letter": found["letters"][-1]["number"]}


def logged(una: Officer) -> str:
    found = did(una, ALL, LOG, status=201)
    assert found["due_on"]
    return f"{ALL}/{found['reference']}"


def test_a_request_is_answered_by_program(
    una: Officer, dee: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = logged(una)
    did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
    did(una, f"{one}/parts/1/answer", {"answer": "By hand."})
    did(una, f"{one}/parts", {"asked": "How many?", "wants": "total"})
    question = {"code": "records_held", "by": ["kind"]}
    early = did(una, f"{one}/parts/2/count", question, status=422)
    assert (early["rule"], early["errors"][0]["pointer"]) == ("E-COUNT-03", "/code")
    assert f"began to count on {now().date()}. No day of it is over yet" in early["detail"]
    monkeypatch.setattr(foi_counting, "told_as_at", lambda on, **_and: on)  # as if tomorrow
    counted = did(una, f"{one}/parts/2/count", question)
    assert counted["parts"][1]["answer"].startswith("Records held: 0")
    refused = did(una, f"{one}/parts/2/not-held", {"why": "No."}, status=409)
    assert refused["rule"] == "E-FOI-82"
    did(una, f"{one}/parts", {"asked": "What advice?", "wants": "document", "held_in": "none"})
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


def test_a_request_is_answered_in_a_language_that_letters_are_written_in(una: Officer) -> None:
    assert did(una, ALL, LOG, status=201)["language"] == "en"
    assert did(una, ALL, {**LOG, "language": "cy"}, status=201)["language"] == "cy"
    [unknown] = did(una, ALL, {**LOG, "language": "fr"}, status=422)["errors"]
    assert unknown["pointer"] == "/language"


def test_a_part_is_answered_from_a_register_by_program(una: Officer, dee: Officer) -> None:
    one = logged(una)
    asked = {"asked": "Who audited you?", "wants": "statement"}
    [missing] = did(una, f"{one}/parts", asked, status=422)["errors"]
    assert (missing["rule"], missing["pointer"]) == ("E-TEXT-01", "/held_in")
    found = did(una, f"{one}/parts", {**asked, "held_in": "operations"})
    assert found["parts"][0]["held_in"] == "operations"
    refused = did(una, f"{one}/parts/1/not-held", {"why": "No."}, status=409)
    assert refused["rule"] == "E-FOI-82"
    drafted = did(una, f"{one}/registers/operations", None)
    assert (drafted["which"], drafted["is_early"]) == ("operations", False)
    did(dee, f"{one}/registers/operations", None, status=403)
    did(una, f"{one}/registers/nothing", None, status=422)
    assert did(una, f"{one}/registers/scrutiny", None)["is_early"] is True
    scrutiny = {"which": "scrutiny", "answer": "Nobody did."}
    [early] = did(una, f"{one}/parts/1/register", scrutiny, status=422)["errors"]
    assert (early["rule"], early["pointer"]) == ("E-COUNT-03", "/which")
    answer = {"which": "operations", "answer": drafted["text"]}
    did(dee, f"{one}/parts/1/register", answer, status=403)
    found = did(una, f"{one}/parts/1/register", answer)
    assert found["parts"][0]["answer"] == drafted["text"]
    assert found["parts"][0]["treatment"] == "given"
    before = str(now().date() - timedelta(days=2))
    late = did(una, ALL, {**LOG, "received_on": before}, status=201)
    two = f"{ALL}/{late['reference']}"
    did(una, f"{two}/parts", {**asked, "held_in": "scrutiny"})
    assert did(una, f"{two}/registers/scrutiny", None)["as_at"] == before
    found = did(una, f"{two}/parts/1/register", scrutiny)
    assert found["parts"][0]["answer"] == "Nobody did."


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


def test_a_further_reply_is_given_by_program_after_a_review(una: Officer, dee: Officer) -> None:
    one, today = logged(una), str(now().date())
    reviewer = stored("Rex", Role.RIGHTS_OFFICER)

    def reply(part: int, letter: int, answer: str) -> Any:
        did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
        did(una, f"{one}/parts/{part}/answer", {"answer": answer})
        did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
        did(dee, f"{one}/reply/approval", {})
        return did(una, f"{one}/letters/{letter}/departure", {})

    first = reply(1, 1, "By hand.")
    assert first["held_until"]
    assert first["held_by"] == {"code": "E26", "verified": False}
    did(una, f"{one}/steps", {"step": "review_asked", "on": today, "text": "No."})
    upheld = {"step": "review_upheld", "on": today, "text": "They are right."}
    assert did(una, f"{one}/steps", upheld, status=403)["rule"] == "E-FOI-45"
    found = did(reviewer, f"{one}/steps", upheld)
    assert (found["standing"], found["held_until"]) == ("to_reply_again", None)
    assert found["held_by"] is None
    assert did(una, f"{one}/parts/1/answer", {"answer": "x"}, status=409)["rule"] == "E-FOI-89"
    found = reply(2, 3, "By machine.")
    assert found["standing"] == "replied"
    assert found["held_by"] == {"code": "E27", "verified": False}
    assert [(it["number"], it["reply"]) for it in found["parts"]] == [(1, 1), (2, 2)]
    assert [it["reply"] for it in found["letters"] if it["kind"] == "reply"] == [1, 2]


def test_the_commissioner_is_entered_by_program_for_what_is_late(una: Officer) -> None:
    today, early = str(now().date()), str(now().date() - timedelta(days=40))
    asked = {"step": "commissioner_asked", "on": today, "text": "IC-1"}
    assert did(una, f"{logged(una)}/steps", asked, status=409)["rule"] == "E-FOI-10"
    late = did(una, ALL, {**LOG, "received_on": early}, status=201)
    found = did(una, f"{ALL}/{late['reference']}/steps", asked)
    assert (found["standing"], found["clock"]) == ("at_commissioner", "E14")
    assert found["due_on"] == late["due_on"]


def test_a_correction_is_still_owed_by_program_once_a_review_is_withdrawn(
    una: Officer, dee: Officer
) -> None:
    one, today = logged(una), str(now().date())
    did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
    did(una, f"{one}/parts/1/answer", {"answer": "By one."})
    did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
    did(dee, f"{one}/reply/approval", {})
    did(una, f"{one}/letters/1/departure", {})
    stands = [
        did(una, f"{one}/steps", {"step": step, "on": today, "text": "So."})["standing"]
        for step in ("error_found", "review_asked", "review_withdrawn", "error_withdrawn")
    ]
    assert stands == ["to_reply_again", "under_review", "to_reply_again", "replied"]


def test_how_who_asked_is_reached_is_corrected_by_program(una: Officer, dee: Officer) -> None:
    one = logged(una)
    assert did(una, f"{one}/requester", {"email": "nowhere"}, status=422)["rule"] == "E-PREP-01"
    assert did(una, f"{one}/requester", {"postal": ""}, status=422)["rule"] == "E-FOI-08"
    did(dee, f"{one}/requester", {"postal": "2 Quay Street"}, status=403)
    did(una, f"{one}/requester", {"email": "quilla@other.example"})
    found = did(una, f"{one}/requester", None)
    assert (found["email"], found["postal"]) == ("quilla@other.example", None)


def test_a_request_ends_by_program_whose_requester_cannot_be_reached(
    una: Officer, dee: Officer
) -> None:
    one, today = logged(una), str(now().date())
    did(una, f"{one}/requester", {"email": "quilla@mailbox.example"})
    tried = {"step": "unreached", "on": today, "text": "No mail arrives there."}
    assert did(una, f"{one}/steps", tried, status=409)["rule"] == "E-FOI-10"
    did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
    did(una, f"{one}/parts/1/answer", {"answer": "By one."})
    did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
    did(dee, f"{one}/reply/approval", {})
    asked = {"step": "fee_asked", "on": today, "text": "Copies.", "pence": 1250}
    assert did(una, f"{one}/steps", asked, status=409)["rule"] == "E-FOI-10"
    assert did(una, f"{one}/steps", tried, status=409)["rule"] == "E-FOI-10"
    bounced(FoiLetterRow.objects.get(), Acting(officer=WORKER, at=now()))
    found = did(una, f"{one}/steps", tried)
    assert (found["standing"], found["letters"][0]["sent_on"]) == ("unreached", None)


def test_what_is_published_is_corrected_by_program_once_who_asked_is_erased(
    una: Officer, dee: Officer
) -> None:
    one, today = logged(una), str(now().date())

    def reply(part: int, answer: str) -> Any:
        did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
        did(una, f"{one}/parts/{part}/answer", {"answer": answer})
        did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
        return did(dee, f"{one}/reply/approval", {})

    assert reply(1, "By one.")["letters"][0]["sent_on"] is None
    did(una, f"{one}/letters/1/departure", {})
    acting = Acting(officer=WORKER, at=now())
    foi_ending.forget_requester(FoiRequesterRow.objects.get().id, acting=acting)
    did(una, f"{one}/steps", {"step": "error_found", "on": today, "text": "By two."})
    found = reply(2, "By two.")
    assert (found["standing"], found["letters"][1]["sent_on"]) == ("replied", today)


def test_what_is_published_is_corrected_by_program_once_its_request_is_erased(
    una: Officer, dee: Officer
) -> None:
    one, today = logged(una), str(now().date())

    def reply(there: str, answer: str) -> Any:
        did(una, f"{there}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
        did(una, f"{there}/parts/1/answer", {"answer": answer})
        did(una, f"{there}/reply", {"title": "How it is done", "help": "See the counts."})
        return did(dee, f"{there}/reply/approval", {})

    wrong = {"text": "By two."}
    did(una, f"{one}/correction", wrong, status=404)
    number = reply(one, "By one.")["reference"]
    found = did(una, f"{one}/letters/1/departure", {})
    assert found["corrects"] is None
    assert did(una, f"{one}/correction", wrong, status=409)["rule"] == "E-FOI-10"
    acting = Acting(officer=WORKER, at=now())
    foi_ending.forget(FoiRequestRow.objects.get().id, acting=acting)
    did(dee, f"{one}/correction", wrong, status=403)
    found = did(una, f"{one}/correction", wrong, status=201)
    assert (found["corrects"], found["channel"], found["due_on"]) == (number, "correction", None)
    assert did(una, f"{one}/correction", wrong, status=409)["rule"] == "E-FOI-10"
    corrected = reply(f"{ALL}/{found['reference']}", "By two.")
    assert (corrected["standing"], corrected["letters"][0]["sent_on"]) == ("replied", today)
    assert [it.reply for it in foi_published.replies(number)] == [1, 2]
    refused = did(una, ALL, {**LOG, "channel": "correction"}, status=409)
    assert (refused["rule"], refused["errors"][0]["pointer"]) == ("E-FOI-10", "/channel")


def test_nothing_is_said_by_program_of_a_part_or_a_reply_that_nobody_read(
    una: Officer, dee: Officer
) -> None:
    one = logged(una)
    did(una, f"{one}/parts", {"asked": "Is he on record?", "wants": "other"})
    read = as_seen(una, f"{one}/parts/1/answer")
    did(una, f"{one}/parts/1/not-held", {"why": "We looked.", "none_answers": True})
    old = as_seen(dee, f"{one}/parts/1/confirmation")
    did(una, f"{one}/parts/1/not-held", {"why": "We looked again.", "none_answers": True})
    for path, said in (("confirmation", {}), ("return", {"reason": "No."})):
        refused = did(dee, f"{one}/parts/1/{path}", {**old, **said}, status=409)
        assert refused["rule"] == "E-MOVE-02"
    [lacks] = did(dee, f"{one}/parts/1/confirmation", {}, status=409)["errors"]
    assert (lacks["rule"], lacks["pointer"]) == ("E-FOI-82", "/none_answers")
    did(dee, f"{one}/parts/1/confirmation", {"none_answers": True})
    advice = {"exemption": "s42", "why": "Advice.", "public_interest": "Candour."}
    register = {"which": "operations", "answer": "It is sent again."}
    for path, said in (
        ("answer", {"answer": "Yes."}),
        ("withholding", advice),
        ("not-held", {"why": "No."}),
        ("register", register),
        ("count", {"code": "records_held"}),
    ):
        refused = did(una, f"{one}/parts/1/{path}", {**read, **said}, status=409)
        assert refused["rule"] == "E-MOVE-02", path
    assert called(una, f"{one}/parts/1/answer", {"answer": "Yes."}).status_code == 422
    did(una, f"{one}/reply", {"title": "On record", "help": "See the counts."})
    did(dee, f"{one}/reply/return", {"reason": "Say more."})
    did(una, f"{one}/reply", {"title": "On record", "help": "See the counts."})
    for path, said in (("approval", {}), ("return", {"reason": "No."})):
        refused = did(dee, f"{one}/reply/{path}", {"letter": 1, **said}, status=409)
        assert refused["rule"] == "E-MOVE-02"


def test_a_part_is_neither_confirmed_nor_denied_by_program(una: Officer, dee: Officer) -> None:
    one = logged(una)
    did(una, f"{one}/parts", {"asked": "Is he on record?", "wants": "other"})
    did(una, f"{one}/parts/1/neither", {"section": "99(9)", "why": "So."}, status=422)
    found = did(una, f"{one}/parts/1/neither", {"section": "40(5B)", "why": "It would tell."})
    [part] = found["parts"]
    assert (part["treatment"], part["exemption"]) == ("neither", "40(5B)")
    did(dee, f"{one}/parts/1/confirmation", {})
    did(una, f"{one}/parts", {"asked": "How many?", "wants": "total"})
    total = did(una, f"{one}/parts/2/neither", {"section": "40(5B)", "why": "So."}, status=422)
    assert total["rule"] == "E-FOI-87"


def test_a_part_is_changed_and_removed_by_program_until_the_reply_is_written(una: Officer) -> None:
    one = logged(una)
    for asked in ("Of John Example?", "How?"):
        did(una, f"{one}/parts", {"asked": asked, "wants": "other"})
    old = as_seen(una, f"{one}/parts/1/change")
    said = {"asked": "Of somebody?", "wants": "statement", "held_in": "none"}
    [first, _how] = did(una, f"{one}/parts/1/change", said)["parts"]
    assert {key: first[key] for key in said} == said
    refused = did(una, f"{one}/parts/1/removal", {**old, "reason": "So."}, status=409)
    assert refused["rule"] == "E-MOVE-02"
    did(una, f"{one}/parts/1/removal", {"reason": "Nobody asked that."})
    found = did(una, f"{one}/parts", {"asked": "Why?", "wants": "other"})
    assert [it["number"] for it in found["parts"]] == [2, 3]


def test_a_review_is_answered_by_program_by_a_senior_owner_without_a_hand_in_it(
    una: Officer, dee: Officer
) -> None:
    one, today = logged(una), str(now().date())
    sol = stored("Sol", Role.SENIOR_OWNER)
    did(una, f"{one}/parts", {"asked": "How?", "wants": "statement", "held_in": "none"})
    did(una, f"{one}/parts/1/answer", {"answer": "By hand."})
    did(una, f"{one}/reply", {"title": "How it is done", "help": "See the counts."})
    did(dee, f"{one}/reply/approval", {})
    did(una, f"{one}/letters/1/departure", {})
    did(una, f"{one}/steps", {"step": "review_asked", "on": today, "text": "No."})
    said = {"upheld": True, "on": today, "text": "They are right."}
    for officer in (una, dee):
        found = called(officer, f"{one}/review", said)
        assert (found.status_code, found.json()["rule"]) == (403, "E-FOI-45")
    assert called(sol, f"{one}/review", said).json()["standing"] == "to_reply_again"
    asked = {"step": "review_asked", "on": today, "text": "No."}
    assert did(sol, f"{one}/steps", asked, status=403)["rule"] == "E-WHO-02"


def test_a_register_is_drafted_by_program_for_a_part_that_asks_for_a_document(una: Officer) -> None:
    one = logged(una)
    did(una, f"{one}/parts", {"asked": "The DPIA.", "wants": "document", "held_in": "dpia"})
    whole, its = (
        did(una, f"{one}/registers/documents{it}", None)["text"] for it in ("", "?part=1")
    )
    assert (whole.count("none in force"), its.count("none in force")) == (8, 1)
