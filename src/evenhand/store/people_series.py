"""People by quarter, as readers have it beside the figures and the replies that they have.

What a quarter tells is settled once, after it ended, and kept: figures, replies and yearly reports
that come later are held against it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from uuid import uuid4

from django.db import models
from django.db.models import Q, Sum

from evenhand.rules.publishing_tables import Published
from evenhand.rules.statistics import MOST_QUARTERS, Quarter
from evenhand.store.combinations import EVERYBODY, PeopleKnownRow
from evenhand.store.day_counts import DayCountRow
from evenhand.store.publishing import read

OF_PEOPLE = '["person", "record"'
"""How the parts begin under which people's records that are disposed of are counted."""
Series = Mapping[Quarter, tuple[Published, Published]]


class PeopleQuarterRow(models.Model):
    """What readers have of people in one quarter. It never changes, and is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    first_day = models.DateField(unique=True)
    on_record = models.TextField()
    disposed_of = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "store"
        db_table = "people_quarter"
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__day=1, first_day__month__in=[1, 4, 7, 10]),
                name="people_quarter_begins_one",
            ),
        ]


def people() -> Series:
    """Give what is published of people by quarter: those on record, and those disposed of."""
    rows = PeopleQuarterRow.objects.order_by("-first_day")[:MOST_QUARTERS]
    return {_quarter(it.first_day): _told(it) for it in reversed(rows)}


def published() -> Iterable[Published]:
    """Give what readers have of people by quarter, for whatever else is to be published."""
    return chain.from_iterable(map(_told, PeopleQuarterRow.objects.order_by("first_day")))


def settled() -> set[Quarter]:
    """Give the quarters that are settled."""
    return set(map(_quarter, PeopleQuarterRow.objects.values_list("first_day", flat=True)))


def on_record_as_it_ended(quarter: Quarter) -> int:
    """Say how many people were on record as a quarter ended."""
    rows = PeopleKnownRow.objects.filter(system=EVERYBODY, known_on__lt=quarter.end)
    return rows.order_by("-known_on").values_list("people", flat=True).first() or 0


def disposed_of_in(quarter: Quarter) -> int:
    """Say how many records of people were disposed of in a quarter."""
    rows = DayCountRow.objects.filter(counted="disposed", parts__startswith=OF_PEOPLE)
    rows = rows.filter(day__gte=quarter.first, day__lt=quarter.end)
    return rows.aggregate(total=Sum("number"))["total"] or 0


def _quarter(first_day: date) -> Quarter:
    return Quarter(first_day.year, (first_day.month + 2) // 3)


def _told(row: PeopleQuarterRow) -> tuple[Published, Published]:
    return read(row.on_record), read(row.disposed_of)
