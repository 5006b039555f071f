"""Records counted in and out over any days: what was there, came, went, and is there. A29."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from evenhand.ledger.explaining import Fault
from evenhand.rules.balance import (
    Balance,
    CountsDoNotBalance,
    InBalance,
    added_up,
    check_balances,
    check_days,
)
from evenhand.rules.disposal import SYSTEM
from evenhand.rules.imports import Standing, Tally
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.retention import What
from evenhand.rules.words import words
from evenhand.store.imports import ImportedRow, ImportTallyRow
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow

BySystem = Counter[str]
GONE = (Tally.REJECTED, Tally.ERASED)
LEFT = (Tally.PASSED, *GONE)
"""How a line of an old system leaves quarantine."""


def balance(kind: InBalance, start: date, end: date, *, officer: Officer) -> Balance:
    """Count one kind in and out, from one day to before another, by system. Raises E-CNT-29.

    No figure is given while the last comparison found that the log and the records differ. What was
    taken over from an old system is imported. No record is transferred by this version; a line of
    an old system is, as it is passed into this desk.
    """
    check_may(officer, Permission.READ_CERTIFICATES)
    check_days(start, end)  # Of no day at all nothing came and went.
    _check_log_agrees(kind)
    of = _of_lines if kind is InBalance.OLD_RECORD else _of_records
    found = added_up(kind, start, end, list(of(kind, start, end)))
    check_balances(found)
    return found


def _of_records(kind: InBalance, start: date, end: date) -> Iterator[Balance]:
    """Count records by the system that they came from, also if they are gone since."""
    gone = DisposalRow.objects.filter(kind=kind, what=What.RECORD)
    here = {it: _here_before(kind, it) for it in (start, end)}
    came = {it: here[it] + _of_each(gone.filter(created_on__lt=it)) for it in (start, end)}
    left = {it: _of_each(gone.filter(day__lt=it)) for it in (start, end)}
    close = here[end] + _of_each(gone.filter(created_on__lt=end, day__gte=end))
    new = came[end] - came[start]
    imported = new
    if kind is InBalance.REFERRAL:
        imported = _tallied(Tally.PASSED, day__gte=start, day__lt=end)
    for system in sorted({*came[end], *close, *imported}):
        is_own = system == SYSTEM
        yield Balance(
            kind=kind,
            system=system,
            start=start,
            end=end,
            open=came[start][system] - left[start][system],
            created=new[system] if is_own else 0,
            imported=0 if is_own else imported[system],
            disposed=left[end][system] - left[start][system],
            transferred=0,
            close=close[system],
        )


def _of_lines(kind: InBalance, start: date, end: date) -> Iterator[Balance]:
    """Count lines of old systems: read, and then passed into this desk, rejected or erased.

    Those that are there were read before the end, and wait now or left since.
    """
    read = {it: _read_before(it) for it in (start, end)}
    before = _tallied(*LEFT, day__lt=start)
    passed, gone = (_tallied(*it, day__gte=start, day__lt=end) for it in ((Tally.PASSED,), GONE))
    of_then = {"run__confirmed_at__lt": _start(end)}
    close = _of_each(ImportedRow.objects.filter(standing=Standing.WAITING, **of_then))
    close += _tallied(*LEFT, day__gte=end, **of_then)
    for system in sorted({*read[end], *close}):
        yield Balance(
            kind=kind,
            system=system,
            start=start,
            end=end,
            open=read[start][system] - before[system],
            created=0,
            imported=read[end][system] - read[start][system],
            disposed=gone[system],
            transferred=passed[system],
            close=close[system],
        )


def _read_before(day: date) -> BySystem:
    """Count lines that were read. Those of a file that nobody confirmed came as they were erased.

    A desk has some of which that alone was counted.
    """
    confirmed = _tallied(Tally.READ, day__lt=day, run__confirmed_at__isnull=False)
    return confirmed + _tallied(Tally.ERASED, day__lt=day, run__confirmed_at=None)


def _here_before(kind: InBalance, day: date) -> BySystem:
    if kind is InBalance.PERSON:
        return _of(PersonRow.objects.numbers_before(_start(day)))
    return _of_each(ReferralRow.objects.filter(logged_at__lt=_start(day)), "origin")


def _of_each(rows: "QuerySet[Any]", column: str = "system") -> BySystem:
    """Count rows by the system that they came from."""
    return _of(dict(rows.order_by().values_list(column).annotate(number=Count("id"))))


def _of(found: Mapping[str | None, int]) -> BySystem:
    """Take what names no system as of this desk."""
    return BySystem({system or SYSTEM: number for system, number in found.items()})


def _tallied(*what: Tally, **when: Any) -> BySystem:
    """Add up what was counted of lines of old systems, also if they are gone since."""
    rows = ImportTallyRow.objects.filter(what__in=what, count__gt=0, **when)
    return BySystem(dict(rows.values_list("system").annotate(number=Sum("count"))))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _check_log_agrees(kind: InBalance) -> None:
    table = "import_row" if kind is InBalance.OLD_RECORD else kind
    last = ReconciliationRow.objects.order_by("-ended_at").first()
    if last and {"table": table, "what": Fault.COUNTS_DIFFER} in [
        {"table": it["table"], "what": it["what"]} for it in last.differences
    ]:
        raise CountsDoNotBalance(
            words("The log and the records of kind {kind} do not agree."),
            do=words("Give no figure. Tell the data protection officer and compare with the log."),
            kind=kind,
        )
