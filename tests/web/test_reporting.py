"""The reporting door: anyone may use it, it tracks nobody, and it bears floods and guesses."""

import re
import time
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from evenhand.rules.public_doors import LIMITS, Door
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.machinery import DraftRow, KnockRow, RepeatRow
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from tests.web.filling import invalid_html
from tests.web.people import queries_of, text_of

pytestmark = pytest.mark.django_db
PAGE, RECEIPT = "/public/report", "/public/report/receipt"
SIGN = re.compile(r'name="submission" value="([^"]+)"')
NUMBER = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}\b")
RECEIPTS = (
    RECEIPT,
    "/public/challenge/receipt",
    "/public/foi/receipt",
    "/public/rights/receipt",
)
TOLD = {
    "danger_now": "no",
    "worry": "violence",
    "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "public_without_login": "yes",
    "why": "Somebody says they will burn the corner shop down.",
    "email": "quilla@mailbox.example",
}


def sign_of(client: Client, *, ago: timedelta = timedelta(minutes=1)) -> str:
    """Open the page, so long ago, and give the sign of its form."""
    then = time.time() - ago.total_seconds()
    with patch("django.core.signing.time.time", return_value=then):
        found = SIGN.search(text_of(client.get(PAGE)))
    assert found
    return found[1]


def sent(client: Client, *, sign: str = "", **changes: str) -> Any:
    return client.post(PAGE, {**TOLD, "submission": sign or sign_of(client), **changes})


def receipt_in(response: Any) -> str:
    found = NUMBER.findall(text_of(response))
    assert len(set(found)) == 1
    return str(found[0])


def test_anyone_reports_and_gets_a_receipt_that_says_how_it_stands(client: Client) -> None:
    response = sent(client)
    assert (response.status_code, invalid_html(response)) == (200, [])
    number = receipt_in(response)
    assert "Ring 999 now" not in text_of(response)
    assert PublicReportRow.objects.get().standing == "waiting"
    assert ReporterContactRow.objects.count() == 1
    looked_up = client.post(RECEIPT, {"receipt": number.lower()})
    assert (looked_up.status_code, invalid_html(looked_up)) == (200, [])
    page = text_of(looked_up)
    assert "no officer has opened it yet" in page
    for word in ("youtube", "corner shop", "quilla", "Threats"):
        assert word not in page


def test_whoever_says_that_somebody_is_in_danger_is_told_to_ring_999(client: Client) -> None:
    assert "Ring 999 now" in text_of(sent(client, danger_now="yes", email=""))
    assert PublicReportRow.objects.get().danger_now
    assert not ReporterContactRow.objects.exists()


def test_nobody_is_tracked(client: Client) -> None:
    sent(client)
    client.post(RECEIPT, {"receipt": "7KQ2-M9XA-4TRB-W8CE"})
    assert set(client.cookies) == {"evenhand_form"}
    assert not {*DraftRow.objects.all(), *RepeatRow.objects.all()}
    assert all(len(it.caller) == 32 for it in KnockRow.objects.all())
    page = text_of(client.get(PAGE))
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//(?!127)', page)


def test_a_reload_of_what_was_sent_is_the_same_report(client: Client) -> None:
    sign = sign_of(client)
    assert receipt_in(sent(client, sign=sign)) == receipt_in(sent(client, sign=sign))
    assert PublicReportRow.objects.count() == 1


def test_of_child_sexual_abuse_imagery_the_page_leads_away_and_keeps_nothing(
    client: Client,
) -> None:
    for rest in ({}, {"url": "", "why": "", "public_without_login": ""}, {"submission": "x"}):
        response = client.post(PAGE, {**TOLD, "worry": "child_abuse_imagery", **rest})
        page = text_of(response)
        assert (response.status_code, "report.iwf.org.uk" in page) == (200, True)
        assert "corner shop" not in page
    rows = PublicReportRow.objects.all()
    assert {(it.standing, it.url, it.why, it.key_id) for it in rows} == {
        ("signposted", None, None, None)
    }
    assert sorted(it.platform for it in rows) == ["other", "youtube", "youtube"]
    assert not ReporterContactRow.objects.exists()


