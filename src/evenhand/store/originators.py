"""Bodies from which wrong data about a person came, and whether they were told."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from evenhand.rules.originators import Originator
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rows import Row
from evenhand.store.sealing import unsealed

UNTOLD = Q(told_on__isnull=True)


class OriginatorNoticeRow(Row):
    """That data from another body was wrong: which part, of whom, and when that body was told."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    about = models.TextField()
    body = SealedField()
    their_reference = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_on = models.DateField(null=True)
    told_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "originator_notice"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_by__isnull=True, told_at__isnull=True)
                | Q(told_on__isnull=False, told_by__isnull=False, told_at__isnull=False),
                name="originator_notice_told_wholly",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=UNTOLD, name="originator_notice_waiting"
            )
        ]

    def originator(self, key: RecordKey) -> Originator:
        """Give the body and its reference, opened with the person's key."""
        return Originator(
            body=unsealed(self, key, "body"), their_reference=unsealed(self, key, "their_reference")
        )


def whose(notice: UUID) -> str:
    """Give the reference of the person whom a notice is about. Raises NotFound."""
    people = OriginatorNoticeRow.objects.filter(id=notice).values_list("person__reference")
    found = people.first()
    if found is None:
        raise NotFound(
            words("There is no such letter to a body that data came from."),
            do=words("Look at what waits on the worklist."),
        )
    return str(found[0])
