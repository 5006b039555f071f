"""What readers have of figures, as it is kept: by that, and by nothing else, is it published."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from evenhand.rules.figures import NotATable
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_tables import About, Axis, Published, TableWrong
from evenhand.rules.questions import Answer, By, Checkpoint, Line, Question, table_of
from evenhand.rules.questions_library import meaning_of
from evenhand.rules.words import words
from evenhand.store.figures import FigureRow


def one_at_a_time() -> None:
    """Let whoever publishes or corrects see what others publish, until the end of the act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('figure'))")


def published_of(row: FigureRow, *, beside: Iterable[Published] = ()) -> str:
    """Give what may be published of a figure beside all that stands published.

    ``beside``: what readers have besides figures.

    Raises NotATable, SmallNumberWouldShow.
    """
    try:
        table = table_of(answer_of(row))
    except (TableWrong, ValueError) as error:
        raise NotATable(
            words("This figure is divided in more than two ways, or has nothing in it."),
            do=words("Ask the question divided by less, and publish that."),
        ) from error
    return written(publishable(table, earlier=[*earlier(), *beside]))


def earlier() -> Iterator[Published]:
    """Give every table that stands published."""
    for text in FigureRow.objects.standing().values_list("published", flat=True):
        yield read(text or "")


def ever_published() -> Sequence[tuple[datetime, Published]]:
    """Give every table that was published, those that are corrected too, and when."""
    rows = FigureRow.objects.exclude(published_at=None).order_by("published_at", "id")
    told = rows.values_list("published_at", "published")
    return [(at, read(text)) for at, text in told if at and text]


def answer_of(row: FigureRow) -> Answer:
    """Read an answer that was given."""
    kept = json.loads(row.document)
    asked = kept["question"]
    return Answer(
        question=Question(
            code=asked["code"],
            as_at=date.fromisoformat(asked["as_at"]),
            start=date.fromisoformat(asked["start"]) if asked["start"] else None,
            end=date.fromisoformat(asked["end"]) if asked["end"] else None,
            by=tuple(By(it) for it in asked["by"]),
        ),
        meaning=meaning_of(row.code),
        exact=kept["exact"],
        lines=[Line(tuple(of), number) for of, number in kept["lines"]],
        at_least=kept["at_least"],
        balance=(),
        checkpoint=Checkpoint(0, kept["checkpoint"]),
        digest=bytes(row.value_sha256),
    )


def read(text: str) -> Published:
    """Read what readers have."""
    kept = json.loads(text)
    return Published(
        subject=kept["subject"],
        part=tuple(kept.get("part", ())),
        about=About(kept["about"]),
        start=date.fromisoformat(kept["start"]) if kept["start"] else None,
        end=date.fromisoformat(kept["end"]),
        axes=tuple(Axis(name, tuple(categories)) for name, categories in kept["axes"]),
        rounded=kept["rounded"],
        numbers={
            frozenset((axis, category) for axis, category in key): number
            for key, number in kept["numbers"]
        },
    )


def written(it: Published) -> str:
    """Write down what readers have."""
    numbers: list[Any] = [[sorted(key), number] for key, number in it.numbers.items()]
    return json.dumps(
        {
            "subject": it.subject,
            "part": list(it.part),
            "about": it.about,
            "start": it.start.isoformat() if it.start else "",
            "end": it.end.isoformat(),
            "axes": [[axis.name, list(axis.categories)] for axis in it.axes],
            "rounded": it.rounded,
            "numbers": numbers,
        },
        ensure_ascii=False,
    )
