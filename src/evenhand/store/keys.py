"""Keys as rows: each wrapped by the desk's key, useless without it."""

from django.db import models

from evenhand.store.rows import Row


class RecordKeyRow(Row):
    """The key of one record. Deleting it makes every copy of the record's words unreadable."""

    id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    class Meta:
        app_label = "store"
        db_table = "record_key"


class IndexKeyRow(models.Model):
    """A key of the blind index. The newest makes and finds tokens."""

    id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "index_key"
