"""Answers parts of a request for information from the library, as at the day it was received.

On that day itself it is as at the one before: a number is told as at a day that is over.

Small numbers of people are hidden, also those that other replies, published figures and the
statistics would give away.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone, translation

from evenhand.actions import foi_parts
from evenhand.actions.foi_wording import number_in_words
from evenhand.rules.foi_counts import (
    check_apart_still,
    check_divided,
    check_tells_no_more,
    read,
    table_for,
    told_apart,
    told_as_at,
    written,
)
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
    seen: str | None = None,
    acting: Acting,
) -> None:
    """Answer a part with a number, as at the day of receipt; what it tells is kept with it. A83.

    While that day goes on, as at the last one that is over; where the desk's own counting begins
    later, as at its first day. Raises QuestionWrong, CountsDoNotBalance, SmallNumberWouldShow and
    NotFound.

    In a further reply it stands in place of what an earlier one told of the same question, as at
    the same day.
    """
    check_may(acting.officer, Permission.ANSWER_FOI)
    check_may(acting.officer, Permission.ASK_QUESTIONS)
    with writing() as pen:
        row, found = foi_parts.open_part(number, part, seen=seen)
        today = timezone.localdate(acting.at)
        since = KnownSinceRow.objects.get().day
        as_at = told_as_at(row.received_on, since=since, today=today)
        question = Question(code=code, as_at=as_at, start=start, end=end, by=by)
        question = foi_counting.asked_before(row, found.reply, question)
        check_divided(question)
        answer = answered(question, today=today)
        before = foi_counting.said_before(row, found.reply, written(question))
        earlier = [*_told(), *foi_counting.drafted(found)]
        corrects = before[1] if before else None
        told = publishable(table_for(answer), earlier=earlier, corrects=corrects)
        apart = told_apart(answer, told, earlier=earlier)
        with translation.override(settings.LANGUAGE_CODE):
            text = number_in_words(answer, told, apart, before)
        foi_parts.put_number(row, found, text, acting=acting)
        found.question, found.published = written(question), foi_counting.kept(told, apart)
        foi_parts.enter(row, found, text, pen, acting)


def check_stand(row: FoiRequestRow, reply: int, *, today: date) -> None:
    """Refuse a reply whose numbers would, by what was published since, show a small number.

    What is drafted tells nobody anything, and nothing that is published is hidden because of it.
    Until the end of the act nobody else publishes a number. Raises SmallNumberWouldShow.
    """
    parts = row.parts.filter(reply=reply).exclude(published="").order_by("at", "id")
    beside = _told() if parts else []
    for part in parts:
        answer = answered(read(part.question), today=today)
        drafted = publishing.read(part.published)
        before = foi_counting.said_before(row, reply, part.question)
        corrects = before[1] if before else None
        now = publishable(table_for(answer), earlier=beside, corrects=corrects)
        check_tells_no_more(drafted, now)
        apart = foi_counting.apart_of(part.published)
        check_apart_still(apart, told_apart(answer, now, earlier=beside))
        beside += foi_counting.all_of(part.published)


def _told() -> list[Published]:
    """Give all that readers have, or are about to have. Needs the transaction of the act."""
    publishing.one_at_a_time()
    return [*foi_counting.told(), *publishing.earlier(), *people_series.published()]
