"""Putting the next step on a referral off until a later day."""

from datetime import date

from django.conf import settings

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.clocks import check_may_put_off
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import check_version
from evenhand.rules.texts import check_reason
from evenhand.rules.triage import is_emergency
from evenhand.store.casework import SnoozeRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def put_off(
    reference: str,
    until: date,
    reason: str,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Put the next step off until a day, for a reason. Any act that moves the referral ends it."""
    check_may(acting.officer, Permission.SNOOZE)
    check_reason(reason)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        standing = row.standing()
        check_may_put_off(
            standing,
            until,
            row.clocks(standing),
            emergency=is_emergency(row.triage, recorded=row.emergencyrows.exists()),
            before=row.snoozerows.filter(at__gte=standing.since).count(),
            today=settings.CLOCKS.calendar.day_of(acting.at),
        )
        key = open_record_key(row.key)
        row.put_off(until)
        row.keep()
        step = SnoozeRow(referral=row, by_id=acting.officer.ref, at=acting.at, until=until)
        seal_into(step, key, reason=reason)
        step.save(force_insert=True)
        entry = about(
            row,
            Act.STEP_PUT_OFF,
            Permission.SNOOZE,
            acting=acting,
            reason=committed(key, reason),
        )
        pen.enter(entry)
