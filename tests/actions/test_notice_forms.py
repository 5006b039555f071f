"""A referral sent in another form than plain text, and the time that a law gives the platform."""

import json
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

import pytest

from evenhand.actions import assessments, notices, platforms
from evenhand.queries import notice_forms
from evenhand.queries import referral as one_referral
from evenhand.rules.assessments import Ground
from evenhand.rules.notice_forms import (
    PLAIN,
    WEAPONS_TIME,
    ChosenForm,
    FormDoesNotFit,
    FormNotTaken,
    NoticeForm,
    ReportKind,
    Told,
)
from evenhand.rules.notices import NoChaseYet
from evenhand.rules.officers import WORKER
from evenhand.rules.platforms import with_forms_taken
from evenhand.rules.referrals import MoveForbidden, State
from evenhand.store import platform_versions
from tests.builders import ADA, BO, MAX, as_reader, assessment, clips
from tests.journeys import Desk, changing_nothing, refused, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
CLIPS = "https://clips.example/a"
IN_ARTICLE_16 = ChosenForm(NoticeForm.ARTICLE_16)
ORDER = ChosenForm(NoticeForm.WEAPONS)


def approved(
    desk: Desk, harm: str = "V1", ground: Ground = Ground.BOTH, *, address: str = CLIPS
) -> str:
    desk.sign_off(contact="abuse@{platform}")
    reference = desk.log(address)
    assessments.submit(reference, assessment(harm=harm, ground=ground), acting=desk.by(BO))
    return desk.do(reference, "approve")


def taking(desk: Desk, *forms: NoticeForm) -> None:
    """Have the platform take forms with a file."""
    platforms.add(with_forms_taken(clips(), forms), acting=desk.by(MAX))


def send(desk: Desk, reference: str, chosen: ChosenForm) -> UUID:
    return notices.send(reference, "email", chosen, acting=desk.by(ADA))


def deliver(desk: Desk, notice: UUID) -> None:
    notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))


def taken(server: MailServer) -> EmailMessage:
    mail = message_from_bytes(server.taken[-1][2], policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_notice_of_article_16_arrives_with_its_file_and_says_its_own_number(
    server: MailServer,
) -> None:
    desk = Desk()
    taking(desk, NoticeForm.ARTICLE_16)
    reference = approved(desk)
    notice = send(desk, reference, IN_ARTICLE_16)
    deliver(desk, notice)
    [file] = taken(server).iter_attachments()
    said = json.loads(file.get_content())
    assert (said["notice_id"], said["reference"]) == (str(notice), reference)
    [sent] = one_referral.one(reference, acting=as_reader(ADA)).notices
    assert sent.form is NoticeForm.ARTICLE_16
    assert row(reference).answer_by is None


def test_a_report_says_what_the_officer_chose(server: MailServer) -> None:
    desk = Desk()
    taking(desk, NoticeForm.XARF)
    reference = approved(desk, harm="F1")
    deliver(desk, send(desk, reference, ChosenForm(NoticeForm.XARF, ReportKind.FRAUD_ROMANCE)))
    [*_others, file] = taken(server).iter_parts()
    assert json.loads(file.get_content())["fraud_type"] == "romance"


def test_a_form_that_is_refused_sends_nothing() -> None:
    desk = Desk()
    reference = approved(desk)
    with changing_nothing(), refused(FormNotTaken):
        send(desk, reference, IN_ARTICLE_16)
    with changing_nothing(), refused(FormDoesNotFit):
        send(desk, reference, ORDER)


def test_a_content_removal_notice_gives_48_hours_from_when_the_server_took_it(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = approved(desk, harm="W1", ground=Ground.ILLEGAL)
    deliver(desk, send(desk, reference, ORDER))
    stored = row(reference)
    assert stored.state == State.SENT
    assert stored.sent_at is not None
    assert stored.answer_by == stored.due_at == stored.sent_at + WEAPONS_TIME
    assert "Content removal notice" in str(taken(server)["Subject"])
    with changing_nothing(), refused(NoChaseYet):
        notices.chase(reference, acting=desk.by(ADA))
    desk.now += timedelta(hours=48)
    deliver(desk, notices.chase(reference, acting=desk.by(ADA)))
    assert "48 hours" in str(taken(server).get_content())
    again = row(reference)
    assert again.due_at
    assert again.answer_by
    assert again.due_at - again.answer_by > timedelta(days=1)


def test_what_is_sent_anew_as_a_request_has_no_time_by_law(server: MailServer) -> None:
    desk = Desk()
    reference = approved(desk, harm="W1", ground=Ground.ILLEGAL)
    deliver(desk, send(desk, reference, ORDER))
    desk.do(reference, "already_gone", "look_visible", "close", "reopen")
    assessments.submit(reference, assessment(harm="W1"), acting=desk.by(BO))
    desk.do(reference, "approve")
    deliver(desk, send(desk, reference, PLAIN))
    assert len(server.taken) == 2
    assert row(reference).answer_by is None


def test_the_forms_stand_side_by_side_with_what_each_leaves_out() -> None:
    desk = Desk()
    taking(desk, NoticeForm.XARF)
    reference = approved(desk, harm="F1")
    found = {it.form: it for it in notice_forms.compared(reference, acting=as_reader(ADA))}
    assert list(found) == [*NoticeForm, None]
    assert {it for it, of in found.items() if of.may_be_sent} == {
        NoticeForm.PLAIN,
        NoticeForm.XARF,
    }
    assert found[NoticeForm.PLAIN].left_out == (Told.DSA_CODES,)
    assert found[NoticeForm.ARTICLE_16].left_out == ()
    assert found[NoticeForm.ARTICLE_16].why_not == "E-NOTICE-03"
    assert found[NoticeForm.WEAPONS].text == ""
    assert found[NoticeForm.XARF].kinds
    assert found[None].why_not == "E-FORM-01"


def test_where_the_form_of_a_platform_is_known_it_is_compared_too() -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(
        State.APPROVED, address="https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    )
    [*_mails, by_hand] = notice_forms.compared(reference, acting=as_reader(ADA))
    assert by_hand.may_be_sent
    assert by_hand.text
    assert Told.DSA_CODES in by_hand.left_out


def test_what_is_not_assessed_has_no_notice_yet() -> None:
    desk = Desk()
    reference = desk.brought_to(State.TRIAGED)
    with refused(MoveForbidden):
        notice_forms.compared(reference, acting=as_reader(ADA))


def test_a_platform_that_takes_no_files_any_more_is_kept_without_them() -> None:
    desk = Desk()
    taking(desk, NoticeForm.XARF, NoticeForm.ARTICLE_16)
    kept = platform_versions.current("clips.example")
    assert kept is not None
    [channel] = kept.platform.channels
    assert set(channel.takes) == {NoticeForm.XARF, NoticeForm.ARTICLE_16}
    without = with_forms_taken(kept.platform, ())
    platforms.edit(without, seen=kept.number, acting=desk.by(MAX))
    again = platform_versions.current("clips.example")
    assert again is not None
    assert again.platform.channels[0].takes == ()
