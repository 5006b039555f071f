"""Small numbers: what is hidden, and that no reader can work it out. A88."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.rules.publishing import SmallNumberWouldShow, counts_nobody, publishable
from evenhand.rules.publishing_tables import (
    MARK,
    RULES,
    UNDIVIDED,
    About,
    Axis,
    Published,
    Table,
    TableWrong,
)
from tests.published_numbers import HALF, could_be

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
ROLE = Axis("role", ("suspect", "victim", "witness"))
AGE = Axis("age", ("under 13", "13 to 17", "18 or over"))
PLACE = Axis("place", ("north", "south"))
OF_PEOPLE = (About.PEOPLE, About.GROUPS)
Rows = Sequence[Sequence[int]]


def table(
    counts: Rows, rows: Axis = ROLE, columns: Axis = UNDIVIDED, about: About = About.PEOPLE
) -> Table:
    return Table(
        subject="people recorded",
        about=about,
        start=JANUARY,
        end=FEBRUARY,
        rows=Axis(rows.name, rows.categories[: len(counts)]),
        columns=Axis(columns.name, columns.categories[: len(counts[0])]),
        counts=tuple(map(tuple, counts)),
    )


def on_record(counts: Rows, end: date, columns: Axis = UNDIVIDED) -> Table:
    """People who were there on a day."""
    return replace(table(counts, columns=columns), subject="people on record", start=None, end=end)


def shown(one: Table, *earlier: Published, rounded: bool = False) -> list[int | None]:
    given = publishable(one, earlier=earlier, rounded=rounded)
    return [given.numbers[one.key(place)] for place in one.places()]


def refused(one: Table, *earlier: Published, rounded: bool = False) -> str:
    with pytest.raises(SmallNumberWouldShow) as told:
        publishable(one, earlier=earlier, rounded=rounded)
    assert told.value.code == "E-SDC-88"
    assert told.value.do
    return str(told.value)


@st.composite
def tables(draw: st.DrawFn, about: Sequence[About] = OF_PEOPLE) -> Table:
    kind = draw(st.sampled_from(about))
    width, height = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    number = st.integers(0, RULES[kind].least + 3)
    row = st.lists(number, min_size=width, max_size=width)
    counts = draw(st.lists(row, min_size=height, max_size=height))
    return table(counts, columns=UNDIVIDED if width == 1 else AGE, about=kind)


def assert_nothing_leaks(one: Table, together: Sequence[Published]) -> None:
    """Whatever is hidden can be what any small number is, and is never known."""
    hides, given = one.rule.hides, together[-1]
    most = max(one.numbers().values()) + len(hides)
    for place, number in one.numbers().items():
        key = one.key(place)
        if given.numbers[key] is not None:
            continue
        if number in hides:
            assert could_be(together, key, hides[0], most=most)
            assert could_be(together, key, hides[-1], most=most)
        others = [it for it in range(max(0, number - 3), number + 4) if it != number]
        assert any(could_be(together, key, it, most=most) for it in others)


@settings(max_examples=60, deadline=None)
@given(one=tables(), rounded=st.booleans())
def test_no_reader_can_work_out_what_is_hidden(one: Table, rounded: bool) -> None:
    assert_nothing_leaks(one, [publishable(one, earlier=(), rounded=rounded)])


def test_a_reader_works_it_out_where_only_small_numbers_are_hidden() -> None:
    one = table([[3, 20], [9, 30]], columns=AGE)
    numbers = {
        one.key(place): None if place in one.small() else number
        for place, number in one.numbers().items()
    }
    naive = replace(publishable(one, earlier=()), numbers=numbers)
    small = one.key((0, 0))
    assert [it for it in range(40) if could_be([naive], small, it, most=40)] == [3]


@settings(deadline=None)
@given(one=tables())
def test_what_is_shown_is_true_and_totals_are_sums(one: Table) -> None:
    given = publishable(one, earlier=())
    for place, number in one.numbers().items():
        assert given.numbers[one.key(place)] in {None, number}
    assert one.numbers()[None, None] == sum(map(sum, one.counts))


@settings(deadline=None)
@given(one=tables())
def test_rounded_numbers_are_multiples_of_five_near_the_truth(one: Table) -> None:
    given = publishable(one, earlier=(), rounded=True)
    for place, number in one.numbers().items():
        it = given.numbers[one.key(place)]
        assert it is None or (it % 5 == 0 and abs(it - number) <= HALF)


@settings(deadline=None)
@given(one=tables(), rounded=st.booleans())
def test_a_small_number_is_never_shown(one: Table, rounded: bool) -> None:
    given = publishable(one, earlier=(), rounded=rounded)
    for place in one.small():
        assert given.numbers[one.key(place)] is None
        assert given.text(one.key(place)) == MARK
    assert bool(given.says) == (None in given.numbers.values())


@settings(deadline=None)
@given(one=tables(about=[About.PEOPLE]))
def test_a_higher_threshold_finds_no_fewer_small_numbers(one: Table) -> None:
    assert one.small() <= replace(one, about=About.GROUPS).small()


@settings(deadline=None)
@given(one=tables(), rounded=st.booleans())
def test_the_same_again_is_given_alike_and_so_is_a_part_of_it(one: Table, rounded: bool) -> None:
    first = publishable(one, earlier=(), rounded=rounded)
    assert publishable(one, earlier=(first,), rounded=rounded) == first
    turned = replace(
        one, rows=one.columns, columns=one.rows, counts=tuple(zip(*one.counts, strict=True))
    )
    assert publishable(turned, earlier=(first,), rounded=rounded).numbers == first.numbers
    part = replace(one, columns=UNDIVIDED, counts=tuple((sum(row),) for row in one.counts))
    given = publishable(part, earlier=(first,), rounded=rounded)
    assert given.numbers.items() <= first.numbers.items()


class TestOneTable:
    def test_a_single_number_is_shown_from_the_threshold_on(self) -> None:
        for about in OF_PEOPLE:
            least = RULES[about].least
            for number in range(1, least + 3):
                expected = number if number >= least else None
                assert shown(table([[number]], about=about)) == [expected] * 4

    def test_nobody_is_a_number_of_people_but_none_of_a_group(self) -> None:
        assert shown(table([[0], [0]])) == [0] * 6
        assert shown(table([[0], [0]], about=About.GROUPS)) == [None] * 6

    def test_one_small_number_in_a_row_takes_another_with_it(self) -> None:
        assert shown(table([[3], [9], [20]])) == [None, None, None, None, 20, 20, 32, 32]

    def test_one_in_a_table_takes_the_three_that_lose_least(self) -> None:
        one = table([[3, 20, 11], [9, 42, 40]], columns=AGE)
        assert shown(one) == [None, 20, None, 34, None, 42, None, 91, 12, 62, 51, 125]

    def test_small_numbers_protect_each_other(self) -> None:
        assert shown(table([[3], [2], [20]]))[::2] == [None, None, 20, 25]

    def test_numbers_of_a_rounded_row_need_no_other_hidden(self) -> None:
        one = table([[3], [9], [20], [31]], rows=Axis("month", tuple("abcd")))
        assert shown(one, rounded=True)[::2] == [None, 10, 20, 30, 65]

    def test_what_is_about_nobody_is_shown_whatever_was_published(self) -> None:
        one = table([[1, 2], [0, 3]], columns=AGE, about=About.WORK)
        given = publishable(one, earlier=(), rounded=True)
        assert list(given.numbers.values()) == [1, 2, 3, 0, 3, 3, 1, 5, 6]
        assert given.says == ""
        longer = replace(one, end=MARCH)
        assert publishable(longer, earlier=(given,)).numbers == given.numbers

    def test_thousands_are_told_apart(self) -> None:
        one = table([[12345]])
        assert publishable(one, earlier=()).text(one.key((None, None))) == "12,345"


class TestSeveralTables:
    @settings(max_examples=40, deadline=None)
    @given(
        counts=st.lists(
            st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2),
            min_size=2,
            max_size=2,
        ),
        rounded=st.booleans(),
    )
    def test_two_with_the_same_totals_do_not_leak_together(
        self, counts: list[list[list[int]]], rounded: bool
    ) -> None:
        first = table([[sum(it) for it in row] for row in counts], columns=AGE)
        second = table(
            [[sum(it) for it in zip(*row, strict=True)] for row in counts], columns=PLACE
        )
        third = table(
            [[sum(row[age][place] for row in counts) for place in range(2)] for age in range(2)],
            rows=AGE,
            columns=PLACE,
        )
        one = publishable(first, earlier=(), rounded=rounded)
        try:
            two = publishable(second, earlier=(one,), rounded=rounded)
        except SmallNumberWouldShow:
            return
        assert_nothing_leaks(first, [two, one])
        assert_nothing_leaks(second, [one, two])
        assert "tell much" in refused(third, one, two, rounded=rounded)

    def test_a_shared_total_that_was_shown_stays_shown(self) -> None:
        first = publishable(table([[6], [50]]), earlier=())
        second = table([[6, 0], [30, 20]], columns=PLACE)
        assert shown(second, first) == [6, 0, 6, 30, 20, 50, 36, 20, 56]

    def test_a_shared_total_that_was_hidden_refuses_the_second(self) -> None:
        first = publishable(table([[3], [50]]), earlier=())
        assert "hides a total" in refused(table([[1, 2], [30, 20]], columns=PLACE), first)

    def test_a_small_number_that_is_known_refuses_the_second(self) -> None:
        first = publishable(table([[6], [50]]), earlier=())
        second = table([[6, 0], [30, 20]], columns=PLACE, about=About.GROUPS)
        assert "would show a small number" in refused(second, first)

    @pytest.mark.parametrize(
        ("start", "end"), [(JANUARY, MARCH), (date(2026, 1, 31), MARCH), (None, FEBRUARY)]
    )
    def test_periods_that_overlap_are_refused(self, start: date | None, end: date) -> None:
        first = publishable(table([[30], [50]]), earlier=())
        second = replace(table([[31], [50]]), start=start, end=end)
        assert "partly the same" in refused(second, first)
        assert shown(replace(second, start=FEBRUARY, end=MARCH), first)[0] == 31
        assert shown(replace(second, subject="officers"), first)[0] == 31

    def test_other_categories_are_refused(self) -> None:
        first = publishable(table([[30], [50]]), earlier=())
        wider = replace(table([[80]]), rows=Axis("role", ("suspect or victim",)))
        assert "other categories of role" in refused(wider, first)

    def test_other_numbers_of_the_same_are_refused(self) -> None:
        first = publishable(table([[30], [50]]), earlier=())
        assert "Other numbers" in refused(table([[31], [50]]), first)
        by_place = table([[30, 1], [20, 30]], columns=PLACE)
        assert "Other numbers" in refused(by_place, first)
        rounded = publishable(table([[30], [50]]), earlier=(), rounded=True)
        assert "Other numbers" in refused(table([[33], [50]]), rounded, rounded=True)

    def test_another_rule_for_the_same_is_refused(self) -> None:
        first = publishable(table([[30], [50]]), earlier=())
        assert "another rule" in refused(table([[30], [50]]), first, rounded=True)
        assert "another rule" in refused(table([[30], [50]], about=About.GROUPS), first)


class TestWhoIsThereOnADay:
    def test_a_number_too_close_to_the_last_is_hidden(self) -> None:
        first = publishable(on_record([[30], [50]], JANUARY), earlier=())
        assert shown(on_record([[32], [50]], FEBRUARY), first)[::2] == [None, 50, None]
        assert shown(on_record([[35], [50]], FEBRUARY), first)[::2] == [35, 50, 85]
        assert shown(on_record([[30], [50]], FEBRUARY), first)[::2] == [30, 50, 80]

    def test_a_rounded_number_is_never_too_close(self) -> None:
        first = publishable(on_record([[30], [50]], JANUARY), earlier=(), rounded=True)
        second = on_record([[33], [50]], FEBRUARY)
        assert shown(second, first, rounded=True)[::2] == [35, 50, 85]

    def test_what_was_hidden_stays_hidden(self) -> None:
        first = publishable(on_record([[3], [50], [60]], JANUARY), earlier=())
        second = publishable(on_record([[30], [50], [60]], FEBRUARY), earlier=(first,))
        assert [it is None for it in second.numbers.values()] == [
            it is None for it in first.numbers.values()
        ]

    def test_by_other_things_it_must_be_far_enough(self) -> None:
        first = publishable(on_record([[30], [50]], JANUARY), earlier=())
        assert "would show" in refused(on_record([[12, 20], [20, 30]], FEBRUARY, PLACE), first)
        assert shown(on_record([[15, 20], [20, 30]], FEBRUARY, PLACE), first)[-1] == 85

    @settings(max_examples=40, deadline=None)
    @given(
        counts=st.lists(
            st.lists(st.integers(0, 15), min_size=3, max_size=3), min_size=2, max_size=4
        )
    )
    def test_shown_numbers_of_one_thing_never_differ_by_few(self, counts: list[list[int]]) -> None:
        given: list[Published] = []
        for at, numbers in enumerate(counts):
            one = on_record([[it] for it in numbers], date(2026, 1 + at, 1))
            given.append(publishable(one, earlier=given))
            assert_nothing_leaks(one, given[-1:])
        for later in given:
            for other in given:
                for key, number in later.numbers.items():
                    before = other.numbers[key]
                    if number is not None and before is not None:
                        assert abs(number - before) not in RULES[About.PEOPLE].hides


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"start": FEBRUARY}, "ends before"),
        ({"columns": Axis("role", ("x",))}, "divide by the same"),
        ({"rows": Axis("role", ())}, "no categories"),
        ({"rows": Axis("role", ("x", "x"))}, "one of them twice"),
        ({"counts": ((1, 2), (3, 4))}, "too few counts"),
        ({"counts": ((1,),)}, "too few rows"),
        ({"counts": ((1,), (-1,))}, "below zero"),
    ],
)
def test_a_table_that_cannot_be_is_not_made(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(TableWrong, match=told):
        replace(table([[1], [2]]), **wrong)  # type: ignore[arg-type]


class TestWhatCorrectsAWrongTable:
    """Readers have the wrong table, too: beside it the right one tells no small number."""

    @staticmethod
    def corrected(wrong: Table, right: Table) -> list[int | None]:
        told = publishable(wrong, earlier=())
        given = publishable(right, earlier=[told], corrects=told)
        return [given.numbers[right.key(place)] for place in right.places()]

    def test_what_the_wrong_one_hid_stays_hidden(self) -> None:
        # Else 9 and 20 were shown: with 32 - 20 of before, the first would be 12 - 9.
        assert shown(table([[3], [9], [20]]))[::2] == [None, None, 20, 32]
        assert self.corrected(table([[3], [9], [20]]), table([[3], [9], [8]]))[::2] == [
            None,
            None,
            8,
            20,
        ]

    def test_those_it_hid_together_hide_no_other(self) -> None:
        # With 14 shown, the third would be 14 - (32 - 20).
        assert self.corrected(table([[3], [9], [20]]), table([[3], [9], [2]])) == [None] * 8

    def test_what_stays_as_it_was_hides_nothing(self) -> None:
        # With the 9 hidden, that it is the 9 of before would tell the first.
        found = self.corrected(table([[12], [9], [20]]), table([[3], [9], [20]]))
        assert found == [None, None, 9, 9, 20, 20, None, None]

    def test_where_nothing_is_small_any_more_all_is_shown(self) -> None:
        assert self.corrected(table([[3], [9], [20]]), table([[30], [9], [20]]))[::2] == [
            30,
            9,
            20,
            59,
        ]

    def test_where_what_was_hidden_cannot_hide_itself_it_is_refused(self) -> None:
        told = publishable(table([[3], [9], [20]]), earlier=())
        with pytest.raises(SmallNumberWouldShow, match="would show a small number"):
            publishable(table([[3], [0], [8]]), earlier=[told], corrects=told)


def test_that_nobody_at_all_is_counted_may_be_said_of_a_whole_and_not_of_a_part() -> None:
    nobody = table([[0, 0], [0, 0]], columns=AGE, about=About.GROUPS)
    assert counts_nobody(nobody)
    assert not counts_nobody(replace(nobody, part=("under 13",)))
    assert not counts_nobody(table([[0, 0], [0, 1]], columns=AGE, about=About.GROUPS))
