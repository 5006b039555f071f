"""Sending to a platform: asked for by an officer, carried out by the worker."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions import gate
from evenhand.actions.carriers import MAIL, Carrier
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.gate import KNOCK_AGAIN, Proof, look_again_after, unwitnessed
from evenhand.rules.notice_forms import (
    PLAIN,
    WEAPONS_TIME,
    ChosenForm,
    NoticeForm,
    Rendering,
    check_form,
)
from evenhand.rules.notices import (
    Delivery,
    NoticeKind,
    SignOff,
    Transport,
    check_goes_by_mail,
    check_may_chase,
    check_may_send,
    check_may_tell_withdrawal,
    check_signed_off,
    contact_at,
    is_in_force,
)
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State, check_version
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow
from evenhand.store.jobs import ask_to_prove, ask_to_send
from evenhand.store.notices import (
    chase_notice,
    facts_of,
    forms_taken,
    sign_off_for,
    withdrawal_notice,
)
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import Pen, writing
from evenhand.transports import email
from evenhand.transports.forms import rendering

FAULT, SIGN_OFF = "fault", "signoff"
SYNTHETIC = "synthetic"
"""What the log says of a notice that left the desk only in name: nothing was disclosed."""


def send(
    reference: str,
    transport: str,
    chosen: ChosenForm = PLAIN,
    *,
    seen_version: int | None = None,
    carrier: Carrier = MAIL,
    acting: Acting,
) -> UUID:
    """Ask for an approved referral to be sent; give the notice. Once handed over it is *sent*."""
    check_may(acting.officer, Permission.SEND)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        today = timezone.localdate(acting.at)
        leave = sign_off_for(row.platform, transport)
        sign_off = check_may_send(row.as_fact(), leave, transport, today=today)
        check_goes_by_mail(sign_off)
        key = open_record_key(row.key)
        if row.state == State.UNDELIVERABLE:
            row.move(State.APPROVED, at=acting.at)
        facts = facts_of(row, key)
        taken = forms_taken(row.platform, chosen.form)
        check_form(chosen, facts, allowed=settings.DESK.notice_forms, taken=taken)
        posted = _begun(row, NoticeKind.REFERRAL, sign_off, carrier, acting)
        posted.form = chosen.form
        written = rendering(facts, chosen, posted.id)
        notice = _post(posted, row, key, written, sign_off=sign_off)
        pen.enter(
            about(row, Act.NOTICE_REQUESTED, Permission.SEND, acting=acting, outcome="referral")
        )
        carrier.ask(notice)
    return notice


def chase(
    reference: str,
    *,
    seen_version: int | None = None,
    carrier: Carrier = MAIL,
    acting: Acting,
) -> UUID:
    """Remind a platform that has not answered in the time it has; give the notice."""
    check_may(acting.officer, Permission.CHASE)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        standing = row.standing()
        check_may_chase(row.as_fact(), standing, row.clocks(standing), now=acting.at)
        sign_off = check_signed_off(
            row.platform,
            sign_off_for(row.platform),
            Transport.EMAIL,
            today=timezone.localdate(acting.at),
        )
        key = open_record_key(row.key)
        posted = _begun(row, NoticeKind.CHASE, sign_off, carrier, acting)
        written = Rendering(chase_notice(row, key, at=acting.at))
        notice = _post(posted, row, key, written, sign_off=sign_off)
        pen.enter(
            about(row, Act.NOTICE_REQUESTED, Permission.CHASE, acting=acting, outcome="chase")
        )
        carrier.ask(notice)
    return notice


def tell_withdrawal(
    reference: str,
    *,
    seen_version: int | None = None,
    carrier: Carrier = MAIL,
    acting: Acting,
) -> UUID:
    """Tell a platform by e-mail that a referral is withdrawn, where that is owed; give the notice.

    Raises NothingToTell, AlreadyInThePost, NotSignedOff and TransportUnknown.
    """
    check_may(acting.officer, Permission.WITHDRAW)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_may_tell_withdrawal(row.as_fact())
        sign_off = check_signed_off(
            row.platform,
            sign_off_for(row.platform),
            Transport.EMAIL,
            today=timezone.localdate(acting.at),
        )
        return _take_back(row, sign_off, Permission.WITHDRAW, pen, carrier=carrier, acting=acting)


def owe_withdrawal(
    row: ReferralRow, why: Permission, *, carrier: Carrier = MAIL, acting: Acting
) -> UUID | None:
    """Have the platform told of a referral that was just withdrawn, unless it never reached it.

    By e-mail at once, and the notice is given; where that is not signed off, it is owed and waits
    for an officer. Of content that was disposed of nobody can be told any more.
    """
    if row.sent_at is None or row.url is None:
        return None
    sign_off = sign_off_for(row.platform)
    with writing() as pen:
        row.withdrawal_owed = True
        if sign_off and _goes_at_once(sign_off, acting):
            return _take_back(row, sign_off, why, pen, carrier=carrier, acting=acting)
        row.keep()
        pen.enter(about(row, Act.WITHDRAWAL_OWED, why, acting=acting))
    return None


def _goes_at_once(sign_off: SignOff, acting: Acting) -> bool:
    today = timezone.localdate(acting.at)
    return sign_off.transport is Transport.EMAIL and is_in_force(sign_off, today=today)


def _take_back(
    row: ReferralRow,
    sign_off: SignOff,
    why: Permission,
    pen: Pen,
    *,
    carrier: Carrier,
    acting: Acting,
) -> UUID:
    key = open_record_key(row.key)
    posted = _begun(row, NoticeKind.WITHDRAWAL, sign_off, carrier, acting)
    written = Rendering(withdrawal_notice(row, key, at=acting.at))
    notice = _post(posted, row, key, written, sign_off=sign_off)
    pen.enter(about(row, Act.NOTICE_REQUESTED, why, acting=acting, outcome=NoticeKind.WITHDRAWAL))
    carrier.ask(notice)
    return notice


def deliver(notice: UUID, *, last_attempt: bool, carrier: Carrier = MAIL, acting: Acting) -> None:
    """Hand one notice to its transport, and record that it was accepted or failed for good.

    The referral stays locked meanwhile, so it cannot be withdrawn half-way and two workers cannot
    send twice. Where it waits for witnesses (``rules/gate``), nothing changes and the worker comes
    again. Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    reference = NoticeRow.objects.values_list("referral__reference", flat=True).get(id=notice)
    with transaction.atomic(savepoint=False):
        row = ReferralRow.objects.locked(reference)
        posted = row.noticerows.get(id=notice)
        if posted.delivery != Delivery.QUEUED:
            return
        passage = gate.passage(row, posted, now=acting.at)
        if passage.waits:
            # Committed before the job at hand is finished: a kill between leaves one more job.
            ask_to_send(notice, after=KNOCK_AGAIN)
            return
        with writing() as pen:
            key = open_record_key(row.key)
            if is_still_signed_off(posted, key, row.platform, acting):
                gate.let_out(posted, key, passage)
                hand_over(posted, key, carrier, last_attempt=last_attempt)
            else:
                posted.delivery, posted.failure = Delivery.FAILED, SIGN_OFF
            _settle(row, posted, acting)
            accepted = posted.delivery == Delivery.ACCEPTED
            act = Act.NOTICE_ACCEPTED if accepted else Act.NOTICE_FAILED
            outcome = SYNTHETIC if carrier.synthetic else posted.failure or _sent_as(posted)
            entry = about(row, act, None, acting=acting, outcome=outcome)
            pen.enter(replace(entry, recipient=None) if carrier.synthetic else entry)
        if accepted and posted.proof == Proof.OWED:
            ask_to_prove(notice, after=look_again_after(acting.at, now=acting.at))


