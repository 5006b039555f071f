"""``evenhand signer``: a process with the log's key and a memory of its own."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand.cli.signer import KEY, MEMORY, make_key
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.keys import Kind
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.signer import Rollback
from evenhand.ledger.signing import new_signing_key
from evenhand.ledger.tree import root_of
from evenhand.transports.signer import SignerAway, keys_of, sign
from tests.ledger import slow_tree
from tests.signers import ORIGIN, RunningSigner, running_signer

ENTRIES = [f"entry {n}".encode() for n in range(40)]
NODE = slow_tree.nodes_of(ENTRIES)


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


def signed(signer: RunningSigner, size: int, *, known: int = 0, root: bytes = b"") -> int:
    """Have a checkpoint signed; give how many signatures hold."""
    checkpoint = Checkpoint(ORIGIN, size, root or root_of(ENTRIES[:size]))
    note = sign(
        signer.socket,
        checkpoint,
        known=known,
        proof=lambda old: consistency_proof(old, size, NODE),
    )
    return len(open_checkpoint(str(note).encode(), keys_of(signer.socket)).signed)


def test_it_signs_what_continues_even_for_one_who_forgot(signer: RunningSigner) -> None:
    assert signed(signer, 7) == 1
    assert signed(signer, 20, known=7) == 1
    assert signed(signer, 30) == 1


def test_killed_and_started_again_it_remembers(signer: RunningSigner) -> None:
    signed(signer, 20)
    signer.kill()
    signer.start()
    with pytest.raises(Rollback, match="the log knows 7 entries, the signer signed 20"):
        signed(signer, 7)
    with pytest.raises(Rollback, match="another tree of 20 entries"):
        signed(signer, 20, known=20, root=bytes(32))
    assert signed(signer, 21, known=20) == 1


def test_only_its_user_can_read_its_key_and_reach_its_socket(signer: RunningSigner) -> None:
    assert stat.S_IMODE((signer.folder / KEY).stat().st_mode) == 0o600
    assert not stat.S_IMODE(signer.socket.stat().st_mode) & stat.S_IRWXO


def test_who_says_nothing_or_nonsense_holds_nobody_up(signer: RunningSigner) -> None:
    for words in (b"", b"\x00" * 1000, b"old 1\n\nnonsense"):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(signer.socket))
            caller.sendall(words)
    assert signed(signer, 7) == 1


def test_a_key_is_replaced_with_an_overlap_and_never_at_once(signer: RunningSigner) -> None:
    signed(signer, 7)
    key, old = signer.folder / KEY, (signer.folder / KEY).read_text()
    other = signer.folder / "other.key"
    make_key(other, ORIGIN)
    signer.kill(signal.SIGTERM)
    key.write_text(other.read_text())
    assert "both sign for a time" in _refusal(signer)
    key.write_text(old + other.read_text())
    signer.start()
    assert signed(signer, 8, known=7) == 2
    signer.kill(signal.SIGTERM)
    key.write_text(other.read_text())
    signer.start()
    assert signed(signer, 9, known=8) == 1


def test_what_it_cannot_work_with_is_said_in_a_sentence(signer: RunningSigner) -> None:
    assert "already works" in _refusal(signer)
    signer.kill()
    (signer.folder / MEMORY).write_text("{")
    assert "memory" in _refusal(signer)
    (signer.folder / MEMORY).unlink()
    for content, said in (("", "is empty"), ("secret", "is not a log key"), ("é", "not a log key")):
        (signer.folder / KEY).write_text(content)
        assert said in _refusal(signer)
        assert "secret" not in _refusal(signer)
    witness = str(new_signing_key("witness.example/w1", Kind.COSIGNATURE).secret())
    (signer.folder / KEY).write_text(witness)
    assert "the key of a witness" in _refusal(signer)
    (signer.folder / KEY).chmod(0o640)
    assert "chmod 600" in _refusal(signer)
    (signer.folder / KEY).unlink()
    assert "evenhand check --fix" in _refusal(signer)


def test_a_folder_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    nowhere = RunningSigner(tmp_path / "nowhere")
    assert "no such file or folder" in _refusal(nowhere)


def test_a_key_is_never_overwritten(signer: RunningSigner) -> None:
    before = (signer.folder / KEY).read_text()
    with pytest.raises(FileExistsError):
        make_key(signer.folder / KEY, ORIGIN)
    assert (signer.folder / KEY).read_text() == before


def test_a_signer_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(SignerAway, match="does not answer"):
        keys_of(tmp_path / "socket")


def test_its_memory_holds_no_secret(signer: RunningSigner) -> None:
    signed(signer, 7)
    known = json.loads((signer.folder / MEMORY).read_text())
    assert known["size"] == 7
    assert known["keys"] == [str(it) for it in keys_of(signer.socket)]


def _refusal(signer: RunningSigner) -> str:
    """Start a signer that will not; give the sentence it says."""
    done = subprocess.run(
        [sys.executable, "-m", "evenhand.cli.main", "signer", "--folder", str(signer.folder)],
        env={"EVENHAND_SIGNER": str(signer.folder / "another"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr
