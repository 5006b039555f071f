"""What replies tell of numbers, as it was given: nothing of it is worked out again."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import cast

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from evenhand.rules import foi_counts
from evenhand.rules.foi import FoiStanding
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import Question
from evenhand.store import publishing
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import REPLY, FoiDisclosureRow, FoiLetterRow, FoiPartRow
from evenhand.store.publishing import read, read_as_told

APART = "apart"
NOTHING = "[]"
"""What is written down of a reply that tells no number of the library."""


def told() -> Collection[Published]:
    """Give what replies tell that have left, or that a second officer approved, so that they will.

    What is only drafted is told to nobody. A further reply to a request, or what corrects it later,
    stands in place of what was told of the same before. What the disclosure log tells stays when
    its request is erased.
    """
    lines = sorted(chain(_of_erased(), _of_requests()), key=lambda it: it[1])
    found = {(number, it.is_of): it for number, _at, it in lines}
    return found.values()


def said_before(row: FoiRequestRow, reply: int, question: str) -> tuple[date, Published] | None:
    """Give what an earlier reply to a request told of the same question, and when it left."""
    said = ((on, read(told)) for asked, on, told in _told_before(row, reply) if asked == question)
    return next(said, None)


def asked_before(row: FoiRequestRow, reply: int, question: Question) -> Question:
    """Give a question as at the day as at which an earlier reply answered it, if one did."""
    for asked, _on, _told in _told_before(row, reply):
        earlier = foi_counts.read(asked)
        if replace(question, as_at=earlier.as_at) == earlier:
            return earlier
    return question


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
    """Write down what the parts of a reply tell of numbers, since when, and what was asked."""
    return json.dumps(
        [
            (it.at.isoformat(), it.published, it.question)
            for it in parts
            if it.published and it.at is not None
        ]
    )


def _told_before(row: FoiRequestRow, reply: int) -> Iterator[tuple[str, date, str]]:
    """Give what earlier replies to a request were asked of numbers, and told when: the last first.

    What corrects what is published has the disclosure log alone to go by.
    """
    if row.corrects:
        for it in FoiDisclosureRow.objects.filter(number=row.corrects).order_by("-reply"):
            for _at, told, *question in json.loads(it.tables):
                # What was published before the question was kept with it is corrected in words.
                yield from ((asked, it.replied_on, told) for asked in question)
        return
    letters = row.letters.filter(kind=REPLY, sent_on__isnull=False)
    left = {it.reply: cast(date, it.sent_on) for it in letters}
    parts = row.parts.filter(reply__lt=reply).exclude(published="").order_by("-reply", "-at")
    for part in parts:
        yield part.question, left[part.reply], part.published


def _of_requests() -> Iterator[tuple[str, datetime, Published]]:
    approved = FoiLetterRow.objects.filter(
        request=OuterRef("request"),
        reply=OuterRef("reply"),
        kind=REPLY,
        approved_at__isnull=False,
        returned_at=None,
    )
    parts = FoiPartRow.objects.filter(Exists(approved)).exclude(published="")
    number = Coalesce("request__corrects", "request__number")
    lines = parts.order_by("at", "id").values_list(
        number, "at", "request__received_on", "published"
    )
    for its, at, on, text in lines:
        for it in _as_told(text, as_at=on):
            yield its, at, it


def _of_erased() -> Iterator[tuple[str, datetime, Published]]:
    """Give what the disclosure log tells of requests that take no further reply themselves."""
    there = FoiRequestRow.objects.values("number")
    corrected = FoiRequestRow.objects.filter(standing=FoiStanding.UNREACHED).values("number")
    rows = FoiDisclosureRow.objects.exclude(number__in=there) | FoiDisclosureRow.objects.filter(
        number__in=corrected
    )
    for number, tables in rows.order_by("reply", "number").values_list("number", "tables"):
        for on, text, *_asked in json.loads(tables):
            at = datetime.fromisoformat(on)
            for it in _as_told(text, as_at=at.date()):
                yield number, at, it


def _as_told(text: str, *, as_at: date) -> Iterator[Published]:
    yield read_as_told(text, as_at=as_at)
    if apart := apart_of(text):
        yield apart
