"""Sending and reminding: what is shown is what goes out, and only under a sign-off."""

from datetime import timedelta
from email import message_from_string, policy
from unittest.mock import patch

import pytest
from django.conf import settings

from evenhand.actions import assessments, notices, platforms
from evenhand.actions.carriers import NOBODY
from evenhand.queries import notices as noticing
from evenhand.queries import referral as referrals
from evenhand.rules.assessments import Ground
from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER
from evenhand.rules.platforms import with_form, with_forms_taken
from evenhand.rules.referrals import State
from evenhand.store import platform_versions
from tests.builders import ADA, BO, MAX, OLA, as_reader, assessment, clips
from tests.journeys import Desk, row
from tests.web.filling import carried, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


def sent_text(reference: str) -> str:
    """The text of the last message as its exact bytes have it."""
    message = referrals.one(reference, acting=as_reader(ADA)).notices[-1].message
    assert message is not None
    mail = message_from_string(message, policy=policy.default)
    return str(mail.get_content())


def shown_text(page: str) -> str:
    from html import unescape

    letter = '<p class="govuk-body eh-words eh-letter">'
    start = page.index(letter) + len(letter)
    return unescape(page[start : page.index("</p>", start)])


def test_what_is_shown_is_what_goes_out(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off(contact="abuse@{platform}")
    client = signed_in(ADA)
    opened = client.get(f"/referrals/{reference}/send/")
    page = text_of(opened)
    assert f"abuse@{row(reference).platform}" in page
    assert "In force" in page
    done = client.post(f"/referrals/{reference}/send/", carried(opened))
    assert done.status_code == 302
    assert row(reference).in_the_post
    assert sent_text(reference).replace("\r\n", "\n").strip() == shown_text(page).strip()
    assert "It is on its way." in text_of(client.get(done["Location"]))


def test_a_reminder_too_is_shown_as_it_goes_out(desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    opened = client.get(f"/referrals/{reference}/chase/")
    done = client.post(f"/referrals/{reference}/chase/", carried(opened))
    assert done.status_code == 302
    shown = shown_text(text_of(opened))
    assert sent_text(reference).replace("\r\n", "\n").strip() == shown.strip()
    assert "Reminder number: 1" in shown


def test_the_forms_of_notice_are_compared_and_the_one_chosen_is_what_goes_out(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    compared = text_of(client.get(f"/referrals/{reference}/forms/"))
    assert "It leaves out:" in compared
    assert "E-NOTICE-03" in compared
    assert "XARF has no type of report for this harm." in compared
    refused = client.get(f"/referrals/{reference}/send/?form=article_16")
    assert refused.status_code == 409
    assert "E-NOTICE-03" in text_of(refused)
    assert client.get(f"/referrals/{reference}/send/?form=telegram").status_code == 422


def test_a_field_of_the_platforms_form_that_is_too_short_shows_beside_the_other_forms(
    desk: Desk,
) -> None:
    desk.by(MAX)
    desk.sign_off("vimeo", "https://vimeo.com/report", Transport.PORTAL)
    kept = platform_versions.current("vimeo")
    assert kept is not None
    fields = (FormField(label="Where is it?", fills=Fill.ADDRESS, longest=10),)
    changed = with_form(kept.platform, fields, verified=True)
    platforms.edit(changed, seen=kept.number, acting=desk.by(MAX))
    reference = desk.brought_to(State.APPROVED, address="https://vimeo.com/99991234")
    compared = text_of(signed_in(ADA).get(f"/referrals/{reference}/forms/"))
    assert "“Where is it?” takes 10 characters; the text is" in compared


def test_a_notice_is_written_once_for_its_page(desk: Desk) -> None:
    reference = desk.log("https://clips.example/knives")
    answers = assessment(harm="W1", ground=Ground.ILLEGAL)
    assessments.submit(reference, answers, acting=desk.by(BO))
    desk.do(reference, "approve")
    desk.sign_off()
    with patch.object(noticing, "preview", wraps=noticing.preview) as written:
        opened = signed_in(ADA).get(f"/referrals/{reference}/send/?form=weapons")
    assert opened.status_code == 200
    assert written.call_count == 1


def test_a_content_removal_notice_is_shown_with_its_warning_and_sent(desk: Desk) -> None:
    reference = desk.log("https://clips.example/knives")
    answers = assessment(harm="W1", ground=Ground.ILLEGAL)
    assessments.submit(reference, answers, acting=desk.by(BO))
    desk.do(reference, "approve")
    desk.sign_off()
    client = signed_in(ADA)
    compared = text_of(client.get(f"/referrals/{reference}/forms/"))
    assert 'name="form" value="weapons"' in compared
    opened = client.get(f"/referrals/{reference}/send/?form=weapons")
    assert "has not been verified" in text_of(opened)
    assert client.post(f"/referrals/{reference}/send/", carried(opened)).status_code == 302
    assert "Content removal notice" in sent_text(reference)
    assert "In which form" in text_of(client.get(f"/referrals/{reference}/"))


def test_a_report_is_shown_with_its_file_as_it_was_chosen(desk: Desk) -> None:
    with_xarf = with_forms_taken(clips(), [NoticeForm.XARF])
    platforms.add(with_xarf, acting=desk.by(MAX))
    reference = desk.log("https://clips.example/a")
    assessments.submit(reference, assessment(harm="F1"), acting=desk.by(BO))
    desk.do(reference, "approve")
    desk.sign_off()
    client = signed_in(ADA)
    assert "What is the report about?" in text_of(client.get(f"/referrals/{reference}/forms/"))
    chosen = f"/referrals/{reference}/send/?form=xarf&report_kind=fraud:romance"
    opened = client.get(chosen)
    shown = text_of(opened)
    assert "About: Fraud: romance" in shown
    assert "xarf.json" in shown
    assert client.post(f"/referrals/{reference}/send/", carried(opened)).status_code == 302
    assert row(reference).noticerows.get().form == "xarf"
    page = text_of(client.get("/platforms/clips.example/"))
    assert "XARF report, with a file" in page


def test_without_a_sign_off_the_page_says_so_and_has_no_button(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    page = text_of(signed_in(ADA).get(f"/referrals/{reference}/send/"))
    assert "E-TRF-69" in page
    assert "Not signed off" in page
    assert '<form method="post" novalidate' not in page


def test_sending_all_the_same_is_refused(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    client = signed_in(ADA)
    sent = carried(client.get(f"/referrals/{reference}/withdraw/"))
    refused = client.post(f"/referrals/{reference}/send/", sent)
    assert refused.status_code == 409
    assert "E-TRF-69" in text_of(refused)
    assert not row(reference).in_the_post


def test_a_sign_off_past_its_review_is_shown_as_overdue(desk: Desk) -> None:
    desk.now -= timedelta(days=700)
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    page = text_of(signed_in(ADA).get(f"/referrals/{reference}/send/"))
    assert "Overdue" in page
    assert "E-TRF-69" in page


def test_a_reminder_that_is_too_early_says_from_when(desk: Desk) -> None:
    desk.now = now() - timedelta(minutes=20)
    reference = desk.brought_to(State.SENT)
    client = signed_in(ADA)
    page = text_of(client.get(f"/referrals/{reference}/chase/"))
    due = settings.CLOCKS.calendar.opening_after(desk.now, settings.DESK.first_chase_days)
    assert "E-SEND-03" in page
    assert "You can remind the platform from" in page
    assert f"from {due.day} " in page
    sent = carried(client.get(f"/referrals/{reference}/withdraw/"))
    refused = client.post(f"/referrals/{reference}/chase/", sent)
    assert refused.status_code == 409
    assert "E-SEND-03" in text_of(refused)


def test_what_is_in_the_post_is_not_sent_again(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    fill(client, f"/referrals/{reference}/send/")
    told = client.get(f"/referrals/{reference}/send/")
    assert told.status_code == 409
    assert "E-SEND-02" in text_of(told)


def test_a_second_click_sends_nothing_more(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    sent = carried(client.get(f"/referrals/{reference}/send/"))
    client.post(f"/referrals/{reference}/send/", sent)
    assert client.post(f"/referrals/{reference}/send/", sent).status_code == 302
    assert row(reference).noticerows.count() == 1


def test_what_could_not_be_delivered_can_be_sent_again(desk: Desk) -> None:
    reference = desk.brought_to(State.UNDELIVERABLE)
    assert fill(signed_in(ADA), f"/referrals/{reference}/send/").status_code == 302
    (notice,) = row(reference).noticerows.filter(delivery="queued")
    notices.deliver(notice.id, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))
    assert row(reference).state == State.SENT


def test_a_stale_page_sends_nothing(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    sent = carried(client.get(f"/referrals/{reference}/send/"))
    told = client.post(f"/referrals/{reference}/send/", sent | {"version": "1"})
    assert told.status_code == 409
    assert "E-MOVE-02" in text_of(told)
    assert not row(reference).in_the_post


@pytest.mark.parametrize("act", ["send", "chase"])
def test_an_overseer_sends_nothing(desk: Desk, act: str) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.by(OLA)
    assert signed_in(OLA).get(f"/referrals/{reference}/{act}/").status_code == 403


def test_the_page_takes_a_bounded_number_of_queries(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    client = signed_in(ADA)
    client.get(f"/referrals/{reference}/send/")
    assert queries_of(lambda: client.get(f"/referrals/{reference}/send/")) <= 22
