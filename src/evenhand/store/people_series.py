"""People by quarter, as readers have it beside the figures and the replies that they have.

What a quarter tells is settled as it ends, by what was published until then, and never changes:
figures, replies and yearly reports that come later are held against it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from django.conf import settings
from django.db.models import Sum

from evenhand.rules.publishing_tables import Published
from evenhand.rules.statistics import (
    MOST_QUARTERS,
    Before,
    Quarter,
    disposed_of,
    on_record,
    quarters,
)
from evenhand.store import foi_counting
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.day_counts import DayCountRow
from evenhand.store.publishing import ever_published
from evenhand.store.retention import KnownSinceRow

OF_PEOPLE = '["person", "record"'
"""How the parts begin under which people's records that are disposed of are counted."""
Series = Mapping[Quarter, tuple[Published, Published]]


def people(*, today: date) -> Series:
    """Give what may be published of people by quarter: those on record, and those disposed of."""
    found = _series(today=today)
    return {it: found[it] for it in list(found)[-MOST_QUARTERS:]}


def published(*, today: date) -> Iterable[Published]:
    """Give what readers have of people by quarter, for whatever else is to be published."""
    return chain.from_iterable(_series(today=today).values())


def _series(*, today: date) -> Series:
    told = quarters(KnownSinceRow.objects.get().day, today=today)
    before = _before()
    there = on_record(_as_each_ended(told), before=before)
    gone = disposed_of(_disposed_of(told).items(), before=before)
    return {it: (there[it], gone[it]) for it in told}


def _before() -> Before:
    """Give what was published until a quarter ended, what was wrong and is corrected too."""
    known: Sequence[tuple[datetime, Published]] = [*ever_published(), *foi_counting.told()]

    def until(quarter: Quarter) -> Sequence[Published]:
        ended = settings.CLOCKS.calendar.start_of(quarter.end)
        return [table for at, table in known if at < ended]

    return until


def _as_each_ended(told: Sequence[Quarter]) -> Iterator[tuple[Quarter, int]]:
    """Say how many people were on record as each quarter ended."""
    rows = PeopleKnownRow.objects.filter(system=EVERYBODY).order_by("-known_on")
    lines = list(rows.values_list("known_on", "people"))
    for quarter in told:
        yield quarter, next((number for day, number in lines if day < quarter.end), 0)


def _disposed_of(told: Sequence[Quarter]) -> Mapping[Quarter, int]:
    """Add up people's records that were disposed of by quarter, in one query."""
    found = dict.fromkeys(told, 0)
    if told:
        rows = DayCountRow.objects.filter(counted="disposed", parts__startswith=OF_PEOPLE)
        rows = rows.filter(day__gte=told[0].first, day__lt=told[-1].end)
        for day, number in rows.values_list("day").annotate(total=Sum("number")).order_by():
            found[Quarter(day.year, (day.month + 2) // 3)] += number
    return found
