"""What was said of a breach is erased when its time is over; that it was, and when, stays. D15."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.breaches import Content
from evenhand.rules.officers import Acting
from evenhand.rules.retention_schedules import dates
from evenhand.store.breaches import BreachRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import schedules
from evenhand.store.writing import writing

SCHEDULE = "D15"


def forget_old(*, acting: Acting) -> int:
    """Erase the words of breaches that were closed so long ago; give of how many."""
    today, schedule = timezone.localdate(acting.at), schedules()[SCHEDULE]
    closed = _closed().order_by("closed_at").values_list("id", "closed_at")
    over = [
        ref
        for ref, at in closed
        if at and dates(schedule, timezone.localdate(at), child=False).max_on <= today
    ]
    return sum(forget(it, acting=acting) for it in over)


@transaction.atomic(savepoint=False)
def forget(breach: UUID, *, acting: Acting) -> bool:
    """Erase the words of a closed breach, with its key; say whether they were there."""
    row = _closed().select_for_update().filter(id=breach).first()
    if row is None:
        return False
    with writing() as pen:
        row.key = None
        row.late_because = row.not_told_because = row.package = None
        row.erased_at = acting.at
        row.version += 1
        row.save()
        row.notes.all().delete()
        row.phases.all().delete()
        row.groups.update(reasons=None, **dict.fromkeys(Content))
        RecordKeyRow.objects.filter(id=row.id).delete()
        pen.enter(Entry(act=Act.BREACH_FORGOTTEN, at=acting.at, who=acting.officer.ref))
    return True


def _closed() -> QuerySet[BreachRow]:
    return BreachRow.objects.filter(closed_at__isnull=False, erased_at=None)
