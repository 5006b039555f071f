"""What came back and what a person saw; only both together are a removal."""

import json
import re
from datetime import timedelta

import pytest

from evenhand.queries import referral as referrals
from evenhand.rules.answers import DSA, Outcome, PlatformStatus, Seen, WhyDeclined
from evenhand.rules.referrals import State
from evenhand.web.answers.forms import AnswerForm
from evenhand.web.answers.present import ANSWERS, OUTCOME_HINTS, SEEN_HINTS
from tests.actions.test_platform_links import STATEMENT
from tests.builders import ADA, OLA, as_reader
from tests.journeys import Desk, row
from tests.web.filling import carried, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def answer(reference: str) -> str:
    return f"/referrals/{reference}/answer/"


def check(reference: str) -> str:
    return f"/referrals/{reference}/check/"


def test_every_outcome_and_every_sight_is_explained() -> None:
    assert set(OUTCOME_HINTS) == set(Outcome)
    assert set(SEEN_HINTS) == set(Seen)
    assert {it.value for it in ANSWERS} == {"acknowledged", *Outcome}


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.REINSTATED}))
def test_an_answer_is_recorded_with_the_platforms_own_words(desk: Desk, outcome: str) -> None:
    reference = desk.brought_to(State.SENT)
    done = fill(
        signed_in(ADA),
        answer(reference),
        said=outcome,
        their_reference="T-1",
        ground_relied_on="Our rules <3",
        facts="They say so.",
        redress="  ",
    )
    assert done.status_code == 302
    assert row(reference).platform_status == outcome
    (recorded,) = referrals.one(reference, acting=as_reader(ADA)).answers
    assert recorded.their_reference == "T-1"
    assert recorded.ground_relied_on == "Our rules <3"
    assert recorded.statement_of_reasons == {"facts": "They say so."}


