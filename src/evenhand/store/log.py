"""The log's tables. They are made by SQL, and the application's role may only add to them."""

from typing import Self

from django.db import models


class Attempted(models.Func):
    """Whether an entry is of an attempt: word for word the condition of the index of these."""

    template = '(substr(%(expressions)s, 1, 16) = \'{"act":"attempt.\'::bytea)'
    output_field = models.BooleanField()


class Entries(models.QuerySet["EntryRow"]):
    """The entries of the log."""

    def of_attempts(self) -> Self:
        """Give those that say what was tried and refused, where what they say is still there."""
        return self.filter(Attempted(models.F("leaf")), openingrow__isnull=False)


class EntryRow(models.Model):
    """An entry: its leaf, and the record it is about."""

    number = models.BigIntegerField(primary_key=True)
    obj = models.UUIDField(null=True)
    ver = models.IntegerField(null=True)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField()

    objects = Entries.as_manager()

    class Meta:
        app_label = "store"
        managed = False
        db_table = "entry"


class OpeningRow(models.Model):
    """The salted fields of an entry, as a JSON list of disclosures."""

    entry = models.OneToOneField(
        EntryRow, primary_key=True, db_column="entry", on_delete=models.DO_NOTHING
    )
    fields = models.TextField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = "opening"
