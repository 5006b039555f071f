"""What the desk did, for everybody: from the counts that are kept as it happens, never from rows.

So a page costs by the months that it is about, however many referrals there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear

from evenhand.queries.counts import known_since
from evenhand.rules.counting import Counted, Month, month_of
from evenhand.rules.own_errors import Parts, read_parts
from evenhand.rules.publishing_tables import Published
from evenhand.rules.retention import What
from evenhand.rules.statistics import (
    SHOWN,
    Numbers,
    Quarter,
    Work,
    disposed_of,
    months_of,
    on_record,
    quarters,
)
from evenhand.store import sequencing
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.disposing import DECIDED
from evenhand.store.retention import DisposalRow, MonthCountRow, TallyRow

KEPT = ((MonthCountRow, "parts"), (TallyRow, "outcome"))
"""Where counts are kept, and which column tells one of them from the next."""


@dataclass(frozen=True, slots=True)
class People:
    """Numbers of people by quarter, as they may be published."""

    on_record: Mapping[Quarter, Published]
    disposed_of: Mapping[Quarter, Published]


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log was signed when numbers were given. ``size`` 0: nothing is signed yet."""

    size: int
    root: str


def of_year(year: int, *, today: date) -> Work:
    """Give the work of the months of a year that have begun. Raises NoSuchYear."""
    return of_months(months_of(year, today=today))


def of_months(months: Sequence[Month]) -> Work:
    """Give the work of consecutive months."""
    span = {"month__gte": months[0].first, "month__lte": months[-1].first}
    return Work(_by_month(months, span), _decided(span))


def years() -> Mapping[int, Numbers]:
    """Give each number for each year in which anything was counted, the last year first."""
    found: dict[int, Counter[Counted]] = {}
    for rows, _parts in KEPT:
        counted = rows.objects.filter(counted__in=SHOWN).annotate(year=ExtractYear("month"))
        lines = counted.values_list("year", "counted").annotate(total=Sum("number"))
        for year, what, number in lines.order_by():
            found.setdefault(year, Counter())[Counted(what)] += number
    return {year: {it: found[year][it] for it in SHOWN} for year in sorted(found, reverse=True)}


def people(*, today: date) -> People:
    """Give the numbers of people for the quarters that are over."""
    told = quarters(known_since(), today=today)
    known = list(
        PeopleKnownRow.objects.filter(system=EVERYBODY)
        .order_by("known_on")
        .values_list("known_on", "people")
    )

    def as_it_ended(quarter: Quarter) -> int:
        return next((number for day, number in reversed(known) if day < quarter.end), 0)

    gone = _people_disposed_of(told)
    return People(
        on_record((it, as_it_ended(it)) for it in told),
        disposed_of((it, gone[it]) for it in told),
    )


def referrals_disposed_of(start: date, end: date) -> Mapping[What, int]:
    """Count what was disposed of from a day on and before another: of referrals, by its part."""
    rows = DisposalRow.objects.filter(kind="referral", day__gte=start, day__lt=end)
    found = dict(rows.values_list("what").annotate(total=Count("id")).order_by())
    return {it: found.get(it, 0) for it in What}


def log_head() -> Head:
    """Say how far the log is signed."""
    newest = sequencing.newest_checkpoint()
    if newest is None:
        return Head(0, "")
    return Head(newest.size, newest.checkpoint.splitlines()[2])


def _by_month(months: Sequence[Month], span: Mapping[str, date]) -> Mapping[Month, Numbers]:
    found: dict[Month, Counter[Counted]] = {it: Counter() for it in months}
    for rows, _parts in KEPT:
        counted = rows.objects.filter(**span, counted__in=SHOWN).values_list("month", "counted")
        for month, what, number in counted.annotate(total=Sum("number")).order_by():
            found[month_of(month)][Counted(what)] += number
    return {month: {it: numbers[it] for it in SHOWN} for month, numbers in found.items()}


def _decided(span: Mapping[str, date]) -> Mapping[Parts, int]:
    found: Counter[Parts] = Counter()
    for rows, parts in KEPT:
        lines = rows.objects.filter(**span, counted=DECIDED).values_list(parts)
        for kept, number in lines.annotate(total=Sum("number")).order_by():
            found[read_parts(kept)] += number
    return {parts: number for parts, number in found.items() if number}


def _people_disposed_of(told: Iterable[Quarter]) -> Counter[Quarter]:
    """Count certificates of people's records by quarter, in one query."""
    several = list(told)
    found: Counter[Quarter] = Counter()
    if not several:
        return found
    rows = DisposalRow.objects.filter(
        kind="person", day__gte=several[0].first, day__lt=several[-1].end
    )
    for day, number in rows.values_list("day").annotate(total=Count("id")).order_by():
        found[Quarter(day.year, (day.month + 2) // 3)] += number
    return found
