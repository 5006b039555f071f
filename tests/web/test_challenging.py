"""The poster's door: answered later and alike, floods and guesses borne; and what officers see."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.actions import posters
from evenhand.actions.drafts import drop_everyones
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.public_doors import LIMITS, Door
from evenhand.rules.referrals import State
from evenhand.store.challenges import AskingRow, ChallengeRow
from evenhand.store.machinery import DraftRow, KnockRow, RepeatRow
from tests.actions.test_sheets import CLIP, sign_off
from tests.builders import ADA, BO, CY, DEE, GUS
from tests.journeys import Desk, challenged, row
from tests.web import test_drafting as later
from tests.web.filling import fill, invalid_html
from tests.web.people import queries_of, signed_in, text_of
from tests.web.test_reporting import NUMBER, receipt_in, sign_of

pytestmark = pytest.mark.django_db
PAGE, RECEIPT, WORDS = "/public/challenge", "/public/challenge/receipt", "/public/challenge/words"
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
NOT_OURS = "https://www.youtube.com/watch?v=aaaaaaaaaaa"


def ask(client: Client, address: str = ADDRESS, *, sign: str = "") -> Any:
    return client.post(PAGE, {"url": address, "submission": sign or sign_of(client)})


def sent(desk: Desk) -> str:
    return desk.brought_to(State.SENT, address=ADDRESS)


def long_ago() -> Desk:
    return Desk(now=timezone.now() - timedelta(days=60))


def answered(client: Client, address: str) -> str:
    """Have somebody ask a week ago, and be answered; give the receipt number."""
    then = timezone.now() - timedelta(days=7)
    number = receipt_in(ask(client, address))
    ref = AskingRow.objects.order_by("-day").first()
    assert ref
    posters.answer_due(acting=Acting(WORKER, then + timedelta(days=14)))
    return number


def without_numbers(response: Any) -> str:
    page = NUMBER.sub("NUMBER", text_of(response))
    page = re.sub(r'name="(?:submission|csrfmiddlewaretoken)" value="[^"]+"', "", page)
    return re.sub(r"nonce[^ ]+", "", page)


def test_the_page_says_the_same_whether_the_desk_has_it_or_not(client: Client) -> None:
    sent(long_ago())
    assert invalid_html(client.get(PAGE)) == []
    ours, not_ours = ask(client, ADDRESS), ask(client, NOT_OURS)
    assert (ours.status_code, invalid_html(ours)) == (200, [])
    assert without_numbers(ours) == without_numbers(not_ours)
    first, second = (client.post(RECEIPT, {"receipt": receipt_in(it)}) for it in (ours, not_ours))
    assert invalid_html(first) == []
    assert without_numbers(first) == without_numbers(second)
    assert "There is no answer yet" in text_of(first)
    asking = (lambda: ask(client, ADDRESS)), (lambda: ask(client, NOT_OURS))
    assert queries_of(asking[0]) == queries_of(asking[1])


def test_what_is_ours_is_told_with_its_ground_and_can_be_challenged(client: Client) -> None:
    reference = sent(long_ago())
    number = answered(client, ADDRESS)
    page = client.post(RECEIPT, {"receipt": number})
    assert (page.status_code, invalid_html(page)) == (200, [])
    told = text_of(page)
    assert "This desk asked the platform" in told
    assert "against the platform’s own terms" in told
    assert reference not in told
    sign = re.findall(r'name="submission" value="([^"]+)"', told)[0]
    said = {"receipt": number, "words": "It was a song.", "submission": sign}
    with patch("evenhand.rules.public_doors.LEAST_TIME", timedelta()):
        done = client.post(WORDS, said)
    assert (done.status_code, invalid_html(done)) == (200, [])
    assert "Your challenge was received" in text_of(done)
    assert row(reference).state == State.UNDER_CHALLENGE
    again = client.post(WORDS, said)
    assert again.status_code in {409, 422}
    assert ChallengeRow.objects.count() == 1
    assert "It waits for an officer" in text_of(client.post(RECEIPT, {"receipt": number}))
    assert "Challenges since this desk was opened: 1." in text_of(client.get(PAGE))


def test_what_is_not_ours_and_what_may_not_be_told_has_one_answer(client: Client) -> None:
    from tests.actions.test_posters import withheld

    desk = Desk(now=timezone.now() - timedelta(days=10))
    withheld(desk, sent(desk), days=80)
    pages = [client.post(RECEIPT, {"receipt": answered(client, it)}) for it in (ADDRESS, NOT_OURS)]
    assert "Either we did not, or the law does not let us say" in text_of(pages[0])
    assert without_numbers(pages[0]) == without_numbers(pages[1])
    assert 'name="words"' not in text_of(pages[0])


def test_guesses_get_one_answer_and_are_bounded(client: Client) -> None:
    sent(long_ago())
    waiting = receipt_in(ask(client, ADDRESS))
    guess = "2222-2222-2222-2222"
    for number in (guess, waiting):
        response = client.post(
            WORDS, {"receipt": number, "words": "Me.", "submission": sign_of(client)}
        )
        assert response.status_code == 404
        assert "No question that we still have has this receipt number" in text_of(response)
    assert client.post(RECEIPT, {"receipt": guess}).status_code == 404
    most = LIMITS[Door.RECEIPT].from_one_place
    codes = [client.post(RECEIPT, {"receipt": guess}).status_code for _ in range(most)]
    assert (codes[0], codes[-1]) == (404, 429)


def test_the_eleventh_question_within_an_hour_waits(client: Client) -> None:
    for number in range(10):
        address = f"https://www.youtube.com/watch?v=aaaaaaaaaa{number}"
        assert ask(client, address).status_code == 200
    refused = ask(client, ADDRESS)
    assert (refused.status_code, "E-DOOR-01" in text_of(refused)) == (429, True)
    assert AskingRow.objects.count() == 10


def test_a_form_sent_twice_too_fast_or_empty_is_no_second_question(client: Client) -> None:
    sign = sign_of(client)
    first, second = ask(client, sign=sign), ask(client, sign=sign)
    assert receipt_in(first) == receipt_in(second)
    assert AskingRow.objects.count() == 1
    fast = ask(client, NOT_OURS, sign=sign_of(client, ago=timedelta(seconds=1)))
    assert (fast.status_code, "E-DOOR-02" in text_of(fast)) == (422, True)
    for page, said in ((PAGE, {"url": ""}), (RECEIPT, {"receipt": ""}), (WORDS, {"words": ""})):
        wrong = client.post(page, said)
        assert (wrong.status_code, invalid_html(wrong)) == (422, [])
    assert invalid_html(client.get(WORDS)) == []
    assert invalid_html(client.get(RECEIPT)) == []


def test_no_asker_is_tracked_and_no_address_kept(client: Client) -> None:
    ask(client)
    assert set(client.cookies) == {"evenhand_form"}
    assert not {*DraftRow.objects.all(), *RepeatRow.objects.all()}
    assert all(len(it.caller) == 32 for it in KnockRow.objects.all())
    kept = AskingRow.objects.get()
    assert b"youtube" not in bytes(kept.content) + bytes(kept.receipt)


def test_an_approver_settles_and_whoever_had_a_part_sees_why_not() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=10))
    reference = desk.brought_to(State.CHECKED)
    challenge = challenged(desk, reference)
    for officer in (CY, GUS):
        desk.by(officer)
    client = signed_in(CY)
    assert "You worked on it" in text_of(client.get("/challenges/"))
    page = client.get(f"/challenges/{challenge}/")
    assert "You have worked on this referral" in text_of(page)
    assert "Challenges to settle" not in text_of(client.get("/"))
    client = signed_in(GUS)
    assert "Challenges to settle" in text_of(client.get("/"))
    listed = client.get("/challenges/")
    assert (reference in text_of(listed), invalid_html(listed)) == (True, [])
    page = client.get(f"/challenges/{challenge}/")
    assert ("It was a song." in text_of(page), invalid_html(page)) == (True, [])
    empty = client.post(f"/challenges/{challenge}/", {"submission": "x"})
    assert empty.status_code == 422
    said = {"outcome": "upheld", "reasons": "Satire.", "told": "You are right.", "submission": "y"}
    done = client.post(f"/challenges/{challenge}/", said)
    assert done.status_code == 302
    assert row(reference).state == State.WITHDRAWN
    assert "You are right." in text_of(client.get(f"/challenges/{challenge}/"))
    assert "Nothing waits here" in text_of(client.get("/challenges/"))


def test_words_kept_about_a_challenge_go_with_its_referral() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=10))
    reference = desk.brought_to(State.CHECKED)
    place = f"/challenges/{challenged(desk, reference)}/"
    desk.by(GUS)
    client = signed_in(GUS)
    said = {"outcome": "upheld", "reasons": "Satire.", "told": "You are right."}
    sign = later.sign_of(client, place)
    later.end_of_session(client)
    assert client.post(place, {**said, "submission": sign}).status_code == 302
    assert later.drafts() == 1
    drop_everyones(reference)
    assert later.drafts() == 0


def test_the_data_protection_officer_keeps_it_from_posters_on_a_page() -> None:
    desk = Desk(now=timezone.now() - timedelta(hours=1))
    reference = desk.brought_to(State.SENT)
    desk.by(DEE)
    client = signed_in(DEE)
    page = client.get(f"/referrals/{reference}/posters/")
    assert (page.status_code, invalid_html(page)) == (200, [])
    until = timezone.localdate() + timedelta(days=20)
    said = {
        "ground": "inquiry",
        "until_day": until.day,
        "until_month": until.month,
        "until_year": until.year,
        "reasons": "It would warn them.",
        "version": row(reference).version,
        "submission": "z",
    }
    done = client.post(f"/referrals/{reference}/posters/", said)
    assert done.status_code == 302
    assert "official inquiry" in text_of(client.get(f"/referrals/{reference}/posters/"))


def test_a_platform_is_told_of_a_withdrawal_on_a_page() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=330))
    reference = desk.brought_to(State.SENT)
    desk.now = timezone.now() - timedelta(hours=1)
    desk.do(reference, "withdraw")
    client = signed_in(BO)
    assert "Withdrawn, and the platform to be told" in text_of(client.get("/"))
    assert "Tell the platform that it is withdrawn" in text_of(
        client.get(f"/referrals/{reference}/")
    )
    place = f"/referrals/{reference}/withdraw/tell/"
    early = client.get(place)
    assert (early.status_code, invalid_html(early)) == (200, [])
    assert "not signed off" in text_of(early)
    desk.sign_off()
    page = client.get(place)
    assert "Please treat it as never made" in text_of(page)
    said = {"version": row(reference).version, "submission": "t"}
    assert client.post(place, said).status_code == 302
    assert row(reference).in_the_post
    assert client.get(place).status_code == 409


def test_a_platform_is_told_of_a_withdrawal_by_its_form() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=10))
    reference = desk.brought_to(State.SENT, address=CLIP.format(number="told-by-form"))
    sign_off(desk, "clipnest")
    desk.do(reference, "withdraw")
    client = signed_in(ADA)
    first = client.get(f"/referrals/{reference}/withdraw/tell/")
    assert (first.status_code, first["Location"]) == (
        302,
        f"/referrals/{reference}/withdraw/tell/form/",
    )
    page = client.get(first["Location"])
    assert (page.status_code, invalid_html(page)) == (200, [])
    assert "We withdraw what we asked you" in text_of(page)


def test_what_is_challenged_while_work_goes_on_offers_nobody_to_close_it() -> None:
    desk = long_ago()
    reference = desk.brought_to(State.REOPENED, address=ADDRESS)
    ada, place = signed_in(ADA), f"/referrals/{reference}/"
    assert f'"{place}close/"' in text_of(ada.get(place))
    challenged(desk, reference)
    shown = text_of(ada.get(place))
    assert f'"{place}close/"' not in shown
    assert "Nobody closes it until that is settled" in shown
    refused = ada.get(f"{place}close/")
    assert (refused.status_code, "E-CHAL-01" in text_of(refused)) == (409, True)


def test_the_data_protection_officer_has_posters_told_again() -> None:
    from tests.actions.test_posters import withheld

    desk = long_ago()
    reference = sent(desk)
    place = f"/referrals/{reference}/posters/"
    withheld(desk, reference, days=80)
    dee = signed_in(DEE)
    assert f'href="{place}end/"' in text_of(dee.get(place))
    page = dee.get(f"{place}end/")
    assert invalid_html(page) == []
    assert "Until" in text_of(page)
    assert fill(dee, f"{place}end/", reason="").status_code == 422
    done = fill(dee, f"{place}end/", reason="The inquiry is over.")
    assert (done.status_code, done["Location"]) == (302, f"/referrals/{reference}/")
    assert f'href="{place}end/"' not in text_of(dee.get(place))
    again = dee.get(f"{place}end/")
    assert (again.status_code, "E-CHAL-06" in text_of(again)) == (409, True)
