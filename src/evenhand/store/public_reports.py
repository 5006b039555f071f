"""Reports from the public, and apart from them how the reporters are reached.

What a reporter said is sealed under the report's own key until an officer settles it. How they are
reached is in a table of its own, under a key of its own, which no page and no call ever reads.
"""

from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from evenhand.rules.handover import OPEN as OPEN_REFERRALS
from evenhand.rules.public_reports import BY_AN_OFFICER, OPEN, TAKEN_UP, ReportStanding, Worry
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row

SCHEDULE, OF_REPORTERS = "D24", "D09"


def _values(standings: frozenset[ReportStanding]) -> list[str]:
    return sorted(it.value for it in standings)


IS_OPEN = Q(standing__in=_values(OPEN))
REASON_HAS_THE_KEY = Q(key=None, reason=None) | Q(key__isnull=False, reason__isnull=False)


class PublicReports(models.QuerySet["PublicReportRow"]):
    """The reports that the desk was given."""

    def one(self, report: UUID) -> "PublicReportRow":
        """Give one report with its key. Raises NotFound."""
        return self._one(self.select_related("key", "opened_by", "settled_by"), report)

    def locked(self, report: UUID) -> "PublicReportRow":
        """Give one report with its key, locked until the end of the act. Raises NotFound."""
        rows = self.select_related("key").select_for_update(of=("self",))
        return self._one(rows, report)

    def open(self) -> "PublicReports":
        """Give those that no officer has settled, where somebody is in danger first."""
        found = self.filter(standing__in=_values(OPEN))
        return found.order_by("-danger_now", "received_at", "id")

    def _one(self, rows: "PublicReports", report: UUID) -> "PublicReportRow":
        found = rows.filter(id=report).first()
        if found is None:
            raise NotFound(
                words("There is no such report, or not any more."),
                do=words("Open the list of reports to see what is left."),
            )
        return found


class PublicReportRow(Row):
    """One report. ``receipt`` is a keyed hash; ``became`` is the referral it was taken up as."""

    id = models.UUIDField(primary_key=True)
    key = models.ForeignKey(RecordKeyRow, null=True, on_delete=models.PROTECT)
    receipt = models.BinaryField(unique=True)
    day = models.DateField()
    received_at = models.DateTimeField()
    schedule = models.TextField(default=SCHEDULE)
    review_on = models.DateField()
    max_on = models.DateField()
    answers_until = models.DateField()
    standing = models.TextField()
    platform = models.TextField()
    worry = models.TextField()
    danger_now = models.BooleanField()
    public_without_login = models.BooleanField(default=True)
    url = SealedField(null=True)
    why = SealedField(null=True)
    opened_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    signpost = models.TextField(null=True)
    reason = SealedField(null=True)
    became = models.UUIDField(null=True)

    objects = PublicReports.as_manager()

    class Meta:
        app_label = "store"
        db_table = "public_report"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    standing__in=[it.value for it in ReportStanding],
                    worry__in=[it.value for it in Worry],
                ),
                name="public_report_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(public_without_login=True), name="public_report_of_public_content_only"
            ),
            models.CheckConstraint(
                condition=Q(schedule=SCHEDULE)
                & Q(review_on__gte=F("day"))
                & Q(max_on__gte=F("review_on"))
                & Q(answers_until__gte=F("max_on")),
                name="public_report_is_on_the_schedule",
            ),
            models.CheckConstraint(
                condition=Q(
                    IS_OPEN,
                    key__isnull=False,
                    url__isnull=False,
                    why__isnull=False,
                    reason__isnull=True,
                )
                | (~IS_OPEN & Q(url__isnull=True, why__isnull=True) & REASON_HAS_THE_KEY),
                name="public_report_words_go_when_it_is_settled",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=ReportStanding.SIGNPOSTED.value, worry=Worry.CHILD_ABUSE_IMAGERY.value
                )
                | (
                    ~Q(standing=ReportStanding.SIGNPOSTED.value)
                    & ~Q(worry=Worry.CHILD_ABUSE_IMAGERY.value)
                ),
                name="public_report_of_child_abuse_imagery_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing__in=_values(BY_AN_OFFICER),
                    opened_by__isnull=False,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                )
                | (
                    ~Q(standing__in=_values(BY_AN_OFFICER))
                    & Q(settled_by__isnull=True, became__isnull=True, reason__isnull=True)
                ),
                name="public_report_settled_by_an_officer",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=_values(TAKEN_UP), became__isnull=False)
                | (~Q(standing__in=_values(TAKEN_UP)) & Q(became__isnull=True)),
                name="public_report_taken_up_as_a_referral",
            ),
            models.CheckConstraint(
                condition=Q(standing=ReportStanding.SET_ASIDE.value, reason__isnull=False)
                | (~Q(standing=ReportStanding.SET_ASIDE.value) & Q(reason=None, signpost=None)),
                name="public_report_set_aside_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-danger_now", "received_at", "id"],
                condition=IS_OPEN,
                name="public_report_waiting",
            ),
            models.Index(fields=["max_on"], condition=IS_OPEN, name="public_report_to_erase"),
            models.Index(fields=["answers_until"], name="public_report_to_forget"),
        ]


class ReporterContacts(models.QuerySet["ReporterContactRow"]):
    """How reporters are reached. Only the worker asks, to write to them once."""

    def settled(self) -> "ReporterContacts":
        """Give those whose report is settled, and the referral it was taken up as at its end."""
        goes_on = ReferralRow.objects.filter(
            id=OuterRef("report__became"), state__in=[it.value for it in OPEN_REFERRALS]
        )
        return self.exclude(report__standing__in=_values(OPEN)).exclude(Exists(goes_on))

    def to_tell(self, today: date) -> "ReporterContacts":
        """Give those of whom it may be time to tell what became of the report, the oldest first."""
        found = self.settled() | self.filter(last_on__lte=today)
        return found.order_by("day", "id")

    def locked(self, contact: UUID) -> "ReporterContactRow | None":
        """Give one with its key and its report, locked; None where it is gone already."""
        rows = self.select_related("key", "report").select_for_update(of=("self",))
        return rows.filter(id=contact).first()


class ReporterContactRow(Row):
    """Where one reporter wants to hear what became of a report; it goes once they were told."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    report = models.OneToOneField(PublicReportRow, on_delete=models.PROTECT, related_name="contact")
    schedule = models.TextField(default=OF_REPORTERS)
    day = models.DateField()
    last_on = models.DateField()
    language = models.TextField()
    email = SealedField()

    objects = ReporterContacts.as_manager()

    class Meta:
        app_label = "store"
        db_table = "reporter_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule=OF_REPORTERS, last_on__gte=F("day")),
                name="reporter_contact_is_on_the_schedule",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "id"], name="reporter_contact_oldest"),
            models.Index(fields=["last_on"], name="reporter_contact_to_go"),
        ]


class ReportCountRow(models.Model):
    """How many reports came to what, by day. It outlives them and says nothing of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    day = models.DateField()
    what = models.TextField()
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "store"
        db_table = "public_report_count"
        constraints = [
            models.UniqueConstraint(fields=["day", "what"], name="public_report_count_once_a_day"),
            models.CheckConstraint(condition=Q(count__gte=0), name="public_report_count_counts"),
        ]
