"""What is published of people by quarter: settled once, after the quarter ended, and kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.rules.statistics import Quarter, disposed_of, on_record, quarters
from evenhand.store import foi_counting, people_series, publishing
from evenhand.store.people_series import PeopleQuarterRow
from evenhand.store.retention import KnownSinceRow
from evenhand.store.writing import writing


@transaction.atomic(savepoint=False)
def settle(*, acting: Acting) -> int:
    """Settle each quarter that is over and is not settled, in their order; give how many.

    It is over once its last day is closed: until then somebody may be counting on it.
    """
    publishing.one_at_a_time()
    known = KnownSinceRow.objects.get()
    if known.added_up is None:
        return 0
    first_open = known.added_up + timedelta(days=1)
    over = quarters(known.day, today=min(timezone.localdate(acting.at), first_open))
    settled = people_series.settled()
    waiting = [it for it in over if it not in settled]
    for quarter in waiting:
        _settle(quarter, acting=acting)
    return len(waiting)


def _settle(quarter: Quarter, *, acting: Acting) -> None:
    """Keep what is told of a quarter beside all that readers have, or are about to have."""
    earlier = [*publishing.earlier(), *foi_counting.told(), *people_series.published()]
    there = on_record(quarter, people_series.on_record_as_it_ended(quarter), earlier=earlier)
    gone = disposed_of(quarter, people_series.disposed_of_in(quarter), earlier=earlier)
    with writing() as pen:
        row = PeopleQuarterRow(
            first_day=quarter.first,
            on_record=publishing.written(there),
            disposed_of=publishing.written(gone),
            at=acting.at,
        )
        row.save(force_insert=True)
        act, who = Act.QUARTER_SETTLED, acting.officer.ref
        pen.enter(Entry(act=act, at=acting.at, who=who, obj=row.id))