def give_up(notice: UUID, *, acting: Acting) -> None:
    """Record that a notice could not be sent for a fault of the desk's own, so that it is seen."""
    posted = NoticeRow.objects.select_related("referral").get(id=notice)
    with transaction.atomic():
        row = ReferralRow.objects.locked(posted.referral.reference)
        posted.refresh_from_db()
        if posted.delivery == Delivery.QUEUED:
            with writing() as pen:
                posted.delivery, posted.failure = Delivery.FAILED, FAULT
                _settle(row, posted, acting)
                pen.enter(about(row, Act.NOTICE_FAILED, None, acting=acting, outcome=FAULT))


def _sent_as(posted: NoticeRow) -> str:
    return unwitnessed(posted.kind) if posted.proof == Proof.OWED else posted.kind


def _settle(row: ReferralRow, posted: NoticeRow, acting: Acting) -> None:
    posted.settled_at = acting.at
    posted.save()
    row.in_the_post = False
    if posted.delivery == Delivery.ACCEPTED:
        note_sent(row, posted, acting)
    elif row.state == State.APPROVED:
        row.move(State.UNDELIVERABLE, at=acting.at)
    row.set_clock()
    row.keep()


def _begun(
    row: ReferralRow, kind: NoticeKind, sign_off: SignOff, carrier: Carrier, acting: Acting
) -> NoticeRow:
    return NoticeRow(
        referral=row,
        by_id=acting.officer.ref,
        at=acting.at,
        kind=kind,
        transport=sign_off.transport,
        delivery=Delivery.QUEUED,
        proof=gate.awaited(carrier),
    )


