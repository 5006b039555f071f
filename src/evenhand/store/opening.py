"""Restores of this desk: what each found and did, and who opened the desk again."""

from uuid import uuid4

from django.db import connection, models
from django.db.models import F, Q

from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import BOTH_WITHIN, Asked
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow

_known_open: set[str] = set()
"""Databases that this process saw open: a desk is restored into an empty one, so they stay so."""


class RestorationRow(models.Model):
    """One restore. The desk is closed until it was proposed and attested to open it.

    ``lost`` counts by act what the log has and the backup had not.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    as_of = models.DateTimeField()
    restored_at = models.DateTimeField()
    tree_size = models.BigIntegerField(null=True)
    tree_root = models.BinaryField(null=True)
    lost = models.JSONField()
    erased_again = models.IntegerField()
    beyond = models.IntegerField()
    clock_ran = models.BooleanField()
    reason = SealedField(null=True)
    proposed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "restoration"
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, proposed_at__isnull=True)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False, reason__isnull=False),
                name="restoration_proposed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(opened_by__isnull=True, opened_at__isnull=True)
                | (
                    Q(opened_by__isnull=False, proposed_at__isnull=False)
                    & Q(opened_at__gte=F("proposed_at"))
                    & Q(opened_at__lte=F("proposed_at") + BOTH_WITHIN)
                    & ~Q(opened_by=F("proposed_by"))
                ),
                name="restoration_attested_by_another_in_time",
            ),
        ]

    def as_asked(self) -> Asked | None:
        """Give who proposed to open the desk, and when."""
        if self.proposed_by_id is None or self.proposed_at is None:
            return None
        return Asked(by=OfficerRef(self.proposed_by_id), at=self.proposed_at)


def is_closed() -> bool:
    """Say whether this desk was restored and is not open yet."""
    name = str(connection.settings_dict["NAME"])
    if name in _known_open:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_is_closed()")
        [closed] = cursor.fetchone()
    if not closed:
        _known_open.add(name)
    return bool(closed)
