"""What is said of people: facts apart from assessments, each with its grade and handling code."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from evenhand.rules.assessments import Kind
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Standing,
)
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.rows import Row


class StatementRow(Row):
    """What an officer said of a person: fact or assessment, never both, with its handling code."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="statements")
    link = models.ForeignKey(PersonLinkRow, on_delete=models.PROTECT, related_name="statements")
    kind = models.TextField()
    text = SealedField(null=True)
    source = SealedField(null=True)
    basis = SealedField(null=True)
    basis_holder = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    grade_of = models.TextField(null=True)
    grade_source = models.TextField(null=True)
    grade_information = models.TextField(null=True)
    handling = models.TextField()
    handling_conditions = ArrayField(models.TextField(), default=list)
    verified_at = models.DateTimeField()
    standing = models.TextField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        app_label = "store"
        db_table = "person_statement"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=Kind.FACT.value,
                    text__isnull=False,
                    source__isnull=False,
                    basis__isnull=True,
                    basis_holder__isnull=True,
                    grade_of__isnull=True,
                    grade_source__isnull=True,
                    grade_information__isnull=True,
                )
                | Q(
                    kind=Kind.ASSESSMENT.value,
                    text__isnull=False,
                    basis__isnull=False,
                    source__isnull=True,
                ),
                name="person_statement_is_fact_or_assessment",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.FACT.value)
                | Q(
                    grade_of__in=sorted(it.value for it in GradeOf),
                    grade_source__in=sorted(it.value for it in Source),
                    grade_information__in=sorted(it.value for it in Information),
                    grade_of__isnull=False,
                    grade_source__isnull=False,
                    grade_information__isnull=False,
                )
                & ~Q(
                    grade_of=GradeOf.POST_IS_TRUE.value,
                    grade_source=Source.RELIABLE.value,
                    grade_information=Information.DIRECTLY.value,
                ),
                name="person_statement_is_graded",
            ),
            models.CheckConstraint(
                condition=Q(handling=Handling.PERMITTED.value, handling_conditions__len=0)
                | Q(
                    handling=Handling.CONDITIONS.value,
                    handling_conditions__len__gt=0,
                    handling_conditions__contained_by=sorted(it.value for it in Condition),
                ),
                name="person_statement_has_a_handling_code",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=sorted(it.value for it in Standing)),
                name="person_statement_standing_is_known",
            ),
        ]
