"""Notes to colleagues on a referral: added, never changed; who is mentioned is told."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from evenhand.actions.entering import about, committed
from evenhand.actions.handover import colleague_named
from evenhand.ledger.acts import Act
from evenhand.rules.handover import check_can_work_on_it
from evenhand.rules.mail import NOTES
from evenhand.rules.messages import note_message
from evenhand.rules.notes import check_may_note, mentioned, unknown
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may, may
from evenhand.rules.referrals import State
from evenhand.rules.retention import check_open
from evenhand.rules.texts import check_given
from evenhand.store.casework import NoteRow
from evenhand.store.jobs import ask_to_tell
from evenhand.store.machinery import UnreadRow
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing
from evenhand.transports import email


def write(reference: str, text: str, mentions: Sequence[str] = (), *, acting: Acting) -> None:
    """Write a note on a referral; ``mentions`` are user names, beside any @name in the text.

    The referral has a new version then: whoever is deciding on it sees the note first.
    """
    check_may(acting.officer, Permission.WRITE_NOTE)
    check_given(text, at="text")
    chosen = [colleague_named(it, at="mentions") for it in dict.fromkeys(mentions)]
    for colleague in chosen:
        check_can_work_on_it(colleague, at="mentions")
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_may_note(row.reference, State(row.state))
        closed = row.is_restricted(timezone.localdate(acting.at))
        check_open(row.reference, restricted=closed, officer=acting.officer)
        key = open_record_key(row.key)
        row.keep()
        meant = ({it.ref for it in chosen} | _called(text)) - {acting.officer.ref}
        step = NoteRow(referral=row, by_id=acting.officer.ref, at=acting.at, mentions=sorted(meant))
        seal_into(step, key, text=text)
        step.save(force_insert=True)
        reason = committed(key, text)
        pen.enter(about(row, Act.NOTE_WRITTEN, Permission.WRITE_NOTE, acting=acting, reason=reason))
        _mention(step, meant, acting)


def called_in_vain(text: str) -> list[str]:
    """Name what a text calls by “@” that is no reader’s user name: nobody is told of it."""
    return unknown(text, _readers()) if "@" in text else []


def mark_read(reference: str, *, acting: Acting) -> None:
    """Take an officer’s mentions on a referral off their worklist: they are reading its notes."""
    UnreadRow.objects.filter(
        officer=acting.officer.ref,
        referral__in=ReferralRow.objects.filter(reference=reference).values("id"),
    ).delete()


def tell(note: UUID, officer: OfficerRef, *, last_attempt: bool, at: datetime) -> None:
    """Mail a mentioned officer that there is a note; where no address is known, do nothing.

    Raises NotAccepted for a failure that may pass, so that the worker tries again.
    """
    row = NoteRow.objects.select_related("referral").get(id=note)
    reader = OfficerRow.objects.select_related("account").get(id=officer)
    recipient = reader.account.email
    if not recipient or reader.retired_at:
        return
    reference, desk = row.referral.reference, settings.DESK
    link = f"{settings.PUBLIC_URL.rstrip('/')}/referrals/{reference}/notes/"
    data = email.compose(
        note_message(reference, desk=desk.name, link=link),
        desk=desk.name,
        contact=desk.contact_email,
        recipient=recipient,
        reference=NOTES,
        notice=uuid5(note, str(officer)),
        at=at,
    )
    try:
        email.hand_over(
            data, sender=desk.contact_email, recipient=recipient, server=settings.SMTP_URL
        )
    except email.NotAccepted as refusal:
        # The mention stands on the worklist all the same.
        if not (refusal.for_good or last_attempt):
            raise


def _called(text: str) -> set[OfficerRef]:
    """Find the colleagues whom the text calls by “@” and their user name."""
    readers = _readers() if "@" in text else {}
    return {readers[name] for name in mentioned(text, readers)}


def _readers() -> Mapping[str, OfficerRef]:
    """Give whoever may read notes, by user name."""
    rows = OfficerRow.objects.filter(retired_at__isnull=True).select_related("account")
    known = {row.account.username: row.as_fact() for row in rows}
    return {name: it.ref for name, it in known.items() if may(it, Permission.READ_WORDS)}


def _mention(note: NoteRow, meant: Iterable[OfficerRef], acting: Acting) -> None:
    for officer in sorted(meant):
        UnreadRow.objects.create(
            officer=officer, note_id=note.id, referral=note.referral_id, at=acting.at
        )
        ask_to_tell(note.id, officer)
