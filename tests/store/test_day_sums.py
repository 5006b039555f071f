"""Days that are over are added up by months, and every answer is what its days give."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import product

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege, InvalidTransactionState, LockNotAvailable

from evenhand.actions.adding_up import add_up
from evenhand.actions.comparing import compare
from evenhand.rules.oversight import DIFFERENCES
from evenhand.store.day_counts import DayCountRow, DaySumRow, add_up_a_day
from evenhand.store.retention import KnownSinceRow, MonthCountRow
from tests.desks import FreshDesk
from tests.queries.test_counts_as_at import as_owner, the_database_is_on
from tests.store.test_reconciling import NO_LOG, superuser

SEED = 12
FIRST, DAYS = date(2026, 1, 20), 130
COUNT = "SELECT machinery.count_on_day('seen', jsonb_build_array(%s::text), %s, %s)"
SLOTS_HELD = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
"""
BY_DAYS = """
    SELECT to_char(day, 'YYYY-MM'), parts, sum(number)::bigint FROM machinery.day_count
    WHERE counted = 'seen' AND known_on <= %s
        AND day >= coalesce(%s, '-infinity'::date) AND day < coalesce(%s, 'infinity'::date)
    GROUP BY 1, 2 HAVING sum(number) <> 0 ORDER BY 1, 2
"""
COUNT_OF_TWO = (
    "SELECT machinery.count_on_day('seen', jsonb_build_array(%s::text, %s::text), %s, %s)"
)
BY_MONTHS = """
    SELECT to_char(month, 'YYYY-MM'), parts, sum(number)::bigint
    FROM machinery.counted_of('seen', %s, %s, %s, by_month => true, one_place => NULL)
    GROUP BY 1, 2 HAVING sum(number) <> 0 ORDER BY 1, 2
"""
OF_LESS = """
    SELECT to_char(month, 'YYYY-MM'), parts::jsonb, sum(number)::bigint
    FROM machinery.counted_of('seen', %s, %s, %s, by_month => %s, one_place => %s)
    GROUP BY 1, 2 HAVING sum(number) <> 0
"""


@contextmanager
def counting(desk: FreshDesk) -> Iterator[psycopg.Connection]:
    """Count as triggers do, with their owner's rights, in a transaction that stays open."""
    with psycopg.connect(desk.owner_url) as run:
        run.execute("SELECT set_config('evenhand.zone', %s, false)", [settings.TIME_ZONE])
        yield run


def added_up() -> date | None:
    """Say until which day everything is added up."""
    return KnownSinceRow.objects.get().added_up


def test_whatever_is_asked_is_what_the_days_give_whenever_they_were_added_up(
    fresh_desk: FreshDesk,
) -> None:
    chance = random.Random(SEED)  # noqa: S311  (numbers, not secrets)
    asked = 0
    with counting(fresh_desk) as run:
        for number in range(DAYS):
            today = FIRST + timedelta(days=number)
            the_database_is_on(today, fresh_desk)
            for _one in range(chance.choice((0, 0, 1, 6))):
                happened = today - timedelta(days=chance.choice((0, 0, 0, 3, 40, 100)))
                parts = [chance.choice("abc"), chance.choice(["x", "y", None])]
                run.execute(COUNT_OF_TWO, [*parts, happened, chance.choice((1, 1, 2, -1))])
            run.commit()
            if chance.random() < 0.3:
                add_up()
                still_open = DayCountRow.objects.filter(known_on__gt=added_up() or date.min)
                assert not still_open.filter(known_on__lt=today).exists()
            for _one in range(4):
                known = today - timedelta(days=chance.randrange(number + 1))
                start, until = sorted(chance.sample(range(-110, number + 2), 2))
                values = [
                    known,
                    chance.choice((FIRST + timedelta(days=start), _month_of(start), None)),
                    chance.choice((FIRST + timedelta(days=until), _month_of(until), None)),
                ]
                given = run.execute(BY_MONTHS, values).fetchall()
                assert given == run.execute(BY_DAYS, values).fetchall(), (today, values)
                for by_month, place in product((True, False), (0, 1, None)):
                    found = run.execute(OF_LESS, [*values, by_month, place]).fetchall()
                    assert {(month, *parts): number for month, parts, number in found} == (
                        _put_together(given, by_month=by_month, place=place)
                    )
                asked += bool(given)
            run.commit()
    assert asked > DAYS
    assert DaySumRow.objects.filter(place=1).count() < DayCountRow.objects.count() / 2
    assert compare(NO_LOG).differences == []


