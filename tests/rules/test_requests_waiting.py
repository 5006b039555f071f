"""On which pile an open request stands: late first, then a second officer's, then what is soon."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.requests_waiting import How, Pressing, in_piles, pressing
from tests.legal_clocks import UK

FRIDAY = date(2026, 1, 9)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 2, 28))


def why(next_on: date | None, *, theirs: bool = False) -> Pressing | None:
    return pressing(How(next_on, theirs), today=FRIDAY, calendar=UK)


@given(next_on=DAYS, theirs=st.booleans())
def test_what_is_late_is_late_whoever_it_waits_for(next_on: date | None, theirs: bool) -> None:
    is_late = next_on is not None and next_on < FRIDAY
    assert (why(next_on, theirs=theirs) is Pressing.OVERDUE) is is_late


@given(next_on=DAYS)
def test_what_waits_for_them_is_on_a_pile_whenever_it_is_due(next_on: date | None) -> None:
    assert why(next_on, theirs=True) in {Pressing.OVERDUE, Pressing.TO_LOOK_AT}


def test_soon_is_five_working_days() -> None:
    assert why(FRIDAY) is Pressing.SOON
    assert why(FRIDAY + timedelta(days=7)) is Pressing.SOON
    assert why(FRIDAY + timedelta(days=8)) is None
    assert why(None) is None


def test_piles_keep_their_order_and_empty_ones_are_left_out() -> None:
    late, soon = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=1)

    def how(line: tuple[str, date]) -> How:
        return How(line[1], waits_for_them=False)

    lines = [("a", soon), ("b", late), ("c", soon), ("d", date(2026, 12, 1))]
    found = in_piles(lines, how, today=FRIDAY, calendar=UK)
    assert list(found) == [Pressing.OVERDUE, Pressing.SOON]
    assert [name for name, _on in found[Pressing.SOON]] == ["a", "c"]
    assert in_piles([], how, today=FRIDAY, calendar=UK) == {}
