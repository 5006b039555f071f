"""Every role tries every call; a table written by hand says who may."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from evenhand.api import sharing_bodies
from evenhand.rules.officers import Role
from evenhand.store.log import OpeningRow
from tests.api.callers import Caller, assessment, intake, now
from tests.journeys import Desk
from tests.ledger.reading import fields
from tests.oracles import read

pytestmark = pytest.mark.django_db
ORACLE = read("roles")
NOWHERE = "/referrals/2026-999999"
KEPT = "/kept/2026-999999"
SOMEBODY = "/people/P-22222222"
PURPOSE = {
    "purpose": "safeguard_individual",
    "law": "An Act.",
    "necessity": "They must be warned.",
    "proportionality": "So.",
}
REASON = {"reason": "Because."}
FIGURES = {"review": 3, "most": 9, "child_review": 2, "child_most": 4}
NO_REQUEST = "/information-requests/FOI-2026-9999"
NO_MAIL = "00000000-0000-4000-8000-000000000000"
NO_AGREEMENT, NO_PACKAGE = "/agreements/A-NOTTHERE", "/disclosures/D-NOTTHERE"
APPROVE = {"digest": "00", "approve": True} | REASON
TERMS = sharing_bodies.TERMS | {"review_on": str(now().date() + timedelta(days=30))}
CALLS: dict[str, tuple[str, str, Any, int]] = {
    "list_referrals": ("GET", "/referrals", None, 200),
    "read_platforms": ("GET", "/platforms", None, 200),
    "read_words": ("GET", "/referrals?q=knife", None, 200),
    "read_referral": ("GET", NOWHERE, None, 404),
    "read_history": ("GET", f"{NOWHERE}/history", None, 404),
    "log": ("POST", "/referrals", intake(), 201),
    "triage": ("POST", f"{NOWHERE}/triage", {"outcome": "proceed"}, 404),
    "assess": ("PUT", f"{NOWHERE}/assessment", assessment(), 404),
    "statutory_route": (
        "POST",
        f"{NOWHERE}/statutory-route",
        {"reported_to": "iwf", "reported_reference": "1"},
        404,
    ),
    "decide": ("POST", f"{NOWHERE}/decisions", {"decision": "refuse"} | REASON, 404),
    "send": ("POST", f"{NOWHERE}/notices", {"transport": "email"}, 404),
    "chase": ("POST", f"{NOWHERE}/chases", {}, 404),
    "record_answer": ("POST", f"{NOWHERE}/answers", {"kind": "acknowledged"}, 404),
    "read_mail": ("GET", "/mail", None, 200),
    "sort_mail": ("POST", f"/mail/{NO_MAIL}/set-aside", REASON, 404),
    "check": ("POST", f"{NOWHERE}/checks", {"seen": "visible"}, 404),
    "close": ("POST", f"{NOWHERE}/close", REASON, 404),
    "withdraw": ("POST", f"{NOWHERE}/withdraw", REASON, 404),
    "reopen": ("POST", f"{NOWHERE}/reopen", REASON, 404),
    "hand_over": ("POST", f"{NOWHERE}/owner", {"officer": "ada"} | REASON, 404),
    "snooze": ("POST", f"{NOWHERE}/snooze", {"until": "2030-01-01"} | REASON, 404),
    "take_report": ("GET", "/reports", None, 200),
    "settle_challenge": ("GET", "/challenges", None, 200),
    "read_foi": ("GET", "/information-requests", None, 200),
    "answer_foi": ("POST", f"{NO_REQUEST}/reply", {"title": "So", "help": "So."}, 404),
    "review_foi": (
        "POST",
        f"{NO_REQUEST}/review",
        {"upheld": False, "on": "2026-06-01", "text": "So."},
        404,
    ),
    "read_requester": ("GET", f"{NO_REQUEST}/requester", None, 404),
    "approve_foi": ("POST", f"{NO_REQUEST}/reply/approval", {"letter": 1}, 404),
    "withhold_telling": (
        "POST",
        f"{NOWHERE}/withholdings",
        {
            "ground": "crime",
            "until": (now() + timedelta(days=2)).date().isoformat(),
            "reasons": "So.",
        },
        404,
    ),
    "review_order": (
        "POST",
        f"{NOWHERE}/order-review/outcomes",
        {"withdrawn": False} | REASON,
        404,
    ),
    "read_rights": ("GET", "/rights", None, 200),
    "handle_rights": ("POST", "/rights/R-22222222/searches", {"reference": "P-22222222"}, 404),
    "approve_rights": (
        "POST",
        f"/rights/R-22222222/letters/{NO_MAIL}/answer",
        {"approve": True} | REASON,
        404,
    ),
    "list_kept": ("GET", "/due", None, 200),
    "ask_questions": ("GET", "/questions", None, 200),
    "publish_figures": ("POST", f"/figures/{uuid4()}/publications", {}, 404),
    "confirm_correction": ("POST", f"/figure-corrections/{uuid4()}/decline", REASON, 404),
    "review": ("POST", f"{KEPT}/reviews", {"outcome": "dispose"} | REASON, 404),
    "confirm_review": ("POST", f"{KEPT}/confirm", {}, 404),
    "place_hold": ("POST", f"{KEPT}/holds", {"kind": "foi", "their_reference": "1"} | REASON, 404),
    "lift_hold": ("POST", f"{KEPT}/holds/{uuid4()}/end", {}, 404),
    "read_certificates": ("GET", "/certificates", None, 200),
    "propose_schedule": ("POST", "/schedules/D02/proposals", FIGURES | REASON, 200),
    "approve_schedule": ("POST", "/schedules/D02/approve", {"proposal": str(uuid4())}, 409),
    "read_agreements": ("GET", "/agreements", None, 200),
    "propose_agreement": ("POST", f"{NO_AGREEMENT}/versions", TERMS, 404),
    "sign_agreement": ("POST", f"{NO_AGREEMENT}/signature", {"number": 1}, 404),
    "end_agreement": ("POST", f"{NO_AGREEMENT}/end", {}, 404),
    "share": ("POST", f"{NO_PACKAGE}/steps", {"step": "propose"}, 404),
    "approve_share": ("POST", f"{NO_PACKAGE}/approvals", APPROVE, 404),
    "approve_child_share": ("POST", f"{NO_PACKAGE}/dpo-approvals", APPROVE, 404),
    "read_disclosures": ("GET", "/disclosures", None, 200),
    "read_documents": ("GET", "/documents", None, 200),
    "read_training": ("GET", "/training", None, 200),
    "record_training": (
        "POST",
        "/training",
        {
            "username": "nobody",
            "course": "children",
            "done_on": "2026-11-20",
            "valid_until": "2027-11-20",
        },
        404,
    ),
    "accept_instructions": ("POST", "/training/instructions", {"number": 9}, 409),
    "read_breaches": ("GET", "/breaches", None, 200),
    "write_document": (
        "POST",
        "/documents",
        {"kind": "apd", "procedures": "So.", "retention": "A year.", "conditions": ["1"]},
        201,
    ),
    "advise_document": ("POST", "/documents/dpia-9/advice", {"text": "Good."}, 404),
    "approve_document": (
        "POST",
        "/documents/dpia-9/approval",
        {"review_on": "2030-01-01"},
        404,
    ),
    "find_person": (
        "POST",
        f"{NOWHERE}/people/search",
        {"reference": "P-22222222"} | REASON,
        404,
    ),
    "join_people": ("GET", "/people/P-22222222/matches", None, 404),
    "decide_telling": (
        "POST",
        "/people/P-22222222/telling",
        {"telling": "tell", "reasons": "Because."},
        404,
    ),
    "confirm_not_telling": (
        "POST",
        "/people/P-22222222/telling/confirmation",
        {"decision": str(UUID(int=0)), "answer": "confirm"} | REASON,
        404,
    ),
    "propose_person": (
        "POST",
        f"{NOWHERE}/people",
        {
            "role": "victim",
            "necessity": "To warn them.",
            "age_basis": "unknown",
            "best_interests": "To be safe.",
        },
        404,
    ),
    "authorise_person": (
        "POST",
        f"{SOMEBODY}/authorise",
        {"necessary": "Yes.", "role_right": "Yes.", "less_would_do": "No."},
        404,
    ),
    "read_person": ("GET", f"{SOMEBODY}?reason=To%20warn%20them", None, 404),
    "read_reporter_contact": ("GET", f"{SOMEBODY}/contact?reason=To%20answer", None, 404),
    "add_statement": (
        "POST",
        f"{SOMEBODY}/statements",
        {
            "referral": "2026-999999",
            "kind": "fact",
            "text": "A shop.",
            "source": "The content.",
            "handling": "P",
            "sensitive": False,
        },
        404,
    ),
    "contest_accuracy": ("POST", f"{SOMEBODY}/contest", {"about": "name"} | REASON, 404),
    "correct_person": ("POST", f"{SOMEBODY}/confirm", {"about": "name"} | REASON, 404),
    "restrict_person": ("POST", f"{SOMEBODY}/restrict", {"because": "unlawful"} | REASON, 404),
    "ask_to_lift": ("POST", f"{SOMEBODY}/ask-to-lift", REASON, 404),
    "ask_purpose": ("POST", f"{SOMEBODY}/purposes", PURPOSE, 404),
    "answer_purpose": (
        "POST",
        f"{SOMEBODY}/purposes/answers",
        {"purpose": "safeguard_individual", "agreed": True} | REASON,
        404,
    ),
    "lift_restriction": ("POST", f"{SOMEBODY}/lift", {"agreed": True} | REASON, 404),
    "open_capture": ("POST", f"/captures/{uuid4()}/openings", REASON, 404),
    "stop_capture": ("POST", f"/captures/{uuid4()}/stop", {}, 404),
    "write_note": ("POST", f"{NOWHERE}/notes", {"text": "Look at this."}, 404),
}
"""For each act a call that fits, and the status where the role lets it pass."""
ELSEWHERE = {
    "edit_platform",
    "sign_off_platform",
    "list_officers",
    "manage_officers",
    "manage_absence",
    "read_rules",
    "oversee",
    "read_who",
    "read_reviews",
    "import",
    "propose_opening",
    "attest_opening",
    "record_scrutiny",
    "report_breach",
    "keep_breaches",
    "tally",
    "read_disparity",
}
"""Acts that have no call in this version of the API."""
BY_FILE = {"take_capture"}
"""What takes a file and no JSON: tests/api/test_captures.py."""
WITHIN = {"read_identity", "read_restricted", "read_contact"}
"""What a role sees, or not, in one person's record: tests/api/test_people.py."""


