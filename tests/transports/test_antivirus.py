"""What the antivirus says of a file, and that it counts for nothing unless it read all of it."""

import socket
from pathlib import Path

import pytest

from evenhand.transports.antivirus import ScannerAway, Scanning, check_address
from tests.antivirus import ANTIVIRUS_TEST, antivirus


def scanned(address: str, *pieces: bytes) -> bool:
    scanning = Scanning(address)
    try:
        for piece in pieces:
            scanning.write(piece)
        return scanning.found()
    finally:
        scanning.close()


def test_the_antivirus_test_is_found_across_pieces_and_nothing_else(tmp_path: Path) -> None:
    with antivirus() as by_port, antivirus(tmp_path / "socket") as by_path:
        for address in (by_port, by_path):
            assert scanned(address, ANTIVIRUS_TEST[:30], b"", ANTIVIRUS_TEST[30:])
            assert not scanned(address, b"harmless")


@pytest.mark.parametrize("says", [b"UNKNOWN COMMAND\0", b"stream: OK and more", b"x" * 5000])
def test_an_answer_that_is_no_answer_counts_for_nothing(says: bytes) -> None:
    with antivirus(says=says) as address, pytest.raises(ScannerAway):
        scanned(address, b"harmless")


def test_a_file_larger_than_it_reads_counts_as_not_read() -> None:
    with antivirus(most=100) as address, pytest.raises(ScannerAway):
        scanned(address, *[bytes(100_000)] * 200)


def test_where_nobody_answers_nothing_is_read(tmp_path: Path) -> None:
    for address in ("tcp://127.0.0.1:1", f"unix:{tmp_path}/none"):
        with pytest.raises(ScannerAway):
            Scanning(address)


def test_a_daemon_that_stays_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.transports.antivirus.SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        scanning = Scanning(f"tcp://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(ScannerAway):
            scanning.found()
        scanning.close()


@pytest.mark.parametrize("address", ["tcp://av.example:3310", "unix:/run/clamav/clamd.ctl"])
def test_an_address_is_a_host_with_a_port_or_a_path(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address", ["tcp://av.example", "unix:clamd.ctl", "unix://host/path", "http://av:1", "clamd"]
)
def test_no_other_address_is_taken(address: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        check_address(address)
