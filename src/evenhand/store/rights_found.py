"""What was found for requests about one's own data, and what of it is held back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from evenhand.rules.notification import RestrictionGround
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import HOLDS, RESTRICTED, RightsStanding, Withheld
from evenhand.rules.rights_reviews import RestrictionOutcome, ReviewStanding
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rights import OfARequest, RightsRequestRow
from evenhand.store.rows import these


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


class RightsMarks(models.QuerySet["RightsMarkRow"]):
    """What is held back, or was."""

    def standing(self) -> "RightsMarks":
        """Give what is held back still."""
        return self.filter(lifted_at__isnull=True)

    def by_law(self) -> "RightsMarks":
        """Give what is held back on a ground in law, which is looked at again."""
        return self.standing().filter(ground__isnull=False)

    def untold(self) -> "RightsMarks":
        """Give what was lifted, and the person does not have yet."""
        return self.filter(lifted_at__isnull=False, told_at__isnull=True)


class RightsMarkRow(OfARequest):
    """One piece of a record that is held back: why, and on which ground until which review.

    ``lifted_at``: since when it is not; ``told_at``: when the person was given it.
    """

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    piece = models.TextField()
    withheld = models.TextField()
    ground = models.TextField(null=True)
    review_on = models.DateField(null=True)
    lifted_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    reasons = SealedField()
    lawyer = SealedField(null=True)

    objects = RightsMarks.as_manager()

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
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=False) | Q(told_at__isnull=True),
                name="rights_mark_is_told_once_lifted",
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="rights_mark_by_review")]


class RightsReviewRow(OfARequest):
    """One review of what is held back by law; it counts once a second officer confirms it."""

    request = models.ForeignKey(RightsRequestRow, on_delete=models.PROTECT, related_name="reviews")
    mark = models.ForeignKey(RightsMarkRow, on_delete=models.PROTECT, related_name="reviews")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField()
    review_on = models.DateField(null=True)
    reasons = SealedField()
    standing = models.TextField(default=ReviewStanding.PROPOSED.value)
    answered_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(null=True)

    class Meta(OfARequest.Meta):
        db_table = "rights_review"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=RestrictionOutcome.KEPT.value, review_on__isnull=False)
                | Q(outcome=RestrictionOutcome.LIFTED.value, review_on__isnull=True),
                name="rights_review_keeps_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=ReviewStanding.PROPOSED.value,
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                    answer__isnull=True,
                )
                | Q(
                    standing__in=[ReviewStanding.CONFIRMED.value, ReviewStanding.RETURNED.value],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    answer__isnull=False,
                ),
                name="rights_review_is_answered_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("by")),
                name="rights_review_by_a_second_officer",
            ),
            models.UniqueConstraint(
                fields=["mark"],
                condition=Q(standing=ReviewStanding.PROPOSED.value),
                name="rights_review_waits_once",
            ),
        ]


def concerning(person: "F | models.OuterRef") -> models.QuerySet[RightsFoundRow]:
    """Give what was found of somebody for requests of which something is still to be given."""
    return _held().filter(person=person)


def concerning_any(people: Sequence[UUID]) -> models.QuerySet[RightsFoundRow]:
    """Give the same of any of these people."""
    return _held().filter(person__in=these(people))


def _held() -> models.QuerySet[RightsFoundRow]:
    return RightsFoundRow.objects.filter(request__standing__in=sorted(HOLDS))


def is_concerned(person: PersonRow, *, besides: RightsKind | None = None) -> bool:
    """Say whether a request holds a person whom it found: it is open, or more is to be given.

    It is, whosever record one officer says that it is: a reply takes two.
    ``besides``: a kind of request that does not count.
    """
    return any(
        it.request.standing == RightsStanding.LIFTED
        or (it.request.standing == RightsStanding.OPEN and it.request.kind != besides)
        for it in person.rightsfound.all()
    )
