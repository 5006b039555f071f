"""Answers parts of a request for information from the library, as at the day it was received.

Small numbers of people are hidden, also those that other replies, published figures and the
statistics would give away.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from evenhand.actions import foi_parts
from evenhand.rules.foi_counts import check_divided, check_is_over, in_words, table_for, written
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import By, Question
from evenhand.store import foi_counting, people_series, publishing
from evenhand.store.answering import answered
from evenhand.store.foi import FoiRequestRow
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
        told = publishable(table_for(answer), earlier=_beside(found.id, today=today))
        text = in_words(answer, told)
        foi_parts.put_number(row, found, text, acting=acting)
        found.question, found.published = written(question), publishing.written(told)
        foi_parts.enter(row, found, text, pen, acting)


def _beside(part: UUID, *, today: date) -> Sequence[Published]:
    """Give all that readers have, or are about to have, beside what a part will tell."""
    publishing.one_at_a_time()
    replies = (table for _at, table in foi_counting.told(but=part))
    return [*replies, *publishing.earlier(), *people_series.published(today=today)]


def _as_at(row: FoiRequestRow) -> date:
    return max(row.received_on, KnownSinceRow.objects.get().day)
