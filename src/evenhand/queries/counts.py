"""Counting one month of the desk, exactly, from numbers that were kept as it happened."""

from collections import Counter

from django.db.models import Sum

from evenhand.rules.counting import Counted, Counts, Month
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.retention import MonthCountRow, TallyRow


def count(month: Month, *, officer: Officer) -> Counts:
    """Count what the record holds of one month, in the desk's own time zone."""
    check_may(officer, Permission.LIST_REFERRALS)
    refused = _refused(month)
    counted = _kept(month)
    counted[Counted.INTAKE_REFUSED] = sum(refused.values())
    numbers = {it: counted[it] for it in Counted}
    return Counts(month=month, numbers=numbers, refused=refused)


def _kept(month: Month) -> Counter[str]:
    """Add the share of what was disposed of since to what is there; in one query."""
    there, disposed = (
        rows.objects.filter(month=month.first).values_list("counted").annotate(total=Sum("number"))
        for rows in (MonthCountRow, TallyRow)
    )
    counted: Counter[str] = Counter()
    for what, number in there.union(disposed, all=True):
        counted[what] += number
    return counted


def _refused(month: Month) -> dict[str, int]:
    rows = RefusedIntakeRow.objects.filter(day__gte=month.first, day__lt=month.after.first)
    totals = rows.values("rule").annotate(total=Sum("count")).order_by("rule")
    return {it["rule"]: it["total"] for it in totals}
