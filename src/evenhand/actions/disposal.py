"""Disposal: what two officers released, or nobody did in time, goes; a certificate stays."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from evenhand.actions import drafts, repeats, same_content, sharing, traces
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import SYSTEM, Reason, check_nobody_rests_on
from evenhand.rules.holds import check_no_hold
from evenhand.rules.officers import Acting, OfficerRef, Permission
from evenhand.rules.retention import TRAIL, Kept, RecordKind, What, what_goes
from evenhand.store import disposing
from evenhand.store.people import PersonRow
from evenhand.store.records import Record, kept, locked
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow
from evenhand.store.writing import Pen

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PLACES = [len(LETTERS) ** it for it in range(8)]
ACTS = {What.CONTENT: Act.CONTENT_DISPOSED, What.RECORD: Act.RECORD_DISPOSED}


def locked_to_go(reference: str) -> Record:
    """Give a record that may be disposed of, locked until the end of the act. Raises NotFound.

    The account that a referral names is locked before it, in the order of whoever logs another of
    this account: neither waits for the other for ever.
    """
    named = ReferralRow.objects.filter(reference=reference).values_list("account", flat=True)
    same_content.lock(bytes(it) for it in named if it)
    return locked(reference)


def dispose(
    row: Record,
    because: Reason,
    *,
    proposed_by: OfficerRef | None,
    pen: Pen,
    acting: Acting,
) -> str:
    """Dispose of what comes to its end of a locked record; give the certificate's reference.

    Of a referral first its content goes, and later all of it with its key; of a person all at once.
    Enters it. Raises OnHold, and RestsOnIt of a referral through which somebody is on record.
    """
    found, today = kept(row), timezone.localdate(acting.at)
    check_no_hold(found.holds, today=today)
    what, two = what_goes(found.schedule), because is not Reason.NOT_RELEASED
    certificate = certify(
        row,
        what,
        because,
        schedule=found.schedule,
        max_on=found.dates.max_on,
        proposed_by=proposed_by,
        released_by=acting.officer.ref if two else None,
        at=acting.at,
    )
    _remove(row, what, found, today=today)
    drafts.drop_everyones(row.reference)
    repeats.forget(row.reference)
    permission = Permission.CONFIRM_REVIEW if two else None
    pen.enter(about(row, ACTS[what], permission, acting=acting, outcome=because))
    return certificate


def certify(  # noqa: PLR0913 - what a certificate says, each by name
    row: Record,
    what: What,
    because: Reason,
    *,
    schedule: str,
    max_on: date,
    at: datetime,
    proposed_by: OfficerRef | None = None,
    released_by: OfficerRef | None = None,
) -> str:
    """Write the certificate of what goes; give its reference, which says nothing. Needs the pen."""
    kind, system, made_at = origin(row)
    certificate = DisposalRow(
        reference=new_reference(),
        record=row.id,
        kind=kind,
        what=what,
        system=system,
        schedule=schedule,
        because=because,
        created_on=timezone.localdate(made_at),
        max_on=max_on,
        day=timezone.localdate(at),
        at=at,
        proposed_by_id=proposed_by,
        released_by_id=released_by,
    )
    certificate.save(force_insert=True)
    return certificate.reference


def new_reference() -> str:
    """Give a reference for a certificate. It is random, and says nothing."""
    number = secrets.randbelow(len(LETTERS) ** len(PLACES))
    return f"C-{''.join([LETTERS[number // it % len(LETTERS)] for it in PLACES])}"


def _remove(row: Record, what: What, found: Kept, *, today: date) -> None:
    if isinstance(row, ReferralRow) and what is What.CONTENT:
        disposing.remove_content(row)
        row.extended = row.restricted = None
        row.keep_under(TRAIL, start_on=found.dates.start_on)
        row.keep()
        return
    remove_whole(row, sharing.forget, day=today)


def remove_whole(row: Record, of_packages: Callable[[UUID], None], *, day: date) -> None:
    """Remove all of a record with its key; ``of_packages`` is what becomes of a person's.

    Of whom it was there stays a keyed hash with the ``day``. Needs the pen. Raises RestsOnIt of a
    referral through which somebody is on record.
    """
    row.version += 1
    if isinstance(row, PersonRow):
        traces.leave(row, day)
        of_packages(row.id)
        disposing.remove_people([row.id])
    else:
        check_nobody_rests_on(row.reference, row.people.count())
        disposing.remove(row)


def origin(row: Record) -> tuple[RecordKind, str, datetime]:
    """Say what a record is, which system it came from, an old one perhaps, and when it was made."""
    if isinstance(row, PersonRow):
        return RecordKind.PERSON, row.origin or SYSTEM, row.proposed_at
    return RecordKind.REFERRAL, row.origin or SYSTEM, row.logged_at
