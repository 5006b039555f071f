"""Bodies to tell that data from them was wrong: what waits by reference, and the message to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from evenhand.queries import consultations
from evenhand.rules.messages import Message
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.originators import originator_message
from evenhand.store.originators import UNTOLD, OriginatorNoticeRow, whose
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key

MOST = 50
"""So many are listed, the first due first; once one is done, the next comes up."""
TELLING = "To tell the body that wrong data came from"
"""The reason of a look that the telling itself asks for."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """A record of which data from another body was wrong, and by when that body is told."""

    ref: UUID
    reference: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OriginatorNotice:
    """What one body is told about one record, and whether it was."""

    ref: UUID
    reference: str
    message: Message
    due_at: datetime
    corrected_at: datetime
    told_on: date | None
    told_by: str


def waiting(most: int = MOST, *, acting: Acting) -> Sequence[ToTell]:
    """List what waits to be told, the first due first, by reference. The look is in the log."""
    check_may(acting.officer, Permission.SHARE)
    rows = OriginatorNoticeRow.objects.filter(UNTOLD).select_related("person")
    found = list(rows.order_by("due_at", "id")[:most])
    if found:
        shown = [it.person_id for it in found]
        consultations.at_several(shown, Permission.SHARE, acting=acting)
    return [ToTell(it.id, it.person.reference, it.due_at) for it in found]


def one(notice: UUID, *, acting: Acting) -> OriginatorNotice:
    """Give the message to one body. It is a look at the person. Raises NotFound."""
    check_may(acting.officer, Permission.SHARE)
    person = PersonRow.objects.select_related("key").named(whose(notice))
    key = open_record_key(person.key)
    consultations.at_person_again(person, key, Permission.SHARE, TELLING, acting=acting)
    row = OriginatorNoticeRow.objects.select_related("told_by").get(id=notice)
    return OriginatorNotice(
        ref=row.id,
        reference=person.reference,
        message=originator_message(
            row.originator(key),
            row.about,
            reference=person.reference,
            at=settings.CLOCKS.calendar.day_of(row.at),
            desk=settings.DESK.name,
            contact=settings.DESK.contact_email,
        ),
        due_at=row.due_at,
        corrected_at=row.at,
        told_on=row.told_on,
        told_by=row.told_by.name if row.told_by else "",
    )


def count_overdue(*, now: datetime) -> int:
    """Count the bodies that should have been told by now: a number alone. Clock E11."""
    return OriginatorNoticeRow.objects.filter(UNTOLD, due_at__lt=now).count()
