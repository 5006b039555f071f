"""Records counted in and out over any days: what was there, came, went, and is there. A29."""

from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from evenhand.ledger.explaining import Fault
from evenhand.rules.balance import Balance, CountsDoNotBalance, check_balances, check_days
from evenhand.rules.disposal import SYSTEM
from evenhand.rules.imports import Tally
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.retention import RecordKind, What
from evenhand.rules.words import words
from evenhand.store.imports import ImportTallyRow
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow


def balance(kind: RecordKind, start: date, end: date, *, officer: Officer) -> Balance:
    """Count one kind of record in and out, from one day to before another. Raises E-CNT-29.

    No figure is given while the last comparison found that the log and the records differ. What was
    taken over from an old system is imported; nothing is transferred by this version.
    """
    check_may(officer, Permission.READ_CERTIFICATES)
    check_days(start, end)  # Of no day at all nothing came and went.
    _check_log_agrees(kind)
    gone = DisposalRow.objects.filter(kind=kind, what=What.RECORD)
    came = {
        it: _came_before(kind, it) + gone.filter(created_on__lt=it).count() for it in (start, end)
    }
    left = {it: gone.filter(day__lt=it).count() for it in (start, end)}
    imported = _imported(kind, start, end)
    found = Balance(
        kind=kind,
        start=start,
        end=end,
        open=came[start] - left[start],
        created=came[end] - came[start] - imported,
        imported=imported,
        disposed=gone.filter(day__gte=start, day__lt=end).count(),
        transferred=0,
        close=_came_before(kind, end) + gone.filter(created_on__lt=end, day__gte=end).count(),
    )
    check_balances(found)
    return found


def _came_before(kind: RecordKind, day: date) -> int:
    if kind is RecordKind.PERSON:
        return PersonRow.objects.number_before(_start(day))
    return ReferralRow.objects.filter(logged_at__lt=_start(day)).count()


def _imported(kind: RecordKind, start: date, end: date) -> int:
    """Count those that came by passing a record of an old system, also if they are gone since."""
    if kind is RecordKind.PERSON:
        here = PersonRow.objects.number_from_old_systems(_start(start), _start(end))
        gone = DisposalRow.objects.filter(kind=kind, what=What.RECORD).exclude(system=SYSTEM)
        return here + gone.filter(created_on__gte=start, created_on__lt=end).count()
    passed = ImportTallyRow.objects.filter(what=Tally.PASSED, day__gte=start, day__lt=end)
    return passed.aggregate(all=Sum("count"))["all"] or 0


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _check_log_agrees(kind: RecordKind) -> None:
    last = ReconciliationRow.objects.order_by("-ended_at").first()
    if last and {"table": kind, "what": Fault.COUNTS_DIFFER} in [
        {"table": it["table"], "what": it["what"]} for it in last.differences
    ]:
        raise CountsDoNotBalance(
            words("The log and the records of kind {kind} do not agree."),
            do=words("Give no figure. Tell the data protection officer and compare with the log."),
            kind=kind,
        )
