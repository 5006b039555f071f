"""The register of scrutiny from outside: added to only, its words sealed like a document's."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from evenhand.rules.referrals import NotFound
from evenhand.rules.scrutiny import FOLLOWED, ScrutinyKind, Told
from evenhand.rules.words import words
from evenhand.store.fields import SealedField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow

KINDS = sorted(it.value for it in ScrutinyKind)


class ScrutinyRow(models.Model):
    """One look at the desk by somebody outside."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, on_delete=models.PROTECT)
    number = models.IntegerField(unique=True)
    kind = models.TextField()
    held_on = models.DateField()
    body = SealedField()
    scope = SealedField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "scrutiny"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="scrutiny_of_a_known_kind"),
        ]


class ScrutinyWordRow(models.Model):
    """What came of it: an outcome, a recommendation, what was done about one, a correction."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    scrutiny = models.ForeignKey(ScrutinyRow, on_delete=models.PROTECT, related_name="told")
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    day = models.DateField()
    text = SealedField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "scrutiny_word"
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=sorted(it.value for it in FOLLOWED), about__isnull=False)
                | Q(what__in=sorted(it.value for it in set(Told) - FOLLOWED), about__isnull=True),
                name="scrutiny_word_follows_a_recommendation",
            ),
        ]


class ScrutinyNoneRow(models.Model):
    """That there was no scrutiny of a kind, and on which day that was true."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField()
    true_on = models.DateField()
    by = models.ForeignKey(OfficerRow, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "scrutiny_none"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="scrutiny_none_of_a_kind"),
        ]


def numbered(number: int) -> ScrutinyRow:
    """Give one entry of the register, with its key. Raises NotFound."""
    row = ScrutinyRow.objects.select_related("key").filter(number=number).first()
    if row is None:
        raise NotFound(
            words("There is no such entry in the register of scrutiny."),
            do=words("Look at the list."),
        )
    return row
