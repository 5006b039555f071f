"""The second officer sees everything, decides in own words, and never decides twice."""

from datetime import timedelta

import pytest

from evenhand.actions import assessments
from evenhand.rules.assessments import Child
from evenhand.rules.officers import Officer
from evenhand.rules.referrals import State
from tests.builders import ADA, BO, CY, GUS, SAM, assessment, terms_only
from tests.journeys import Desk, row
from tests.web.filling import carried, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def page_of(reference: str) -> str:
    return f"/referrals/{reference}/decide/"


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ("approve", State.APPROVED),
        ("return", State.RETURNED),
        ("refuse", State.NOT_REFERRED),
    ],
)
def test_a_decision_is_recorded_with_its_reason(desk: Desk, decision: str, state: State) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    client = signed_in(CY)
    done = fill(client, page_of(reference), decision=decision, reason="I weighed it myself.")
    assert done.status_code == 302
    assert row(reference).state == state
    page = text_of(client.get(done["Location"]))
    assert "Your decision is recorded." in page
    assert "I weighed it myself." in page


def test_everything_is_on_the_page_and_the_content_is_hidden_until_asked_for(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL, address="https://youtu.be/dQw4w9WgXcQ")
    desk.by(CY)
    page = text_of(signed_in(CY).get(page_of(reference)))
    for name in ("evidence_inside", "supports_opposite", "less_intrusive", "policy_clause"):
        assert f"My answer on {name}." in page
    assert "Before you decide" in page
    address = page.index("https://youtu.be/dQw4w9WgXcQ")
    assert page.rindex("<details", 0, address) > page.rfind("</details>", 0, address)
    assert 'href="https://youtu.be' not in page


def test_without_choice_or_reason_both_are_named_at_once(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    refused = fill(signed_in(CY), page_of(reference))
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Select what you decide" in page
    assert "E-ADM-46" in page
    assert row(reference).state == State.AWAITING_APPROVAL


def test_an_unknown_decision_is_refused_and_the_reason_is_kept(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    refused = fill(signed_in(CY), page_of(reference), decision="destroy", reason="Kept words.")
    assert refused.status_code == 422
    assert "Kept words." in text_of(refused)


@pytest.mark.parametrize("reason", ["a\0b", "x" * 10_001])
def test_a_reason_that_cannot_be_kept_is_refused(desk: Desk, reason: str) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    client = signed_in(CY)
    refused = fill(client, page_of(reference), decision="approve", reason=reason)
    assert refused.status_code == 422
    assert row(reference).state == State.AWAITING_APPROVAL


def test_whoever_assessed_it_is_asked_to_fetch_a_second_officer(desk: Desk) -> None:
    reference = desk.log()
    desk.do(reference, "submit_by_cy")
    told = signed_in(CY).get(page_of(reference))
    assert told.status_code == 403
    assert "E-TWO-01" in text_of(told)
    assert f"/referrals/{reference}/" in text_of(told)


def test_an_officer_without_the_role_is_refused(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    assert "E-WHO-02" in text_of(signed_in(ADA).get(page_of(reference)))


def _waiting(desk: Desk, *, terms: bool) -> str:
    reference = desk.log()
    child = assessment(child=Child.LIKELY, child_interests="To be left alone.")
    made = terms_only() if terms else child
    assessments.submit(reference, made, acting=desk.by(BO))
    return reference


@pytest.mark.parametrize(
    ("terms", "officer", "rule"), [(True, CY, "E-TWO-02"), (False, GUS, "E-CHD-74")]
)
def test_who_may_not_approve_is_told_first_and_may_still_return_it(
    desk: Desk, terms: bool, officer: Officer, rule: str
) -> None:
    reference = _waiting(desk, terms=terms)
    desk.by(officer)
    client = signed_in(officer)
    opened = text_of(client.get(page_of(reference)))
    assert rule in opened
    assert 'value="approve"' not in opened
    assert 'value="return"' in opened
    refused = fill(client, page_of(reference), decision="approve", reason="Why not.")
    assert refused.status_code == 403
    assert text_of(refused).count(rule) == 2
    assert "Why not." in text_of(refused)
    done = fill(client, page_of(reference), decision="return", reason="Look again.")
    assert done.status_code == 302
    assert row(reference).state == State.RETURNED


def test_a_senior_approver_is_not_warned(desk: Desk) -> None:
    reference = _waiting(desk, terms=True)
    desk.by(SAM)
    page = text_of(signed_in(SAM).get(page_of(reference)))
    assert "E-TWO-02" not in page
    assert 'value="approve"' in page


def test_of_two_approvers_one_wins_and_the_other_is_told_who_decided_what(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(SAM)
    sam = signed_in(SAM)
    answers = {"decision": "refuse", "reason": "My reasons against."}
    sent = carried(sam.get(page_of(reference))) | answers
    desk.do(reference, "approve")
    told = sam.post(page_of(reference), sent)
    page = text_of(told)
    assert told.status_code == 409
    assert "E-MOVE-02" in page
    assert "Last decision: Approved, by Cy" in page
    assert "My reasons against." in page
    assert f'href="/referrals/{reference}/"' in page
    assert row(reference).state == State.APPROVED


def test_a_newer_version_is_looked_at_before_it_is_approved(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    client = signed_in(CY)
    sent = carried(client.get(page_of(reference))) | {"decision": "approve", "reason": "Good."}
    changed = assessment(necessity="Another reasoning.")
    assessments.submit(reference, changed, acting=desk.by(BO))
    told = client.post(page_of(reference), sent)
    assert told.status_code == 409
    assert "E-MOVE-02" in text_of(told)
    assert "Another reasoning." in text_of(told)
    assert row(reference).state == State.AWAITING_APPROVAL
    done = client.post(page_of(reference), carried(told) | {"decision": "approve", "reason": "OK."})
    assert done.status_code == 302


def test_a_decision_sent_twice_is_made_once(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    client = signed_in(CY)
    sent = carried(client.get(page_of(reference))) | {"decision": "approve", "reason": "Good."}
    assert client.post(page_of(reference), sent).status_code == 302
    assert client.post(page_of(reference), sent).status_code == 302
    assert row(reference).decisionrows.count() == 1


def test_many_assessments_take_no_more_queries(desk: Desk) -> None:
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.by(CY)
    client = signed_in(CY)
    client.get(page_of(reference))
    few = queries_of(lambda: client.get(page_of(reference)))
    desk.do(reference, *["return", "submit"] * 5)
    assert queries_of(lambda: client.get(page_of(reference))) == few <= 28
