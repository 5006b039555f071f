"""The yearly reports as they were prepared and published; and the notices that they count."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum

from evenhand.rules.answers import AnswerKind
from evenhand.rules.counting import Counted
from evenhand.rules.notices import Delivery, NoticeKind
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.rules.yearly import Report, ReportKind, from_text
from evenhand.rules.yearly_tables import DISPOSED, NO_REPLY, Names, Notice, Submitted
from evenhand.store.casework import AnswerRow, NoticeRow
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import lawbook
from evenhand.store.officers import OfficerRow
from evenhand.store.retention import TallyRow
from evenhand.store.sealing import open_record_key, unsealed

AT_ONCE = 2_000


class YearlyReportRow(models.Model):
    """One edition of a report. What it says never changes, and it is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    kind = models.TextField()
    last_month = models.DateField()
    number = models.IntegerField()
    version = models.IntegerField(default=1)
    snapshot = SealedField()
    question = models.TextField()
    prepared_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    published_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "yearly_report"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "last_month", "number"], name="yearly_report_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[it.value for it in ReportKind]),
                name="yearly_report_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | (
                    Q(published_by__isnull=False, published_at__isnull=False)
                    & ~Q(published_by=F("prepared_by"))
                ),
                name="yearly_report_published_by_another",
            ),
        ]

    def report(self) -> Report:
        """Give the report whole."""
        return from_text(unsealed(self, open_record_key(self.key), "snapshot"))


def editions(kind: ReportKind, last_month: date) -> models.QuerySet[YearlyReportRow]:
    """Give the editions of one report, the newest first."""
    rows = YearlyReportRow.objects.select_related("key", "prepared_by", "published_by")
    return rows.filter(kind=kind, last_month=last_month).order_by("-number")


def named(kind: ReportKind, last_month: date, number: int) -> YearlyReportRow:
    """Give one edition. Raises NotFound."""
    row = editions(kind, last_month).filter(number=number).first()
    if row is None:
        raise NotFound(
            words("There is no such edition of this report."), do=words("Look at the list.")
        )
    return row


def officers() -> list[str]:
    """Name everybody who is or was an officer: no report has a name of theirs."""
    return list(OfficerRow.objects.exclude(name="").values_list("name", flat=True))


def names() -> Names:
    """Give what the law data calls platforms and harms."""
    book = lawbook()
    harms = book.harms.items()
    return Names(
        platforms={code: it.name for code, it in book.platforms.items()},
        harms={code: f"{code} {it.title}" for code, it in harms},
        categories={code: it.dsa_category.value for code, it in harms},
    )


def submitted(start: date, end: date) -> Submitted:
    """Count the notices that platforms took from a day on and before another, with what came.

    Of a notice whose record was disposed of since, only platform and harm are kept.
    """
    found, waits = Counter[Notice](), []
    for notice, seconds in _live(start, end):
        found[notice] += 1
        if seconds is not None:
            waits.append(seconds)
    gone = TallyRow.objects.filter(
        counted=Counted.REFERRED, month__gte=start, month__lt=end
    ).values_list("platform", "harm")
    for platform, harm, number in gone.annotate(total=Sum("number")).order_by():
        found[Notice(platform, harm, DISPOSED)] += number
    return Submitted(found, waits)


def _live(start: date, end: date) -> Iterator[tuple[Notice, float | None]]:
    """Give each notice whose record is there, and how long its platform took to decide."""
    first, after = (settings.CLOCKS.calendar.start_of(it) for it in (start, end))
    came = AnswerRow.objects.filter(
        referral=OuterRef("referral"), kind=AnswerKind.DECIDED, at__gte=OuterRef("settled_at")
    )
    rows = NoticeRow.objects.filter(
        kind=NoticeKind.REFERRAL,
        delivery=Delivery.ACCEPTED,
        settled_at__gte=first,
        settled_at__lt=after,
    ).annotate(
        decided_at=Subquery(came.order_by("at").values("at")[:1]),
        action=Subquery(came.order_by("-at").values("outcome")[:1]),
    )
    columns = "referral__platform", "referral__harm", "action", "settled_at", "decided_at"
    lines = rows.values_list(*columns).iterator(chunk_size=AT_ONCE)
    for platform, harm, action, sent_at, decided_at in lines:
        seconds = (decided_at - sent_at).total_seconds() if decided_at else None
        yield Notice(platform, harm or "", action or NO_REPLY), seconds
