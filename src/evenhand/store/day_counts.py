"""What happened on each day and what was there, as triggers count it: questions read it."""

from uuid import uuid4

from django.conf import settings
from django.db import connection, models


def add_up_a_day() -> bool:
    """Add up the next day with counts that is over. Says whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT machinery.add_up_a_day(%s)", [settings.TIME_ZONE])
        [was_one] = cursor.fetchone()
        return bool(was_one)


class DayCountRow(models.Model):
    """How often something happened on a day, or came and went on it: the sum of its slots.

    ``parts`` is a list in JSON that tells one count from the next. ``known_on`` is the day on which
    the desk came to know it, or that it was otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    counted = models.TextField()
    day = models.DateField()
    parts = models.TextField()
    known_on = models.DateField()
    slot = models.SmallIntegerField()
    number = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."day_count"'


class DaySumRow(models.Model):
    """What days that are over add up to in a month, as it came to be known in a month.

    ``place``: of which of several parts it is the sum, alone; none where it is of all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    counted = models.TextField()
    month = models.DateField()
    place = models.SmallIntegerField(null=True)
    parts = models.TextField()
    known_in = models.DateField()
    number = models.BigIntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."day_sum"'


class CountedAsRow(models.Model):
    """What one person, or one record of one, adds to the counts now. No page reads it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    whose = models.UUIDField()
    counted = models.TextField()
    parts = models.TextField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."counted_as"'


class FieldKnownRow(models.Model):
    """One column of one table, and from when to when it was there."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    its_table = models.TextField()
    its_column = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."field_known"'
