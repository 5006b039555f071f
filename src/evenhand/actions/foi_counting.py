"""Answers parts of a request for information from the library, as at the day it was received.

Small numbers of people are hidden, also those that other replies would give away.
"""

from datetime import date

from django.utils import timezone

from evenhand.actions import foi_parts
from evenhand.rules.foi_counts import check_divided, check_is_over, in_words, table_for, written
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.publishing import publishable
from evenhand.rules.questions import By, Question
from evenhand.store import publishing
from evenhand.store.answering import answered
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_counting import told_beside
from evenhand.store.retention import KnownSinceRow
from evenhand.store.writing import writing


def give(  # noqa: PLR0913 - what a question says, each by name
    number: str,
    part: int,
    code: str,
    *,
    start: date | None = None,
    end: date | None = None,
    by: tuple[By, ...] = (),
    acting: Acting,
) -> None:
    """Answer a part with a number, as at the day of receipt; what it tells is kept with it. A83.

    Where the desk's own counting begins later, as at its first day. Raises QuestionWrong,
    CountsDoNotBalance, SmallNumberWouldShow and NotFound.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_may(acting.officer, Permission.ASK_QUESTIONS)
    with writing() as pen:
        row, found = foi_parts.open_part(number, part)
        today = timezone.localdate(acting.at)
        check_is_over(_as_at(row), today=today)
        question = Question(code=code, as_at=_as_at(row), start=start, end=end, by=by)
        check_divided(question)
        answer = answered(question, today=today)
        told = publishable(table_for(answer), earlier=list(told_beside(found)))
        text = in_words(answer, told)
        foi_parts.put_number(row, found, text, acting=acting)
        found.question, found.published = written(question), publishing.written(told)
        foi_parts.enter(row, found, text, pen, acting)


def _as_at(row: FoiRequestRow) -> date:
    return max(row.received_on, KnownSinceRow.objects.get().day)
