"""Counts as at a day: the same whenever they are asked for."""

from collections import Counter
from datetime import date, timedelta

import psycopg
from django.conf import settings

from evenhand.queries import counts
from evenhand.rules.counting import Counted, Month
from evenhand.rules.own_errors import OwnErrors
from evenhand.store.retention import KnownSinceRow
from tests.a_lived_in_desk import a_lived_in_desk, shown
from tests.builders import ADA
from tests.desks import FreshDesk

COUNT_ANEW = f"SELECT machinery.count_anew('{settings.TIME_ZONE}')"


def as_owner(desk: FreshDesk, sql: str) -> None:
    with psycopg.connect(desk.owner_url) as run:
        run.execute(sql.encode())


def the_database_is_on(day: date, desk: FreshDesk) -> None:
    """Have the database of this desk take a day for today."""
    for its in ("known_today", "utc_today"):
        as_owner(
            desk,
            f"CREATE OR REPLACE FUNCTION machinery.{its}() RETURNS date LANGUAGE sql STABLE"
            f" AS $$ SELECT date '{day}' $$",
        )


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
