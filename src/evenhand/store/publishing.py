"""What readers have of figures, as it is kept: by that, and by nothing else, is it published."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from django.db import connection

from evenhand.rules.figures import NotATable
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_asked import table_of, with_all_categories
from evenhand.rules.publishing_people import PERSON, is_of_kinds, told_of_people_among
from evenhand.rules.publishing_tables import WHOLE, About, Axis, Key, Published, TableWrong
from evenhand.rules.questions import (
    Answer,
    By,
    Checkpoint,
    Line,
    Question,
    question_from,
)
from evenhand.rules.questions_library import LIBRARY, meaning_of
from evenhand.rules.words import words
from evenhand.store.answering import lines_of
from evenhand.store.figures import FigureRow


def one_at_a_time() -> None:
    """Let whoever publishes or corrects see what others publish, until the end of the act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('figure'))")


def published_of(
    row: FigureRow, *, beside: Iterable[Published] = (), corrects: Published | None = None
) -> str:
    """Give what may be published of a figure beside all that stands published.

    ``beside``: what readers have besides figures. ``corrects``: the wrong figure that it corrects.

    Raises NotATable, SmallNumberWouldShow.
    """
    try:
        table = table_of(answer_of(row))
    except (TableWrong, ValueError) as error:
        raise NotATable(
            words("This figure is divided in more than two ways, or has nothing in it."),
            do=words("Ask the question divided by less, and publish that."),
        ) from error
    return written(publishable(table, earlier=[*earlier(), *beside], corrects=corrects))


def earlier() -> Iterator[Published]:
    """Give every table that stands published."""
    rows = FigureRow.objects.standing().values_list("as_at", "published")
    for as_at, text in rows:
        yield read_as_told(text or "", as_at=as_at)


def answer_of(row: FigureRow) -> Answer:
    """Read an answer that was given."""
    kept = json.loads(row.document)
    return Answer(
        question=question_from(kept["question"]),
        meaning=meaning_of(row.code),
        exact=kept["exact"],
        lines=[Line(tuple(of), number) for of, number in kept["lines"]],
        at_least=kept["at_least"],
        balance=(),
        checkpoint=Checkpoint(0, kept["checkpoint"]),
        digest=bytes(row.value_sha256),
    )


def read_as_told(text: str, *, as_at: date) -> Published:
    """Read what readers have as it is compared with what is to be published.

    Of a number that has all kinds of records in it, as one could be once, it is how many of them
    are people's. ``as_at``: as at which day it was asked.
    """
    found = read(text)
    meaning = LIBRARY.get(found.subject)
    if meaning is None or not meaning.has_people_among_others or is_of_kinds(found):
        return with_all_categories(found)
    by = tuple(By(axis.name) for axis in found.axes if axis != WHOLE)
    start, end = (found.start, found.end) if meaning.basis.is_of_days else (None, None)
    asked = Question(code=meaning.code, as_at=as_at, start=start, end=end, by=(*by, By.KIND))
    people = Counter[Key]()
    for line in lines_of(asked, meaning):
        *of, kind = line.of
        if kind == PERSON:
            pairs = [*zip(map(str, by), of, strict=True)]
            for several in range(len(pairs) + 1):
                for key in combinations(pairs, several):
                    people[frozenset(key)] += line.number
    return told_of_people_among(found, people)


def read(text: str) -> Published:
    """Read what readers have. What was told of a part once went by the name of the part."""
    kept = json.loads(text)
    subject, part, about = kept["subject"], tuple(kept.get("part", ())), About(kept["about"])
    meaning = LIBRARY.get(subject)
    if meaning and not part:
        subject, part, about = meaning.subject, meaning.part, meaning.about
    return Published(
        subject=subject,
        part=part,
        about=about,
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
