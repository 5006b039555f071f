"""What was found for requests about one's own data, and what of it is held back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from evenhand.rules.notification import RestrictionGround
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import RESTRICTED, RightsStanding, Withheld
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rights import OfARequest, RightsRequestRow


class RightsFoundRow(OfARequest):
    """One record that was found, and whether it is theirs; it is held while the request is open."""

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="found")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="rightsfound")
    is_theirs = models.BooleanField(null=True)
    reason = SealedField(null=True)
    settled_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta(OfARequest.Meta):
        db_table = "rights_found"
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="rights_found_once"),
            models.CheckConstraint(
                condition=Q(
                    is_theirs__isnull=True,
                    reason__isnull=True,
                    settled_by__isnull=True,
                    settled_at__isnull=True,
                )
                | Q(
                    is_theirs__isnull=False,
                    reason__isnull=False,
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="rights_found_is_settled_with_a_reason",
            ),
        ]


class RightsMarkRow(OfARequest):
    """One piece of a record that is held back: why, and on which ground until which review."""

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    piece = models.TextField()
    withheld = models.TextField()
    ground = models.TextField(null=True)
    review_on = models.DateField(null=True)
    reasons = SealedField()
    lawyer = SealedField(null=True)

    class Meta(OfARequest.Meta):
        db_table = "rights_mark"
        constraints = [
            models.UniqueConstraint(fields=["request", "piece"], name="rights_mark_once"),
            models.CheckConstraint(
                condition=Q(
                    withheld=Withheld.THIRD_PARTY.value, ground__isnull=True, review_on__isnull=True
                )
                | Q(
                    withheld__in=sorted(it.value for it in RESTRICTED),
                    ground__in=sorted(it.value for it in RestrictionGround),
                    ground__isnull=False,
                    review_on__isnull=False,
                ),
                name="rights_mark_restricts_on_a_ground_in_law",
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="rights_mark_by_review")]


def concerning(person: "F | models.OuterRef") -> models.QuerySet[RightsFoundRow]:
    """Give what was found of somebody for requests that nobody has answered yet."""
    return _open().filter(person=person)


def concerning_any(people: Sequence[UUID]) -> models.QuerySet[RightsFoundRow]:
    """Give what was found of any of these people for requests that nobody has answered yet."""
    return _open().filter(person__in=people)


def _open() -> models.QuerySet[RightsFoundRow]:
    return RightsFoundRow.objects.filter(request__standing=RightsStanding.OPEN)


def is_concerned(person: PersonRow, *, besides: RightsKind | None = None) -> bool:
    """Say whether an open request has found a person, so that the record is held.

    It is, whosever record one officer says that it is: a reply takes two.
    ``besides``: a kind of request that does not count.
    """
    return any(
        it.request.standing == RightsStanding.OPEN and it.request.kind != besides
        for it in person.rightsfound.all()
    )
