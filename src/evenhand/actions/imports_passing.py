"""A record of an old system leaves quarantine: passed through the same rules as any, or rejected.

One record at a time, by an officer who looked at it. Nothing here acts on several.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from evenhand.actions import referrals
from evenhand.actions.entering import committed, entered
from evenhand.actions.imports import count
from evenhand.actions.referrals import Admitted
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Commitment, Entry
from evenhand.rules.imports import (
    LeftQuarantine,
    Standing,
    Tally,
    check_in_time,
    check_person_settled,
    check_waits,
)
from evenhand.rules.intake import Intake
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.texts import check_reason, check_text
from evenhand.rules.words import words
from evenhand.store.imports import ImportedRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import seal_into
from evenhand.store.writing import writing


def pass_on(record: UUID, one: Admitted, intake: Intake, *, acting: Acting) -> str:
    """Log a record of an old system, admitted as any content is, as a referral of this desk.

    Gives its reference. Whoever the record names is not taken along: see ``settle_person``.
    Raises what logging raises, LeftQuarantine and StaysInQuarantine.
    """
    check_may(acting.officer, Permission.IMPORT)
    with transaction.atomic(savepoint=False):
        row = _waiting(record, acting)
        taken_over = replace(one, origin=row.system)
        reference = referrals.log_one(taken_over, intake, acting=acting)
        with writing() as pen:
            row.standing, row.at = Standing.PASSED, acting.at
            row.by_id = acting.officer.ref
            row.became = ReferralRow.objects.named(reference).id
            _keep(row, with_key=row.names_person)
            count(row.run, row.system, {Tally.PASSED: 1}, acting=acting)
            pen.enter(_about(row, Act.IMPORT_PASSED, acting))
    return reference


def reject(record: UUID, reason: str, *, acting: Acting) -> None:
    """Reject a record for a reason: its words are destroyed at once, and it is counted."""
    check_may(acting.officer, Permission.IMPORT)
    check_reason(reason)
    with transaction.atomic(savepoint=False), writing() as pen:
        row = _waiting(record, acting)
        key = row.run.own_key()
        row.standing, row.at = Standing.REJECTED, acting.at
        row.by_id = acting.officer.ref
        seal_into(row, key, reason=reason)
        _keep(row, with_key=False)
        count(row.run, row.system, {Tally.REJECTED: 1}, acting=acting)
        pen.enter(_about(row, Act.IMPORT_REJECTED, acting, reason=committed(key, reason)))


def settle_person(
    record: UUID, *, proposed: str = "", left_out_because: str = "", acting: Acting
) -> None:
    """Destroy what the old system says of whom a passed record names.

    Either they were proposed on its referral, as every person is: then their record, whose
    reference is ``proposed``, says which old system it comes from, so that people are counted by
    it. Or they are left out for a reason. Raises StaysInQuarantine where neither is so,
    LeftQuarantine.
    """
    check_may(acting.officer, Permission.IMPORT)
    check_text(left_out_because, at="reason")
    with transaction.atomic(savepoint=False), writing() as pen:
        row = _with_person(record, acting)
        theirs = ReferralRow.objects.filter(people__person__reference=proposed)
        is_proposed = row.became in theirs.values_list("id", flat=True)
        check_person_settled(proposed=is_proposed, reason=left_out_because)
        if is_proposed:
            person = PersonRow.objects.locked(proposed)
            person.origin = row.system
            person.save()
        key = row.run.own_key()
        seal_into(row, key, reason=left_out_because)
        _keep(row, with_key=False)
        reason = committed(key, left_out_because)
        pen.enter(_about(row, Act.IMPORT_PERSON_SETTLED, acting, reason=reason))


def _with_person(record: UUID, acting: Acting) -> ImportedRow:
    """Give a passed record whose person nobody has proposed or left out yet. Locks it."""
    row = ImportedRow.objects.locked(record)
    if row.standing != Standing.PASSED or row.key_id is None:
        raise LeftQuarantine(
            words("There is nobody to propose or leave out of this record, or not any more."),
            do=words("Open the page of the old system again to see what is left."),
        )
    check_in_time(row.run.max_on, today=timezone.localdate(acting.at))
    return row


def _waiting(record: UUID, acting: Acting) -> ImportedRow:
    row = ImportedRow.objects.locked(record)
    check_waits(Standing(row.standing))
    check_in_time(row.run.max_on, today=timezone.localdate(acting.at))
    return row


def _keep(row: ImportedRow, *, with_key: bool) -> None:
    """Store a record that has left; without its key, its words are gone from every copy."""
    if with_key:
        row.save()
        return
    row.drop_words()
    row.save()
    RecordKeyRow.objects.filter(id=row.id).delete()


def _about(
    row: ImportedRow, act: Act, acting: Acting, *, reason: Commitment | None = None
) -> Entry:
    return entered(
        act,
        Permission.IMPORT,
        acting=acting,
        obj=row.id,
        reason=reason,
    )
