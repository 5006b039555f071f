"""Decisions on telling a person that they are on record. They are added, never changed."""

from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from evenhand.rules.notification import (
    REVIEWED_WITHIN,
    Decided,
    RestrictionGround,
    Telling,
)
from evenhand.rules.officers import OfficerRef
from evenhand.rules.people import PersonStanding
from evenhand.store.fields import SealedField
from evenhand.store.officers import OfficerRow
from evenhand.store.people import PersonRow
from evenhand.store.rows import Row

TELL, RESTRICT = Telling.TELL.value, Telling.RESTRICT.value


class NotifyDecisionRow(Row):
    """Whether a person is told, why, and by whom decided; a restriction ends with its review."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="decisions")
    telling = models.TextField()
    ground = models.TextField(null=True)
    reasons = SealedField(null=True)
    lawyer = SealedField(null=True)
    letter = SealedField(null=True)
    decided_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    review_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "notify_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at__isnull=True),
                name="notify_decision_one_current",
            ),
            models.CheckConstraint(
                condition=Q(telling=TELL, ground__isnull=True, review_on__isnull=True)
                | Q(
                    telling=RESTRICT,
                    ground__in=sorted(it.value for it in RestrictionGround),
                    ground__isnull=False,
                    review_on__isnull=False,
                    review_on__gt=F("decided_on"),
                    review_on__lte=F("decided_on") + REVIEWED_WITHIN.days,
                ),
                name="notify_decision_has_ground_and_review",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(telling=RESTRICT, confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("decided_by")),
                name="notify_decision_confirmed_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                condition=Q(replaced_at__isnull=True, review_on__isnull=False),
                name="notify_decision_by_review",
            ),
        ]

    def as_fact(self) -> Decided:
        """Give the decision as the rules see it."""
        return Decided(
            telling=Telling(self.telling),
            decided_by=OfficerRef(self.decided_by_id),
            is_confirmed=self.confirmed_at is not None,
            review_on=self.review_on,
        )


def current(person: PersonRow) -> NotifyDecisionRow | None:
    """Give what is decided about a person now, or waits to be confirmed."""
    return NotifyDecisionRow.objects.filter(person=person, replaced_at__isnull=True).first()


def not_told(person: PersonRow, *, today: date) -> bool:
    """Say whether it is decided, confirmed and in date that this person is not told. A34."""
    made = current(person)
    if made is None or made.confirmed_at is None or made.review_on is None:
        return False
    return made.review_on >= today


def waiting() -> models.QuerySet[PersonRow]:
    """Give the records of which it is not decided, or not confirmed, or whose review came near."""
    told = _current(Q(telling=TELL))
    restricted = _current(Q(telling=RESTRICT, confirmed_at__isnull=False))
    people = PersonRow.objects.filter(
        standing__in=[PersonStanding.HELD.value, PersonStanding.RESTRICTED.value],
        telling__isnull=True,
    )
    # Of records from before it said so, the decision itself is asked.
    return people.filter(~Exists(told), ~Exists(restricted))


def undecided_since(
    *, adults: datetime, children: datetime, today: date
) -> models.QuerySet[PersonRow]:
    """Give the records of before these moments that nobody decided on, or whose review is past.

    Records that are restricted already are left out.
    """
    held = PersonRow.objects.filter(standing=PersonStanding.HELD.value)
    decided = _current(Q(telling=TELL) | Q(confirmed_at__isnull=False))
    past = NotifyDecisionRow.objects.filter(
        telling=RESTRICT, confirmed_at__isnull=False, review_on__lt=today, replaced_at__isnull=True
    )
    late = Q(child=False, proposed_at__lt=adults) | Q(child=True, proposed_at__lt=children)
    undecided = Q(telling__isnull=True) & late & ~Exists(decided)
    return held.filter(undecided | Q(id__in=past.values("person")))


def _current(which: Q) -> models.QuerySet[NotifyDecisionRow]:
    rows = NotifyDecisionRow.objects.filter(which, replaced_at__isnull=True)
    return rows.filter(person=OuterRef("pk"))
