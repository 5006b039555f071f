"""What replies tell of numbers, as it was given: nothing of it is worked out again."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from evenhand.rules.foi import FoiStanding
from evenhand.rules.publishing_tables import Published
from evenhand.store.foi_replies import FoiPartRow
from evenhand.store.publishing import read

WITHOUT_REPLY = [
    FoiStanding.NOT_VALID,
    FoiStanding.TRANSFERRED,
    FoiStanding.WITHDRAWN,
    FoiStanding.LAPSED,
]


def told() -> Sequence[tuple[datetime, Published]]:
    """Give what all parts tell or are about to tell, and since when."""
    rows = FoiPartRow.objects.exclude(published="").exclude(at=None)
    rows = rows.exclude(request__standing__in=WITHOUT_REPLY).order_by("at", "id")
    return [(at, read(text)) for at, text in rows.values_list("at", "published") if at]


def told_beside(part: FoiPartRow) -> Iterator[Published]:
    """Give what every other part tells or is about to tell, those of the same request first.

    A request that ended without a reply tells nothing. Until the end of the act nobody else
    publishes a number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('figure'))")
    rows = FoiPartRow.objects.exclude(published="").exclude(id=part.id)
    rows = rows.exclude(request__standing__in=WITHOUT_REPLY).order_by("at", "id")
    for of_it in (rows.filter(request=part.request_id), rows.exclude(request=part.request_id)):
        for text in of_it.values_list("published", flat=True):
            yield read(text)
