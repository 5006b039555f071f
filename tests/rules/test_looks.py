"""The view ledger: what a look is, when it counts, and when one is too many."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.content import identify
from evenhand.rules.intake import Source
from evenhand.rules.looks import (
    FREE_LOOKS,
    LookNeedsAuthority,
    account_looked_at,
    check_may_look,
    first_day_kept,
    first_day_that_counts,
    is_counted,
    needs_authority,
)

TODAY = date(2026, 11, 20)
NAMED = identify("https://www.tiktok.com/@made.up/video/7000000000000000001")
UNNAMED = identify("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
days = st.dates(min_value=TODAY - timedelta(days=60), max_value=TODAY + timedelta(days=5))


def ago(*numbers: int) -> set[date]:
    return {TODAY - timedelta(days=number) for number in numbers}


@pytest.mark.parametrize("source", list(Source))
def test_only_what_an_officer_found_is_a_look(source: Source) -> None:
    looked_at = account_looked_at(NAMED, source)
    assert looked_at == ("tiktok:made.up" if source is Source.OFFICER_FOUND else None)


def test_an_address_that_names_no_account_is_no_look() -> None:
    assert account_looked_at(UNNAMED, Source.OFFICER_FOUND) is None


@pytest.mark.parametrize(
    ("days", "too_many"),
    [
        ((), False),
        ((1,), False),
        ((1, 2), True),
        ((1, 28), True),
        ((1, 29), False),
        ((27, 28, 29), True),
        ((0, 1, 2), False),  # today's look was counted already
        ((-1, -2), False),  # days to come
    ],
)
def test_the_third_look_within_28_days_needs_an_authorisation(
    days: tuple[int, ...], too_many: bool
) -> None:
    assert needs_authority(ago(*days), TODAY) is too_many


def test_one_look_too_many_is_refused_with_what_to_do() -> None:
    with pytest.raises(LookNeedsAuthority) as told:
        check_may_look(ago(3, 9), TODAY, authorisation=" ")
    assert (told.value.code, told.value.at) == ("E-RIPA-71", "authorisation")
    assert not told.value.verified
    check_may_look(ago(3, 9), TODAY, authorisation="URN 12/2026")
    check_may_look(ago(3), TODAY, authorisation="")


@given(looks=st.sets(days, max_size=40))
def test_what_is_forgotten_could_never_have_counted(looks: set[date]) -> None:
    kept = {day for day in looks if day >= first_day_kept(TODAY)}
    assert needs_authority(kept, TODAY) == needs_authority(looks, TODAY)
    assert first_day_kept(TODAY) < first_day_that_counts(TODAY)


@given(looks=st.sets(days, max_size=40))
def test_whoever_keeps_to_the_limit_looks_on_no_more_than_two_days_in_any_29(
    looks: set[date],
) -> None:
    done: set[date] = set()
    for day in sorted(looks):
        if is_counted(done, day) and not needs_authority(done, day):
            done.add(day)
    for day in done:
        assert len({it for it in done if timedelta(0) <= day - it <= timedelta(days=28)}) <= (
            FREE_LOOKS
        )
