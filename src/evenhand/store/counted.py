"""Reads the counts that are kept as things happen, over months; and people by quarter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, Sum

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
    on_record,
    quarters,
)
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.disposing import DECIDED
from evenhand.store.retention import DisposalRow, KnownSinceRow, MonthCountRow, TallyRow

KEPT = ((MonthCountRow, "parts"), (TallyRow, "outcome"))
"""Where counts are kept, and which column tells one of them from the next."""


def of_months(months: Sequence[Month]) -> Work:
    """Give the work of consecutive months."""
    span = {"month__gte": months[0].first, "month__lte": months[-1].first}
    return Work(_by_month(months, span), _decided(span))


def people(*, today: date) -> Mapping[Quarter, tuple[Published, Published]]:
    """Give what may be published of people by quarter: those on record, and those disposed of."""
    told = quarters(KnownSinceRow.objects.get().day, today=today)
    there = on_record(_as_each_ended(told))
    gone = disposed_of(_disposed_of(told).items())
    return {it: (there[it], gone[it]) for it in told}


def referrals_disposed_of(start: date, end: date) -> Mapping[What, int]:
    """Count what was disposed of from a day on and before another: of referrals, by its part."""
    rows = DisposalRow.objects.filter(kind="referral", day__gte=start, day__lt=end)
    found = dict(rows.values_list("what").annotate(total=Count("id")).order_by())
    return {it: found.get(it, 0) for it in What}


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


def _as_each_ended(told: Sequence[Quarter]) -> Iterable[tuple[Quarter, int]]:
    """Say how many people were on record as each quarter ended."""
    known = PeopleKnownRow.objects.filter(system=EVERYBODY).order_by("-known_on")
    lines = list(known.values_list("known_on", "people"))
    for quarter in told:
        yield quarter, next((number for day, number in lines if day < quarter.end), 0)


def _disposed_of(told: Sequence[Quarter]) -> Mapping[Quarter, int]:
    """Count certificates of people's records by quarter, in one query."""
    found = dict.fromkeys(told, 0)
    if told:
        rows = DisposalRow.objects.filter(
            kind="person", day__gte=told[0].first, day__lt=told[-1].end
        )
        for day, number in rows.values_list("day").annotate(total=Count("id")).order_by():
            found[Quarter(day.year, (day.month + 2) // 3)] += number
    return found
