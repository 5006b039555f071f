"""The register of training: who did what when, and who accepted which instructions."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.assurance import Stage
from evenhand.rules.officers import OfficerRef
from evenhand.rules.training import LONGEST, Course, Training
from evenhand.store.assurance import DocumentRow
from evenhand.store.officers import OfficerRow

INSTRUCTIONS = Course.INSTRUCTIONS.value


class TrainingRow(models.Model):
    """One training of an officer. It is only added to: of a course the newest line counts.

    ``by`` is nobody where the desk itself recorded it; ``document`` the instructions accepted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="trainings")
    course = models.TextField()
    done_on = models.DateField()
    valid_until = models.DateField()
    document = models.ForeignKey(
        DocumentRow, null=True, on_delete=models.PROTECT, related_name="accepted", db_index=False
    )
    by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "training"
        indexes = (models.Index(fields=["officer", "course", "at"], name="training_of_an_officer"),)
        constraints = [
            models.CheckConstraint(
                condition=Q(course__in=[it.value for it in Course]), name="training_is_known"
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(course=course.value)
                    | Q(
                        valid_until__gte=F("done_on"), valid_until__lte=F("done_on") + longest.days
                    ),
                    name=f"training_{course}_in_time",
                )
                for course, longest in LONGEST.items()
            ),
            models.CheckConstraint(
                condition=Q(
                    course=INSTRUCTIONS,
                    document__isnull=False,
                    by__isnull=False,
                    by=F("officer"),
                )
                | (
                    ~Q(course=INSTRUCTIONS)
                    & Q(document__isnull=True)
                    & (Q(by__isnull=True) | ~Q(by=F("officer")))
                ),
                name="training_recorded_by_another",
            ),
        ]

    def as_fact(self) -> Training:
        """Give the training as the rules see one."""
        return Training(self.done_on, self.valid_until)


def newest() -> Mapping[tuple[UUID, Course], Training]:
    """Give the newest training of each officer in each course; of instructions: in force."""
    rows = _that_count().order_by("officer", "course", "-at", "-id").distinct("officer", "course")
    return {(it.officer_id, Course(it.course)): it.as_fact() for it in rows}


def newest_of(officer: OfficerRef) -> Mapping[Course, Training]:
    """Give the newest training of one officer in each course."""
    rows = _that_count().filter(officer=officer).order_by("course", "-at", "-id").distinct("course")
    return {Course(it.course): it.as_fact() for it in rows}


def _that_count() -> models.QuerySet[TrainingRow]:
    in_force = Q(document__stage=Stage.IN_FORCE.value)
    return TrainingRow.objects.filter(Q(document__isnull=True) | in_force)
