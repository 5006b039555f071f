"""Answers of the library as tables, for what may be published of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from evenhand.rules.people_ages import ALL_BANDS, ALL_KNOWN
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_tables import (
    UNDIVIDED,
    WHOLE,
    About,
    Axis,
    Published,
    Table,
    TableWrong,
)
from evenhand.rules.questions import Answer, By
from evenhand.rules.words import words

MOST_WAYS = 2
"""What is published is divided in two ways at most."""


CLOSED: Mapping[str, tuple[str, ...]] = {By.AGE: ALL_BANDS, By.KNOWN: ALL_KNOWN}
"""What people are divided into by who they are, whether there is somebody or nobody: a row that is
left out would say that there is nobody, which is hidden."""


def with_all_categories(it: Published) -> Published:
    """Give what was told of groups once, with the rows that it lacked: those said that none is."""
    axes = tuple(
        Axis(axis.name, _all_of(axis.name, axis.categories, ()))
        if it.about is About.GROUPS
        else axis
        for axis in it.axes
    )
    named = [[None, *((axis.name, category) for category in axis.categories)] for axis in axes]
    keys = (frozenset(pair for pair in key if pair) for key in product(*named))
    return replace(it, axes=axes, numbers={**dict.fromkeys(keys, 0), **it.numbers})


def _all_of(axis: str, told: Iterable[str], only: Collection[str]) -> tuple[str, ...]:
    """Give the categories of an axis: those told, and those that a closed one has besides."""
    closed = [it for it in CLOSED.get(axis, ()) if not only or it in only]
    return tuple(dict.fromkeys((*closed, *sorted(told))))


def check_people_apart(answer: Answer) -> None:
    """Refuse to publish people in one number with others, of which readers know how many.

    Where there is neither, that is said. Raises SmallNumberWouldShow.
    """
    question, meaning = answer.question, answer.meaning
    if meaning.published_as:
        raise SmallNumberWouldShow(
            words("This number has acts on people among others: it would tell how many they are."),
            do=words("Publish “{code}” instead, and of people what is counted of them."),
            code=meaning.published_as,
        )
    if meaning.has_people_among_others and By.KIND not in question.by and answer.exact:
        raise SmallNumberWouldShow(
            words("This number has people’s records and others, whose number is published."),
            do=words("Ask it divided by the kind of record."),
            at="by",
        )


def table_of(answer: Answer) -> Table:
    """Give an answer as a table, for what may be published of it.

    Raises TableWrong, SmallNumberWouldShow.
    """
    check_people_apart(answer)
    axes = []
    for place, by in enumerate(answer.question.by):
        told = {line.of[place] for line in answer.lines}
        of_groups = answer.meaning.about is About.GROUPS
        only = answer.meaning.only.get(by, ())
        axes.append(Axis(by, _all_of(by, told, only) if of_groups else tuple(sorted(told))))
    rows, columns = [*(axes or [WHOLE]), UNDIVIDED][:2]
    if len(axes) > MOST_WAYS:
        raise TableWrong("It is divided in more than two ways.")
    found = {line.of: line.number for line in answer.lines}
    asked = answer.question
    return Table(
        subject=answer.meaning.subject,
        part=answer.meaning.part,
        about=answer.meaning.about,
        start=asked.start,
        end=asked.end or asked.as_at + timedelta(days=1),
        rows=rows,
        columns=columns,
        counts=tuple(
            tuple(found.get((row, column)[: len(axes)], 0) for column in columns.categories)
            for row in rows.categories
        ),
    )
