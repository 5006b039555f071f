"""Records of several kinds: no total tells of few people, for who knows all referrals."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_people import told_of_people, told_of_people_among
from evenhand.rules.publishing_tables import UNDIVIDED, About, Axis, Key, Table
from evenhand.rules.statistics import Quarter, disposed_of

KINDS = Axis("kind", ("old_record", "person", "referral"))
MONTHS = Axis("month", ("2026-01", "2026-02", "2026-03"))
ALL: Key = frozenset()
PERSON: Key = frozenset({("kind", "person")})
REFERRAL: Key = frozenset({("kind", "referral")})
QUARTER = Quarter(2026, 1)
numbers = st.integers(0, 12)


def table(people: list[int], others: list[int], *, by_month: bool = False) -> Table:
    rows = ([0] * len(people), people, others)
    return Table(
        subject="records_disposed",
        about=About.PEOPLE,
        start=QUARTER.first,
        end=QUARTER.end,
        rows=KINDS,
        columns=MONTHS if by_month else UNDIVIDED,
        counts=tuple(tuple(it) if by_month else (sum(it),) for it in rows),
    )


@given(people=numbers, referrals=numbers)
def test_a_total_of_records_is_shown_only_where_its_people_are(people: int, referrals: int) -> None:
    shown = publishable(table([people], [referrals]), earlier=())
    is_small = people in range(1, 5)
    assert shown.numbers[REFERRAL] == referrals
    assert shown.numbers[PERSON] == (None if is_small else people)
    assert shown.numbers[ALL] == (None if is_small else people + referrals)


def test_by_month_a_reader_who_knows_all_referrals_finds_no_small_number_of_people() -> None:
    shown = publishable(table([12, 1, 8], [40, 30, 2], by_month=True), earlier=())
    hidden = {key for key, number in shown.numbers.items() if number is None}
    of_people = {key - PERSON for key in hidden if key >= PERSON}
    assert {frozenset({("month", "2026-02")})} < of_people
    # A total is hidden where its people are: referrals taken from it would leave them.
    assert {key for key in hidden if not key & (PERSON | REFERRAL)} == of_people
    assert shown.numbers[REFERRAL | frozenset({("month", "2026-03")})] == 2


def test_what_a_table_by_month_tells_of_people_is_by_month() -> None:
    told = told_of_people(publishable(table([12, 20, 8], [40, 30, 2], by_month=True), earlier=()))
    assert told.axes == (MONTHS,)
    assert told.numbers[frozenset({("month", "2026-03")})] == 8
    assert told.numbers[ALL] == 40


def test_the_series_of_quarters_and_figures_of_records_are_held_against_each_other() -> None:
    series = [disposed_of(QUARTER, 14, earlier=())]
    whole = publishable(table([14], [3]), earlier=series)
    assert (whole.numbers[PERSON], whole.numbers[ALL]) == (14, 17)
    a_month = replace(table([12], [3]), start=date(2026, 1, 1), end=date(2026, 2, 1))
    with pytest.raises(SmallNumberWouldShow):
        publishable(a_month, earlier=series)
    first = publishable(a_month, earlier=())
    hidden = disposed_of(QUARTER, 14, earlier=[first])
    assert hidden.numbers[ALL] is None
    shown = disposed_of(QUARTER, 20, earlier=[first])
    assert shown.numbers[ALL] == 20


def test_a_table_without_people_says_that_there_are_none() -> None:
    none = replace(table([0], [3]), rows=Axis("kind", ("referral",)), counts=((3,),))
    shown = publishable(none, earlier=())
    assert shown.numbers == {REFERRAL: 3, ALL: 3}
    assert set(told_of_people(shown).numbers.values()) == {0}
    with pytest.raises(SmallNumberWouldShow, match="Other numbers"):
        publishable(table([6], [3]), earlier=[shown])


def test_a_number_of_all_kinds_of_old_tells_its_people_to_who_takes_the_others_away() -> None:
    key = frozenset({("all", "all")})
    old = replace(
        disposed_of(QUARTER, 42, earlier=()), subject="records_disposed", numbers={ALL: 42, key: 42}
    )
    told = told_of_people_among(old, {ALL: 12})
    assert told.numbers == {ALL: 12, key: 12}
    with pytest.raises(SmallNumberWouldShow):
        publishable(table([14], [30]), earlier=[told])
    assert publishable(table([12], [30]), earlier=[told]).numbers[PERSON] == 12
    assert set(told_of_people_among(old, {ALL: 3}).numbers.values()) == {None}
    assert told_of_people_among(replace(old, numbers={ALL: None}), {}).numbers == {ALL: None}


def test_other_tables_are_left_as_they_are() -> None:
    other = disposed_of(QUARTER, 14, earlier=())
    assert told_of_people(other) is other
    work = replace(table([1], [2]), about=About.WORK)
    assert told_of_people(publishable(work, earlier=())).numbers[PERSON] == 1


def test_the_right_number_is_published_where_the_wrong_one_was_told_elsewhere() -> None:
    wrong = publishable(table([14], [3]), earlier=())
    by_month = publishable(table([14], [3], by_month=False), earlier=[wrong])
    right = table([25], [3])
    with pytest.raises(SmallNumberWouldShow, match="Other numbers"):
        publishable(right, earlier=[by_month])
    shown = publishable(right, earlier=[wrong, by_month], corrects=wrong)
    assert shown.numbers[PERSON] == 25
    other = publishable(table([30], [3]), earlier=())
    with pytest.raises(SmallNumberWouldShow, match="Other numbers"):
        publishable(right, earlier=[other], corrects=wrong)
    hidden = publishable(table([3], [3]), earlier=())
    assert publishable(right, earlier=[hidden], corrects=hidden).numbers[PERSON] == 25
