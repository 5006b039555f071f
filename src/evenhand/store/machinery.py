"""Tables outside casework, in the schema ``machinery``: drafts, repeats, saved lists and more."""

import json
from collections.abc import Mapping
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from evenhand.rules.consultations import BreakWish, Preferences
from evenhand.store.fields import SealedField
from evenhand.store.sealing import open_alone, seal_alone


class DraftRow(models.Model):
    """Answers kept between pages, sealed under a key of their own."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.UUIDField(null=True)
    form = models.TextField()
    about = ArrayField(models.TextField(), null=True)
    wrapped_key = models.BinaryField()
    answers = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."draft"'


class RepeatRow(models.Model):
    """A request that carried an idempotency key, and the sealed answer it was given."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.UUIDField()
    key_digest = models.BinaryField()
    request_digest = models.BinaryField()
    about = ArrayField(models.TextField(), default=list)
    status = models.SmallIntegerField(null=True)
    wrapped_key = models.BinaryField(null=True)
    answer = models.BinaryField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."repeat"'


class SavedListRow(models.Model):
    """An officer's own name for some filters of the list of referrals, sealed with them."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.UUIDField()
    wrapped_key = models.BinaryField()
    filters = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."saved_list"'

    @classmethod
    def sealed(cls, name: str, filters: Mapping[str, str]) -> "SavedListRow":
        """Make a row of a name and filters, under a key of its own."""
        kept = json.dumps({"name": name, "filters": dict(filters)}).encode()
        ref, wrapped, sealed = seal_alone(kept, place="saved_list")
        return cls(id=ref, wrapped_key=wrapped, filters=sealed)

    def opened(self) -> tuple[str, dict[str, str]]:
        """Give the name and the filters."""
        wrapped, sealed = bytes(self.wrapped_key), bytes(self.filters)
        kept = json.loads(open_alone(self.id, wrapped, sealed, place="saved_list"))
        return kept["name"], kept["filters"]


class ConsultationRow(models.Model):
    """A look that the log holds, for a few days: what it was at, and how often it was repeated.

    An attempt that was refused is kept in the same way; it names what was ``tried``. A look at a
    person keeps its ``reason``, sealed under the person's key, for as long as the person is kept.
    """

    entry = models.BigIntegerField(primary_key=True)
    officer = models.UUIDField()
    about = models.UUIDField()
    why = models.TextField()
    tried = models.TextField(null=True)
    at = models.DateTimeField()
    repeats = models.IntegerField(default=0)
    is_repeated = models.GeneratedField(
        expression=models.ExpressionWrapper(models.Q(repeats__gt=0), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    reason = SealedField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."consultation"'


class ReconciliationRow(models.Model):
    """One comparison of casework with the log, and the first differences that it found.

    ``in_tree``: how many entries the published tree had, which were compared too; None: no tree.
    ``failure``: by what kind of fault it was broken off, and then nothing was found; else empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    entries = models.BigIntegerField()
    rows = models.BigIntegerField()
    changes = models.BigIntegerField()
    found = models.IntegerField()
    differences = models.JSONField()
    in_tree = models.BigIntegerField(null=True)
    failure = models.TextField(default="")

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."reconciliation"'


class LooksOfDayRow(models.Model):
    """How many looks the log holds of one day and purpose, as the last comparison counted them."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    day = models.DateField()
    why = models.TextField()
    looks = models.BigIntegerField()
    repeats = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."looks_of_day"'


class UnreadRow(models.Model):
    """A note that an officer is mentioned in and has not read yet."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    officer = models.UUIDField()
    note_id = models.UUIDField()
    referral = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."unread"'


class PreferenceRow(models.Model):
    """What an officer set for their own pages."""

    officer = models.UUIDField(primary_key=True)
    shortcuts = models.BooleanField(default=True)
    break_after_looks = models.SmallIntegerField(null=True)
    break_after_minutes = models.SmallIntegerField(null=True)
    quiet_until = models.DateTimeField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."preference"'

    def as_fact(self) -> Preferences:
        """Give the preferences as the rules see them."""
        breaks = BreakWish(self.break_after_looks, self.break_after_minutes)
        return Preferences(self.shortcuts, breaks, self.quiet_until)


class KnockRow(models.Model):
    """That somebody used a public door within the hour: a keyed hash of where from."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    door = models.TextField()
    caller = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."knock"'
