"""The retention schedule in force: the figures of the law data, until the desk approved others."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.retention import Figures
from evenhand.rules.retention_schedules import Schedule, dates
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import schedules
from evenhand.store.officers import OfficerRow
from evenhand.store.rows import Row


class ScheduleVersionRow(Row):
    """New figures of one schedule: proposed by one officer, in force once another approved."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    schedule = models.TextField()
    review_months = models.SmallIntegerField()
    max_months = models.SmallIntegerField()
    child_review_months = models.SmallIntegerField()
    child_max_months = models.SmallIntegerField()
    reason = SealedField(null=True)
    proposed_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "schedule_version"
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"],
                condition=Q(approved_at__isnull=True),
                name="schedule_one_proposal_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("proposed_by"))),
                name="schedule_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(review_months__gt=0, child_review_months__gt=0)
                & Q(review_months__lte=F("max_months"), max_months__lte=72)
                & Q(child_review_months__lte=F("child_max_months"))
                & Q(child_max_months__lte=F("max_months")),
                name="schedule_within_limits",
            ),
        ]

    def as_figures(self) -> Figures:
        """Give the figures as the rules see them."""
        return Figures(
            self.review_months, self.max_months, self.child_review_months, self.child_max_months
        )


def schedule_of(code: str) -> Schedule:
    """Give one schedule with the figures that are in force."""
    approved = ScheduleVersionRow.objects.filter(schedule=code, approved_at__isnull=False)
    newest = approved.order_by("-approved_at").first()
    shipped = schedules()[code]
    return newest.as_figures().over(shipped) if newest else shipped


def days_at_most(code: str, start: date) -> tuple[date, date]:
    """Give the review and last day of what is no child's record, counted from a day.

    The desk may have made its figures shorter; longer ones do not count here.
    """
    found = [dates(it, start, child=False) for it in (schedules()[code], schedule_of(code))]
    return min(it.review_on for it in found), min(it.max_on for it in found)
