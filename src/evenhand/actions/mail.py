"""Mail that comes in: kept as it came, attached by the desk's own marks or by a person, read."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand.actions.entering import about, committed, entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.mail import (
    SCHEDULE,
    MailKind,
    answers_a_note,
    belongs_to,
    check_came_back,
    check_can_be_set_aside,
    check_may_attach,
    check_not_read,
    check_of_this_referral,
    check_waits,
    named_in_address,
    named_in_subject,
    notices_named,
)
from evenhand.rules.mail_reading import Mail, read_mail
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.referrals import State, check_version
from evenhand.rules.retention_schedules import dates
from evenhand.rules.texts import check_reason
from evenhand.seal.record import RecordKey
from evenhand.store.casework import NoticeRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import schedules
from evenhand.store.mail import MailboxRow, MailMessageRow, MailRow, to_forget, written_about
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import new_record_key, open_record_key, seal_into, unsealed
from evenhand.store.writing import Pen, writing
from evenhand.transports import mail_in
from evenhand.transports.mailbox import Arrived, MailboxAway

BATCH = 100
UNKNOWN = "unknown"
"""What is noted of a message that came back without a mail server's code."""


def take_in(*, acting: Acting) -> int:
    """Keep what has come into the desk's mailbox since; give how many. Nothing without a mailbox.

    Each message is kept in one transaction with its place in the mailbox, and marked there only
    then: whatever breaks off between, none is lost and none is kept twice. What is wrong with the
    mailbox is noted, shown to officers, and tried again the next time.
    """
    if not settings.MAIL_IN:
        return 0
    box = _mailbox(mail_in.name_of(settings.MAIL_IN), acting.at)
    kept, failure = 0, ""
    try:
        with mail_in.opened(
            settings.MAIL_IN,
            delete=settings.MAIL_IN_DELETES,
            now=acting.at,
            token=settings.MAIL_IN_TOKEN,
        ) as mailbox:
            after = box.last if box.numbering == mailbox.numbering else 0
            for message in mailbox.arrived(after):
                kept += keep(message, box.id, mailbox.numbering, acting=acting)
                mailbox.mark(message)
    except MailboxAway as away:
        failure = away.code
    noted = {"failure": failure} if failure else {"failure": "", "read_at": acting.at}
    MailboxRow.objects.filter(id=box.id).update(**noted)
    return kept


def keep(message: Arrived, mailbox: UUID, numbering: int, *, acting: Acting) -> bool:
    """Keep a message, unless it is kept already, and note its place; say whether it was new."""
    digest = hashlib.sha256(message.data).digest()
    with transaction.atomic(savepoint=False):
        # Two workers that read one mailbox wait for each other here.
        MailboxRow.objects.select_for_update().get(id=mailbox)
        is_new = not MailRow.objects.filter(message_sha256=digest).exists()
        if is_new:
            _keep(message, digest, acting)
        MailboxRow.objects.filter(id=mailbox).update(numbering=numbering, last=message.number)
    return is_new


