"""Reads the counts that are kept as things happen, over months."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Sum

from evenhand.rules.counting import Counted, Month, month_of
from evenhand.rules.own_errors import Parts, read_parts
from evenhand.rules.questions import By, Question
from evenhand.rules.retention import What
from evenhand.rules.statistics import SHOWN, Numbers, OfHarm, Work
from evenhand.store.answering import answered
from evenhand.store.disposing import DECIDED
from evenhand.store.retention import DisposalRow, KnownSinceRow, MonthCountRow, TallyRow

KEPT = ((MonthCountRow, "parts"), (TallyRow, "outcome"))
"""Where counts are kept, and which column tells one of them from the next."""


def of_months(months: Sequence[Month], *, today: date) -> Work:
    """Give the work of consecutive months, as known today. Raises CountsDoNotBalance."""
    span = {"month__gte": months[0].first, "month__lte": months[-1].first}
    return Work(_by_month(months, span), _decided(span), _harms(months, today=today))


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


def _harms(months: Sequence[Month], *, today: date) -> Mapping[str, OfHarm]:
    """Ask the library of each harm how much was sent about it, and removed."""
    as_at = max(today, KnownSinceRow.objects.get().day)
    requests, removals = (
        answered(
            Question(
                code=code,
                as_at=as_at,
                start=months[0].first,
                end=months[-1].after.first,
                by=(By.HARM,),
            ),
            today=as_at,
        ).lines
        for code in ("requests", "removals")
    )
    gone = {it.of[0]: it.number for it in removals}
    sent = {it.of[0]: it.number for it in requests}
    return {it: OfHarm(sent.get(it, 0), gone.get(it, 0)) for it in sorted({*sent, *gone})}


def _decided(span: Mapping[str, date]) -> Mapping[Parts, int]:
    found: Counter[Parts] = Counter()
    for rows, parts in KEPT:
        lines = rows.objects.filter(**span, counted=DECIDED).values_list(parts)
        for kept, number in lines.annotate(total=Sum("number")).order_by():
            found[read_parts(kept)] += number
    return {parts: number for parts, number in found.items() if number}
