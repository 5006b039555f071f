"""Counts of the equality tally are erased when their time is over. D18."""

from django.utils import timezone

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.disparity import quarter_of
from evenhand.rules.equality import SCHEDULE, is_over
from evenhand.rules.officers import Acting
from evenhand.store.equality import EqualityTallyRow
from evenhand.store.lawbook import schedules
from evenhand.store.writing import writing


def forget_old(*, acting: Acting) -> int:
    """Erase the counts of quarters that ended so long ago; give how many quarters.

    Unlike tallying this has an entry: a whole quarter goes, so it tells of nobody.
    """
    today, schedule = timezone.localdate(acting.at), schedules()[SCHEDULE]
    quarters = EqualityTallyRow.objects.order_by("quarter").values_list("quarter", flat=True)
    over = [it for it in quarters.distinct() if is_over(quarter_of(it), schedule, today=today)]
    if over:
        with writing() as pen:
            EqualityTallyRow.objects.filter(quarter__in=over).delete()
            act, who = Act.EQUALITY_FORGOTTEN, acting.officer.ref
            pen.enter(Entry(act=act, at=acting.at, who=who))
    return len(over)
