"""Answers questions of the library exactly: to whoever may ask, and for pages of everybody."""

from datetime import date

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.questions import Answer, Question
from evenhand.store import answering
from evenhand.store.retention import KnownSinceRow


def answer(question: Question, *, officer: Officer, today: date) -> Answer:
    """Answer a question exactly, to whoever may ask. Raises QuestionWrong, CountsDoNotBalance."""
    check_may(officer, Permission.ASK_QUESTIONS)
    return answering.answered(question, today=today)


def answered(question: Question, *, today: date) -> Answer:
    """Answer a question for the desk's own machine, and for pages that everybody may read.

    Raises what ``answer`` raises. What is published of it goes through ``publishable``.
    """
    return answering.answered(question, today=today)


def known_since() -> date:
    """Give the first day as at which there are answers."""
    return KnownSinceRow.objects.get().day


def closed_too_early(*, today: date) -> date | None:
    """Give the last day that is closed for counts, where it is not over: a clock ran ahead."""
    closed = KnownSinceRow.objects.get().added_up
    return closed if closed and closed >= today else None
