"""What was done because a life was at risk."""

from django.db import transaction

from evenhand.actions.entering import about
from evenhand.actions.referrals import triage_row
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State, TriageOutcome, check_version
from evenhand.rules.triage import (
    EmergencyRecord,
    check_emergency_record,
    check_may_record_emergency,
)
from evenhand.store.casework import EmergencyRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def record(
    reference: str,
    record: EmergencyRecord,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Record what was done; a referral that was not triaged yet is triaged as an emergency first.

    The referral then waits no more at the top of the worklist, and goes on as before.
    """
    check_may(acting.officer, Permission.TRIAGE)
    check_emergency_record(record, now=acting.at)
    with transaction.atomic():
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_may_record_emergency(row.as_fact())
        if row.state == State.LOGGED:
            triage_row(row, TriageOutcome.EMERGENCY, "", acting=acting)
        with writing() as pen:
            row.emergency_since = None
            row.keep()
            step = EmergencyRow(
                referral=row,
                by_id=acting.officer.ref,
                at=acting.at,
                done=sorted(record.done),
                done_at=record.done_at,
            )
            seal_into(
                step,
                open_record_key(row.key),
                told=record.told,
                their_reference=record.their_reference,
                words=record.words,
            )
            step.save(force_insert=True)
            pen.enter(about(row, Act.EMERGENCY_RECORDED, Permission.TRIAGE, acting=acting))
