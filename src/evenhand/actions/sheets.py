"""Recording what an officer sent by filling in a platform's form, as provable as an e-mail."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from evenhand.actions.entering import about
from evenhand.actions.notices import note_sent
from evenhand.actions.referrals import make_findable
from evenhand.ledger.acts import Act
from evenhand.rules.notices import (
    Delivery,
    NoticeKind,
    SignOff,
    Transport,
    check_may_chase,
    check_may_send,
    check_may_tell_withdrawal,
    check_signed_off,
)
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.referrals import State, check_version
from evenhand.rules.sheets import ByHand, check_by_hand, check_same_sheet
from evenhand.store.casework import NoticeRow
from evenhand.store.notices import sheet_of, sign_off_for
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing
from evenhand.transports import portal

PERMISSIONS = {
    NoticeKind.REFERRAL: Permission.SEND,
    NoticeKind.CHASE: Permission.CHASE,
    NoticeKind.WITHDRAWAL: Permission.WITHDRAW,
}


def record(
    reference: str,
    kind: NoticeKind,
    told: ByHand,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Record what was sent by the platform's form: a referral, a reminder or a withdrawal.

    The sheet's exact bytes are sealed and hashed, with what was changed in it on the form.
    """
    permission = PERMISSIONS[kind]
    check_may(acting.officer, permission)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        witness = _witness(told.witness)
        check_by_hand(told, witness, acting.officer, since=_since(row, kind), now=acting.at)
        sign_off = _check_may_record(row, kind, told, acting)
        key = open_record_key(row.key)
        sheet = sheet_of(row, key, kind, at=acting.at)
        check_same_sheet(told.sheet, hashlib.sha256(portal.compose(sheet)).hexdigest())
        if row.state == State.UNDELIVERABLE:
            row.move(State.APPROVED, at=acting.at)
        notice = NoticeRow(
            referral=row,
            by_id=acting.officer.ref,
            at=acting.at,
            kind=kind,
            transport=Transport.PORTAL,
            delivery=Delivery.ACCEPTED,
            settled_at=told.sent_at,
            witness_id=witness.ref if witness else None,
        )
        data = portal.compose(sheet, told.changed)
        seal_into(
            notice,
            key,
            recipient=sign_off.contact,
            message=data.decode(),
            their_reference=told.their_reference,
            witness_initials=told.initials,
        )
        notice.message_sha256 = hashlib.sha256(data).digest()
        notice.save(force_insert=True)
        make_findable(row, told.their_reference)
        note_sent(row, notice, replace(acting, at=told.sent_at))
        row.set_clock()
        row.keep()
        pen.enter(about(row, Act.NOTICE_SENT_BY_HAND, permission, acting=acting, outcome=kind))


def _check_may_record(row: ReferralRow, kind: NoticeKind, told: ByHand, acting: Acting) -> SignOff:
    """Refuse what could not have been sent when it was sent; give the sign-off of that moment.

    One that was ended since was leave enough then, and what was sent must come on record.
    """
    sign_off = sign_off_for(row.platform, Transport.PORTAL, at=told.sent_at)
    fact, day = row.as_fact(), timezone.localdate(told.sent_at)
    if kind is NoticeKind.REFERRAL:
        return check_may_send(fact, sign_off, Transport.PORTAL, today=day)
    if kind is NoticeKind.WITHDRAWAL:
        check_may_tell_withdrawal(fact)
    else:
        standing = row.standing()
        check_may_chase(fact, standing, row.clocks(standing), now=acting.at)
    return check_signed_off(row.platform, sign_off, Transport.PORTAL, today=day)


def _since(row: ReferralRow, kind: NoticeKind) -> datetime | None:
    if kind is NoticeKind.WITHDRAWAL:
        return row.state_since
    return row.approved_at if kind is NoticeKind.REFERRAL else row.last_message_at


def _witness(username: str) -> Officer | None:
    if "\0" in username:
        return None
    row = OfficerRow.objects.filter(account__username=username, retired_at__isnull=True).first()
    return row.as_fact() if row else None
