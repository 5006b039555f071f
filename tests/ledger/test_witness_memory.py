"""What a witness remembers, and what it makes of a memory that is gone or is not its own."""

import json
from pathlib import Path

import pytest

from evenhand.ledger.broken import Broken, Malformed, NotSigned
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.notes import Note
from evenhand.ledger.signer import Head
from evenhand.ledger.signing import SigningKey, sign, sign_checkpoint
from evenhand.ledger.witness_memory import (
    MEMORY,
    Forgotten,
    Seen,
    open_memory,
    read_memory,
    write_memory,
)
from tests.ledger.cast import EAST, LOG, NOON, ORIGIN, WEST, checkpoint

ROOT, OTHER = bytes(32), b"r" * 32
OTHERS = SigningKey("other.example/log", LOG.kind, b"o" * 32)
OWN = EAST.verifier


def of_another_log(size: int) -> Note:
    note = sign_checkpoint(Checkpoint(OTHERS.name, size, ROOT), [OTHERS])
    return note.with_signatures([sign(note.text, EAST, at=NOON + 1)])


def test_the_last_checkpoint_of_each_log_is_remembered(tmp_path: Path) -> None:
    write_memory(tmp_path, {})
    assert open_memory(tmp_path, OWN) == {}
    first, newest = checkpoint(7, ROOT, by=(EAST,)), checkpoint(8, OTHER, by=(EAST,), at=NOON + 9)
    for note in (first, of_another_log(3), newest):
        write_memory(tmp_path, read_memory(tmp_path, OWN), note)
    assert open_memory(tmp_path, OWN) == {
        ORIGIN: Seen(newest, ORIGIN, Head(8, OTHER), NOON + 9),
        OTHERS.name: Seen(of_another_log(3), OTHERS.name, Head(3, ROOT), NOON + 1),
    }


def test_a_memory_that_is_gone_is_not_begun_anew(tmp_path: Path) -> None:
    with pytest.raises(Forgotten, match=r"memory\.json is gone"):
        read_memory(tmp_path, OWN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "[" * 100_000, "{}", "7", "[7]", '[""]', '["\\ud800"]', "\x00",
        json.dumps([str(checkpoint(7, ROOT))]),
        json.dumps([str(checkpoint(7, ROOT, by=(WEST,)))]),
        json.dumps([str(Note(f"{ORIGIN}\n7\n", checkpoint(7, ROOT, by=(EAST,)).signatures))]),
        json.dumps([f"{checkpoint(7, ROOT)}\u2014 {EAST.name} {OWN}\n"]),
    ],
)  # fmt: skip
def test_what_is_no_memory_of_this_witness_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MEMORY).write_text(text, "utf-8")
    with pytest.raises(Malformed) as found:
        read_memory(tmp_path, OWN)
    assert isinstance(found.value, Broken)


def test_a_cosignature_without_its_bytes_is_no_memory(tmp_path: Path) -> None:
    note = checkpoint(7, ROOT)
    short = note.with_signatures([sign(note.text, EAST, at=NOON)]).signatures[-1]
    cut = type(short)(short.name, short.key_id, short.data[:8])
    (tmp_path / MEMORY).write_text(json.dumps([str(note.with_signatures([cut]))]), "utf-8")
    with pytest.raises(Malformed, match="was not written by the witness with this key"):
        read_memory(tmp_path, OWN)


def test_a_memory_that_somebody_altered_is_found_when_the_witness_starts(tmp_path: Path) -> None:
    write_memory(tmp_path, {}, checkpoint(20, ROOT, by=(EAST,)))
    file = tmp_path / MEMORY
    file.write_text(file.read_text("utf-8").replace("\\n20\\n", "\\n12\\n"), "utf-8")
    assert read_memory(tmp_path, OWN)[ORIGIN].head.size == 12
    with pytest.raises(NotSigned):
        open_memory(tmp_path, OWN)
