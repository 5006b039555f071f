"""Numbers of the library that answer a part of a request: which, as at when, as which table."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_asked import MOST_WAYS, check_people_apart, table_of
from evenhand.rules.publishing_tables import Axis, Key, Published, Table
from evenhand.rules.questions import (
    Answer,
    Question,
    QuestionWrong,
    question_from,
)
from evenhand.rules.words import words

A_DAY = timedelta(days=1)
ALL = Axis("all", ("all",))
APART = Axis("apart", ("at_least", "undecided"))
AT_LEAST: Key = frozenset({(APART.name, APART.categories[0])})


def check_divided(question: Question) -> None:
    """Refuse to divide a number by more than what a table in a letter has. Raises QuestionWrong."""
    if len(question.by) > MOST_WAYS:
        raise QuestionWrong(
            words("A reply divides a number by two things at most."),
            do=words("Ask twice, or leave one out."),
            at="by",
        )


def told_as_at(received_on: date, *, since: date, today: date) -> date:
    """Give the day as at whose end a number is told: that of receipt, or the last that is over.

    Where the desk's own counting begins later, its first day. On that day there is none yet: what
    is told would change until its end. Raises QuestionWrong.
    """
    day = min(max(received_on, since), today - A_DAY)
    if day < since:
        raise QuestionWrong(
            words(
                "This desk began to count on {since}. No day of it is over yet, and a reply tells"
                " what was known at the end of a day."
            ),
            do=words("Answer this part from {first} on. What you have written stays."),
            at="code",
            since=since.isoformat(),
            first=(since + A_DAY).isoformat(),
        )
    return day


def check_is_over(as_at: date, *, today: date, at: str = "code") -> None:
    """Refuse to answer as at a day that still goes on: its numbers change until its end."""
    if as_at >= today:
        raise QuestionWrong(
            words("{day} is not over yet, and what the desk knew at its end is not known."),
            do=words("Answer this part tomorrow."),
            at=at,
            day=as_at.isoformat(),
        )


def written(question: Question) -> str:
    """Write a question down, so that it can be asked again for ever."""
    return json.dumps(
        {
            "code": question.code,
            "as_at": question.as_at.isoformat(),
            "start": question.start.isoformat() if question.start else "",
            "end": question.end.isoformat() if question.end else "",
            "by": [str(it) for it in question.by],
        }
    )


def read(text: str) -> Question:
    """Read a question that was written down."""
    return question_from(json.loads(text))


def table_for(answer: Answer) -> Table:
    """Give an answer as a table; one that is not divided, or is nothing, has one cell."""
    check_people_apart(answer)
    if answer.lines and answer.question.by:
        return table_of(answer)
    asked = answer.question
    return Table(
        subject=answer.meaning.subject,
        part=answer.meaning.part,
        about=answer.meaning.about,
        start=asked.start,
        end=asked.end or asked.as_at + A_DAY,
        rows=ALL,
        counts=((answer.exact,),),
    )


def told_apart(
    answer: Answer, told: Published, *, earlier: Sequence[Published]
) -> Published | None:
    """Give how many there are at least and how many may be one with another, if both may be told.

    Both are numbers of people, and are held against all that was told of them of other days.
    """
    least = answer.at_least
    if least is None or least == answer.exact or told.numbers[frozenset()] is None:
        return None
    table = Table(
        subject=f"{answer.meaning.subject} apart",
        part=answer.meaning.part,
        about=answer.meaning.about,
        start=None,
        end=answer.question.as_at + timedelta(days=1),
        rows=APART,
        counts=((least,), (answer.exact - least,)),
    )
    try:
        shown = publishable(table, earlier=earlier)
    except SmallNumberWouldShow:
        return None
    return None if None in shown.numbers.values() else shown


def check_tells_no_more(drafted: Published, now: Published) -> None:
    """Refuse a drafted number that may not be published as it was drafted any more."""
    if drafted.axes != now.axes:
        raise SmallNumberWouldShow(
            words("Since a number was drafted, it is divided into other categories."),
            do=words("Have the reply given back where it waits, and answer that part anew."),
        )
    shown = {key: number for key, number in drafted.numbers.items() if number is not None}
    if any(now.numbers[key] != number for key, number in shown.items()):
        raise _would_show_now()


def check_apart_still(drafted: Published | None, now: Published | None) -> None:
    """Refuse a drafted “at least” that may not be published any more."""
    if drafted is not None and drafted != now:
        raise _would_show_now()


def _would_show_now() -> SmallNumberWouldShow:
    return SmallNumberWouldShow(
        words("With what was published since it was drafted, a number would show a small one."),
        do=words("Have the reply given back where it waits, and answer that part anew."),
    )
