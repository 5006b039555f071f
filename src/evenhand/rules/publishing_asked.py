"""Answers of the library as tables, for what may be published of them."""

from datetime import timedelta

from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_tables import UNDIVIDED, WHOLE, Axis, Table, TableWrong
from evenhand.rules.questions import Answer, By, Meaning, Question
from evenhand.rules.words import words

MOST_WAYS = 2
"""What is published is divided in two ways at most."""


def check_people_apart(question: Question, meaning: Meaning) -> None:
    """Refuse to publish people in one number with others, of which readers know how many.

    Raises SmallNumberWouldShow.
    """
    if meaning.published_as:
        raise SmallNumberWouldShow(
            words("This number has acts on people among others: it would tell how many they are."),
            do=words("Publish “{code}” instead, and of people what is counted of them."),
            code=meaning.published_as,
        )
    if meaning.has_people_among_others and By.KIND not in question.by:
        raise SmallNumberWouldShow(
            words("This number has people’s records and others, whose number is published."),
            do=words("Ask it divided by the kind of record."),
            at="by",
        )


def table_of(answer: Answer) -> Table:
    """Give an answer as a table, for what may be published of it.

    Raises TableWrong, SmallNumberWouldShow.
    """
    check_people_apart(answer.question, answer.meaning)
    axes = [
        Axis(by, tuple(sorted({line.of[place] for line in answer.lines})))
        for place, by in enumerate(answer.question.by)
    ]
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
