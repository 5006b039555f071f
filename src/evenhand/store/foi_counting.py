"""What replies tell of numbers, as it was given: nothing of it is worked out again."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast
from uuid import UUID

from evenhand.rules.foi import WITHOUT_REPLY
from evenhand.rules.publishing_tables import Published
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiPartRow
from evenhand.store.publishing import read


def told(*, but: UUID | None = None) -> Iterator[tuple[datetime, Published]]:
    """Give what replies tell, or are about to tell, and since when.

    ``but``: a part that is left out, as it is being answered. A request that ended without a reply
    tells nothing. What the disclosure log tells of a request stays when the request is erased.
    """
    parts = FoiPartRow.objects.exclude(published="").exclude(at=None)
    if but is not None:
        parts = parts.exclude(id=but)
    parts = parts.exclude(request__standing__in=WITHOUT_REPLY).order_by("at", "id")
    for at, text in parts.values_list("at", "published"):
        yield cast(datetime, at), read(text)
    there = FoiRequestRow.objects.values("number")
    erased = FoiDisclosureRow.objects.exclude(number__in=there).order_by("replied_on", "number")
    for tables in erased.values_list("tables", flat=True):
        for at, text in json.loads(tables):
            yield datetime.fromisoformat(at), read(text)


def written(parts: Iterable[FoiPartRow]) -> str:
    """Write down what the parts of a reply tell of numbers, and since when."""
    return json.dumps([(it.at.isoformat(), it.published) for it in parts if it.published and it.at])
