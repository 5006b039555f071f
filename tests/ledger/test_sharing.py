"""Work that several processes share: as if one had done it."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing import spawn
from pathlib import Path

import pytest

from evenhand.ledger import sharing
from evenhand.ledger.sharing import AHEAD, ALONE, Processes, alone, begin, end_with, processes

MANY = range(ALONE + 40)


def doubled(number: int) -> int:
    return 2 * number


def who_did_it(_number: int) -> int:
    return os.getpid()


def dying_elsewhere(number_and_parent: tuple[int, int]) -> int:
    number, parent = number_and_parent
    if os.getpid() != parent:
        os._exit(9)
    return number


def test_what_is_shared_comes_back_in_its_order() -> None:
    with Processes(2) as share:
        assert list(share(doubled, MANY)) == list(alone(doubled, MANY))
        assert list(share(doubled, [])) == []


def test_a_short_piece_of_work_needs_no_process_and_a_long_one_has_several() -> None:
    with Processes(2) as share:
        assert set(share(who_did_it, range(ALONE))) == {os.getpid()}
        assert not multiprocessing.active_children()
        by = list(share(who_did_it, MANY))
        assert set(by[:ALONE]) == {os.getpid()}
        assert os.getpid() not in by[ALONE:]
    assert not multiprocessing.active_children()


def test_one_process_is_none_to_share_with() -> None:
    with Processes(1) as share:
        assert set(share(who_did_it, MANY)) == {os.getpid()}


def test_little_is_handed_out_ahead() -> None:
    handed_out = 0

    def given() -> Iterator[int]:
        nonlocal handed_out
        while True:
            handed_out += 1
            yield handed_out

    with Processes(2) as share:
        for number, _found in enumerate(share(doubled, given())):
            assert handed_out <= number + 1 + 2 * AHEAD
            if number > ALONE + 20:
                break


def test_where_a_process_dies_its_work_is_done_here() -> None:
    given = [(number, os.getpid()) for number in MANY]
    with Processes(2) as share:
        assert list(share(dying_elsewhere, given)) == list(MANY)


def test_where_none_can_begin_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(spawn, "_python_exe", os.fsencode(tmp_path / "absent"))
    with Processes(2) as share:
        assert list(share(doubled, MANY)) == list(alone(doubled, MANY))


def test_who_works_for_another_is_not_interrupted() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        begin()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_who_works_for_another_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    other = multiprocessing.get_context("spawn").Process(target=begin)
    other.start()
    said: list[int] = []
    monkeypatch.setattr(os, "_exit", said.append)
    end_with(other)
    assert (said, other.is_alive()) == ([1], False)


def test_where_signals_cannot_wait_work_is_shared_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    with Processes(2) as share:
        assert list(share(doubled, MANY)) == list(alone(doubled, MANY))


def test_a_laptop_is_not_filled_with_processes() -> None:
    assert 1 <= processes() <= sharing.MOST_PROCESSES