def attempted() -> list[str]:
    """Name the acts that the log holds as attempts, oldest first."""
    rows = OpeningRow.objects.select_related("entry").order_by("entry")
    tried = [it for it in rows if b'"act":"attempt.refuse"' in bytes(it.entry.leaf)]
    opened = [fields(it.fields) for it in tried]
    assert {it["why"] for it in opened} <= {"e-who-02"}
    return [str(it["tried"]) for it in opened]


def with_what_it_needs(role: Role) -> list[Role]:
    """Give a role with the one that it is held beside. E-ROLE-62."""
    beside = {Role.SENIOR_APPROVER, Role.CHILD_APPROVER}
    return [role, Role.APPROVER] if role in beside else [role]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_what_the_table_says_and_nothing_else(role: Role) -> None:
    Desk(now=now() - timedelta(days=2)).assured()
    held = with_what_it_needs(role)
    caller = Caller(role.value, *held)
    refused = []
    for act, (method, path, body, status) in CALLS.items():
        answer = caller.call(method, path, body)
        if any(ORACLE[act, it] for it in held):
            assert answer.status == status, (act, answer.body)
        else:
            assert (answer.status, answer.body["rule"]) == (403, "E-WHO-02"), act
            refused.append(act)
    # Who may not list is refused that first, whatever they looked for.
    if "list_referrals" in refused:
        refused.remove("read_words")
    assert attempted() == refused


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_before_what_was_sent_is_read(role: Role) -> None:
    held = with_what_it_needs(role)
    caller = Caller(role.value, *held)
    for act, (method, path, body, _status) in CALLS.items():
        if body is not None:
            answer = caller.call(method, path, {"nonsense": 1})
            may = any(ORACLE[act, it] for it in held)
            assert answer.status == (422 if may else 403), (act, answer.body)


def test_every_act_of_the_table_has_its_call() -> None:
    assert {act for act, _role in ORACLE} == set(CALLS) | ELSEWHERE | WITHIN | BY_FILE


@pytest.mark.parametrize("role", [Role.DPO, Role.OVERSEER])
def test_who_may_not_read_words_sees_none(role: Role) -> None:
    word = "Zauberwort"
    ada = Caller("ada", Role.OFFICER)
    one = ada.logged(description=word, source_detail=word, url="https://a.example/zauberwort")
    ada.put(f"{one}/assessment", assessment(**dict.fromkeys(("necessity", "provision"), word)))
    ada.post(f"{one}/withdraw", {"reason": word})
    reader = Caller("reader", role)
    told = reader.get(one)
    assert told.status == 200
    for name in ("url", "canonical_url", "content_id", "description", "source_detail"):
        assert told.body[name] is None
    assert told.body["assessment"]["necessity"] is None
    assert told.body["assessment"]["harm"] == "V1"
    assert told.body["moves"][0]["reason"] is None
    for path in (one, f"{one}/history", "/referrals"):
        assert word.lower() not in reader.get(path).raw.decode().lower()
