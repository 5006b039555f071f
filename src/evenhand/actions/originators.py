"""Telling whoever wrong data came from: begun by the correction, done by a sharing officer."""

from datetime import date
from uuid import UUID

from django.conf import settings

from evenhand.actions.entering import about as entry_about
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.originators import Originator, check_may_tell, check_originators_told
from evenhand.rules.recalls import due_at
from evenhand.seal.record import RecordKey
from evenhand.store.originators import UNTOLD, OriginatorNoticeRow, whose
from evenhand.store.people import PersonRow
from evenhand.store.sealing import seal_into
from evenhand.store.writing import writing


def begin(
    row: PersonRow, key: RecordKey, originator: Originator, about: str, *, acting: Acting
) -> None:
    """Have a body told that data from it was wrong, as part of the act that corrects. Clock E11."""
    if not originator.is_named:
        return
    notice = OriginatorNoticeRow(
        person=row,
        about=about,
        by_id=acting.officer.ref,
        at=acting.at,
        due_at=due_at(acting.at, settings.CLOCKS.calendar),
    )
    seal_into(notice, key, body=originator.body, their_reference=originator.their_reference)
    notice.save(force_insert=True)


def told(notice: UUID, on: date, *, acting: Acting) -> None:
    """Record that a body was told, by a way that is safe, on a day."""
    check_may(acting.officer, Permission.SHARE)
    day_of = settings.CLOCKS.calendar.day_of
    with writing() as pen:
        person = PersonRow.objects.locked(whose(notice))
        row = OriginatorNoticeRow.objects.get(id=notice)
        corrected_on, today = day_of(row.at), day_of(acting.at)
        check_may_tell(told_on=row.told_on, on=on, corrected_on=corrected_on, today=today)
        row.told_on, row.told_by_id, row.told_at = on, acting.officer.ref, acting.at
        row.save()
        person.keep()
        pen.enter(entry_about(person, Act.ORIGINATOR_TOLD, Permission.SHARE, acting=acting))


def check_told(person: UUID) -> None:
    """Refuse to erase somebody while a body that wrong data came from was not told."""
    check_originators_told(OriginatorNoticeRow.objects.filter(UNTOLD, person=person).count())
