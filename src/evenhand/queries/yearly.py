"""The yearly reports: those published, for everybody, and every edition for who prepares them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from evenhand.rules.assurance import DocumentKind
from evenhand.rules.clocks_law import Clock
from evenhand.rules.officers import Officer, OfficerRef, Permission, check_may
from evenhand.rules.yearly import Report, ReportKind
from evenhand.store import yearly as stored
from evenhand.store.assurance import published_on
from evenhand.store.lawbook import clocks
from evenhand.store.yearly import YearlyReportRow

MOST = 50
"""So many editions are listed, the newest first."""
TRUSTED_FLAGGER = "E21"
DOCUMENTS: Mapping[str, DocumentKind] = {
    "E22": DocumentKind.EQUALITY_INFORMATION,
    "E23": DocumentKind.EQUALITY_OBJECTIVES,
}
"""The clocks that run from when a document of the desk was published last."""
YEARLY = (TRUSTED_FLAGGER, *DOCUMENTS)
"""The clocks of what is published every year, or every four."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, with who prepared and published it; the public is told neither."""

    kind: ReportKind
    last: date
    number: int
    prepared_by: str
    prepared_by_ref: OfficerRef
    prepared_at: datetime
    published_by: str
    published_at: datetime | None
    is_newest: bool


@dataclass(frozen=True, slots=True)
class InFull:
    """An edition with the report itself, and the numbers of all that were published of it."""

    edition: Edition
    report: Report
    published: Sequence[int]


def published() -> Sequence[Edition]:
    """List the published editions that no later one took the place of, the newest first."""
    rows = YearlyReportRow.objects.filter(published_at__isnull=False).defer("snapshot")
    newest = _with_names(rows).order_by("kind", "-last_month", "-number")
    found = [_edition(row) for row in newest.distinct("kind", "last_month")]
    return sorted(found, key=lambda it: it.last, reverse=True)[:MOST]


def published_in_full() -> Sequence[InFull]:
    """Give the same with the reports themselves, for the catalogue."""
    found = (one_published(it.kind, it.last, it.number) for it in published())
    return [it for it in found if it]


def one_published(kind: ReportKind, last: date, number: int | None = None) -> InFull | None:
    """Give a published edition, the newest where none is named; None where there is none."""
    rows = stored.editions(kind, last).filter(published_at__isnull=False)
    row = rows.first() if number is None else rows.filter(number=number).first()
    return _in_full(row) if row else None


def editions(*, officer: Officer) -> Sequence[Edition]:
    """List every edition, the newest first."""
    check_may(officer, Permission.READ_DOCUMENTS)
    rows = _with_names(YearlyReportRow.objects.defer("snapshot"))
    return [_edition(row) for row in rows.order_by("-prepared_at")[:MOST]]


def one(kind: ReportKind, last: date, number: int, *, officer: Officer) -> InFull:
    """Give one edition in full. Raises NotFound."""
    check_may(officer, Permission.READ_DOCUMENTS)
    return _in_full(stored.named(kind, last, number))


def last_published(kind: ReportKind) -> date | None:
    """Give the day, as the desk counts days, on which a report of a kind was published last."""
    rows = YearlyReportRow.objects.filter(kind=kind, published_at__isnull=False)
    newest = rows.order_by("-published_at").first()
    at = newest.published_at if newest else None
    return timezone.localdate(at) if at else None


def yearly_clocks() -> Sequence[tuple[Clock, date | None]]:
    """Give the clocks of what is to be published, and from which day each runs, if from any."""
    began = {code: published_on(kind) for code, kind in DOCUMENTS.items()}
    began[TRUSTED_FLAGGER] = last_published(ReportKind.TRUSTED_FLAGGER)
    return [(clocks().rows[it], began[it]) for it in YEARLY]


def _in_full(row: YearlyReportRow) -> InFull:
    of_it = stored.editions(ReportKind(row.kind), row.last_month).values_list(
        "number", "published_at"
    )
    numbers = dict(of_it)
    edition = _edition(row, is_newest=row.number == max(numbers))
    return InFull(edition, row.report(), [it for it, published in numbers.items() if published])


def _with_names(rows: QuerySet[YearlyReportRow]) -> QuerySet[YearlyReportRow]:
    """Read who prepared and published them too, and which number is the newest of each report."""
    alike = YearlyReportRow.objects.filter(
        kind=OuterRef("kind"), last_month=OuterRef("last_month")
    ).order_by("-number")
    newest = Subquery(alike.values("number")[:1])
    return rows.select_related("prepared_by", "published_by").annotate(newest=newest)


def _edition(row: YearlyReportRow, *, is_newest: bool | None = None) -> Edition:
    return Edition(
        kind=ReportKind(row.kind),
        last=row.last_month,
        number=row.number,
        prepared_by=row.prepared_by.name,
        prepared_by_ref=OfficerRef(row.prepared_by_id),
        prepared_at=row.prepared_at,
        published_by=row.published_by.name if row.published_by else "",
        published_at=row.published_at,
        is_newest=row.number == getattr(row, "newest", 0) if is_newest is None else is_newest,
    )
