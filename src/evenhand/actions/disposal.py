"""Disposal: what two officers released, or nobody did in time, goes; a certificate stays."""

import secrets

from django.utils import timezone

from evenhand.actions import drafts, repeats
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import SYSTEM, Reason
from evenhand.rules.holds import check_no_hold
from evenhand.rules.officers import Acting, OfficerRef, Permission
from evenhand.rules.retention import TRAIL, Kept, RecordKind, What, what_goes
from evenhand.store import disposing
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow, holds_on
from evenhand.store.writing import Pen

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
ACTS = {What.CONTENT: Act.CONTENT_DISPOSED, What.RECORD: Act.RECORD_DISPOSED}


def kept_of(row: ReferralRow) -> Kept:
    """Give a locked referral with its holds, as the rules about keeping see it. Raises NotDue."""
    return row.as_kept(holds_on(row.id))


def dispose(
    row: ReferralRow,
    because: Reason,
    *,
    proposed_by: OfficerRef | None,
    pen: Pen,
    acting: Acting,
) -> str:
    """Dispose of what comes to its end of a locked referral; give the certificate's reference.

    First of its content, later of the whole record with its key. Enters it. Raises OnHold.
    """
    kept, today = kept_of(row), timezone.localdate(acting.at)
    check_no_hold(kept.holds, today=today)
    what, two = what_goes(kept.schedule), because is not Reason.NOT_RELEASED
    certificate = DisposalRow(
        reference=f"C-{''.join(secrets.choice(LETTERS) for _ in range(8))}",
        record=row.id,
        kind=RecordKind.REFERRAL,
        what=what,
        system=SYSTEM,
        schedule=kept.schedule,
        because=because,
        created_on=timezone.localdate(row.logged_at),
        max_on=kept.dates.max_on,
        day=today,
        at=acting.at,
        proposed_by_id=proposed_by,
        released_by_id=acting.officer.ref if two else None,
    )
    certificate.save(force_insert=True)
    if what is What.CONTENT:
        _dispose_of_content(row)
    else:
        row.version += 1
        disposing.remove(row)
    drafts.drop_everyones(row.reference)
    repeats.forget(row.reference)
    permission = Permission.CONFIRM_REVIEW if two else None
    pen.enter(about(row, ACTS[what], permission, acting=acting, outcome=because))
    return certificate.reference


def _dispose_of_content(row: ReferralRow) -> None:
    """Go on under the schedule of the decision trail, from the day on which it ended."""
    assert row.start_on is not None
    disposing.remove_content(row)
    row.extended = row.restricted = None
    row.keep_under(TRAIL, start_on=row.start_on)
    row.keep()
