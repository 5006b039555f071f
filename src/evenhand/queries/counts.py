"""Counting one month of the desk, exactly, in a fixed number of queries of that month's rows."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db.models import Count, Q, Sum
from django.utils import timezone

from evenhand.rules.counting import Counted, Counts, Month
from evenhand.rules.notices import Delivery, NoticeKind
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.store.casework import DecisionRow, MoveRow, NoticeRow, RefusedIntakeRow
from evenhand.store.referrals import ReferralRow

Period = tuple[datetime, datetime]
MOVES: Mapping[str, Counted] = {
    f"triage_{TriageOutcome.PROCEED}": Counted.PROCEED,
    f"triage_{TriageOutcome.NOT_FOR_US}": Counted.NOT_FOR_US,
    f"triage_{TriageOutcome.DUPLICATE}": Counted.DUPLICATE,
    f"triage_{TriageOutcome.EMERGENCY}": Counted.EMERGENCY,
    State.WITHDRAWN: Counted.WITHDRAWN,
}


def count(month: Month, *, officer: Officer) -> Counts:
    """Count what the record holds of one month, in the desk's own time zone."""
    check_may(officer, Permission.LIST_REFERRALS)
    period = _start(month), _start(month.after)
    refused = _refused(month)
    counted = _logged(period) | _moved(period) | _referred(period) | _decided(period)
    counted[Counted.INTAKE_REFUSED] = sum(refused.values())
    counted[Counted.REMOVALS] = ReferralRow.objects.filter(_within("removal_since", period)).count()
    numbers = {it: counted.get(it, 0) for it in Counted}
    return Counts(month=month, numbers=numbers, refused=refused)


def _start(month: Month) -> datetime:
    return timezone.make_aware(datetime.combine(month.first, time.min))


def _within(column: str, period: Period) -> Q:
    start, end = period
    return Q(**{f"{column}__gte": start, f"{column}__lt": end})


def _logged(period: Period) -> dict[Counted, int]:
    rows = ReferralRow.objects.filter(_within("logged_at", period))
    found = rows.aggregate(logged=Count("*"), looks=Count("counted_look"))
    return {Counted.LOGGED: found["logged"], Counted.LOOKS: found["looks"]}


def _moved(period: Period) -> dict[Counted, int]:
    rows = MoveRow.objects.filter(_within("at", period), move__in=list(MOVES))
    moves = rows.values("move").annotate(number=Count("*")).order_by("move")
    return {MOVES[it["move"]]: it["number"] for it in moves}


def _referred(period: Period) -> dict[Counted, int]:
    taken = Q(kind=NoticeKind.REFERRAL, delivery=Delivery.ACCEPTED)
    rows = NoticeRow.objects.filter(taken, _within("settled_at", period))
    return {Counted.REFERRED: rows.count()}


def _decided(period: Period) -> dict[Counted, int]:
    rows = DecisionRow.objects.filter(_within("at", period), decision=Decision.REFUSE)
    return {Counted.NOT_REFERRED: rows.count()}


def _refused(month: Month) -> dict[str, int]:
    rows = RefusedIntakeRow.objects.filter(day__gte=month.first, day__lt=month.after.first)
    totals = rows.values("rule").annotate(total=Sum("count")).order_by("rule")
    return {it["rule"]: it["total"] for it in totals}
