"""Counting one month of the desk, exactly, from numbers that were kept as it happened."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Sum

from evenhand.rules.counting import Counted, Counts, Month
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.own_errors import OwnErrors, Parts, own_errors, read_parts
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.disposing import DECIDED
from evenhand.store.retention import KnownSinceRow, MonthCountRow, TallyRow


def count(month: Month, *, officer: Officer, as_at: date | None = None) -> Counts:
    """Count what the record holds of one month, in the desk's own time zone.

    With ``as_at``, as the desk knew it at the end of a day that the rule let pass.
    """
    check_may(officer, Permission.LIST_REFERRALS)
    refused = _refused(month, as_at)
    counted = _kept(month, as_at)
    counted[Counted.INTAKE_REFUSED] = sum(refused.values())
    numbers = {it: counted[it] for it in Counted}
    return Counts(month=month, numbers=numbers, refused=refused, as_at=as_at)


def known_since() -> date:
    """Give the first day as at which numbers can be given."""
    return KnownSinceRow.objects.get().day


def _kept(month: Month, as_at: date | None) -> Counter[str]:
    """Add the share of what was disposed of since to what is there; in one query."""
    known: dict[str, Any] = {"known_on__lte": as_at} if as_at else {}
    there, disposed = (
        rows.objects.filter(month=month.first, counted__in=list(Counted), **known)
        .values_list("counted")
        .annotate(total=Sum("number"))
        for rows in (MonthCountRow, TallyRow)
    )
    counted: Counter[str] = Counter()
    for what, number in there.union(disposed, all=True):
        counted[what] += number
    return counted


def decided(first: Month, last: Month, *, officer: Officer) -> OwnErrors:
    """Give the desk's own error rate over whole months, the first and the last among them."""
    check_may(officer, Permission.LIST_REFERRALS)
    span = {"month__gte": first.first, "month__lte": last.first}
    there = MonthCountRow.objects.filter(**span, counted=DECIDED).values_list("parts")
    disposed = TallyRow.objects.filter(**span, counted=DECIDED).values_list("outcome")
    found: Counter[Parts] = Counter()
    kept = (rows.annotate(total=Sum("number")) for rows in (there, disposed))
    for parts, number in next(kept).union(*kept, all=True):
        found[read_parts(parts)] += number
    return own_errors(found, upheld=_upheld(span))


def _upheld(span: Mapping[str, date]) -> int:
    there, disposed = (
        rows.objects.filter(**span, counted=Counted.UPHELD).values_list("number")
        for rows in (MonthCountRow, TallyRow)
    )
    return sum(number for (number,) in there.union(disposed, all=True))


def _refused(month: Month, as_at: date | None) -> dict[str, int]:
    rows = RefusedIntakeRow.objects.filter(day__gte=month.first, day__lt=month.after.first)
    if as_at:
        rows = rows.filter(day__lte=as_at)
    totals = rows.values("rule").annotate(total=Sum("count")).order_by("rule")
    return {it["rule"]: it["total"] for it in totals}