def attach(
    mail: UUID, reference: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Attach a message that waits, or was set aside, to a referral, for a reason.

    From then on it is sealed under the referral's key, and goes when the referral goes.
    """
    check_may(acting.officer, Permission.SORT_MAIL)
    check_reason(reason)
    with writing() as pen:
        row = MailRow.objects.locked(mail)
        check_waits(row.standing)
        referral = ReferralRow.objects.locked(reference)
        check_version(referral.as_fact(), seen_version)
        check_may_attach(reference, written=_was_written_about(referral))
        key = open_record_key(referral.key)
        data = _reseal(row, key, referral)
        named = notices_named(read_mail(data).messages, settings.DESK.contact_email)
        row.notice = _notice_of(referral, list(named))
        seal_into(row, key, reason=reason)
        row.by_id, row.settled_at = acting.officer.ref, acting.at
        row.save()
        RecordKeyRow.objects.filter(id=row.id).delete()
        _note_arrival(referral, row, at=acting.at)
        pen.enter(
            about(
                referral,
                Act.MAIL_ATTACHED,
                Permission.SORT_MAIL,
                acting=acting,
                outcome=row.kind,
                reason=committed(key, reason),
            )
        )


def set_aside(mail: UUID, reason: str, *, acting: Acting) -> None:
    """Set a message aside that belongs to no referral, for a reason. It goes on its last day."""
    check_may(acting.officer, Permission.SORT_MAIL)
    check_reason(reason)
    with writing() as pen:
        row = MailRow.objects.locked(mail)
        check_can_be_set_aside(row.standing)
        key = row.own_key()
        seal_into(row, key, reason=reason)
        row.by_id, row.settled_at = acting.officer.ref, acting.at
        row.save()
        pen.enter(_about_mail(row, Act.MAIL_SET_ASIDE, acting, committed(key, reason)))


def note_read(mail: UUID, *, acting: Acting) -> None:
    """Note that an officer has read a message of a referral, and that it asks for nothing more."""
    check_may(acting.officer, Permission.READ_MAIL)
    with writing() as pen:
        referral, row = _of_a_referral(mail)
        check_not_read(OfficerRef(row.read_by_id) if row.read_by_id else None)
        mark_read(referral, row, acting=acting)
        referral.keep()
        pen.enter(
            about(referral, Act.MAIL_READ, Permission.READ_MAIL, acting=acting, outcome=row.kind)
        )


def note_came_back(mail: UUID, *, seen_version: int | None = None, acting: Acting) -> None:
    """Record that a notice could not be delivered, as a mail server says. Only an officer does.

    That the mail server first took it stays on record. The referral can be sent again.
    """
    check_may(acting.officer, Permission.RECORD_ANSWER)
    with writing() as pen:
        referral, row = _of_a_referral(mail)
        check_version(referral.as_fact(), seen_version)
        check_came_back(referral.as_fact(), MailKind(row.kind))
        if row.read_by_id is None:
            mark_read(referral, row, acting=acting)
        referral.stop_the_post("came_back", at=acting.at)
        referral.move(State.UNDELIVERABLE, at=acting.at)
        referral.keep()
        pen.enter(
            about(
                referral,
                Act.NOTICE_CAME_BACK,
                Permission.RECORD_ANSWER,
                acting=acting,
                outcome=row.status or UNKNOWN,
            )
        )


def mark_read(referral: ReferralRow, row: MailRow, *, acting: Acting) -> None:
    """Mark a message of a locked referral as read by an officer. Needs the pen."""
    row.read_by_id, row.read_at = acting.officer.ref, acting.at
    row.save()
    unread = referral.mailrows.filter(read_at__isnull=True).order_by("at")
    referral.mail_since = unread.values_list("at", flat=True).first()


def note_answer_in(mail: UUID, referral: ReferralRow, *, acting: Acting) -> None:
    """Note that an answer names this message of a locked referral, so it is read. Needs the pen."""
    row = MailRow.objects.select_for_update(of=("self",)).filter(id=mail, referral=referral).first()
    check_of_this_referral(is_its_own=row is not None)
    if row is not None and row.read_by_id is None:
        mark_read(referral, row, acting=acting)


def forget_old(*, acting: Acting) -> int:
    """Erase the mail of no referral that is past its last day, with its keys; give how many. D25.

    Whoever did not find its referral in that time will not, and nobody needs it for anything else.
    """
    old = to_forget(timezone.localdate(acting.at))
    for start in range(0, len(old), BATCH):
        _forget(old[start : start + BATCH], acting)
    return len(old)


def _forget(mails: Sequence[UUID], acting: Acting) -> None:
    with writing() as pen:
        MailMessageRow.objects.filter(id__in=mails).delete()
        MailRow.objects.filter(id__in=mails).delete()
        RecordKeyRow.objects.filter(id__in=mails).delete()
        pen.enter(Entry(act=Act.MAIL_FORGOTTEN, at=acting.at, who=acting.officer.ref))


def _mailbox(name: str, at: datetime) -> MailboxRow:
    begin = {"numbering": 0, "last": 0, "read_at": at}
    return MailboxRow.objects.get_or_create(mailbox=name, defaults=begin)[0]


def _keep(message: Arrived, digest: bytes, acting: Acting) -> None:
    read = read_mail(message.data)
    with writing() as pen:
        referral, notice = _matched(read)
        row = _row(message, read, digest, acting)
        row.referral, row.notice = referral, notice
        if referral is not None:
            _keep_with(referral, row, message.data, read, pen, acting)
            return
        key = new_record_key(row.id)
        row.key_id = row.id
        today = timezone.localdate(acting.at)
        row.max_on = dates(schedules()[SCHEDULE], today, child=False).max_on
        _seal(row, key, message.data, read)
        pen.enter(_about_mail(row, Act.MAIL_KEPT, acting))


def keep_for(referral: ReferralRow, data: bytes, *, acting: Acting) -> None:
    """Keep a message of a locked referral that no mailbox brought, unless it is kept already."""
    digest = hashlib.sha256(data).digest()
    if MailRow.objects.filter(message_sha256=digest).exists():
        return
    read = read_mail(data)
    row = _row(Arrived(0, "", data, len(data), whole=True), read, digest, acting)
    row.referral = referral
    with writing() as pen:
        _keep_with(referral, row, data, read, pen, acting)


def _row(message: Arrived, read: Mail, digest: bytes, acting: Acting) -> MailRow:
    return MailRow(
        id=uuid4(),
        at=acting.at,
        kind=read.kind,
        status=read.status or None,
        size=message.size,
        whole=message.whole,
        message_sha256=digest,
    )


def _keep_with(
    referral: ReferralRow, row: MailRow, data: bytes, read: Mail, pen: Pen, acting: Acting
) -> None:
    _seal(row, open_record_key(referral.key), data, read)
    _note_arrival(referral, row, at=acting.at)
    pen.enter(about(referral, Act.MAIL_KEPT, None, acting=acting, outcome=row.kind))


def _seal(row: MailRow, key: RecordKey, data: bytes, read: Mail) -> None:
    seal_into(row, key, sender=read.sender, subject=read.subject)
    row.save(force_insert=True)
    kept = MailMessageRow(id=row.id, mail=row)
    kept.seal(data, key)
    kept.save(force_insert=True)


def _matched(read: Mail) -> tuple[ReferralRow | None, NoticeRow | None]:
    """Give the referral that every mark names, locked, and the notice that the message is about."""
    contact = settings.DESK.contact_email
    if answers_a_note(read.recipients, contact):
        return None, None
    named = list(notices_named(read.messages, contact))
    marks = [
        named_in_address(read.recipients, contact),
        named_in_subject(read.subject),
        frozenset(written_about(named).values()),
    ]
    reference = belongs_to(marks)
    if reference is None or not ReferralRow.objects.filter(reference=reference).exists():
        return None, None
    referral = ReferralRow.objects.locked(reference)
    if not _was_written_about(referral):
        return None, None
    return referral, _notice_of(referral, named)


def _was_written_about(referral: ReferralRow) -> bool:
    """Say whether a platform can have an answer: there is none to what has no words any more."""
    return referral.state != State.STATUTORY_ROUTE and referral.noticerows.exists()


def _notice_of(referral: ReferralRow, named: Sequence[UUID]) -> NoticeRow | None:
    return referral.noticerows.filter(id__in=named).order_by("at").last()


def _note_arrival(referral: ReferralRow, row: MailRow, *, at: datetime) -> None:
    """Note on a locked referral, and on the notice it is about, that a message is there."""
    referral.mail_since = referral.mail_since or at
    referral.keep()
    if row.notice is not None and row.kind == MailKind.BOUNCE:
        row.notice.came_back = row.status or UNKNOWN
        row.notice.save()


def _reseal(row: MailRow, key: RecordKey, referral: ReferralRow) -> bytes:
    """Seal a message under the key of the referral that it belongs to from now on."""
    own, kept = row.own_key(), row.message
    texts = {name: unsealed(row, own, name) for name in ("sender", "subject")}
    data = kept.opened(own)
    row.referral, row.key, row.max_on = referral, None, None
    seal_into(row, key, **texts)
    kept.seal(data, key)
    kept.save()
    return data


def _of_a_referral(mail: UUID) -> tuple[ReferralRow, MailRow]:
    """Lock a message and its referral, this one first as every act does. Raises NotFound."""
    found = MailRow.objects.one(mail)
    check_of_this_referral(is_its_own=found.referral is not None)
    referral = ReferralRow.objects.locked(found.referral.reference if found.referral else "")
    return referral, MailRow.objects.locked(mail)


def _about_mail(row: MailRow, act: Act, acting: Acting, reason: Commitment | None = None) -> Entry:
    return entered(
        act,
        Permission.SORT_MAIL,
        acting=acting,
        obj=row.id,
        outcome=Code(row.kind),
        reason=reason,
    )
