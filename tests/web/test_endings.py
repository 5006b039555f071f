"""Closing, withdrawing and reopening: once, for a reason, on the version that was seen."""

from datetime import timedelta

import pytest

from evenhand.queries import referral as referrals
from evenhand.rules.referrals import State
from tests.builders import ADA, CY, DEE, OLA, as_reader
from tests.journeys import Desk, row
from tests.web.filling import carried, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def address(reference: str, act: str) -> str:
    return f"/referrals/{reference}/{act}/"


@pytest.mark.parametrize(
    ("act", "before", "after", "said"),
    [
        ("close", State.CHECKED, State.CLOSED, "The referral is closed."),
        ("close", State.UNDELIVERABLE, State.CLOSED, "The referral is closed."),
        ("withdraw", State.SENT, State.WITHDRAWN, "The referral is withdrawn."),
        ("reopen", State.CLOSED, State.REOPENED, "The referral is open again."),
    ],
)
def test_an_ending_is_made_for_a_reason_and_said(
    desk: Desk, act: str, before: State, after: State, said: str
) -> None:
    reference = desk.brought_to(before)
    client = signed_in(CY)
    done = fill(client, address(reference, act), reason="There is nothing more to do.")
    assert done.status_code == 302
    assert row(reference).state == after
    page = text_of(client.get(done["Location"]))
    assert said in page
    assert "There is nothing more to do." in page


@pytest.mark.parametrize("act", ["close", "withdraw"])
def test_without_a_reason_nothing_ends_and_the_rule_is_named(desk: Desk, act: str) -> None:
    reference = desk.brought_to(State.CHECKED)
    refused = fill(signed_in(ADA), address(reference, act), reason="  \n ")
    assert refused.status_code == 422
    assert "E-ADM-46" in text_of(refused)
    assert f'<a href="#id_reason">Enter why you {act} it</a>' in text_of(refused)
    assert row(reference).state == State.CHECKED


@pytest.mark.parametrize(("reason", "rule"), [("a\0b", "E-TEXT-03"), ("x" * 10_001, "E-TEXT-02")])
def test_a_reason_that_cannot_be_kept_exactly_is_refused(
    desk: Desk, reason: str, rule: str
) -> None:
    reference = desk.brought_to(State.CHECKED)
    refused = fill(signed_in(ADA), address(reference, "close"), reason=reason)
    assert refused.status_code == 422
    assert rule in text_of(refused)


@pytest.mark.parametrize("reason", ["<b>no</b> 'x' \u202etxt 🎷", "שלום — مرحبا\n\n two lines "])
def test_a_strange_reason_is_kept_exactly_and_shown_escaped(desk: Desk, reason: str) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    fill(client, address(reference, "close"), reason=reason)
    from django.utils.html import escape

    assert referrals.one(reference, acting=as_reader(ADA)).moves[-1].reason == reason
    shown = escape(reason).replace("\u202e", '<span class="eh-sign">U+202E</span>')
    assert shown in text_of(client.get(f"/referrals/{reference}/"))


def test_a_form_sent_twice_ends_it_once(desk: Desk) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    sent = carried(client.get(address(reference, "close"))) | {"reason": "Done."}
    first = client.post(address(reference, "close"), sent)
    version = row(reference).version
    second = client.post(address(reference, "close"), sent)
    assert second.status_code == first.status_code == 302
    assert second["Location"] == first["Location"]
    assert row(reference).version == version


def test_what_changed_meanwhile_is_told_and_can_then_be_sent_again(desk: Desk) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    sent = carried(client.get(address(reference, "close"))) | {"reason": "I looked at it."}
    desk.do(reference, "look_visible")
    told = client.post(address(reference, "close"), sent)
    assert told.status_code == 409
    assert "E-MOVE-02" in text_of(told)
    assert "I looked at it." in text_of(told)
    again = client.post(address(reference, "close"), carried(told) | {"reason": "I looked at it."})
    assert again.status_code == 302
    assert row(reference).state == State.CLOSED


def test_what_cannot_be_done_any_more_says_what_happened_and_gives_the_words_back(
    desk: Desk,
) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    sent = carried(client.get(address(reference, "close"))) | {"reason": "My long words."}
    desk.do(reference, "close")
    told = client.post(address(reference, "close"), sent)
    page = text_of(told)
    assert told.status_code == 409
    assert "E-MOVE-02" in page
    assert "It is “Closed” since" in page
    assert "My long words." in page
    assert f'href="/referrals/{reference}/"' in page


def test_a_page_out_of_order_says_so_with_the_rule(desk: Desk) -> None:
    reference = desk.brought_to(State.LOGGED)
    told = signed_in(ADA).get(address(reference, "close"))
    assert told.status_code == 409
    assert "E-MOVE-01" in text_of(told)


@pytest.mark.parametrize("version", ["", "x", "1e9", "9" * 40, "-1", "\0"])
def test_a_version_that_is_none_is_refused(desk: Desk, version: str) -> None:
    reference = desk.brought_to(State.CHECKED)
    refused = fill(signed_in(ADA), address(reference, "close"), reason="Done.", version=version)
    assert refused.status_code == 422
    assert row(reference).state == State.CHECKED


@pytest.mark.parametrize(("act", "who"), [("reopen", ADA), ("close", OLA), ("withdraw", DEE)])
def test_who_may_not_is_told_by_the_rule(desk: Desk, act: str, who: object) -> None:
    reference = desk.brought_to(State.CHECKED)
    desk.by(who)  # type: ignore[arg-type]
    refused = signed_in(who).get(address(reference, act))  # type: ignore[arg-type]
    assert refused.status_code == 403
    assert "E-WHO-02" in text_of(refused)


def test_an_unknown_referral_has_no_page(desk: Desk) -> None:
    desk.by(ADA)
    assert signed_in(ADA).get("/referrals/2026-999999/close/").status_code == 404
    assert signed_in(ADA).get("/referrals/nothing/close/").status_code == 404


def test_a_long_life_takes_no_more_queries(desk: Desk) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    client.get(address(reference, "close"))
    few = queries_of(lambda: client.get(address(reference, "close")))
    desk.do(reference, *["look_visible"] * 10)
    assert queries_of(lambda: client.get(address(reference, "close"))) == few <= 26


def test_cancelling_leads_back_to_the_referral(desk: Desk) -> None:
    reference = desk.brought_to(State.CHECKED)
    page = text_of(signed_in(ADA).get(address(reference, "close")))
    assert f'href="/referrals/{reference}/">Cancel</a>' in page
    assert 'href=""' not in page


def test_what_a_colleague_did_meanwhile_is_told_once_and_with_their_name(desk: Desk) -> None:
    reference = desk.brought_to(State.CHECKED)
    client = signed_in(ADA)
    sent = carried(client.get(address(reference, "close"))) | {"reason": "Nothing more to do."}
    desk.do(reference, "close")
    told = text_of(client.post(address(reference, "close"), sent))
    assert "E-MOVE-02" in told
    assert "E-MOVE-01" not in told
    assert "It is “Closed” since" in told
    assert "by Ada" in told
    assert "Nothing more to do." in told
