"""Counting one month of the desk, exactly, in a fixed number of queries of that month's rows."""

from collections import Counter
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, TextField, Value
from django.utils import timezone

from evenhand.rules.counting import Counted, Counts, Month
from evenhand.rules.notices import Delivery, NoticeKind
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.referrals import Decision
from evenhand.store.casework import (
    DecisionRow,
    EmergencyRow,
    MoveRow,
    NoticeRow,
    RefusedIntakeRow,
)
from evenhand.store.disposing import COUNTED_MOVES
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import TallyRow

Period = tuple[datetime, datetime]


def count(month: Month, *, officer: Officer) -> Counts:
    """Count what the record holds of one month, in the desk's own time zone."""
    check_may(officer, Permission.LIST_REFERRALS)
    period = _start(month), _start(month.after)
    refused = _refused(month)
    counted = _logged(period) + _moved(period) + _others(period, month)
    counted[Counted.INTAKE_REFUSED] = sum(refused.values())
    numbers = {it: counted[it] for it in Counted}
    return Counts(month=month, numbers=numbers, refused=refused)


def _start(month: Month) -> datetime:
    return timezone.make_aware(datetime.combine(month.first, time.min))


def _within(column: str, period: Period) -> Q:
    start, end = period
    return Q(**{f"{column}__gte": start, f"{column}__lt": end})


def _logged(period: Period) -> Counter[str]:
    rows = ReferralRow.objects.filter(_within("logged_at", period))
    found = rows.aggregate(logged=Count("*"), looks=Count("counted_look"))
    return Counter({Counted.LOGGED: found["logged"], Counted.LOOKS: found["looks"]})


def _moved(period: Period) -> Counter[str]:
    rows = MoveRow.objects.filter(_within("at", period), move__in=list(COUNTED_MOVES))
    moves = rows.values("move").annotate(number=Count("*")).order_by("move")
    return Counter({COUNTED_MOVES[it["move"]]: it["number"] for it in moves})


def _others(period: Period, month: Month) -> Counter[str]:
    """Count the rest of what happened, and add the share of what was disposed of since."""
    taken = Q(kind=NoticeKind.REFERRAL, delivery=Delivery.ACCEPTED)
    notices = NoticeRow.objects.filter(taken, _within("settled_at", period))
    refusals = DecisionRow.objects.filter(_within("at", period), decision=Decision.REFUSE)
    removals = ReferralRow.objects.filter(_within("removal_since", period))
    emergencies = EmergencyRow.objects.found_later().filter(_within("at", period))
    tallies = TallyRow.objects.filter(month=month.first).values_list("counted")
    found = tallies.annotate(number=Sum("number")).union(
        _number(notices, Counted.REFERRED),
        _number(refusals, Counted.NOT_REFERRED),
        _number(removals, Counted.REMOVALS),
        _number(emergencies, Counted.LATER_EMERGENCY),
        all=True,
    )
    counted: Counter[str] = Counter()
    for what, number in found:
        counted[what] += number
    return counted


def _number(rows: QuerySet[Any], what: Counted) -> QuerySet[Any]:
    named = rows.annotate(counted=Value(str(what), output_field=TextField()))
    counted: QuerySet[Any] = named.values_list("counted").annotate(number=Count("*")).order_by()
    return counted


def _refused(month: Month) -> dict[str, int]:
    rows = RefusedIntakeRow.objects.filter(day__gte=month.first, day__lt=month.after.first)
    totals = rows.values("rule").annotate(total=Sum("count")).order_by("rule")
    return {it["rule"]: it["total"] for it in totals}
