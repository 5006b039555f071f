"""Withdrawing what a platform had: it is told, by the way that is signed off, or it is owed."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from uuid import UUID

import pytest

from evenhand.actions import answers, notices, platforms, referrals, sheets
from evenhand.actions.carriers import NOBODY_HOME
from evenhand.queries import counts
from evenhand.queries import notices as previews
from evenhand.queries import referral as one_referral
from evenhand.queries import sheets as drawn
from evenhand.queries.steps import NoticeSent
from evenhand.queries.worklist import Waiting, waiting_for
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.counting import Counted, month_of
from evenhand.rules.notices import (
    AlreadyInThePost,
    Delivery,
    NothingToTell,
    NoticeKind,
    NotSignedOff,
    Transport,
)
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import MoveForbidden, State
from evenhand.store.casework import NoticeRow
from tests.actions.test_sheets import CLIP, sign_off, told
from tests.builders import ADA, BO, CY, DEE, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def last_notice(reference: str) -> NoticeRow:
    return NoticeRow.objects.filter(referral__reference=reference).latest("at")


def letters(server: MailServer) -> list[str]:
    read = (message_from_bytes(data, policy=SMTP) for _from, _to, data in server.taken)
    return [f"{it['Subject']} {it.get_content()}" for it in read]


def deliver(desk: Desk, notice: UUID) -> None:
    notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))


def sent(reference: str) -> NoticeSent:
    return one_referral.one(reference, acting=as_reader(ADA)).notices[-1]


def to_tell(desk: Desk) -> list[str]:
    piles = waiting_for(acting=desk.by(BO))
    return [it.reference for pile in piles if pile.why is Waiting.TO_TELL for it in pile.lines]


def removals(desk: Desk) -> int:
    return counts.count(month_of(desk.now.date()), officer=ADA).numbers[Counted.REMOVALS]


def test_a_platform_that_had_it_is_told_by_mail_and_it_is_no_removal_any_more(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    assert removals(desk) == 1
    desk.do(reference, "withdraw")
    assert row(reference).withdrawal_owed
    notice = last_notice(reference)
    assert (notice.kind, notice.delivery) == (NoticeKind.WITHDRAWAL, Delivery.QUEUED)
    assert to_tell(desk) == []
    deliver(desk, notice.id)
    [mail] = letters(server)
    assert "We withdraw what we asked you" in mail
    assert reference in mail
    assert "A mistake of ours" not in mail
    assert (row(reference).withdrawal_owed, row(reference).in_the_post) == (None, False)
    assert row(reference).state == State.WITHDRAWN
    assert removals(desk) == 0
    with refused(NothingToTell):
        notices.tell_withdrawal(reference, acting=desk.by(ADA))


def test_nobody_is_told_of_what_never_left() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.APPROVED), "withdraw")
    assert row(reference).withdrawal_owed is None
    assert not NoticeRow.objects.filter(referral__reference=reference).exists()


def test_without_a_sign_off_it_is_owed_and_told_later(server: MailServer) -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    desk.now += timedelta(days=320)
    desk.do(reference, "withdraw")
    assert row(reference).withdrawal_owed
    assert to_tell(desk) == [reference]
    with refused(NotSignedOff), changing_nothing():
        notices.tell_withdrawal(reference, acting=desk.by(ADA))
    with refused(RoleMissing):
        notices.tell_withdrawal(reference, acting=desk.by(OLA))
    desk.sign_off()
    notice = notices.tell_withdrawal(reference, acting=desk.by(ADA))
    with refused(AlreadyInThePost):
        notices.tell_withdrawal(reference, acting=desk.by(ADA))
    deliver(desk, notice)
    assert len(letters(server)) == 1
    assert to_tell(desk) == []


def test_what_could_not_be_delivered_is_still_owed() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    referrals.withdraw(reference, "Sorry.", carrier=NOBODY_HOME, acting=desk.by(ADA))
    notice = last_notice(reference).id
    notices.deliver(notice, last_attempt=True, carrier=NOBODY_HOME, acting=desk.by(WORKER))
    assert row(reference).withdrawal_owed
    assert to_tell(desk) == [reference]


def test_reopened_it_is_owed_no_more() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.SENT), "withdraw", "reopen")
    assert row(reference).withdrawal_owed is None
    assert last_notice(reference).failure == "withdrawn"


def test_a_form_is_filled_in_to_withdraw(server: MailServer) -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT, address=CLIP.format(number="withdrawn"))
    sign_off(desk, "clipnest")
    with refused(NothingToTell):
        drawn.one(reference, NoticeKind.WITHDRAWAL, acting=desk.by(ADA))
    desk.do(reference, "withdraw")
    assert row(reference).withdrawal_owed
    sheet = drawn.one(reference, NoticeKind.WITHDRAWAL, acting=desk.by(ADA))
    assert any("We withdraw what we asked" in it.text for it in sheet.fields)
    desk.by(CY)
    said = told(desk, sheet=sheet.sha256)
    sheets.record(reference, NoticeKind.WITHDRAWAL, said, acting=desk.by(ADA))
    assert row(reference).withdrawal_owed is None
    assert sent(reference).kind is NoticeKind.WITHDRAWAL
    assert not letters(server)


def test_that_it_was_put_back_is_recorded_and_it_stays_withdrawn() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.CHECKED), "withdraw")
    with refused(MoveForbidden):
        answers.record(reference, AnswerKind.DECIDED, Outcome.DECLINED, acting=desk.by(ADA))
    answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=desk.by(ADA))
    assert (row(reference).state, row(reference).platform_status) == ("withdrawn", "reinstated")


def test_what_would_be_told_is_shown_before() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    platforms.end_sign_off("other", Transport.EMAIL, acting=desk.by(DEE))
    desk.do(reference, "withdraw")
    found = previews.preview(reference, NoticeKind.WITHDRAWAL, officer=ADA, at=desk.now)
    assert "Please treat it as never made" in found.written.message.body
