"""Answers parts of a request for information from the library, as at the day it was received.

Small numbers of people are hidden, also those that earlier replies would give away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.queries.counts import known_since
from evenhand.queries.questions import answer, answered
from evenhand.rules.foi import FoiStanding
from evenhand.rules.foi_counts import check_divided, in_words, read, table_for, written
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import By, Meaning, Question
from evenhand.rules.questions_library import LIBRARY
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiPartRow


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer as a reply has it, and the question as it is kept."""

    question: str
    words: str


def library() -> Mapping[str, Meaning]:
    """Give every number that can be asked for, by its code."""
    return LIBRARY


def worded(  # noqa: PLR0913 - what a question says, each by name
    number: str,
    code: str,
    *,
    start: date | None = None,
    end: date | None = None,
    by: tuple[By, ...] = (),
    officer: Officer,
    today: date,
) -> Counted:
    """Answer a question of the library for a request, as at the day it was received. A83.

    Where the desk's own counting begins later, as at its first day. Raises QuestionWrong,
    CountsDoNotBalance, SmallNumberWouldShow and NotFound.
    """
    check_may(officer, Permission.ANSWER_FOI)
    received_on = FoiRequestRow.objects.one(number).received_on
    as_at = max(received_on, known_since())
    question = Question(code=code, as_at=as_at, start=start, end=end, by=by)
    check_divided(question)
    found = answer(question, officer=officer, today=today)
    published = publishable(table_for(found), earlier=_published_before(today))
    return Counted(written(question), in_words(found, published))


def _published_before(today: date) -> list[Published]:
    """Give the tables of replies that have left, in their order: the same whenever it is asked."""
    rows = FoiPartRow.objects.exclude(question="").order_by("at", "id")
    left = rows.filter(request__in=FoiRequestRow.objects.exclude(standing=FoiStanding.OPEN))
    found: list[Published] = []
    for text in left.values_list("question", flat=True):
        table = table_for(answered(read(text), today=today))
        found.append(publishable(table, earlier=found))
    return found
