"""``evenhand signer``: a process with the log's key and a memory of its own."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from evenhand.cli import signer as cli_signer
from evenhand.cli import signer_folder
from evenhand.cli.main import main
from evenhand.cli.signer_folder import KEY, MEMORY, Signer, begin_new_log, make_key, read_keys
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.keys import Kind
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.signer import Rollback
from evenhand.ledger.signing import new_signing_key, sign_checkpoint
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


def test_without_its_memory_it_signs_nothing(signer: RunningSigner) -> None:
    signed(signer, 7)
    signer.kill()
    memory = (signer.folder / MEMORY).read_text()
    (signer.folder / MEMORY).unlink()
    assert "would sign a second history" in _refusal(signer)
    assert _told(signer, "--begin") == "The log begins with its first entry.\n"
    assert json.loads((signer.folder / MEMORY).read_text())["size"] == 0
    (signer.folder / MEMORY).write_text(memory)
    assert "a signer lives here, or did" in _refusal(signer, "--begin")
    assert (signer.folder / MEMORY).read_text() == memory


def test_a_new_key_beside_a_memory_leaves_the_memory(signer: RunningSigner) -> None:
    signed(signer, 7)
    signer.kill()
    memory = (signer.folder / MEMORY).read_bytes()
    (signer.folder / KEY).unlink()
    make_key(signer.folder / KEY, ORIGIN)
    assert (signer.folder / MEMORY).read_bytes() == memory
    assert "If the old key is lost: evenhand signer --continue" in _refusal(signer)


def test_it_goes_on_only_from_where_it_was_or_further(signer: RunningSigner) -> None:
    """A checkpoint by the key that its memory knows, of this log, that does not go back."""
    old = read_keys(signer.folder / KEY)
    signed(signer, 20)
    signer.kill()
    memory = (signer.folder / MEMORY).read_bytes()

    def confirmed(size: int, root: bytes = b"", *, origin: str = ORIGIN) -> str:
        checkpoint = Checkpoint(origin, size, root or root_of(ENTRIES[:size]))
        path = signer.folder / f"{origin[:4]}-{size}-{len(root)}"
        path.write_text(str(sign_checkpoint(checkpoint, old)))
        return str(path)

    stranger = new_signing_key(ORIGIN, Kind.ED25519)
    for file, said in (
        (confirmed(19), "remembers 20 entries, and the checkpoint is of 19"),
        (confirmed(20, bytes(32)), "or of another tree"),
        (confirmed(21, origin="other.example/log"), "The checkpoint is of other.example/log"),
        (str(signer.folder / "none"), "no such file"),
    ):
        assert said in _refusal(signer, "--continue", file)
    false = sign_checkpoint(Checkpoint(ORIGIN, 21, root_of(ENTRIES[:21])), [stranger])
    for note, why in (
        (str(false), "No key that is known here has signed"),
        ("nonsense", "A note is a text, an empty line and lines of signatures"),
    ):
        (signer.folder / "confirmed").write_text(note)
        said = _refusal(signer, "--continue", str(signer.folder / "confirmed"))
        assert f"The checkpoint of --continue does not hold. {why}" in said
    assert (signer.folder / MEMORY).read_bytes() == memory
    # A memory that went back is brought forward again.
    assert "goes on from 22 entries" in _told(signer, "--continue", confirmed(22))
    signer.start()
    with pytest.raises(Rollback):
        signed(signer, 20, known=20)
    assert signed(signer, 23, known=22) == 1
    # With nothing left of it, it has the word of whoever confirmed.
    signer.kill()
    for it in (KEY, MEMORY):
        (signer.folder / it).unlink()
    make_key(signer.folder / KEY, ORIGIN)
    _told(signer, "--continue", confirmed(23))
    signer.start()
    assert signed(signer, 24, known=23) == 1


def test_who_drips_a_request_is_left_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_signer, "SECONDS", 0.3)
    make_key(tmp_path / KEY, ORIGIN)
    stop = threading.Event()
    caller, asked = socket.socketpair()

    def drip() -> None:
        with suppress(OSError):
            while not stop.wait(0.05):
                caller.sendall(b"k")

    dripping = threading.Thread(target=drip)
    # Should it wait for the end of what drips, that comes after a while.
    limit = threading.Timer(20, stop.set)
    limit.start()
    dripping.start()
    with caller, asked:
        cli_signer._answer(asked, Signer.of(tmp_path))
        assert not stop.is_set()
        asked.shutdown(socket.SHUT_RDWR)
        dripping.join()
    limit.cancel()


def _told(signer: RunningSigner, *words: str) -> str:
    """Have a command of the signer done; give what it says."""
    done = _done(signer, *words)
    assert done.returncode == 0, done.stderr
    return done.stderr


def _refusal(signer: RunningSigner, *words: str) -> str:
    """Start a signer that will not; give the sentence it says."""
    done = _done(signer, *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def _done(signer: RunningSigner, *words: str) -> "subprocess.CompletedProcess[str]":
    folder = ["--folder", str(signer.folder)]
    return subprocess.run(
        [sys.executable, "-m", "evenhand.cli.main", "signer", *folder, *words],
        env={"EVENHAND_SIGNER": str(signer.folder / "another"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


NEW = "desk.example/log-2"


def test_a_new_log_has_a_key_and_a_memory_of_its_own(
    signer: RunningSigner, capsys: pytest.CaptureFixture[str]
) -> None:
    signed(signer, 20)
    signer.kill()
    old = {name: (signer.folder / name).read_bytes() for name in (KEY, MEMORY)}
    begin = ["signer", "--folder", str(signer.folder), "--new-log"]
    assert main([*begin, NEW]) == 0
    [key] = read_keys(signer.folder / KEY)
    assert str(key.verifier) in capsys.readouterr().err
    assert key.name == NEW
    assert stat.S_IMODE((signer.folder / KEY).stat().st_mode) == 0o600
    assert {name: (signer.folder / "closed-1" / name).read_bytes() for name in old} == old
    # To do it again changes nothing.
    assert main([*begin, NEW]) == 0
    assert read_keys(signer.folder / KEY) == [key]
    signer.start()
    assert keys_of(signer.socket) == [key.verifier]
    signer.kill()
    # No name is used twice, also where key or memory went.
    for used in (ORIGIN, NEW):
        if used == NEW:
            (signer.folder / MEMORY).unlink()
        assert main([*begin, used]) == 1
        assert f"{used} was signed here before" in capsys.readouterr().err
    assert main([*begin, "a name"]) == 1
    assert "without spaces" in capsys.readouterr().err


@pytest.mark.parametrize("at", ["rename", "_write_memory", "write_private"])
def test_interrupted_as_it_makes_them_it_does_it_again(
    at: str, signer: RunningSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(signer, 20)
    signer.kill()
    before = {(signer.folder / name).read_bytes() for name in (KEY, MEMORY)}
    renamed = iter([True, False])
    rename = Path.rename

    def once(path: Path, to: Path) -> Path:
        if not next(renamed):
            raise KeyboardInterrupt
        return rename(path, to)

    def never(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if at == "rename":
            patch.setattr(Path, "rename", once)
        else:
            patch.setattr(signer_folder, at, never)
        with pytest.raises(KeyboardInterrupt):
            begin_new_log(signer.folder, NEW)
    key = begin_new_log(signer.folder, NEW)
    signer.start()
    assert keys_of(signer.socket) == [key]
    assert before <= {it.read_bytes() for it in signer.folder.glob("closed-*/*")}
