"""For what else a person's record may be used: asked by one officer, answered by another. A08."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import Asked
from evenhand.rules.purposes import OTHERS, Purpose
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rows import Row

WAITS = Q(approved__isnull=True)
ALLOWED = Q(approved=True)


class PurposeChangeRow(Row):
    """That one record may be used for another purpose, or was to be. Answered once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    law = SealedField()
    necessity = SealedField()
    proportionality = SealedField()
    asked_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    answer = SealedField(null=True)
    answered_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "purpose_change"
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=sorted(it.value for it in OTHERS)),
                name="purpose_change_is_to_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    approved__isnull=True, answered_by__isnull=True, answered_at__isnull=True
                )
                | ~WAITS
                & Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by=F("asked_by")),
                name="purpose_change_by_two",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=WAITS, name="purpose_change_waits_once"
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=ALLOWED, name="purpose_change_allowed_once"
            ),
        ]

    def asked(self) -> Asked:
        """Give who asked, and when."""
        return Asked(by=OfficerRef(self.asked_by_id), at=self.asked_at)


def allowed_for(row: PersonRow) -> frozenset[Purpose]:
    """Give the other purposes that a record may be used for."""
    found = PurposeChangeRow.objects.filter(ALLOWED, person=row)
    return frozenset(Purpose(it) for it in found.values_list("purpose", flat=True))
