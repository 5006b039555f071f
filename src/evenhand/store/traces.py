"""Who was disposed of lately: a keyed hash and a day, so that nobody is quietly recorded anew. A24.

The hash has a purpose of its own: it matches no token by which anybody on record is found.
"""

from datetime import date
from uuid import uuid4

from django.db import models

from evenhand.rules.disposal import last_day_forgotten
from evenhand.store.rows import Row


class Traces(models.QuerySet["TraceRow"]):
    """Identities that were disposed of lately."""

    def last_day_of(self, trace: bytes | memoryview | None, *, today: date) -> date | None:
        """Give the last day on which this identity was disposed of, if that is still known."""
        if trace is None:
            return None
        known = self.filter(trace=trace, day__gt=last_day_forgotten(today)).order_by("-day")
        return known.values_list("day", flat=True).first()


class TraceRow(Row):
    """That an identity was disposed of on a day. ``trace`` is of the whole name and birth date."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    trace = models.BinaryField()
    day = models.DateField()

    objects = Traces.as_manager()

    class Meta:
        app_label = "store"
        db_table = "disposed_trace"
        indexes = [
            models.Index(fields=["trace", "day"], name="disposed_trace_found"),
            models.Index(fields=["day"], name="disposed_trace_by_day"),
        ]