def test_why_the_platform_declined_is_asked_on_the_page_and_recorded(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    page = text_of(client.get(answer(reference)))
    asked = set(re.findall(r'name="([a-z_]+)"', page))
    assert set(AnswerForm().fields) <= asked
    fill(client, answer(reference), said="declined", why_declined="imprecise")
    (recorded,) = referrals.one(reference, acting=as_reader(ADA)).answers
    assert recorded.why_declined is WhyDeclined.IMPRECISE


def test_a_statement_for_the_transparency_database_is_kept_and_told_in_words(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    given = {"said": "restricted_in_full", "facts": "They say so."}
    wrong = fill(client, answer(reference), **given, statement='{"puid": 1}')
    assert wrong.status_code == 422
    assert "E-ANS-03" in text_of(wrong)
    fill(client, answer(reference), **given, statement=json.dumps(STATEMENT))
    (recorded,) = referrals.one(reference, acting=as_reader(ADA)).answers
    assert recorded.statement_of_reasons == {"facts": "They say so.", DSA: STATEMENT}
    page = text_of(client.get(f"/referrals/{reference}/"))
    assert "Statement for the DSA Transparency Database" in page
    assert "Removal of content (DECISION_VISIBILITY_CONTENT_REMOVED)" in page


def test_an_acknowledgement_is_not_a_decision(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    fill(signed_in(ADA), answer(reference), said="acknowledged")
    assert row(reference).state == State.ACKNOWLEDGED
    (recorded,) = referrals.one(reference, acting=as_reader(ADA)).answers
    assert recorded.outcome is None
    assert recorded.statement_of_reasons is None


def test_only_a_restriction_that_a_person_saw_is_a_removal_and_a_reinstatement_ends_it(
    desk: Desk,
) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    fill(client, answer(reference), said="restricted_in_full")
    assert "If you see it gone, it is a removal." in text_of(client.get(check(reference)))
    assert not row(reference).is_removal
    fill(client, check(reference), seen="not_visible")
    assert row(reference).is_removal
    desk.do(reference, "close")
    fill(client, answer(reference), said="reinstated")
    assert row(reference).platform_status == PlatformStatus.REINSTATED
    assert not row(reference).is_removal


@pytest.mark.parametrize("outcome", ["already_gone", "gone_reason_unknown"])
def test_what_was_gone_anyway_is_never_a_removal(desk: Desk, outcome: str) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    fill(client, answer(reference), said=outcome)
    assert "so this is no removal" in text_of(client.get(check(reference)))
    fill(client, check(reference), seen="not_visible")
    assert not row(reference).is_removal


@pytest.mark.parametrize("seen", sorted(Seen))
def test_what_a_person_saw_is_recorded(desk: Desk, seen: str) -> None:
    reference = desk.brought_to(State.DECIDED)
    done = fill(signed_in(ADA), check(reference), seen=seen)
    assert done.status_code == 302
    assert row(reference).last_seen == seen


def test_the_address_to_look_at_is_hidden_until_asked_for_and_never_a_link(desk: Desk) -> None:
    reference = desk.brought_to(State.DECIDED, address="https://youtu.be/dQw4w9WgXcQ")
    page = text_of(signed_in(ADA).get(check(reference)))
    address = page.index("https://youtu.be/dQw4w9WgXcQ")
    assert page.rindex("<details", 0, address) > page.rfind("</details>", 0, address)
    assert 'href="https://youtu.be' not in page


def test_a_reinstatement_of_what_was_not_restricted_is_refused_on_the_form(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    refused = fill(signed_in(ADA), answer(reference), said="reinstated", their_reference="T-9")
    assert refused.status_code == 422
    assert "E-ANS-02" in text_of(refused)
    assert 'value="T-9"' in text_of(refused)


@pytest.mark.parametrize("state", [State.CLOSED])
def test_on_a_closed_referral_only_a_reinstatement_is_recorded(desk: Desk, state: State) -> None:
    reference = desk.brought_to(state)
    refused = fill(signed_in(ADA), answer(reference), said="declined")
    assert refused.status_code == 409
    assert "E-MOVE-01" in text_of(refused)


@pytest.mark.parametrize("page", [answer, check])
def test_before_it_was_sent_there_is_nothing_to_record(desk: Desk, page: object) -> None:
    reference = desk.brought_to(State.APPROVED)
    told = signed_in(ADA).get(page(reference))  # type: ignore[operator]
    assert told.status_code == 409
    assert "E-MOVE-01" in text_of(told)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"said": "none_of_these"},
        {"said": "declined", "their_reference": "x" * 501},
        {"said": "declined", "ground_relied_on": "\0"},
        {"said": "declined", "facts": "x" * 2001},
        {"said": "declined", "their_reference": "two\nlines"},
    ],
)
def test_an_answer_that_cannot_be_used_changes_nothing(desk: Desk, answers: dict[str, str]) -> None:
    reference = desk.brought_to(State.SENT)
    refused = fill(signed_in(ADA), answer(reference), **answers)
    assert refused.status_code == 422
    assert "There is a problem" in text_of(refused)
    assert row(reference).state == State.SENT


def test_an_answer_sent_twice_is_recorded_once(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    sent = carried(client.get(answer(reference))) | {"said": "declined"}
    client.post(answer(reference), sent)
    assert client.post(answer(reference), sent).status_code == 302
    assert row(reference).answerrows.count() == 1


def test_a_stale_answer_is_told_and_kept(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    answers = {"said": "declined", "ground_relied_on": "Their words."}
    sent = carried(client.get(answer(reference))) | answers
    desk.do(reference, "acknowledge")
    told = client.post(answer(reference), sent)
    assert told.status_code == 409
    assert "E-MOVE-02" in text_of(told)
    assert "Their words." in text_of(told)


@pytest.mark.parametrize("page", [answer, check])
def test_an_overseer_records_nothing(desk: Desk, page: object) -> None:
    reference = desk.brought_to(State.DECIDED)
    desk.by(OLA)
    assert signed_in(OLA).get(page(reference)).status_code == 403  # type: ignore[operator]


@pytest.mark.parametrize("page", [answer, check])
def test_many_answers_take_no_more_queries(desk: Desk, page: object) -> None:
    reference = desk.brought_to(State.DECIDED)
    client = signed_in(ADA)
    there = page(reference)  # type: ignore[operator]
    client.get(there)
    few = queries_of(lambda: client.get(there))
    desk.do(reference, *["declined"] * 10)
    assert queries_of(lambda: client.get(there)) == few <= 26


@pytest.mark.parametrize(
    ("state", "offered", "left_out"),
    [
        (State.SENT, ["acknowledged", "declined"], ["reinstated"]),
        (State.DECIDED, ["declined", "reinstated"], ["acknowledged"]),
        (State.CLOSED, ["reinstated"], ["acknowledged", "declined"]),
    ],
)
def test_only_what_can_be_true_now_is_offered(
    desk: Desk, state: State, offered: list[str], left_out: list[str]
) -> None:
    reference = desk.brought_to(state)
    page = text_of(signed_in(ADA).get(answer(reference)))
    for said in offered:
        assert f'value="{said}"' in page
    for said in left_out:
        assert f'value="{said}"' not in page
