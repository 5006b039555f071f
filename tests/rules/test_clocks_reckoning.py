"""Any clock of law is counted by its name, and every one that the law data has can be."""

from datetime import UTC, date, datetime

import pytest

from evenhand.rules.clocks_events import Event, Happened, NotInOrder
from evenhand.rules.clocks_law import Text
from evenhand.rules.clocks_reckoning import LawClocks, NoSuchClock, reckon, reckon_hours
from tests.legal_clocks import CLOCKS, ENGLAND, UK, last_days

LAW = LawClocks(CLOCKS, ENGLAND, UK)
JUNE = date(2026, 6, 1)
NOON = datetime(2026, 3, 27, 18, tzinfo=UTC)
IN_DAYS = [it for it in CLOCKS if not LAW.is_in_hours(it)]


@pytest.mark.parametrize("code", IN_DAYS)
def test_every_clock_that_counts_days_has_a_last_day(code: str) -> None:
    due = reckon(LAW, code, JUNE)
    assert due.target
    assert due.target > JUNE


@pytest.mark.parametrize("code", [it for it in CLOCKS if it not in IN_DAYS])
def test_every_clock_that_counts_hours_has_a_last_moment(code: str) -> None:
    assert reckon_hours(LAW, code, NOON) > NOON
    with pytest.raises(NoSuchClock):
        reckon(LAW, code, JUNE)


@pytest.mark.parametrize(
    ("code", "start", "target", "outer"),
    [
        ("E14", date(2026, 6, 1), date(2026, 6, 30), date(2026, 6, 30)),
        ("E14", date(2026, 6, 13), date(2026, 7, 14), date(2026, 7, 15)),
        ("E01", date(2026, 6, 30), date(2026, 7, 29), date(2026, 7, 30)),
        ("E06", date(2026, 7, 1), date(2026, 7, 30), date(2026, 7, 30)),
        ("E26", date(2026, 6, 1), date(2026, 7, 29), date(2026, 7, 29)),
        ("E27", date(2026, 6, 1), date(2026, 9, 1), date(2026, 9, 1)),
    ],
)
def test_the_vectors_of_the_law_are_counted(
    code: str, start: date, target: date, outer: date
) -> None:
    assert last_days(reckon(LAW, code, start)) == (target, outer)


def test_what_happened_moves_the_clock_that_it_is_of() -> None:
    answered = [
        Event(Happened.CLARIFICATION_ASKED, date(2026, 6, 5)),
        Event(Happened.CLARIFICATION_ANSWERED, date(2026, 6, 8)),
    ]
    assert reckon(LAW, "E14", JUNE, answered) == reckon(LAW, "E14", date(2026, 6, 8))
    assert reckon(LAW, "E14", JUNE, answered[:1]).waits_for is Happened.CLARIFICATION_ANSWERED
    paused = reckon(LAW, "E01", JUNE, answered).outer
    assert paused == date(2026, 7, 6)
    interest = reckon(LAW, "E17", JUNE, answered).target
    reply = reckon(LAW, "E14", JUNE, answered).target
    assert interest
    assert reply
    assert interest > reply


def test_only_the_advice_of_the_commissioner_is_extended_among_the_plain_clocks() -> None:
    longer = Event(Happened.EXTENDED, date(2026, 6, 20))
    assert reckon(LAW, "E12", JUNE, [longer]).target != reckon(LAW, "E12", JUNE).target
    for code, events in (("E06", [longer]), ("E12", [longer, longer]), ("E19", [longer])):
        with pytest.raises(NotInOrder):
            reckon(LAW, code, JUNE, events)


def test_a_service_standard_has_no_outer_day() -> None:
    due = reckon(LAW, "E07", JUNE)
    assert [it.text for it in due.readings] == [Text.SERVICE]
    assert due.outer is None


def test_a_clock_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NoSuchClock) as refused:
        reckon(LAW, "E99", JUNE)
    assert "E20" in str(refused.value)
    with pytest.raises(NoSuchClock):
        reckon_hours(LAW, "E14", NOON)
