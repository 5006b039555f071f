"""Counts as at a day: the same whenever they are asked for."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
from django.conf import settings

from evenhand.queries import counts
from evenhand.rules.counting import Counted, Month
from evenhand.rules.own_errors import OwnErrors
from evenhand.store.day_counts import add_up_a_day
from evenhand.store.retention import KnownSinceRow
from tests.a_lived_in_desk import a_lived_in_desk, shown
from tests.builders import ADA
from tests.desks import FreshDesk

TODAYS = ("known_today", "utc_today")
COUNT_ANEW = f"SELECT machinery.count_anew('{settings.TIME_ZONE}')"


def as_owner(desk: FreshDesk, sql: str) -> None:
    with psycopg.connect(desk.owner_url) as run:
        run.execute(sql.encode())


def the_database_is_on(day: date, desk: FreshDesk) -> None:
    """Have the database of this desk take a day for today."""
    for its in TODAYS:
        as_owner(
            desk,
            f"CREATE OR REPLACE FUNCTION machinery.{its}() RETURNS date LANGUAGE sql STABLE"
            f" AS $$ SELECT date '{day}' $$",
        )


@contextmanager
def closed_until(day: date, desk: FreshDesk) -> Iterator[None]:
    """Have the days of a desk be closed until one, while something is settled."""
    kept = [f"SELECT pg_get_functiondef('machinery.{it}()'::regprocedure)" for it in TODAYS]
    with psycopg.connect(desk.owner_url, autocommit=True) as run:
        before = [run.execute(it.encode()).fetchone() for it in kept]
        the_database_is_on(day + timedelta(days=1), desk)
        line = "INSERT INTO machinery.day_count (counted, day, parts, known_on, slot, number)"
        run.execute(f"{line} VALUES ('closed', %s, '[]', %s, 0, 1)".encode(), [day, day])
        while add_up_a_day():
            pass
        yield
        run.execute("DELETE FROM machinery.day_count WHERE counted = 'closed'")
        run.execute("DELETE FROM machinery.day_sum")
        run.execute("UPDATE machinery.known_since SET added_up = NULL")
        for [its] in filter(None, before):
            run.execute(its.encode())


def decided() -> OwnErrors:
    return counts.decided(Month(2026, 1), Month(2026, 12), officer=ADA)


def test_counted_anew_the_counts_are_the_same(fresh_desk: FreshDesk) -> None:
    a_lived_in_desk()
    kept = shown(), decided()
    as_owner(fresh_desk, COUNT_ANEW)
    assert (shown(), decided()) == kept
    assert kept[1].all.decided


def test_as_at_a_day_that_is_over_the_numbers_are_as_they_were_whatever_came_since(
    fresh_desk: FreshDesk,
) -> None:
    days = iter([date(2026, 1, 1) + timedelta(days=2 * n) for n in range(100)])
    told: dict[date, Counter[tuple[Month, Counted]]] = {}
    day = next(days)
    the_database_is_on(day, fresh_desk)

    def the_day_ends() -> None:
        nonlocal day
        told[day] = shown()
        day = next(days)
        the_database_is_on(day, fresh_desk)

    a_lived_in_desk(the_day_ends)
    assert len({frozenset(it.items()) for it in told.values()}) > 30
    assert {day: shown(day) for day in told} == told
    assert {day: shown(day + timedelta(days=1)) for day in told} == told
    assert shown(date(2025, 12, 31)) == Counter()


def test_counted_anew_nothing_is_given_as_at_an_earlier_day(fresh_desk: FreshDesk) -> None:
    the_database_is_on(date(2031, 5, 1), fresh_desk)
    as_owner(fresh_desk, COUNT_ANEW)
    assert KnownSinceRow.objects.get().day == date(2031, 5, 1)
