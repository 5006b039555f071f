"""Breaches: one row each, what was noted and told, and the groups of people; words are sealed."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from evenhand.rules.breaches import (
    TOLD,
    Breach,
    BreachKind,
    Content,
    Noted,
    ToTell,
    Whom,
)
from evenhand.rules.clocks_law import hours_after
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import clocks
from evenhand.store.officers import OfficerRow

TO_THE_COMMISSIONER, TO_PEOPLE = "E08", "E09"


class BreachRow(models.Model):
    """One breach. What is settled is settled once; in time its words go."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, null=True, on_delete=models.PROTECT)
    number = models.IntegerField(unique=True)
    version = models.IntegerField(default=1)
    kinds = ArrayField(models.TextField())
    aware_at = models.DateTimeField()
    package = models.TextField(null=True, unique=True)
    opened_by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    first_told_at = models.DateTimeField(null=True)
    told = ArrayField(models.TextField(), default=list)
    late_because = SealedField(null=True)
    not_told_because = SealedField(null=True)
    not_told_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        db_table = "breach"
        constraints = [
            models.CheckConstraint(
                condition=Q(kinds__contained_by=[it.value for it in BreachKind])
                & Q(told__contained_by=[it.value for it in Content])
                & ~Q(kinds=[]),
                name="breach_of_known_kinds",
            ),
            models.CheckConstraint(
                condition=Q(first_told_at__isnull=True, told=[], late_because__isnull=True)
                | (Q(first_told_at__isnull=False) & ~Q(told=[])),
                name="breach_told_something",
            ),
            models.CheckConstraint(
                condition=Q(not_told_at__isnull=True, not_told_because__isnull=True)
                | Q(not_told_at__isnull=False, not_told_because__isnull=False)
                | Q(erased_at__isnull=False),
                name="breach_not_told_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, key__isnull=False)
                | Q(
                    erased_at__isnull=False,
                    key__isnull=True,
                    closed_at__isnull=False,
                    late_because__isnull=True,
                    not_told_because__isnull=True,
                    package__isnull=True,
                ),
                name="breach_erased_whole_once_closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                & (Q(not_told_at__isnull=False) | Q(told__contains=[it.value for it in Content])),
                name="breach_closed_once_told_or_not",
            ),
        ]

    def as_fact(self) -> Breach:
        """Give the breach as the rules see it."""
        groups = list(self.groups.all())
        return Breach(
            aware_at=self.aware_at,
            due_at=hours_after(clocks().rows[TO_THE_COMMISSIONER], self.aware_at),
            first_told_at=self.first_told_at,
            told=frozenset(map(Content, self.told)),
            not_told=self.not_told_at is not None,
            noted=frozenset(Noted(it.what) for it in self.notes.all()),
            groups=len(groups),
            owed=sum(it.told_on is None and it.to_tell in TOLD for it in groups),
            is_closed=self.closed_at is not None,
            is_erased=self.erased_at is not None,
        )


class BreachNoteRow(models.Model):
    """What was noted of a breach: facts, effects, remedy, corrections. Only added."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    breach = models.ForeignKey(BreachRow, on_delete=models.PROTECT, related_name="notes")
    what = models.TextField()
    text = SealedField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "breach_note"
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=[it.value for it in Noted]), name="breach_note_is_known"
            ),
        ]


class BreachPhaseRow(models.Model):
    """What the Commissioner was told at one time: those of the four contents that were known."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    breach = models.ForeignKey(BreachRow, on_delete=models.PROTECT, related_name="phases")
    told_at = models.DateTimeField()
    nature = SealedField(null=True)
    contact = SealedField(null=True)
    consequences = SealedField(null=True)
    measures = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "breach_phase"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__isnull=False)
                | Q(contact__isnull=False)
                | Q(consequences__isnull=False)
                | Q(measures__isnull=False),
                name="breach_phase_says_something",
            ),
        ]


class BreachGroupRow(models.Model):
    """People whose data it was: whether they are told, why else not, and what they were told."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    breach = models.ForeignKey(BreachRow, on_delete=models.PROTECT, related_name="groups")
    whom = models.TextField()
    about = models.IntegerField()
    under_18 = models.BooleanField()
    to_tell = models.TextField()
    ground = models.TextField(null=True)
    reasons = SealedField(null=True)
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_on = models.DateField(null=True)
    nature = SealedField(null=True)
    contact = SealedField(null=True)
    consequences = SealedField(null=True)
    measures = SealedField(null=True)

    class Meta:
        app_label = "store"
        db_table = "breach_group"
        constraints = [
            models.CheckConstraint(
                condition=Q(whom__in=[it.value for it in Whom], about__gte=1)
                & Q(to_tell__in=[it.value for it in ToTell]),
                name="breach_group_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    to_tell=ToTell.RESTRICTED.value,
                    ground__isnull=False,
                    ground__in=[it.value for it in RestrictionGround],
                )
                | (~Q(to_tell=ToTell.RESTRICTED.value) & Q(ground__isnull=True)),
                name="breach_group_restricted_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True)
                | Q(
                    to_tell__in=sorted(it.value for it in TOLD),
                    nature__isnull=False,
                    contact__isnull=False,
                    consequences__isnull=False,
                    measures__isnull=False,
                )
                | Q(to_tell__in=sorted(it.value for it in TOLD), reasons__isnull=True),
                name="breach_group_told_the_four_contents",
            ),
        ]


def numbered(number: int, *, locked: bool = False) -> BreachRow:
    """Give one breach with its key; ``locked``: nobody else changes it now. Raises NotFound."""
    rows = BreachRow.objects.select_related("key")
    if locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(number=number).first()
    if row is None:
        raise NotFound(words("There is no such breach."), do=words("Look at the list."))
    return row
