"""A log's files on disk: written once, wholly, and never over another history."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.ledger.broken import Overwritten
from evenhand.ledger.files import put_once, reader_of, replace
from tests.ledger.folders import grown


def test_a_log_is_read_from_the_folder_as_it_was_written(tmp_path: Path) -> None:
    _log, shelf = grown([b"a", b"b"])
    put_once(tmp_path / "log", shelf.items())
    assert {path: reader_of(tmp_path / "log")(path) for path in shelf} == dict(shelf)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "checkpoint")
    with pytest.raises(FileNotFoundError, match="no file"):
        reader_of(tmp_path)("checkpoint")


def test_a_pipe_in_the_place_of_a_file_is_written_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "checkpoint")
    put_once(tmp_path, [("checkpoint", b"a")])
    assert (tmp_path / "checkpoint").read_bytes() == b"a"


def test_the_same_file_again_is_nothing_new(tmp_path: Path) -> None:
    put_once(tmp_path, [("tile/0/000", b"a")])
    before = (tmp_path / "tile/0/000").stat()
    put_once(tmp_path, [("tile/0/000", b"a")])
    assert (tmp_path / "tile/0/000").stat().st_mtime_ns == before.st_mtime_ns


def test_another_history_is_an_alarm_and_changes_nothing(tmp_path: Path) -> None:
    put_once(tmp_path, [("tile/0/000", b"a")])
    with pytest.raises(Overwritten, match="tile/0/000 is there already with other bytes"):
        put_once(tmp_path, [("tile/0/000", b"b")])
    assert (tmp_path / "tile/0/000").read_bytes() == b"a"


def test_the_checkpoint_is_replaced_wholly(tmp_path: Path) -> None:
    replace(tmp_path, "checkpoint", b"one")
    replace(tmp_path, "checkpoint", b"two")
    assert [(it.name, it.read_bytes()) for it in tmp_path.iterdir()] == [("checkpoint", b"two")]


def test_a_disk_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        replace(tmp_path, "checkpoint", b"one")
    assert list(tmp_path.iterdir()) == []


def test_the_file_and_each_new_folder_are_on_the_disk_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    really = os.fsync

    def remember(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").resolve())
        really(handle)

    monkeypatch.setattr(os, "fsync", remember)
    put_once(tmp_path, [("tile/0/000", b"a")])
    assert tmp_path in synced
    assert tmp_path / "tile" in synced
    assert synced[-1] == tmp_path / "tile/0"
