"""Files sealed as they come, and opened piece by piece, in a format that others open too."""

import io
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from evenhand.seal.age import (
    PIECE,
    FileDamaged,
    FileNotSealed,
    Sealing,
    lock_of,
    new_identity,
    opened,
)

DATA = os.urandom(3 * PIECE + 17)


@pytest.fixture
def identity() -> str:
    return new_identity()


def sealed(path: Path, identity: str, data: bytes = DATA) -> bytes:
    sealing = Sealing(path, lock_of(identity))
    for start in range(0, len(data), 100_003):
        sealing.write(data[start : start + 100_003])
    sealing.finish()
    return path.read_bytes()


def pieces(data: bytes, identity: str) -> Iterator[bytes]:
    return opened(lambda: io.BytesIO(data), identity)


@pytest.mark.parametrize("size", [0, 1, PIECE, len(DATA)])
def test_what_was_sealed_comes_back(tmp_path: Path, identity: str, size: int) -> None:
    data = sealed(tmp_path / "a", identity, DATA[:size])
    assert b"".join(pieces(data, identity)) == DATA[:size]
    assert decrypt(data, [Identity.from_str(identity)]) == DATA[:size]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not which("age"), reason="NOT OPENED BY AGE: install Debian's package age")
def test_the_program_age_opens_it(tmp_path: Path, identity: str) -> None:
    sealed(tmp_path / "a", identity)
    (tmp_path / "key").write_text(identity)
    command = ["age", "--decrypt", "--identity", str(tmp_path / "key"), str(tmp_path / "a")]
    assert subprocess.run(command, check=True, capture_output=True).stdout == DATA


@pytest.mark.parametrize("at", [5, 300, PIECE + 1000, -1])
def test_what_was_altered_or_cut_off_is_not_given_past_there(
    tmp_path: Path, identity: str, at: int
) -> None:
    data = sealed(tmp_path / "a", identity)
    altered = bytearray(data)
    altered[at] ^= 1
    for wrong in (bytes(altered), data[:at]):
        came = b""
        with pytest.raises(FileDamaged):
            for piece in pieces(wrong, identity):
                came += piece
        assert DATA.startswith(came)
    with pytest.raises(FileDamaged):
        next(pieces(data, new_identity()))


def test_whoever_stops_reading_ends_it(tmp_path: Path, identity: str) -> None:
    file = io.BytesIO(sealed(tmp_path / "a", identity))
    reading = opened(lambda: file, identity)
    assert DATA.startswith(next(reading))
    reading.close()  # type: ignore[attr-defined]
    assert file.closed


def test_what_is_abandoned_leaves_nothing(tmp_path: Path, identity: str) -> None:
    sealing = Sealing(tmp_path / "a", lock_of(identity))
    sealing.write(DATA)
    sealing.abandon()
    sealing.abandon()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path, identity: str) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FileExistsError):
        Sealing(tmp_path / "a", lock_of(identity))


@pytest.mark.parametrize("size", [len(DATA), PIECE + 1])
def test_a_full_disk_is_told(tmp_path: Path, identity: str, size: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE, before[1]))
    try:
        sealing = Sealing(tmp_path / "a", lock_of(identity))
        with pytest.raises(FileNotSealed):
            for _ in range(20):
                sealing.write(DATA[:size])
            sealing.finish()
        sealing.abandon()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert list(tmp_path.iterdir()) == []
