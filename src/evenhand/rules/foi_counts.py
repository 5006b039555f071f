"""An exact answer of the library in the words of a reply, with small numbers of people hidden."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from evenhand.rules.publishing_tables import MARK, Axis, Published, Table
from evenhand.rules.questions import Answer, Question, QuestionWrong, check_people_apart, table_of
from evenhand.rules.words import words

MOST_DIVIDED = 2
LEAST_SHOWN = 5
ALL = Axis("all", ("all",))
SHOWN = 16
"""So many signs of an answer's digest are in a reply: whoever asks again compares them."""


def check_divided(question: Question) -> None:
    """Refuse to divide a number by more than what a table in a letter has. Raises QuestionWrong."""
    if len(question.by) > MOST_DIVIDED:
        raise QuestionWrong(
            words("A reply divides a number by two things at most."),
            do=words("Ask twice, or leave one out."),
            at="by",
        )


def check_is_over(as_at: date, *, today: date) -> None:
    """Refuse to answer as at a day that still goes on: its numbers change until its end."""
    if as_at >= today:
        raise QuestionWrong(
            words("{day} is not over yet, and what the desk knew at its end is not known."),
            do=words("Answer this part tomorrow."),
            at="code",
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


def table_for(answer: Answer) -> Table:
    """Give an answer as a table; one that is not divided, or is nothing, has one cell."""
    check_people_apart(answer.question, answer.meaning)
    if answer.lines and answer.question.by:
        return table_of(answer)
    asked = answer.question
    return Table(
        subject=answer.meaning.subject,
        part=answer.meaning.part,
        about=answer.meaning.about,
        start=asked.start,
        end=asked.end or asked.as_at + timedelta(days=1),
        rows=ALL,
        counts=((answer.exact,),),
    )


def in_words(answer: Answer, published: Published) -> str:
    """Write an answer: its number or lines, the days, what it means, how it can be checked."""
    return "\n".join(_lines(answer, published))


def _lines(answer: Answer, published: Published) -> Iterator[str]:
    asked = answer.question
    yield f"{answer.meaning.title}: {_total(answer, published)}"
    if published.axes and published.axes != (ALL,):
        for line in answer.lines:
            key = frozenset(zip(map(str, asked.by), line.of, strict=True))
            yield f"  {', '.join(it or '—' for it in line.of)}: {published.text(key)}"
    yield _days(answer)
    yield answer.meaning.definition
    yield answer.meaning.basis.says
    if published.says:
        yield published.says
    yield f"The log was signed up to entry {answer.checkpoint.size}.{_digest(answer, published)}"


def _total(answer: Answer, published: Published) -> str:
    """Write the total; where it is not decided whether two are one, from the least to the most."""
    most = published.text(frozenset())
    least = answer.at_least
    if least is None or least == answer.exact or most == MARK:
        return most
    # How many may be one with another is a small number of people, too.
    if answer.exact - least < LEAST_SHOWN:
        return f"at most {most}"
    return f"at least {least:,}, at most {most}" if least >= LEAST_SHOWN else MARK


def _digest(answer: Answer, published: Published) -> str:
    """Give the answer's digest, unless a hidden number could be guessed from it."""
    is_hidden = None in published.numbers.values() or answer.at_least not in {None, answer.exact}
    return "" if is_hidden else f" Digest of this answer: {answer.digest.hex()[:SHOWN]}."


def _days(answer: Answer) -> str:
    """Say of which days a number is, and as at which."""
    asked = answer.question
    if not answer.meaning.basis.is_of_days:
        return f"As the desk knew it at the end of {asked.as_at}."
    start = f"from {asked.start}" if asked.start else "from the beginning"
    end = f" to before {asked.end}" if asked.end else ""
    return f"Counted {start}{end}, as the desk knew it at the end of {asked.as_at}."
