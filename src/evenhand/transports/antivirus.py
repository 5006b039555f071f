"""Has ClamAV read a file as it comes in, over the socket of its daemon; nothing is on a disk."""

import re
import socket
from urllib.parse import urlsplit

SECONDS = 60
LONGEST_ANSWER = 4096
FOUND = re.compile(rb"stream: .+ FOUND\0?")
NOTHING = re.compile(rb"stream: OK\0?")


class ScannerAway(Exception):
    """The antivirus does not answer, or did not read the file to its end."""


def check_address(address: str) -> None:
    """Refuse an address that is neither tcp://HOST:PORT nor unix:PATH. Raises ValueError."""
    parts = urlsplit(address)
    is_socket = parts.scheme == "unix" and not parts.netloc and parts.path.startswith("/")
    if not is_socket and not (parts.scheme == "tcp" and parts.hostname and parts.port):
        raise ValueError("neither tcp://HOST:PORT nor unix:PATH")


class Scanning:
    """One file, given to the antivirus piece by piece. ``found`` or ``close`` ends it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        is_path = parts.scheme == "unix"
        self._daemon = socket.socket(socket.AF_UNIX if is_path else socket.AF_INET)
        self._daemon.settimeout(SECONDS)
        try:
            self._daemon.connect(parts.path if is_path else (parts.hostname, parts.port))
            self._daemon.sendall(b"zINSTREAM\0")
        except OSError as error:
            self._daemon.close()
            raise ScannerAway("The antivirus does not answer.") from error

    def write(self, piece: bytes) -> None:
        """Give the next bytes. Raises ScannerAway."""
        if piece:  # A length of nothing would say that this is all.
            self._send(len(piece).to_bytes(4, "big") + piece)

    def found(self) -> bool:
        """Say whether it found anything in all that was given. Raises ScannerAway."""
        with self._daemon:
            self._send(bytes(4))
            answer = self._answer()
        if FOUND.fullmatch(answer):
            return True
        if NOTHING.fullmatch(answer):
            return False
        raise ScannerAway("The antivirus did not read the file to its end.")

    def close(self) -> None:
        """Give nothing more, and ask for nothing."""
        self._daemon.close()

    def _send(self, data: bytes) -> None:
        try:
            self._daemon.sendall(data)
        except OSError as error:
            raise ScannerAway("The antivirus stopped reading.") from error

    def _answer(self) -> bytes:
        answer = b""
        try:
            while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
                piece = self._daemon.recv(LONGEST_ANSWER)
                if not piece:
                    break
                answer += piece
        except OSError as error:
            raise ScannerAway("The antivirus does not answer.") from error
        return answer
