"""Reports from the public: what waits for officers, one at a time in full, and what became of them.

Nothing here asks how a reporter is reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from evenhand.queries import consultations, receipts
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.public_doors import plain_number
from evenhand.rules.public_reports import (
    OPEN,
    ReportCount,
    ReportStanding,
    Worry,
    no_such_receipt,
)
from evenhand.seal.blind import What
from evenhand.store.asking import Table, ask
from evenhand.store.lawbook import signposts
from evenhand.store.public_reports import PublicReportRow, ReportCountRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import blind_index, open_record_key, unsealed

PAGE = 50
TABLE = PublicReportRow._meta.db_table
REPORTS = Table(PublicReportRow, ("opened_by",))
# The states are named in the statement itself: the index of what waits is for them.
WAITING = (
    f"SELECT {REPORTS.columns} FROM {REPORTS.joined}"  # noqa: S608
    f" WHERE standing IN {tuple(sorted(it.value for it in OPEN))}"
    f" ORDER BY danger_now DESC, received_at, {REPORTS.table}.id"
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report as a list names it, without a word of what was said."""

    id: UUID
    received_at: datetime
    platform: str
    worry: Worry
    danger_now: bool
    standing: ReportStanding
    opened_by: str
    review_on: date
    erase_on: date


@dataclass(frozen=True, slots=True)
class ReportLines:
    """Reports that wait, where somebody is in danger first; ``more``: there are others."""

    items: Sequence[ReportLine]
    more: bool


@dataclass(frozen=True, slots=True)
class ReportInFull:
    """One report; what was said only while it is opened, once the look at it is in the log."""

    line: ReportLine
    url: str = ""
    why: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    became: str | None = None
    signpost: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    """How a report stands, as its reporter may see it: nothing of content or of anybody."""

    reported_on: date
    standing: ReportStanding
    signpost: str
    is_in_the_signed_log: bool


def waiting(*, most: int = PAGE, officer: Officer) -> ReportLines:
    """Give the reports that no officer has settled, a bounded number, the most urgent first."""
    check_may(officer, Permission.TAKE_REPORT)
    [found] = ask((f"{WAITING} LIMIT {most + 1}", []))
    return ReportLines([_line(REPORTS.row(it)) for it in found[:most]], len(found) > most)


def one(report: UUID, *, acting: Acting) -> ReportInFull:
    """Give one report, with its words while it is opened and its time is not over.

    Raises NotFound.
    """
    check_may(acting.officer, Permission.TAKE_REPORT)
    row = PublicReportRow.objects.one(report)
    line = _line(row)
    if line.standing not in OPEN:
        return _settled(row, line)
    is_over = timezone.localdate(acting.at) >= row.max_on
    if line.standing is ReportStanding.WAITING or is_over or row.key is None:
        return ReportInFull(line)
    consultations.at_report(row.id, acting=acting)
    key = open_record_key(row.key)
    return ReportInFull(line, unsealed(row, key, "url"), unsealed(row, key, "why"))


def by_receipt(number: str) -> ReceiptFound:
    """Give how the report with this receipt number stands. Raises NotFound."""
    row = _with_receipt(number)
    known = signposts().get(row.signpost or "")
    return ReceiptFound(
        row.day,
        ReportStanding(row.standing),
        signpost=known.tell if known else "",
        is_in_the_signed_log=receipts.has_public_act(TABLE, row.id),
    )


def log_receipt(number: str, *, log: Path) -> str:
    """Give what proves that the log has the report with this receipt number.

    ``log`` is the folder of the tiles. Raises NotFound, ReceiptNotYet, ReceiptFalse.
    """
    return receipts.of_public_act(TABLE, _with_receipt(number).id, log)


def counts(*, officer: Officer) -> Mapping[ReportCount, int]:
    """Give how many reports came to what, since the desk was opened."""
    check_may(officer, Permission.TAKE_REPORT)
    rows = ReportCountRow.objects.values("what").annotate(total=Sum("count"))
    return {ReportCount(it["what"]): it["total"] for it in rows.order_by("what")}


def _with_receipt(number: str) -> PublicReportRow:
    token = blind_index().token(What.RECEIPT, plain_number(number))
    row = PublicReportRow.objects.filter(receipt=token).first()
    if row is None:
        raise no_such_receipt()
    return row


def _settled(row: PublicReportRow, line: ReportLine) -> ReportInFull:
    key = open_record_key(row.key) if row.key else None
    taken_up = ReferralRow.objects.filter(id__in=[row.became] if row.became else [])
    return ReportInFull(
        line,
        settled_by=row.settled_by.name if row.settled_by else "",
        settled_at=row.settled_at,
        became=taken_up.values_list("reference", flat=True).first(),
        signpost=row.signpost or "",
        reason=unsealed(row, key, "reason"),
    )


def _line(row: PublicReportRow) -> ReportLine:
    return ReportLine(
        id=row.id,
        received_at=row.received_at,
        platform=row.platform,
        worry=Worry(row.worry),
        danger_now=row.danger_now,
        standing=ReportStanding(row.standing),
        opened_by=row.opened_by.name if row.opened_by else "",
        review_on=row.review_on,
        erase_on=row.max_on,
    )