def _post(
    notice: NoticeRow, row: ReferralRow, key: RecordKey, written: Rendering, *, sign_off: SignOff
) -> UUID:
    recipient = contact_at(sign_off.contact, row.platform)
    data = email.compose(
        written.message,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        recipient=recipient,
        reference=row.reference,
        notice=notice.id,
        at=notice.at,
        enclosed=written.enclosed,
    )
    seal_into(notice, key, recipient=recipient)
    gate.seal_mail(notice, key, data)
    notice.save(force_insert=True)
    row.in_the_post = True
    row.set_clock()
    row.keep()
    return notice.id


def is_still_signed_off(posted: NoticeRow, key: RecordKey, platform: str, acting: Acting) -> bool:
    """Say whether the sign-off of now still lets this message go to where it is addressed."""
    leave, today = sign_off_for(platform, posted.transport), timezone.localdate(acting.at)
    if leave is None or leave.transport != posted.transport or leave.review_on < today:
        return False
    return contact_at(leave.contact, platform) == unsealed(posted, key, "recipient")


def hand_over(posted: NoticeRow, key: RecordKey, carrier: Carrier, *, last_attempt: bool) -> None:
    """Hand over a message's bytes and note whether they were accepted. Raises NotAccepted."""
    try:
        carrier.hand_over(
            unsealed(posted, key, "message").encode("ascii"),
            sender=settings.DESK.contact_email,
            recipient=unsealed(posted, key, "recipient"),
            server=settings.SMTP_URL,
        )
    except email.NotAccepted as refusal:
        if not (refusal.for_good or last_attempt):
            raise
        posted.delivery, posted.failure = Delivery.FAILED, refusal.code
    else:
        posted.delivery = Delivery.ACCEPTED


def note_sent(row: ReferralRow, posted: NoticeRow, acting: Acting) -> None:
    """Note on a referral that a message has gone out. Needs the pen."""
    row.last_message_at = acting.at
    if posted.kind == NoticeKind.WITHDRAWAL:
        row.withdrawal_owed = None
        return
    if posted.kind == NoticeKind.CHASE:
        row.chases += 1
        return
    row.sent_at, row.chases = acting.at, 0
    is_order = posted.form == NoticeForm.WEAPONS
    row.answer_by = acting.at + WEAPONS_TIME if is_order else None
    row.order_review = None
    row.platform_status = PlatformStatus.NONE_YET
    row.last_seen = None
    row.note_removal(False, at=acting.at)
    row.move(State.SENT, at=acting.at)