def test_what_is_not_public_is_refused_counted_and_not_shown_again(client: Client) -> None:
    sign = sign_of(client)
    for _ in range(2):
        response = sent(
            client, sign=sign, public_without_login="no", why="Words of a closed group."
        )
        assert response.status_code == 422
        assert "closed group" not in text_of(response)
        assert "E-PRIV-72" in text_of(response)
    private = sent(client, url="https://t.me/+AbCdEfGhIjKlMnOp")
    assert (private.status_code, "E-URL-06" in text_of(private)) == (422, True)
    assert {it.rule: it.count for it in RefusedIntakeRow.objects.all()} == {
        "E-PRIV-72": 1,
        "E-URL-06": 1,
    }
    assert not PublicReportRow.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"worry": ""}, "Select what you are worried about"),
        ({"worry": "gossip"}, "Select one of the answers"),
        ({"url": ""}, "Enter the address of the content"),
        ({"url": "no address"}, "There is a space inside the address"),
        ({"url": "javascript:alert(1)"}, "E-URL-02"),
        ({"why": " "}, "Say what it is"),
        ({"why": "x" * 4_001}, "4,000 characters or fewer"),
        ({"why": "a\0b"}, "cannot be stored"),
        ({"email": "nobody"}, "E-PREP-01"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "must be on one line"),
        ({"danger_now": ""}, "Select yes if somebody is in danger now"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_the_answers_are_shown_again(
    client: Client, changes: dict[str, str], says: str
) -> None:
    response = sent(client, **changes)
    assert (response.status_code, invalid_html(response)) == (422, [])
    page = text_of(response)
    assert says in page
    assert "<title>Error: " in page
    if "why" not in changes:
        assert "burn the corner shop down" in page
    assert not PublicReportRow.objects.exists()


@pytest.mark.parametrize(
    ("ago", "rule"), [(timedelta(0), "E-DOOR-02"), (timedelta(hours=25), "E-DOOR-03")]
)
def test_a_form_that_comes_back_too_soon_or_too_late_is_asked_again(
    client: Client, ago: timedelta, rule: str
) -> None:
    response = sent(client, sign=sign_of(client, ago=ago))
    assert (response.status_code, rule in text_of(response)) == (422, True)
    assert not PublicReportRow.objects.exists()


@pytest.mark.parametrize("sign", ["x", "a:b:c", "00000000000000000000000000000000:1vP8:forged"])
def test_a_form_with_a_sign_that_this_desk_never_made_is_not_taken(
    client: Client, sign: str
) -> None:
    response = sent(client, sign=sign)
    assert (response.status_code, "E-DOOR-03" in text_of(response)) == (422, True)


def test_a_flood_from_one_place_is_kept_out_and_others_are_let_in(client: Client) -> None:
    for _ in range(LIMITS[Door.REPORT].from_one_place):
        assert sent(client).status_code == 200
    refused = sent(client)
    assert (refused.status_code, "E-DOOR-01" in text_of(refused)) == (429, True)
    for changes in ({"worry": "child_abuse_imagery"}, {"public_without_login": "no"}):
        assert sent(client, **changes).status_code == 429
    assert sent(Client(REMOTE_ADDR="198.51.100.7")).status_code == 200
    assert PublicReportRow.objects.count() == LIMITS[Door.REPORT].from_one_place + 1


def test_whoever_guesses_receipts_learns_nothing_and_is_kept_out(client: Client) -> None:
    number = receipt_in(sent(client))
    guesses = ("", "222222222222222Z", "7KQ2-M9XA-4TRB-W8CE")
    wrong = [client.post(RECEIPT, {"receipt": it}) for it in guesses]
    assert [it.status_code for it in wrong] == [422, 404, 404]
    # What was typed is shown again; beside it no byte tells one wrong number from another.
    pages = {re.sub(r'value="[^"]*"', "", text_of(it)) for it in wrong[1:]}
    assert len(pages) == 1
    for _ in range(LIMITS[Door.RECEIPT].from_one_place):
        client.post(RECEIPT, {"receipt": "7KQ2-M9XA-4TRB-W8CE"})
    assert client.post(RECEIPT, {"receipt": number}).status_code == 429


def test_a_form_from_elsewhere_is_not_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(PAGE, {**TOLD, "submission": sign_of(client)}).status_code == 403
    assert not PublicReportRow.objects.exists()


def test_a_report_in_welsh_is_answered_in_welsh() -> None:
    client = Client(headers={"Accept-Language": "cy"})
    assert "Daeth eich adroddiad i law" in text_of(sent(client))
    assert ReporterContactRow.objects.get().language == "cy"
    wrong = text_of(sent(client, url="https://www.youtube.com/"))
    assert "Tudalen flaen platfform yw hon" in wrong


@pytest.mark.parametrize("page", RECEIPTS)
def test_a_wrong_receipt_number_is_told_what_is_wrong_and_where_else_to_look(
    client: Client, page: str
) -> None:
    number = receipt_in(sent(client))
    for typed, status, says in (
        (number[:-1], 422, "A receipt number has 16 letters and digits, and this has 15."),
        (f"{number[:-1]}0", 422, "There is no 0 in any receipt number."),
        ("7KQ2 m9xa 4trb w8ce", 404, "that we still have has this receipt number."),
    ):
        response = client.post(page, {"receipt": typed})
        text = text_of(response)
        assert (response.status_code, invalid_html(response)) == (status, [])
        assert says in text
        assert typed in text
        assert "list of requests" not in text
        others = {it for it in RECEIPTS if f'href="{it}"' in text}
        assert others == set(RECEIPTS) - {page}


def test_the_pages_ask_the_database_little(client: Client) -> None:
    sign = sign_of(client)
    assert queries_of(lambda: client.get(PAGE)) == 0
    assert queries_of(lambda: sent(client, sign=sign)) < 30
    assert queries_of(lambda: client.post(RECEIPT, {"receipt": "7KQ2-M9XA-4TRB-W8CE"})) < 12
    assert queries_of(lambda: client.post(RECEIPT, {"receipt": "x"})) == 0


def test_a_report_from_a_welsh_address_gets_a_welsh_receipt_that_leads_on_in_welsh(
    client: Client,
) -> None:
    response = client.post(f"{PAGE}?language=cy", {**TOLD, "submission": sign_of(client)})
    assert "Daeth eich adroddiad i law" in text_of(response)
    assert ReporterContactRow.objects.get().language == "cy"
    assert f'href="{RECEIPT}?language=cy"' in text_of(response)
    shown = client.post(f"{RECEIPT}?language=cy", {"receipt": receipt_in(response)})
    assert '<html lang="cy"' in text_of(shown)
    assert f'href="{RECEIPT}?language=cy"' in text_of(shown)
