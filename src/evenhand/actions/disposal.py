"""Disposal: what two officers released, or nobody did in time, goes; a certificate stays."""

import secrets
from datetime import datetime

from django.utils import timezone

from evenhand.actions import drafts, repeats, sharing
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import SYSTEM, Reason, check_nobody_rests_on
from evenhand.rules.holds import check_no_hold
from evenhand.rules.officers import Acting, OfficerRef, Permission
from evenhand.rules.retention import TRAIL, Kept, What, what_goes
from evenhand.store import disposing
from evenhand.store.people import PersonRow
from evenhand.store.records import Record, kept
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow
from evenhand.store.writing import Pen

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ACTS = {What.CONTENT: Act.CONTENT_DISPOSED, What.RECORD: Act.RECORD_DISPOSED}


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
    certificate = DisposalRow(
        reference=new_reference(),
        record=row.id,
        kind=found.kind,
        what=what,
        system=_system_of(row),
        schedule=found.schedule,
        because=because,
        created_on=timezone.localdate(_made_at(row)),
        max_on=found.dates.max_on,
        day=today,
        at=acting.at,
        proposed_by_id=proposed_by,
        released_by_id=acting.officer.ref if two else None,
    )
    certificate.save(force_insert=True)
    _remove(row, what, found)
    drafts.drop_everyones(row.reference)
    repeats.forget(row.reference)
    permission = Permission.CONFIRM_REVIEW if two else None
    pen.enter(about(row, ACTS[what], permission, acting=acting, outcome=because))
    return certificate.reference


def new_reference() -> str:
    """Make the reference of a certificate. It says nothing."""
    return f"C-{''.join(secrets.choice(LETTERS) for _ in range(8))}"


def _remove(row: Record, what: What, found: Kept) -> None:
    if isinstance(row, ReferralRow) and what is What.CONTENT:
        disposing.remove_content(row)
        row.extended = row.restricted = None
        row.keep_under(TRAIL, start_on=found.dates.start_on)
        row.keep()
        return
    row.version += 1
    if isinstance(row, PersonRow):
        sharing.forget(row.id)
        disposing.remove_person(row)
    else:
        check_nobody_rests_on(row.reference, row.people.count())
        disposing.remove(row)


def _system_of(row: Record) -> str:
    """Name the system that a record came from: an old one that somebody was taken over from."""
    return (row.origin if isinstance(row, PersonRow) else None) or SYSTEM


def _made_at(row: Record) -> datetime:
    return row.proposed_at if isinstance(row, PersonRow) else row.logged_at
