"""How whoever challenged a referral is reached: apart from the challenge, under a key of its own.

No page and no call ever reads it, and no officer.
"""

from datetime import date
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from evenhand.store.challenges import IS_OPEN, ChallengeRow
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.public_reports import OF_REPORTERS
from evenhand.store.rows import Row

WAITS = Exists(ChallengeRow.objects.filter(IS_OPEN, id=OuterRef("challenge")))


class ChallengerContacts(models.QuerySet["ChallengerContactRow"]):
    """How challengers are reached. Only the worker asks, to write to them once."""

    def to_tell(self, today: date) -> "ChallengerContacts":
        """Give those whom it is time to tell: their challenge is settled, or their time over."""
        return self.filter(~Q(WAITS) | Q(last_on__lte=today)).order_by("day", "id")

    def locked(self, contact: UUID) -> "ChallengerContactRow | None":
        """Give one with its key, locked; None where it is gone already."""
        rows = self.select_related("key").select_for_update(of=("self",))
        return rows.filter(id=contact).first()


class ChallengerContactRow(Row):
    """Where one challenger wants to hear that it was settled; it goes once they were told.

    ``challenge`` is its random id: the address outlives no challenge, and is no part of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    challenge = models.UUIDField(unique=True)
    schedule = models.TextField(default=OF_REPORTERS)
    day = models.DateField()
    last_on = models.DateField()
    language = models.TextField()
    email = SealedField()

    objects = ChallengerContacts.as_manager()

    class Meta:
        app_label = "store"
        db_table = "challenger_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(schedule=OF_REPORTERS, last_on__gte=F("day")),
                name="challenger_contact_is_on_the_schedule",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "id"], name="challenger_contact_oldest"),
            models.Index(fields=["last_on"], name="challenger_contact_to_go"),
        ]


def standing_of(challenge: UUID) -> str | None:
    """Say how a challenge stands; None where it went with its referral."""
    rows = ChallengeRow.objects.filter(id=challenge)
    return rows.values_list("standing", flat=True).first()
