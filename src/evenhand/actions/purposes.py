"""Using a person's record for another purpose: one officer asks, another one answers. A08."""

from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.assurance import check_people_open
from evenhand.rules.disposal_duty import check_no_duty
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import (
    PersonStanding,
    check_may_open,
    check_own_request,
    check_second_officer,
    check_standing,
    check_version,
)
from evenhand.rules.people_changes import check_nothing_waits
from evenhand.rules.purposes import Purpose, PurposeChange, check_change
from evenhand.rules.texts import check_reason
from evenhand.store.assurance import assured
from evenhand.store.people import PersonRow, no_such_person
from evenhand.store.purposes import WAITS, PurposeChangeRow
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def ask(
    reference: str, change: PurposeChange, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Ask that a record may be used for another purpose. Until it is answered, it may not."""
    check_may(acting.officer, Permission.ASK_PURPOSE)
    check_people_open(assured())
    check_change(change)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        check_may_open(acting.officer, row.owners())
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.HELD)
        check_no_duty(row.duty)
        there = PurposeChangeRow.objects.filter(person=row, purpose=change.purpose)
        check_nothing_waits(row.reference, waits=there.exclude(approved=False).exists())
        key = open_record_key(row.key)
        asked = PurposeChangeRow(
            person=row, purpose=change.purpose, asked_by_id=acting.officer.ref, asked_at=acting.at
        )
        seal_into(
            asked,
            key,
            law=change.law,
            necessity=change.necessity,
            proportionality=change.proportionality,
        )
        asked.save(force_insert=True)
        row.keep()
        pen.enter(
            about(
                row,
                Act.PURPOSE_ASKED,
                Permission.ASK_PURPOSE,
                acting=acting,
                outcome=change.purpose,
                reason=committed(key, change.necessity),
            )
        )


def answer(
    reference: str,
    purpose: Purpose,
    reason: str,
    *,
    agreed: bool,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Answer, as the second officer, whether a record may be used for another purpose."""
    check_may(acting.officer, Permission.ANSWER_PURPOSE)
    check_people_open(assured())
    check_reason(reason)
    with writing() as pen:
        row = PersonRow.objects.locked(reference)
        fact = row.as_fact(at=acting.at)
        check_version(fact, seen_version)
        check_standing(fact, PersonStanding.HELD)
        check_no_duty(row.duty)
        asked = PurposeChangeRow.objects.filter(WAITS, person=row, purpose=purpose).first()
        if asked is None:
            raise no_such_person()
        if agreed:
            check_second_officer(asked.asked(), acting.officer, now=acting.at)
        check_own_request(asked.asked(), acting.officer)
        key = open_record_key(row.key)
        asked.approved, asked.answered_at = agreed, acting.at
        asked.answered_by_id = acting.officer.ref
        seal_into(asked, key, answer=reason)
        asked.save()
        row.keep()
        pen.enter(
            about(
                row,
                Act.PURPOSE_ALLOWED if agreed else Act.PURPOSE_REFUSED,
                Permission.ANSWER_PURPOSE,
                acting=acting,
                outcome=purpose,
                reason=committed(key, reason),
            )
        )
