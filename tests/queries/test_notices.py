"""What would be sent is what is sent."""

from datetime import timedelta
from email import message_from_string
from email.policy import SMTP

import pytest

from evenhand.queries import notices
from evenhand.queries import referral as one_referral
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import State
from tests.builders import ADA, OLA, as_reader
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def sent_body(reference: str) -> str:
    message = one_referral.one(reference, acting=as_reader(ADA)).notices[-1].message
    assert message
    body: str = message_from_string(message, policy=SMTP).get_content()
    return body.replace("\r\n", "\n")


def test_what_is_shown_before_sending_is_what_is_sent() -> None:
    desk = Desk()
    desk.sign_off(contact="abuse@{platform}")
    reference = desk.brought_to(State.APPROVED)
    shown = notices.preview(reference, NoticeKind.REFERRAL, officer=ADA, at=desk.now)
    desk.do(reference, "send")
    assert sent_body(reference) == shown.written.message.body
    assert (
        one_referral.one(reference, acting=as_reader(ADA)).notices[0].recipient == shown.recipient
    )
    shown = notices.preview(reference, NoticeKind.CHASE, officer=ADA, at=desk.now)
    desk.do(reference, "chase")
    assert sent_body(reference) == shown.written.message.body


def test_before_a_sign_off_there_is_nobody_to_write_to() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    shown = notices.preview(reference, NoticeKind.REFERRAL, officer=ADA, at=desk.now)
    assert (shown.recipient, shown.sign_off) == ("", None)
    assert list(notices.sign_offs_for("youtube", officer=ADA)) == []
    desk.sign_off("youtube", "reports@youtube.example")
    [signed] = notices.sign_offs_for("youtube", officer=OLA)
    assert signed.review_on > desk.now.date() + timedelta(days=290)


def test_who_may_not_read_words_is_shown_no_message() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    with pytest.raises(RoleMissing):
        notices.preview(reference, NoticeKind.REFERRAL, officer=OLA, at=desk.now)
