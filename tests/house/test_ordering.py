"""Tests run in an order in which no long one is left to the end, and each of them once."""

from pathlib import Path

import pytest

from tests.ordering import LONG, each_begins_with_long_ones

SHORT = [f"web/test_short_{number}.py" for number in range(40)]
MINUTES = sorted(file for files in LONG for file in files)


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_each_piece_begins_with_long_files_and_nothing_is_lost(workers: int) -> None:
    items = sorted([*SHORT, *MINUTES])
    ordered = each_begins_with_long_ones(items, workers, str)
    assert sorted(ordered) == items
    pieces: list[list[str]] = []
    left = ordered
    for number in range(workers):
        size = len(left) // (workers - number)
        pieces.append(left[:size])
        left = left[size:]
    for piece in pieces:
        long = [it in MINUTES for it in piece]
        assert long == sorted(long, reverse=True)
    assert sum(piece[0] in MINUTES for piece in pieces) == min(workers, len(LONG))


def test_every_long_file_is_there() -> None:
    tests = Path(__file__).parents[1]
    assert [it for it in MINUTES if not (tests / it).is_file()] == []


def test_a_few_long_tests_alone_are_all_run() -> None:
    assert sorted(each_begins_with_long_ones(MINUTES, 3, str)) == MINUTES


def test_short_tests_alone_keep_their_order() -> None:
    assert each_begins_with_long_ones(SHORT, 3, str) == SHORT
