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


def named(number: int, index: int | None) -> str:
    """Name an entry as its verifier does: by its index in the tree, which begins at 0.

    One that has none, as it waits for it or was put in past the guard, is # and its number in the
    database.
    """
    return f"#{number}" if index is None else str(index)


class OpeningRow(models.Model):
    """The salted fields of an entry, as a JSON list of disclosures.

    ``index`` is set where it is asked for: the entry’s index in the log’s tree, if it has one.
    """

    index: int | None = None

    entry = models.OneToOneField(
        EntryRow, primary_key=True, db_column="entry", on_delete=models.DO_NOTHING
    )
    fields = models.TextField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = "opening"
