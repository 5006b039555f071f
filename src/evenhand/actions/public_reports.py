"""Reports from the public: opened, settled by an officer one by one, or erased in time.

A report is a source and never a case. As it is settled, what the reporter said is destroyed: the
officer has logged the content in their own words, or has no further need of it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evenhand.actions import drafts, referrals, repeats
from evenhand.actions.entering import about, committed, entered
from evenhand.actions.referrals import Admitted
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Commitment, Entry
from evenhand.rules.intake import Intake
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.public_reports import (
    AT_SETTLING,
    OPEN,
    ReportCount,
    ReportStanding,
    check_can_settle,
    check_open,
)
from evenhand.rules.retention import check_open as check_may_see
from evenhand.rules.texts import check_reason
from evenhand.rules.triage import check_signpost
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import signposts
from evenhand.store.public_reports import (
    PublicReportRow,
    ReportCountRow,
)
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import (
    replace_record_key,
    seal_into,
)
from evenhand.store.writing import writing

BATCH = 100
ACTS: Mapping[ReportStanding, Act] = {
    ReportStanding.LOGGED: Act.REPORT_LOGGED,
    ReportStanding.JOINED: Act.REPORT_JOINED,
    ReportStanding.SET_ASIDE: Act.REPORT_SET_ASIDE,
}


def open_report(report: UUID, *, acting: Acting) -> None:
    """Open a report, so that the reporter sees that somebody did. Opened already, it stays so."""
    check_may(acting.officer, Permission.TAKE_REPORT)
    with transaction.atomic(savepoint=False):
        row = PublicReportRow.objects.locked(report)
        standing = ReportStanding(row.standing)
        check_open(standing, max_on=row.max_on, today=timezone.localdate(acting.at))
        if standing is ReportStanding.OPENED:
            return
        with writing() as pen:
            row.standing = ReportStanding.OPENED
            row.opened_by_id, row.opened_at = acting.officer.ref, acting.at
            row.save()
            pen.enter(about_report(row, Act.REPORT_OPENED, acting))


@transaction.atomic(savepoint=False)
def log(report: UUID, one: Admitted, intake: Intake, *, acting: Acting) -> str:
    """Log a referral from a report, by the rules of any content; give its reference.

    Raises what logging raises, ReportSettled, ReportUnopened and ReportOver.
    """
    row = _to_settle(report, acting)
    reference = referrals.log_one(one, intake, acting=acting)
    _settle(row, ReportStanding.LOGGED, acting, became=ReferralRow.objects.locked(reference))
    return reference


@transaction.atomic(savepoint=False)
def join(report: UUID, reference: str, *, acting: Acting) -> None:
    """Join a report to a referral that the desk has already. Raises NotFound, Restricted."""
    row = _to_settle(report, acting)
    referral = ReferralRow.objects.locked(reference.strip())
    restricted = referral.is_restricted(timezone.localdate(acting.at))
    check_may_see(referral.reference, restricted=restricted, officer=acting.officer)
    _settle(row, ReportStanding.JOINED, acting, became=referral)


@transaction.atomic(savepoint=False)
def set_aside(report: UUID, reason: str, *, signpost: str = "", acting: Acting) -> None:
    """Set a report aside for a reason; the signpost says who can help the reporter instead."""
    check_may(acting.officer, Permission.TAKE_REPORT)
    check_reason(reason)
    if signpost:
        check_signpost(signpost, signposts())
    row = _to_settle(report, acting)
    row.signpost = signpost or None
    _settle(row, ReportStanding.SET_ASIDE, acting, reason=reason)


def lapse_old(*, acting: Acting) -> int:
    """Erase what nobody settled within 30 days, and count it; give how many reports. D24."""
    today = timezone.localdate(acting.at)
    over = PublicReportRow.objects.open().filter(max_on__lte=today)
    erased = 0
    while batch := list(over.values_list("id", flat=True)[:BATCH]):
        for report in batch:
            lapse(report, acting=acting)
        erased += len(batch)
    return erased


@transaction.atomic(savepoint=False)
def lapse(report: UUID, *, acting: Acting) -> bool:
    """Erase what a report says that nobody settled, and count it; say whether it was open."""
    row = PublicReportRow.objects.locked(report)
    standing = ReportStanding(row.standing)
    if standing not in OPEN:
        return False
    unread = standing is ReportStanding.WAITING
    with writing() as pen:
        row.standing, row.settled_at = ReportStanding.LAPSED, acting.at
        _forget_words(row)
        what = ReportCount.LAPSED_UNREAD if unread else ReportCount.LAPSED_OPENED
        count(what, at=acting.at)
        pen.enter(about_report(row, Act.REPORT_LAPSED, acting, outcome=standing))
    return True


def forget_old(*, acting: Acting) -> int:
    """Delete the lines whose receipts answer no more; give how many. Their counts stay."""
    today = timezone.localdate(acting.at)
    old = PublicReportRow.objects.filter(answers_until__lte=today, contact__isnull=True)
    forgotten = 0
    while batch := list(old.order_by("answers_until").values_list("id", flat=True)[:BATCH]):
        with writing() as pen:
            PublicReportRow.objects.filter(id__in=batch).delete()
            RecordKeyRow.objects.filter(id__in=batch).delete()
            pen.enter(Entry(act=Act.REPORTS_FORGOTTEN, at=acting.at, who=acting.officer.ref))
        forgotten += len(batch)
    return forgotten


def count(what: ReportCount, *, at: datetime) -> None:
    """Add one to what is counted of a day. Needs the pen."""
    day = timezone.localdate(at)
    ReportCountRow.objects.get_or_create(day=day, what=what.value)
    ReportCountRow.objects.filter(day=day, what=what.value).update(count=F("count") + 1)


def _to_settle(report: UUID, acting: Acting) -> PublicReportRow:
    """Give an opened report, locked, to whoever may settle it."""
    check_may(acting.officer, Permission.TAKE_REPORT)
    row = PublicReportRow.objects.locked(report)
    today = timezone.localdate(acting.at)
    check_can_settle(ReportStanding(row.standing), max_on=row.max_on, today=today)
    return row


def _settle(
    row: PublicReportRow,
    standing: ReportStanding,
    acting: Acting,
    *,
    became: ReferralRow | None = None,
    reason: str = "",
) -> None:
    with writing() as pen:
        row.standing, row.became = standing, became.id if became else None
        row.settled_by_id, row.settled_at = acting.officer.ref, acting.at
        committing = _forget_words(row, reason)
        count(AT_SETTLING[standing], at=acting.at)
        objs = (became.id,) if became else ()
        pen.enter(about_report(row, ACTS[standing], acting, objs=objs, reason=committing))
    if became:
        with writing() as pen:
            became.keep()
            taken_up, why = Act.REPORT_TAKEN_UP, Permission.TAKE_REPORT
            pen.enter(about(became, taken_up, why, acting=acting))


def _forget_words(row: PublicReportRow, reason: str = "") -> Commitment | None:
    """Destroy what the reporter said, and its key; a reason is sealed under a fresh one.

    Gives the commitment to the reason. Needs the pen.
    """
    row.url = row.why = None
    drafts.drop_everyones(str(row.id))
    repeats.forget(str(row.id))
    if reason:
        key = replace_record_key(row.id)
        seal_into(row, key, reason=reason)
        row.save()
        return committed(key, reason)
    row.key = None
    row.save()
    RecordKeyRow.objects.filter(id=row.id).delete()
    return None


def about_report(
    row: PublicReportRow,
    act: Act,
    acting: Acting,
    *,
    outcome: str | None = None,
    objs: tuple[UUID, ...] = (),
    reason: Commitment | None = None,
) -> Entry:
    """Give the entry of an act on a report, whose role is that of whoever may take one."""
    return entered(
        act,
        Permission.TAKE_REPORT,
        acting=acting,
        obj=row.id,
        outcome=Code(outcome) if outcome else None,
        objs=objs,
        reason=reason,
    )
