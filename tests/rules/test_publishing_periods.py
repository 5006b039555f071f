"""Periods that overlap: a month, its quarter, its year. What is hidden in one follows from none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_periods import joined_to, periods_of
from evenhand.rules.publishing_tables import WHOLE, About, Axis, Published, Table

DAYS = [date(2026, month, 1) for month in range(1, 7)]
MONTHS = len(DAYS) - 1
SMALL = range(1, 5)
TRIED, MOST = 4, 12
"""So many months are tried whole, in which no more than this happened."""
Ends = tuple[int, int]
ENDS = list(combinations(range(TRIED + 1), 2))
some = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7])
counts = st.lists(some, min_size=TRIED, max_size=TRIED).filter(lambda it: sum(it) <= MOST)
orders = st.lists(st.tuples(st.sampled_from(ENDS), st.booleans()), min_size=2, max_size=5)


def table(months: Sequence[int], ends: Ends = (0, MONTHS), *, divided: bool = False) -> Table:
    start, end = ends
    here = months[start:end]
    return Table(
        subject="records of people disposed of",
        about=About.PEOPLE,
        start=DAYS[start],
        end=DAYS[end],
        rows=Axis("month", tuple(f"{it:%Y-%m}" for it in DAYS[start:end])) if divided else WHOLE,
        counts=tuple((it,) for it in here) if divided else ((sum(here),),),
    )


def published(*tables: Table) -> list[Published]:
    """Publish what may be published, in this order, as figures are."""
    found: list[Published] = []
    for one in tables:
        try:
            found.append(publishable(one, earlier=found))
        except SmallNumberWouldShow:
            continue
    return found


def told(tables: Sequence[Published]) -> Iterator[tuple[Ends, int | None]]:
    for one in tables:
        for it in periods_of(one):
            yield (DAYS.index(it.ends[0]), DAYS.index(it.ends[1])), it.number


def readings(tables: Sequence[Published]) -> list[tuple[int, ...]]:
    """Give everything that the months may have been, for a reader of all tables."""
    shown = [(ends, number) for ends, number in told(tables) if number is not None]
    return [
        months
        for months in product(range(MOST + 1), repeat=TRIED)
        if all(sum(months[start:end]) == number for (start, end), number in shown)
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(months=counts, order=orders)
def test_no_number_of_people_follows_from_periods_that_overlap(
    months: list[int], order: list[tuple[Ends, bool]]
) -> None:
    tables = published(*(table(months, ends, divided=divided) for ends, divided in order))
    found = readings(tables)
    one_by_one = [readings([it]) for it in tables]
    for start, end in ENDS:
        # A table may tell how many those are together that it hides.
        is_told = any(len({sum(it[start:end]) for it in one}) == 1 for one in one_by_one)
        if sum(months[start:end]) in SMALL and not is_told:
            assert len({sum(it[start:end]) for it in found}) > 1, (start, end)
    for (start, end), number in told(tables):
        if number is None and sum(months[start:end]) in SMALL:
            assert {sum(it[start:end]) for it in found} >= {*SMALL}, (start, end)
    for one, other in combinations(tables, 2):
        for (ends, number), (within, less) in product(told([one]), told([other])):
            if None not in {number, less} and ends[0] <= within[0] < within[1] <= ends[1]:
                assert (number or 0) - (less or 0) not in SMALL, (ends, within)


def test_a_year_is_published_after_its_parts_where_that_tells_nothing() -> None:
    months = [6, 8, 0, 9, 7]
    parts = [table(months, ends) for ends in ((0, 2), (2, 3), (3, 5))]
    tables = published(*parts, table(months), table(months, divided=True))
    assert len(tables) == 5
    assert all(None not in it.numbers.values() for it in tables)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (0, 2, 1)])
def test_the_last_of_a_month_its_rest_and_their_sum_is_refused(order: tuple[int, ...]) -> None:
    months = [12, 3, 0, 0, 0]
    three = [table(months, (0, 1)), table(months, (1, 2)), table(months, (0, 2))]
    found = published(*(three[it] for it in order))
    shown = {number for _ends, number in told(found) if number is not None}
    assert shown in ({12}, {15})


def test_a_month_that_would_leave_few_is_refused_though_nobody_published_the_rest() -> None:
    quarter = publishable(table([12, 2, 0, 0, 0], (0, 3)), earlier=())
    with pytest.raises(SmallNumberWouldShow, match="show a small number"):
        publishable(table([12, 2, 0, 0, 0], (0, 1)), earlier=[quarter])


def test_hidden_numbers_that_can_only_be_the_largest_small_ones_are_not_added_up() -> None:
    months = [4, 4, 4, 0, 0]
    parts = [publishable(table(months, ends), earlier=()) for ends in ((0, 1), (1, 2), (2, 3))]
    with pytest.raises(SmallNumberWouldShow, match="show a small number"):
        publishable(table(months, (0, 3)), earlier=parts)
    more = replace(table(months, (0, 3)), counts=((40,),))
    assert publishable(more, earlier=parts[:1]).numbers[frozenset()] == 40


def test_a_number_hidden_beside_a_small_one_may_be_narrowed_down_but_not_known() -> None:
    months = [20, 3, 30, 0, 0]
    by_month = publishable(table(months, (0, 3), divided=True), earlier=())
    hidden = [it for it in periods_of(by_month) if it.number is None]
    assert len(hidden) == 2
    longer = publishable(table([*months[:3], 0, 6]), earlier=[by_month])
    assert longer.numbers[frozenset()] == 59
    with pytest.raises(SmallNumberWouldShow):
        publishable(table(months, (0, 1)), earlier=[by_month])


def test_numbers_that_contradict_what_was_published_are_refused() -> None:
    parts = published(*(table([10, 20, 30, 0, 0], (it, it + 1)) for it in range(3)))
    with pytest.raises(SmallNumberWouldShow, match="Other numbers"):
        publishable(table([10, 20, 31, 0, 0], (0, 3)), earlier=parts)


def test_from_the_beginning_is_a_period_too() -> None:
    until = replace(table([20, 0, 0, 0, 0], (0, 2)), start=None)
    beginning = publishable(until, earlier=())
    with pytest.raises(SmallNumberWouldShow, match="show a small number"):
        publishable(table([18, 0, 0, 0, 0], (0, 1)), earlier=[beginning])
    apart = publishable(table([12, 0, 0, 0, 0], (0, 1)), earlier=[beginning])
    assert apart.numbers[frozenset()] == 12


def test_what_overlaps_and_is_divided_otherwise_is_refused() -> None:
    by_role = Axis("role", ("suspect", "victim"))
    divided = replace(table([0] * MONTHS, (0, 1)), rows=by_role, counts=((8,), (9,)))
    first = publishable(divided, earlier=())
    with pytest.raises(SmallNumberWouldShow, match="partly the same"):
        publishable(table([17, 10, 0, 0, 0], (0, 2)), earlier=[first])
    rounded = publishable(table([17, 0, 0, 0, 0], (0, 1)), earlier=(), rounded=True)
    with pytest.raises(SmallNumberWouldShow, match="partly the same"):
        publishable(table([17, 10, 0, 0, 0], (0, 2)), earlier=[rounded])
    later = table([0, 0, 0, 8, 9], (3, 5))
    assert publishable(later, earlier=[first]).numbers[frozenset()] == 17


def test_a_part_of_what_was_published_of_overlapping_days_is_refused() -> None:
    whole = publishable(table([30, 0, 0, 0, 0], (0, 3)), earlier=())
    part = replace(table([20, 0, 0, 0, 0], (0, 1)), part=("first",))
    with pytest.raises(SmallNumberWouldShow, match="partly the same"):
        publishable(part, earlier=[whole])
    other = replace(part, start=DAYS[3], end=DAYS[4])
    assert publishable(other, earlier=[whole]).numbers[frozenset()] == 20


def test_tables_are_joined_by_any_that_overlaps_both() -> None:
    months = [6] * MONTHS
    first, second, third = (
        publishable(table(months, ends), earlier=()) for ends in ((0, 1), (1, 2), (3, 4))
    )
    both = publishable(table(months, (0, 2)), earlier=())
    assert joined_to(first, [second, third]) == []
    assert joined_to(first, [second, third, both]) == [both, second]


def test_a_month_is_cut_where_its_period_begins_or_ends() -> None:
    whole = table([7, 8, 0, 0, 0], (0, 2), divided=True)
    cut = replace(whole, start=date(2026, 1, 10), end=date(2026, 2, 20))
    ends = {it.ends for it in periods_of(publishable(cut, earlier=()))}
    assert ends == {
        (date(2026, 1, 10), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 2, 20)),
        (date(2026, 1, 10), date(2026, 2, 20)),
    }


def test_a_december_ends_with_its_year() -> None:
    december = replace(
        table([7], (0, 1), divided=True),
        start=date(2026, 12, 1),
        end=date(2027, 1, 1),
        rows=Axis("month", ("2026-12",)),
    )
    ends = {it.ends for it in periods_of(publishable(december, earlier=()))}
    assert ends == {(date(2026, 12, 1), date(2027, 1, 1))}
