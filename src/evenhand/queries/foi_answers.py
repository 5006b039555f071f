"""Answers the questions that a desk was asked, from its own records, as at a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.queries import foi_told
from evenhand.queries.foi_shown import shown_of, told_already
from evenhand.queries.questions import answered
from evenhand.rules.foi_questions import Told, answered_by, how_to_answer
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.publishing_tables import About, Published
from evenhand.rules.questions import Answer, Question, check_may_say_not_held


@dataclass(frozen=True, slots=True)
class FoiAnswer:
    """What the desk answers to one question: sentences, numbers, and lines of its registers."""

    id: str
    question: str
    says: Sequence[str]
    counts: Sequence[Answer]
    told: Mapping[Told, Sequence[Mapping[str, Any]]]


def answer(
    id_: str,
    question: str,
    codes: Sequence[str] = (),
    *,
    as_at: date,
    today: date,
    officer: Officer,
) -> FoiAnswer:
    """Answer one question, to whoever may ask. Raises QuestionWrong, CountsDoNotBalance."""
    check_may(officer, Permission.ASK_QUESTIONS)
    return answer_here(id_, question, codes, as_at=as_at, today=today)


def answer_here(  # noqa: PLR0913 - what is asked and how, each by name
    id_: str,
    question: str,
    codes: Sequence[str] = (),
    *,
    not_held: bool = False,
    exact: bool = False,
    as_at: date,
    today: date,
) -> FoiAnswer:
    """Answer one question for the desk's own machine.

    ``not_held``: somebody wants to say that the desk does not hold it. Raises NotHeldIsUntrue then.
    ``exact``: it is not for publication.
    """
    if not_held:
        check_may_say_not_held(answered_by(id_) or codes)
    how = how_to_answer(id_, codes)
    counts = [
        answered(Question(code=it.code, by=it.by, as_at=as_at), today=today) for it in how.counts
    ]
    told = {it: foi_told.tell(it, as_at=as_at, today=today, exact=exact) for it in how.told}
    return FoiAnswer(id_, question, how.says, counts, told)


def publishable_of(counts: Iterable[Answer]) -> Iterator[tuple[Answer, Published | None]]:
    """Give each answer about people with what may be published of it beside all before it.

    None: nothing of it. Answers about work are left out: nothing of them is hidden.
    """
    beside = told_already()
    for it in counts:
        if it.meaning.about is About.WORK and not it.meaning.published_as:
            continue
        shown = shown_of(it, beside=beside)
        if shown is not None:
            beside.append(shown)
        yield it, shown
