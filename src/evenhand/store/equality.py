"""The equality tally: how many, by quarter, part, basis and group. No row is of anybody."""

from datetime import date
from uuid import uuid4

from django.db import connection, models

ADD = """
INSERT INTO machinery.equality_tally (id, quarter, part, basis, answer, number)
VALUES (gen_random_uuid(), %s, %s, %s, %s, 1)
ON CONFLICT (quarter, part, basis, answer)
DO UPDATE SET number = equality_tally.number + 1
"""


class EqualityTallyRow(models.Model):
    """One count of a quarter, without a key of anything and without a time."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    quarter = models.DateField()
    part = models.TextField()
    basis = models.TextField()
    answer = models.TextField()
    number = models.IntegerField()

    class Meta:
        app_label = "store"
        managed = False
        db_table = '"machinery"."equality_tally"'


def add_one(quarter: date, part: str, basis: str, answer: str) -> None:
    """Add one to a count of a quarter."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [quarter, part, basis, answer])
