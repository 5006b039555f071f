"""The register's log of changes: it leads to the register, and a register that is untrue is red."""

from datetime import date

import pytest

from evenhand.rules.register_changes import (
    Change,
    ChangesWrong,
    RegisterDiffers,
    What,
    by_day,
    check_published,
    missing,
    read_changes,
)

FIRST, SECOND = date(2026, 1, 1), date(2026, 2, 1)
NAME, BIRTH = ("person", "name"), ("person", "birth")
LINES = (
    "day,change,table,column",
    "2026-01-01,added,person,name",
    "2026-02-01,removed,person,name",
    "2026-02-01,added,person,birth",
)


def test_each_day_says_what_changed_and_how_many_fields_there_were() -> None:
    first, second = by_day(read_changes(LINES))
    assert (first.day, first.added, first.removed, first.count) == (FIRST, [NAME], [], 1)
    assert (second.day, second.added, second.removed, second.count) == (SECOND, [BIRTH], [NAME], 1)


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-30,added,person,age",
        "2026-02-01,changed,person,age",
        "2026-02-01,added",
        "2025-12-31,added,person,age",
    ],
)
def test_a_line_that_cannot_be_is_told_with_its_place(line: str) -> None:
    with pytest.raises(ChangesWrong, match="line 5"):
        read_changes([*LINES, line])


@pytest.mark.parametrize(
    "wrong", [Change(SECOND, What.ADDED, NAME), Change(SECOND, What.REMOVED, BIRTH)]
)
def test_nothing_is_added_twice_or_taken_out_that_was_not_held(wrong: Change) -> None:
    with pytest.raises(ChangesWrong, match="2026-02-01"):
        by_day([Change(FIRST, What.ADDED, NAME), wrong])


def test_what_the_log_lacks_is_what_leads_to_the_fields() -> None:
    changes = read_changes(LINES)
    assert missing(changes, {BIRTH}, today=SECOND) == []
    assert missing(changes, {NAME}, today=SECOND) == [
        Change(SECOND, What.REMOVED, BIRTH),
        Change(SECOND, What.ADDED, NAME),
    ]


def test_a_deployment_whose_tables_and_list_differ_is_red() -> None:
    check_published({NAME}, {NAME})
    for held in ({NAME, BIRTH}, set[tuple[str, str]]()):
        with pytest.raises(RegisterDiffers) as told:
            check_published(held, {NAME})
        assert told.value.code == "E-PUB-64"
        assert "person." in str(told.value)
