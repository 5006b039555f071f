"""What replies tell of numbers, as it was given: nothing of it is worked out again."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import cast

from django.db.models import Exists, OuterRef

from evenhand.rules.publishing_tables import Published
from evenhand.store import publishing
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import REPLY, FoiDisclosureRow, FoiLetterRow, FoiPartRow
from evenhand.store.publishing import read, read_as_told

APART = "apart"
NOTHING = "[]"
"""What is written down of a reply that tells no number of the library."""


def told() -> Collection[Published]:
    """Give what replies tell that have left, or that a second officer approved, so that they will.

    What is only drafted is told to nobody. A further reply to a request stands in place of what an
    earlier one told of the same. What the disclosure log tells stays when its request is erased.
    """
    found = {(number, it.is_of): it for number, it in chain(_of_requests(), _of_erased())}
    return found.values()


def said_before(row: FoiRequestRow, reply: int, question: str) -> tuple[date, Published] | None:
    """Give what an earlier reply to a request told of the same question, and when it left."""
    parts = row.parts.filter(reply__lt=reply, question=question).exclude(published="")
    part = parts.order_by("-reply", "-at").first()
    if part is None:
        return None
    letter = row.letters.get(kind=REPLY, reply=part.reply, sent_on__isnull=False)
    return cast(date, letter.sent_on), read(part.published)


def kept(told: Published, apart: Published | None) -> str:
    """Write down what a part tells: its table, and how many there are at least if it says that."""
    text = publishing.written(told)
    if apart is None:
        return text
    beside = {APART: json.loads(publishing.written(apart))}
    return json.dumps({**json.loads(text), **beside}, ensure_ascii=False)


def apart_of(text: str) -> Published | None:
    """Read how many a part says that there are at least, if it does."""
    beside = json.loads(text).get(APART)
    return read(json.dumps(beside)) if beside else None


def all_of(text: str) -> Iterator[Published]:
    """Read all that a part tells."""
    yield read(text)
    if apart := apart_of(text):
        yield apart


def drafted(beside: FoiPartRow) -> Iterator[Published]:
    """Give what the other parts of the same reply are to tell beside one."""
    rows = FoiPartRow.objects.filter(request=beside.request_id, reply=beside.reply)
    rows = rows.exclude(id=beside.id).exclude(published="").order_by("at", "id")
    return chain.from_iterable(map(all_of, rows.values_list("published", flat=True)))


def written(parts: Iterable[FoiPartRow]) -> str:
    """Write down what the parts of a reply tell of numbers, and since when."""
    return json.dumps([(it.at.isoformat(), it.published) for it in parts if it.published and it.at])


def _of_requests() -> Iterator[tuple[str, Published]]:
    approved = FoiLetterRow.objects.filter(
        request=OuterRef("request"),
        reply=OuterRef("reply"),
        kind=REPLY,
        approved_at__isnull=False,
        returned_at=None,
    )
    parts = FoiPartRow.objects.filter(Exists(approved)).exclude(published="")
    lines = parts.order_by("reply", "at", "id").values_list(
        "request__number", "request__received_on", "published"
    )
    for number, on, text in lines:
        yield from _told_by(number, text, on)


def _of_erased() -> Iterator[tuple[str, Published]]:
    there = FoiRequestRow.objects.values("number")
    rows = FoiDisclosureRow.objects.exclude(number__in=there).order_by("reply", "number")
    for number, tables in rows.values_list("number", "tables"):
        for at, text in json.loads(tables):
            yield from _told_by(number, text, datetime.fromisoformat(at).date())


def _told_by(number: str, text: str, as_at: date) -> Iterator[tuple[str, Published]]:
    yield number, read_as_told(text, as_at=as_at)
    if apart := apart_of(text):
        yield number, apart