def _put_together(
    given: Sequence[tuple[str, str, int]], *, by_month: bool, place: int | None
) -> dict[tuple[str | None, ...], int]:
    """Add up what was given by month and parts, by no more than is asked for."""
    found: Counter[tuple[str | None, ...]] = Counter()
    for month, kept, number in given:
        parts = json.loads(kept)
        found[month if by_month else None, *(parts if place is None else [parts[place]])] += number
    return {of: number for of, number in found.items() if number}


def _month_of(number: int) -> date:
    return (FIRST + timedelta(days=number)).replace(day=1)


def test_nothing_is_added_up_twice_and_today_never(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 2])
    add_up()
    assert added_up() is None
    assert not DaySumRow.objects.filter(counted="seen").exists()
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    assert (add_up_a_day(), add_up_a_day()) == (True, False)
    add_up()
    added = DaySumRow.objects.get(counted="seen")
    assert (added.month, added.known_in, added.number) == (_month_of(0), FIRST.replace(day=1), 2)


def test_what_one_slot_counted_alone_stays_as_it_is(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run, counting(fresh_desk) as other:
        for it in (run, other):
            it.execute(COUNT, ["several", FIRST, 1])
        run.execute(COUNT, ["alone", FIRST, 3])
        run.execute(COUNT, ["nothing", FIRST, 1])
        run.execute(COUNT, ["nothing", FIRST, -1])
    alone = DayCountRow.objects.get(parts='["alone"]').id
    assert DayCountRow.objects.filter(counted="seen").count() == 4
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    add_up()
    assert DayCountRow.objects.get(parts='["alone"]').id == alone
    for rows in (DayCountRow.objects, DaySumRow.objects):
        found = rows.filter(counted="seen").values_list("parts", "number")
        assert sorted(found) == [('["alone"]', 3), ('["several"]', 2)]


IN_MONTH = "SELECT machinery.count_parts_in_month(%s, %s, %s, %s)"
BY_MONTH = (
    "SELECT month, counted, parts, known_on, sum(number) FROM machinery.month_count"
    " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
)


def month_counts(what: str) -> int:
    return MonthCountRow.objects.filter(counted=what).count()


def test_counts_of_months_have_one_line_once_their_day_is_closed(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    days = [FIRST, FIRST - timedelta(days=40)]
    with counting(fresh_desk) as run, counting(fresh_desk) as other:
        for number in range(3):
            the_database_is_on(FIRST + timedelta(days=number), fresh_desk)
            for it in (run, other):
                for day in days:
                    it.execute(IN_MONTH, ["seen", "a", day, 1 + number])
                it.execute(IN_MONTH, ["none", "", FIRST, 1 if it is run else -1])
            run.execute(IN_MONTH, ["alone", "", FIRST, 1])
            if number != 1:
                run.execute(COUNT, ["a", FIRST, 1])
            run.commit()
            other.commit()
        before = run.execute(BY_MONTH).fetchall()
        alone = set(MonthCountRow.objects.filter(counted="alone").values_list("id", flat=True))
        assert (month_counts("seen"), month_counts("none")) == (12, 6)
        add_up()
        # The last day is not over; on the one before no day was counted, so it waits with it.
        assert added_up() == FIRST
        assert (month_counts("seen"), month_counts("none")) == (10, 5)
        the_database_is_on(FIRST + timedelta(days=3), fresh_desk)
        assert add_up_a_day()
        assert (month_counts("seen"), month_counts("none")) == (6, 3)
        run.rollback()
        assert run.execute(BY_MONTH).fetchall() == before
        assert set(MonthCountRow.objects.filter(counted="alone").values_list("id", flat=True)) == (
            alone
        )


def test_what_is_counted_while_a_day_is_closed_is_lost_in_no_month(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run, counting(fresh_desk) as other:
        for it in (run, other):
            it.execute(COUNT, ["a", FIRST, 1])
            it.execute(IN_MONTH, ["seen", "", FIRST, 1])
        the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
        run.commit()
        assert not add_up_a_day()
        other.commit()
        with counting(fresh_desk) as closing:
            assert closing.execute("SELECT machinery.add_up_a_day('UTC')").fetchone() == (True,)
            run.execute("SET lock_timeout = '1s'")
            with pytest.raises(LockNotAvailable):
                run.execute(IN_MONTH, ["seen", "", FIRST, 1])
            run.rollback()
        run.execute(IN_MONTH, ["seen", "", FIRST, 1])
        run.commit()
    found = MonthCountRow.objects.filter(counted="seen").order_by("known_on")
    assert list(found.values_list("known_on", "number")) == [
        (FIRST, 2),
        (FIRST + timedelta(days=1), 1),
    ]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "XXX-167"])
def test_no_program_closes_a_day_that_is_not_over(fresh_desk: FreshDesk, zone: str) -> None:
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 1])
    with psycopg.connect(fresh_desk.database_url) as run:
        for _one in range(3):
            run.execute("SELECT machinery.add_up_a_day(%s)", [zone])
    closed = added_up()
    assert closed is None or closed < datetime.now(UTC).date()


