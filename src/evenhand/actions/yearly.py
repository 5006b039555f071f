"""The yearly reports: prepared from the record by one officer, published by another, frozen."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Code, Entry
from evenhand.rules import yearly, yearly_tables
from evenhand.rules.assurance import DocumentKind, Part, Stage, check_may_publish
from evenhand.rules.counting import Month
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.yearly import Report, ReportKind, Table
from evenhand.store import counted, people_series, sequencing
from evenhand.store import yearly as stored
from evenhand.store.assurance import DocumentRow
from evenhand.store.sealing import new_record_key, seal_into
from evenhand.store.writing import writing
from evenhand.store.yearly import YearlyReportRow


def prepare(
    kind: ReportKind, last: str, explanation: str, because: str = "", *, acting: Acting
) -> int:
    """Prepare an edition from the record of twelve months; give its number."""
    check_may(acting.officer, Permission.WRITE_DOCUMENT)
    today = timezone.localdate(acting.at)
    months = yearly.months_until(last, today=today)
    yearly.check_explained(kind, explanation)
    report = _compiled(kind, months, explanation, because, today=today)
    yearly.check_impersonal(report, stored.officers())
    with writing() as pen:
        row = _kept(report, acting)
        pen.enter(_entry(row, Act.YEARLY_PREPARED, Permission.WRITE_DOCUMENT, acting))
        return row.number


def publish(kind: ReportKind, last: date, number: int, *, acting: Acting) -> None:
    """Publish an edition that somebody else prepared; nothing of it ever changes."""
    check_may(acting.officer, Permission.APPROVE_DOCUMENT)
    with writing() as pen:
        _lock(kind)
        row = stored.named(kind, last, number)
        newest = stored.editions(kind, last).first()
        check_may_publish(OfficerRef(row.prepared_by_id), acting.officer.ref, published=False)
        yearly.check_may_be_published(
            is_newest=newest == row, is_published=row.published_at is not None
        )
        report = row.report()
        yearly_tables.check_people_stand(report, _people_of(report.start, report.end))
        row.published_by_id = acting.officer.ref
        row.published_at = acting.at
        row.version += 1
        row.save()
        pen.enter(_entry(row, Act.YEARLY_PUBLISHED, Permission.APPROVE_DOCUMENT, acting))


def _compiled(
    kind: ReportKind, months: Sequence[Month], explanation: str, because: str, *, today: date
) -> Report:
    size, root = sequencing.signed_up_to()
    return Report(
        kind=kind,
        desk=settings.DESK.name,
        start=months[0].first,
        end=months[-1].after.first,
        made_on=today,
        tables=_tables(kind, months, today=today),
        explanation=explanation,
        because=because,
        log_size=size,
        log_root=root,
    )


def _tables(kind: ReportKind, months: Sequence[Month], *, today: date) -> Sequence[Table]:
    start, end = months[0].first, months[-1].after.first
    names = stored.names()
    if kind is ReportKind.TRUSTED_FLAGGER:
        return yearly_tables.trusted_flagger(stored.submitted(start, end), names)
    in_force = DocumentRow.objects.filter(stage=Stage.IN_FORCE).defer(*Part)
    return yearly_tables.transparency(
        counted.of_months(months, today=today),
        _people_of(start, end),
        counted.referrals_disposed_of(start, end),
        sorted(
            (row.as_fact() for row in in_force), key=lambda it: list(DocumentKind).index(it.kind)
        ),
        names,
        today=today,
    )


def _people_of(start: date, end: date) -> people_series.Series:
    """Give what is settled of people in the quarters that end in a time."""
    people = people_series.people()
    return {it: told for it, told in people.items() if start < it.end <= end}


def _kept(report: Report, acting: Acting) -> YearlyReportRow:
    """Keep a report as the newest edition. Needs the pen. Raises EditionUnexplained."""
    _lock(report.kind)
    before = stored.editions(report.kind, report.last.first)
    published = before.filter(published_at__isnull=False).exists()
    yearly.check_edition(report.because, published_before=published)
    newest = before.first()
    ref = uuid4()
    row = YearlyReportRow(
        id=ref,
        key_id=ref,
        kind=report.kind,
        last_month=report.last.first,
        number=newest.number + 1 if newest else 1,
        question=report.question,
        prepared_by_id=acting.officer.ref,
        prepared_at=acting.at,
    )
    seal_into(row, new_record_key(ref), snapshot=yearly.as_text(report))
    row.save(force_insert=True)
    return row


def _lock(kind: ReportKind) -> None:
    """Let one change of a report at a time through: the second waits and sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yearly report {kind}"])


def _entry(row: YearlyReportRow, act: Act, permission: Permission, acting: Acting) -> Entry:
    return entered(
        act,
        permission,
        acting=acting,
        obj=row.id,
        ver=row.version,
        outcome=Code(row.kind),
    )
