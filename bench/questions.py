"""An exact count of a year, beside the time that it may take and beside counting every row anew.

Times are processor time, of this process and of the one of PostgreSQL that serves it.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.desks import Desk
from bench.in_turn import in_turn
from bench.results import Goal, Peer, Result, compared
from bench.spent import here

ALLOWED, RECOUNT = "what it may take", "every row counted anew"
WITHIN = Goal(most=1)
YEAR_SECONDS = 0.025
DAYS = 365
ROUNDS, EACH = 6, 5
ANEW = """
    SELECT to_char(its.day, 'YYYY-MM'), its.parts ->> 0, its.parts ->> 2, its.parts ->> 3, count(*)
    FROM (SELECT set_config('evenhand.zone', %s, false)) AS zone,
        (SELECT it FROM public.answer AS it OFFSET 0) AS rows, machinery.days_of(rows.it) AS its
    WHERE its.counted = 'answered' AND its.day >= %s AND its.day < %s GROUP BY 1, 2, 3, 4
"""
Numbers = Mapping[tuple[str, ...], int]


def questions(_desk: Desk) -> Iterator[Result]:
    """Count the decisions of a year by month, platform, harm and outcome; and every row anew."""
    from evenhand.rules.questions import By, Question
    from evenhand.store.answering import answered

    today = timezone.localdate()
    start, end = today - timedelta(days=DAYS), today + timedelta(days=1)
    by = (By.MONTH, By.PLATFORM, By.HARM, By.OUTCOME)
    question = Question(code="decisions", as_at=today, start=start, end=end, by=by)

    def counted() -> Numbers:
        return {it.of: it.number for it in answered(question, today=today).lines}

    def anew() -> Numbers:
        with connection.cursor() as cursor:
            cursor.execute(ANEW, [settings.TIME_ZONE, start, end])
            return {tuple(of): number for *of, number in cursor.fetchall()}

    if counted() != anew():
        raise AssertionError("Counted as it happened it is not what counting the rows gives.")
    taken, rows = in_turn(counted, anew, rounds=ROUNDS, each=EACH, clock=here)
    name = f"{sum(anew().values()):,} decisions of a year"
    yield compared(name, taken, Peer(ALLOWED, [YEAR_SECONDS] * len(taken)), goal=WITHIN)
    yield compared(name, taken, Peer(RECOUNT, rows))
