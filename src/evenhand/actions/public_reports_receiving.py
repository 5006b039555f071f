"""The reporting door: what anyone tells the desk is kept once, sealed, and the reporter apart.

What officers do with it is in public_reports.py.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from evenhand.actions import intake_refused, public_receipts, same_content
from evenhand.actions.public_reports import about_report, count
from evenhand.ledger.acts import Act
from evenhand.rules.content import PrivatePlace, identify
from evenhand.rules.intake import NotPublic
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.officers import Acting
from evenhand.rules.public_reports import (
    ANSWERS_UNTIL,
    PublicReport,
    ReportCount,
    ReportStanding,
    Worry,
    check_anyone_sees_it,
    check_report,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.retention_schedules import dates
from evenhand.store.lawbook import lawbook, schedules
from evenhand.store.public_reports import (
    OF_REPORTERS,
    SCHEDULE,
    PublicReportRow,
    ReporterContactRow,
)
from evenhand.store.schedules import days_at_most
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing

DOOR = "public-report"


def admit(report: PublicReport, *, form: str, acting: Acting) -> None:
    """Refuse a report that cannot be taken; of a private place only the refusal is counted (A72).

    ``form`` tells one showing of the page from another: sent again, it is counted once. Call this
    outside the transaction that keeps the report.
    """
    try:
        check_report(report)
    except PrivatePlace as refused:
        intake_refused.count(refused, acting=acting, key=form)
        raise


def refuse_not_public(*, form: str, acting: Acting) -> None:
    """Refuse to be told of what is not public, before anything else is asked; only count it."""
    try:
        check_anyone_sees_it(False)
    except NotPublic as refused:
        intake_refused.count(refused, acting=acting, key=form)
        raise


def receive(report: PublicReport, form: str, *, acting: Acting) -> str:
    """Keep a report that was admitted, for officers to open; give its receipt number.

    Sent again from the same page it is kept once, and has the same number; with other words it is
    another report. How the reporter is reached goes into the vault. Of child sexual abuse imagery
    only time and platform are kept.
    """
    ref, receipt = public_receipts.named_after(DOOR, form, report)
    with transaction.atomic(savepoint=False):
        same_content.lock([ref.bytes])
        if not PublicReportRow.objects.filter(id=ref).exists():
            _keep(_new(ref, receipt, report, acting.at), report, acting)
    return public_receipts.shown(receipt)


def _new(ref: UUID, receipt: str, report: PublicReport, at: datetime) -> PublicReportRow:
    days = dates(schedules()[SCHEDULE], timezone.localdate(at), child=False)
    is_imagery = report.worry is Worry.CHILD_ABUSE_IMAGERY
    return PublicReportRow(
        id=ref,
        receipt=public_receipts.kept(receipt),
        day=days.start_on,
        received_at=at,
        review_on=days.review_on,
        max_on=days.max_on,
        answers_until=ANSWERS_UNTIL.after(days.start_on),
        standing=ReportStanding.SIGNPOSTED if is_imagery else ReportStanding.WAITING,
        platform=_platform(report.url),
        worry=report.worry,
        danger_now=report.danger_now,
    )


def _keep(row: PublicReportRow, report: PublicReport, acting: Acting) -> None:
    is_imagery = report.worry is Worry.CHILD_ABUSE_IMAGERY
    with writing() as pen:
        if not is_imagery:
            row.key_id = row.id
            seal_into(row, new_record_key(row.id), url=report.url, why=report.why)
        row.save(force_insert=True)
        if report.email and not is_imagery:
            _keep_contact(row, report)
        count(ReportCount.SIGNPOSTED if is_imagery else ReportCount.RECEIVED, at=acting.at)
        act = Act.REPORT_SIGNPOSTED if is_imagery else Act.REPORT_RECEIVED
        pen.enter(about_report(row, act, acting))


def _keep_contact(row: PublicReportRow, report: PublicReport) -> None:
    """Put how the reporter is reached into the vault, under a key of its own. Needs the pen."""
    contact = ReporterContactRow(
        report=row,
        day=row.day,
        last_on=days_at_most(OF_REPORTERS, row.day)[1],
        language=report.language,
    )
    contact.key_id = contact.id
    seal_into(contact, new_record_key(contact.id), email=report.email)
    contact.save(force_insert=True)


def _platform(url: str) -> str:
    """Name a platform by its code; the host of any other site may say what it shows."""
    try:
        code = identify(url).platform
    except Refused:
        return ANY_OTHER_SITE
    return code if lawbook().platform(code) else ANY_OTHER_SITE
