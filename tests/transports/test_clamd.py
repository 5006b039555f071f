"""A real clamd reads what comes in. It knows one file, which every antivirus knows by its name."""

import io
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from evenhand.transports.antivirus import ScannerAway, Scanning
from tests.antivirus import ANTIVIRUS_TEST
from tests.capture_files import png

CLAMD = which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SIGNATURE = f"Evenhand-Test:0:*:{ANTIVIRUS_TEST.hex()}\n"
MOST = 3 * 1024 * 1024
"""It reads no more of a file than this, so that the test that goes beyond it is short."""
CONFIGURATION = """Foreground yes
LocalSocket {home}/socket
DatabaseDirectory {home}/signatures
TemporaryDirectory {home}/reading
StreamMaxLength 3M
"""
pytestmark = pytest.mark.skipif(CLAMD is None, reason="clamd is not installed")


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run a clamd with a signature of our own; give its folder."""
    home = tmp_path_factory.mktemp("clamd")
    for it in ("signatures", "reading"):
        (home / it).mkdir()
    (home / "signatures" / "own.ndb").write_text(SIGNATURE)
    (home / "clamd.conf").write_text(CONFIGURATION.format(home=home))
    command = [str(CLAMD), "--config-file", str(home / "clamd.conf")]
    with (home / "said").open("wb") as said:
        daemon = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _wait_for(home, daemon)
        yield home
    finally:
        daemon.terminate()
        daemon.wait(20)


def _wait_for(home: Path, daemon: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if (home / "socket").exists():
            return
        assert daemon.poll() is None, (home / "said").read_text()
        time.sleep(0.1)
    raise AssertionError((home / "said").read_text())


def _found(home: Path, data: bytes) -> bool:
    scanning = Scanning(f"unix:{home}/socket")
    for start in range(0, len(data), 64 * 1024):
        scanning.write(data[start : start + 64 * 1024])
    return scanning.found()


def _zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", data)
    return packed.getvalue()


def test_it_finds_what_it_knows_wherever_it_stands(clamd: Path) -> None:
    assert _found(clamd, ANTIVIRUS_TEST)
    assert _found(clamd, png(body=ANTIVIRUS_TEST))
    assert _found(clamd, bytes(10**6) + ANTIVIRUS_TEST)
    assert _found(clamd, _zipped(ANTIVIRUS_TEST))


def test_it_finds_nothing_in_what_it_does_not_know(clamd: Path) -> None:
    assert not _found(clamd, png())
    assert not _found(clamd, _zipped(bytes(100 * 10**6)))


def test_what_it_does_not_read_to_the_end_counts_as_not_read(clamd: Path) -> None:
    with pytest.raises(ScannerAway):
        _found(clamd, bytes(MOST + 1))


def test_it_holds_what_it_reads_in_a_folder_of_its_own_and_leaves_nothing(clamd: Path) -> None:
    def read() -> list[Path]:
        return [it for it in (clamd / "reading").rglob("*") if it.is_file()]

    scanning = Scanning(f"unix:{clamd}/socket")
    scanning.write(bytes(MOST // 2))
    assert read(), "the how-to says that it has to lie in memory"
    assert not scanning.found()
    # It answers before it removes what it read.
    ends = time.monotonic() + 10
    while read() and time.monotonic() < ends:
        time.sleep(0.05)
    assert not read()