def test_a_clock_that_runs_ahead_closes_no_day_on_which_nothing_was_counted(
    fresh_desk: FreshDesk,
) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 1])
        run.commit()
        the_database_is_on(FIRST + timedelta(days=30), fresh_desk)
        add_up()
        assert added_up() == FIRST
        run.execute(COUNT, ["a", FIRST, 1])
        run.commit()
        add_up()
    assert added_up() == FIRST


def test_the_last_day_of_a_quarter_is_closed_though_nothing_was_counted_on_it(
    fresh_desk: FreshDesk,
) -> None:
    counted, ends = date(2026, 3, 27), date(2026, 3, 31)
    the_database_is_on(counted, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", counted, 2])
        run.commit()
        the_database_is_on(ends, fresh_desk)
        add_up()
        assert added_up() == counted
        the_database_is_on(ends + timedelta(days=1), fresh_desk)
        # Who began on that day may still count on it.
        run.execute(COUNT, ["a", ends, 1])
        assert not add_up_a_day()
        run.rollback()
        assert (add_up_a_day(), add_up_a_day()) == (True, False)
        assert added_up() == ends
        # A clock that runs ahead by months closes no further one.
        the_database_is_on(date(2026, 9, 1), fresh_desk)
        add_up()
        assert added_up() == ends
        for known in (ends, counted, ends + timedelta(days=1)):
            values = [known, None, None]
            by_days = run.execute(BY_DAYS, values).fetchall()
            assert run.execute(BY_MONTHS, values).fetchall() == by_days
    assert compare(NO_LOG).differences == []


@pytest.mark.parametrize(("before", "closed"), [(14, True), (15, False)])
def test_the_end_of_a_quarter_is_closed_within_a_fortnight_after_the_last_day_with_counts(
    fresh_desk: FreshDesk, before: int, *, closed: bool
) -> None:
    ends = date(2026, 6, 30)
    last = ends - timedelta(days=before)
    the_database_is_on(last, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", last, 1])
    the_database_is_on(ends + timedelta(days=3), fresh_desk)
    add_up()
    assert added_up() == (ends if closed else last)


def test_a_desk_that_counted_nothing_yet_closes_the_end_of_its_first_quarter(
    fresh_desk: FreshDesk,
) -> None:
    as_owner(fresh_desk, "DELETE FROM machinery.day_count")
    as_owner(fresh_desk, "UPDATE machinery.known_since SET day = '2026-06-20'")
    the_database_is_on(date(2026, 7, 1), fresh_desk)
    add_up()
    assert added_up() == date(2026, 6, 30)
    add_up()
    assert added_up() == date(2026, 6, 30)


def test_the_owner_opens_the_days_that_a_clock_closed_too_early(fresh_desk: FreshDesk) -> None:
    with counting(fresh_desk) as run:
        for ahead in (0, 30, 31):
            the_database_is_on(FIRST + timedelta(days=ahead), fresh_desk)
            run.execute(COUNT, ["a", FIRST + timedelta(days=ahead), 1])
            run.commit()
        add_up()
        assert added_up() == FIRST + timedelta(days=30)
        today = FIRST + timedelta(days=1)
        the_database_is_on(today, fresh_desk)
        opened = f"SELECT machinery.open_days_again('{settings.TIME_ZONE}')"
        run.execute(COUNT, ["a", FIRST, 1])
        with pytest.raises(LockNotAvailable, match="try again"):
            as_owner(fresh_desk, opened)
        run.commit()
        as_owner(fresh_desk, opened)
        assert added_up() is None
        assert not DaySumRow.objects.exists()
        assert run.execute(BY_DAYS, [today, None, None]).fetchall() == [("2026-01", '["a"]', 4)]
    lines = DayCountRow.objects.order_by("-day")
    assert lines[0].day == today
    assert not lines.filter(known_on__gt=today).exists()
    the_database_is_on(FIRST + timedelta(days=2), fresh_desk)
    add_up()
    assert added_up() == today
    assert compare(NO_LOG).differences == []


@pytest.mark.parametrize(
    "level", [psycopg.IsolationLevel.REPEATABLE_READ, psycopg.IsolationLevel.SERIALIZABLE]
)
def test_nobody_counts_or_closes_a_day_by_what_was_there_before(
    fresh_desk: FreshDesk, level: psycopg.IsolationLevel
) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 1])
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    with psycopg.connect(fresh_desk.owner_url) as run:
        run.isolation_level = level
        for asked in (COUNT, "SELECT machinery.add_up_a_day('UTC')"):
            with pytest.raises(InvalidTransactionState, match="read committed"):
                run.execute(asked, ["a", FIRST, 1][: asked.count("%s")])
            run.rollback()
    assert added_up() is None


