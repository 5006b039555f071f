"""The published log as a second copy of its entries: copied while it grows, read to its end."""

from pathlib import Path

import pytest

from evenhand.ledger.broken import Malformed, NotSigned
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.files import put_once, replace
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.keys import Kind
from evenhand.ledger.second_copy import SecondCopy, continues, copy_log
from evenhand.ledger.signing import SigningKey, sign_checkpoint

KEY = SigningKey("desk.example/log", Kind.ED25519, b"k" * 32)


class Log:
    """A log in a folder, which grows and is signed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: list[bytes] = []
        self._log = GrowingLog()

    def grow(self, many: int, *, of: bytes = b"entry %d") -> None:
        new = [of % it for it in range(len(self.entries), len(self.entries) + many)]
        self.entries += new
        put_once(self.folder, self._log.add(new))

    def sign(self, *, root: bytes = b"") -> None:
        head = Checkpoint(KEY.name, self._log.size, root or self._log.root())
        replace(self.folder, CHECKPOINT, str(sign_checkpoint(head, [KEY])).encode())


@pytest.fixture
def log(tmp_path: Path) -> Log:
    log = Log(tmp_path / "log")
    log.grow(300)
    log.sign()
    return log


def read(folder: Path) -> list[bytes]:
    copy = SecondCopy.at(folder, [KEY.verifier])
    return [leaf for _first, leaves, _hashes in copy.batches() for leaf in leaves]


def test_a_copy_has_all_up_to_the_checkpoint_and_nothing_after_it(log: Log, tmp_path: Path) -> None:
    log.grow(250)  # written, and not signed yet
    copy_log(log.folder, tmp_path / "copy")
    assert read(tmp_path / "copy") == log.entries[:300]
    assert continues(log.folder, tmp_path / "copy")
    log.sign()
    assert continues(log.folder, tmp_path / "copy")
    assert not continues(tmp_path / "copy", log.folder)


def test_of_what_is_not_published_there_is_no_copy(tmp_path: Path) -> None:
    copy_log(tmp_path / "log", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("more", [0, 1, 40, 212, 213, 600])
def test_what_is_written_is_read_also_where_it_is_not_signed_yet(log: Log, more: int) -> None:
    log.grow(more)
    copy = SecondCopy.at(log.folder, [KEY.verifier])
    assert (copy.checkpoint.size, copy.end) == (300, 300 + more)
    assert read(log.folder) == log.entries
    assert [first for first, _leaves, _hashes in copy.batches()] == [
        it * 256 for it in range(-(-copy.end // 256))
    ]


def test_another_history_is_no_continuation(log: Log, tmp_path: Path) -> None:
    other = Log(tmp_path / "other")
    other.grow(301, of=b"other %d")
    other.sign()
    assert not continues(other.folder, log.folder)


def test_entries_that_were_not_signed_are_found_out(log: Log) -> None:
    log.sign(root=bytes(32))
    with pytest.raises(Malformed, match="not those that were signed"):
        read(log.folder)
    with pytest.raises(NotSigned):
        SecondCopy.at(log.folder, [])
