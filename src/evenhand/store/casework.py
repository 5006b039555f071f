"""What happens to a referral, a row each: moves, assessments, decisions, answers, checks."""

from typing import Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from evenhand.rules.notices import Transport
from evenhand.rules.referrals import TriageOutcome
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rows import Row


class Step(Row):
    """Something one officer did to one referral. Steps are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    referral = models.ForeignKey(ReferralRow, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        app_label = "store"


class MoveRow(Step):
    """A move made for a reason in own words: triage, close, withdraw, reopen, continue."""

    move = models.TextField()
    reason = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "move"


class Emergencies(models.QuerySet["EmergencyRow"]):
    """What was recorded of emergencies."""

    def found_later(self) -> Self:
        """Give the first record of each referral whose first look had found no emergency."""
        before = EmergencyRow.objects.filter(
            Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), id__lt=OuterRef("id")),
            referral=OuterRef("referral"),
        )
        found = self.exclude(referral__triage=TriageOutcome.EMERGENCY)
        return found.exclude(Exists(before))


class EmergencyRow(Step):
    """What was done in an emergency: ``done`` from a closed list, ``told`` in words."""

    done = ArrayField(models.TextField())
    done_at = models.DateTimeField()
    told = SealedField(null=True)
    their_reference = SealedField(null=True)
    words = SealedField(null=True)

    objects = Emergencies.as_manager()

    class Meta(Step.Meta):
        db_table = "emergency"


class AssessmentRow(Step):
    """One submitted assessment. A returned referral gets a new one; the old one stays."""

    number = models.SmallIntegerField()
    harm = models.TextField()
    also_harms = ArrayField(models.TextField(), default=list)
    ground = models.TextField()
    provision = SealedField(null=True)
    provision_why = SealedField(null=True)
    policy_clause = SealedField(null=True)
    policy_version = SealedField(null=True)
    policy_why = SealedField(null=True)
    evidence_inside = SealedField(null=True)
    evidence_outside = SealedField(null=True)
    supports_opposite = SealedField(null=True)
    expression = ArrayField(models.TextField(), default=list)
    expression_weighing = SealedField(null=True)
    less_intrusive = SealedField(null=True)
    necessity = SealedField(null=True)
    child = models.TextField()
    child_interests = SealedField(null=True)
    in_group = models.UUIDField(null=True)

    class Meta(Step.Meta):
        db_table = "assessment"
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="assessment_numbered_once")
        ]
        indexes = [
            models.Index(
                fields=["in_group"],
                condition=models.Q(in_group__isnull=False),
                name="assessment_in_group",
            )
        ]


def expression_in(referral: ReferralRow) -> list[str]:
    """Give the kinds of expression that the newest assessment of a referral found in it."""
    newest = AssessmentRow.objects.filter(referral=referral).order_by("-number")
    found = newest.values_list("expression", flat=True).first()
    return found or []


class DecisionRow(Step):
    """A second officer's decision on one assessment."""

    assessment = models.ForeignKey(AssessmentRow, on_delete=models.PROTECT)
    decision = models.TextField()
    reason = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "decision"


class NoticeRow(Step):
    """A message to a platform: its exact bytes, sealed, their SHA-256, and what became of it.

    ``form`` is that of a referral by e-mail; other messages have none.
    ``came_back``: what a mail server on the way reported later, as its status code.
    """

    kind = models.TextField()
    transport = models.TextField()
    form = models.TextField(null=True)
    recipient = SealedField(null=True)
    message = SealedField(null=True)
    message_sha256 = models.BinaryField()
    delivery = models.TextField()
    attempts = models.SmallIntegerField(default=0)
    failure = models.TextField(null=True)
    proof = models.TextField(null=True)
    settled_at = models.DateTimeField(null=True)
    came_back = models.TextField(null=True)
    their_reference = SealedField(null=True)
    witness = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    witness_initials = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "notice"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(transport=Transport.PORTAL.value)
                | (models.Q(witness__isnull=False) & ~models.Q(witness=models.F("by"))),
                name="notice_by_hand_has_a_witness",
            )
        ]


class AnswerRow(Step):
    """An answer of the platform, as an officer recorded it; ``by`` null: as it gave it itself.

    ``counted_as`` are the parts of the count of decisions that it adds to (``rules/own_errors``).
    """

    by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")  # type: ignore[assignment]
    kind = models.TextField()
    outcome = models.TextField(null=True)
    why_declined = models.TextField(null=True)
    counted_as = models.TextField(null=True)
    mail = models.ForeignKey(
        "store.MailRow", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    their_reference = SealedField(null=True)
    ground_relied_on = SealedField(null=True)
    statement_of_reasons = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "answer"


class CheckRow(Step):
    """What a person saw when looking at the address again."""

    seen = models.TextField()

    class Meta(Step.Meta):
        db_table = "recheck"


class SnoozeRow(Step):
    """A next step put off until a day. Which one is in force, the referral itself says."""

    until = models.DateField()
    reason = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "snooze"


class HandoverRow(Step):
    """A referral given from one officer into another's hands; ``by`` None: by the desk itself."""

    by = models.ForeignKey(  # type: ignore[assignment]  # Only here may it be nobody.
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    earlier_owner = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    new_owner = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    reason = SealedField(null=True)

    class Meta(Step.Meta):
        db_table = "handover"


class NoteRow(Step):
    """What one officer told colleagues about a referral; ``mentions`` are those it is meant for."""

    text = SealedField(null=True)
    mentions = ArrayField(models.UUIDField(), default=list)

    class Meta(Step.Meta):
        db_table = "note"


class RefusedIntakeRow(models.Model):
    """How often an intake was refused, by day and rule. Nothing else is kept of it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    day = models.DateField()
    rule = models.TextField()
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "store"
        db_table = "refused_intake"
        constraints = [
            models.UniqueConstraint(fields=["day", "rule"], name="refused_intake_one_row_a_day")
        ]
