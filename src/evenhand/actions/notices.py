"""Sending to a platform: asked for by an officer, carried out by the worker."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.assessments import Ground
from evenhand.rules.messages import Message, NoticeFacts, chase_message, referral_message
from evenhand.rules.notices import (
    ANY_OTHER_SITE,
    Delivery,
    NoticeKind,
    SignOff,
    Transport,
    check_may_chase,
    check_may_send,
    check_signed_off,
)
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State, check_version
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow
from evenhand.store.jobs import ask_to_send
from evenhand.store.lawbook import lawbook
from evenhand.store.platforms import SignOffRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import writing
from evenhand.transports import email


def send(
    reference: str, transport: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Ask for an approved referral to be sent. The worker hands it over; then it is *sent*."""
    check_may(acting.officer, Permission.SEND)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        sign_off = check_may_send(
            row.as_fact(), sign_off_for(row.platform), transport, today=acting.at.date()
        )
        key = open_record_key(row.key)
        if row.state == State.UNDELIVERABLE:
            row.move(State.APPROVED, at=acting.at)
        message = referral_message(_facts(row, key))
        _post(row, key, message, NoticeKind.REFERRAL, sign_off, acting)
        pen.enter(
            about(row, Act.NOTICE_REQUESTED, Permission.SEND, acting=acting, outcome="referral")
        )


def chase(reference: str, *, seen_version: int | None = None, acting: Acting) -> None:
    """Remind a platform that has not answered in the time that the desk's profile names."""
    check_may(acting.officer, Permission.CHASE)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_may_chase(
            row.as_fact(), row.last_message_at, row.chases, settings.DESK, now=acting.at
        )
        sign_off = check_signed_off(
            row.platform,
            sign_off_for(row.platform),
            Transport.EMAIL,
            today=acting.at.date(),
        )
        key = open_record_key(row.key)
        message = chase_message(
            _facts(row, key), first_sent_at=row.sent_at or acting.at, number=row.chases + 1
        )
        _post(row, key, message, NoticeKind.CHASE, sign_off, acting)
        pen.enter(
            about(row, Act.NOTICE_REQUESTED, Permission.CHASE, acting=acting, outcome="chase")
        )


def deliver(notice: UUID, *, last_attempt: bool, acting: Acting) -> None:
    """Hand one notice to its transport, and record that it was accepted or failed for good.

    The referral stays locked meanwhile, so it cannot be withdrawn half-way and two workers cannot
    send twice. Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    reference = NoticeRow.objects.values_list("referral__reference", flat=True).get(id=notice)
    with transaction.atomic():
        row = ReferralRow.objects.locked(reference)
        posted = row.noticerows.get(id=notice)
        if posted.delivery != Delivery.QUEUED:
            return
        with writing() as pen:
            _hand_over(posted, open_record_key(row.key), last_attempt=last_attempt)
            posted.settled_at = acting.at
            posted.save()
            row.in_the_post = False
            accepted = posted.delivery == Delivery.ACCEPTED
            if accepted:
                _note_sent(row, posted, acting)
            elif row.state == State.APPROVED:
                row.move(State.UNDELIVERABLE, at=acting.at)
            row.keep()
            act = Act.NOTICE_ACCEPTED if accepted else Act.NOTICE_FAILED
            pen.enter(about(row, act, None, acting=acting, outcome=posted.failure or posted.kind))


def sign_off_for(platform: str) -> SignOff | None:
    """Give the current sign-off of a platform, else the one for sites without their own."""
    rows = SignOffRow.objects.filter(platform__in=[platform, ANY_OTHER_SITE], ended_at__isnull=True)
    signed = {row.platform: row.as_fact() for row in rows}
    return signed.get(platform) or signed.get(ANY_OTHER_SITE)


def _post(
    row: ReferralRow,
    key: RecordKey,
    message: Message,
    kind: NoticeKind,
    sign_off: SignOff,
    acting: Acting,
) -> None:
    recipient = sign_off.contact.replace("{platform}", row.platform)
    notice = NoticeRow(
        referral=row,
        by_id=acting.officer.ref,
        at=acting.at,
        kind=kind,
        transport=sign_off.transport,
        delivery=Delivery.QUEUED,
    )
    data = email.compose(
        message,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        recipient=recipient,
        reference=row.reference,
        notice=notice.id,
        at=acting.at,
    )
    seal_into(notice, key, recipient=recipient, message=data.decode("ascii"))
    notice.message_sha256 = hashlib.sha256(data).digest()
    notice.save(force_insert=True)
    row.in_the_post = True
    row.keep()
    ask_to_send(notice.id)


def _hand_over(posted: NoticeRow, key: RecordKey, *, last_attempt: bool) -> None:
    try:
        email.hand_over(
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


def _note_sent(row: ReferralRow, posted: NoticeRow, acting: Acting) -> None:
    row.last_message_at = acting.at
    if posted.kind == NoticeKind.CHASE:
        row.chases += 1
        return
    row.sent_at = acting.at
    row.move(State.SENT, at=acting.at)


def _facts(row: ReferralRow, key: RecordKey) -> NoticeFacts:
    assessment = row.assessmentrows.latest("number")
    observed = timezone.localtime(row.observed_at)
    return NoticeFacts(
        reference=row.reference,
        desk=settings.DESK.name,
        contact=settings.DESK.contact_email,
        url=unsealed(row, key, "url"),
        harm=lawbook().harm(assessment.harm).title,
        ground=Ground(assessment.ground),
        provision=unsealed(assessment, key, "provision"),
        provision_why=unsealed(assessment, key, "provision_why"),
        policy_clause=unsealed(assessment, key, "policy_clause"),
        policy_version=unsealed(assessment, key, "policy_version"),
        policy_why=unsealed(assessment, key, "policy_why"),
        evidence=unsealed(assessment, key, "evidence_inside"),
        observed=f"{observed:%d %B %Y, %H:%M %Z}",
    )