def test_what_is_counted_under_a_day_that_is_closed_is_known_on_the_next(
    fresh_desk: FreshDesk,
) -> None:
    with counting(fresh_desk) as run:
        [today] = run.execute("SELECT machinery.known_today()").fetchone() or [None]
        assert today is not None
        as_owner(fresh_desk, f"UPDATE machinery.known_since SET added_up = '{today}'")
        run.execute(COUNT, ["a", FIRST, 1])
        run.commit()
        assert DayCountRow.objects.get(counted="seen").known_on == today + timedelta(days=1)
        assert not add_up_a_day()
        values = [today, None, None]
        assert run.execute(BY_MONTHS, values).fetchall() == []
        assert run.execute(BY_MONTHS, [today + timedelta(days=1), None, None]).fetchall()


def test_while_somebody_counts_no_day_is_closed_and_nobody_waits(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 1])
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    with (
        counting(fresh_desk) as run,
        counting(fresh_desk) as closing,
        counting(fresh_desk) as other,
    ):
        run.execute(COUNT, ["a", FIRST, 1])
        assert closing.execute("SELECT machinery.add_up_a_day('UTC')").fetchone() == (False,)
        other.execute("SET lock_timeout = '1s'")
        other.execute(COUNT, ["a", FIRST, 1])
        other.commit()
        # It has let go of every slot, though its transaction is open.
        assert closing.execute(SLOTS_HELD).fetchone() == (0,)
        run.commit()
        assert closing.execute("SELECT machinery.add_up_a_day('UTC')").fetchone() == (True,)
        assert closing.execute(SLOTS_HELD).fetchone() == (64,)
        with pytest.raises(LockNotAvailable):
            other.execute(COUNT, ["a", FIRST, 1])


def test_of_two_workers_one_adds_a_day_up(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 1])
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    with counting(fresh_desk) as other:
        add = "SELECT machinery.add_up_a_day('UTC')"
        assert other.execute(add).fetchone() == (True,)
        assert not add_up_a_day()
        other.commit()
        assert not add_up_a_day()
    assert DaySumRow.objects.get(counted="seen").number == 1


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE machinery.day_sum SET number = 0",
        "DELETE FROM machinery.day_sum",
        "INSERT INTO machinery.day_sum (counted, month, known_in) VALUES ('seen', now(), now())",
        "UPDATE machinery.known_since SET added_up = '2001-02-03'",
        "SELECT machinery.open_days_again('UTC')",
        "SELECT machinery.keep_from_counting()",
    ],
)
def test_no_program_writes_a_sum(fresh_desk: FreshDesk, forged: str) -> None:
    with psycopg.connect(fresh_desk.database_url) as run, pytest.raises(InsufficientPrivilege):
        run.execute(forged.encode())


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE machinery.day_sum SET number = 1 WHERE counted = 'seen'",
        "DELETE FROM machinery.day_sum WHERE counted = 'seen'",
        "UPDATE machinery.day_sum SET number = 1 WHERE counted = 'seen' AND place = 1",
        "UPDATE machinery.day_count SET number = 1 WHERE counted = 'seen'",
    ],
)
def test_a_sum_that_is_not_that_of_its_days_is_found_by_night(
    fresh_desk: FreshDesk, attack: str
) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT_OF_TWO, ["a", "x", FIRST, 2])
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    add_up()
    assert compare(NO_LOG).differences == []
    with superuser(fresh_desk) as intruder:
        intruder.execute(attack.encode())
    [found] = compare(NO_LOG).differences
    assert (found.table, found.key) == ("machinery.day_sum", "seen")
    assert "The count “seen” was altered" in DIFFERENCES[found.what].format(key=found.key)


def test_counted_anew_nothing_is_added_up(fresh_desk: FreshDesk) -> None:
    the_database_is_on(FIRST, fresh_desk)
    with counting(fresh_desk) as run:
        run.execute(COUNT, ["a", FIRST, 2])
    the_database_is_on(FIRST + timedelta(days=1), fresh_desk)
    add_up()
    as_owner(fresh_desk, "DELETE FROM machinery.day_count")
    as_owner(fresh_desk, f"SELECT machinery.count_days_before('{settings.TIME_ZONE}')")
    assert not DaySumRow.objects.exists()
    assert added_up() is None
