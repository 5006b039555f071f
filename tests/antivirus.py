"""A daemon on the loopback that reads files as ClamAV's does, and knows one: the antivirus test."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

ANTIVIRUS_TEST = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NOTHING, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"
TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\0"
COMMAND = b"zINSTREAM\0"


class Reading(socketserver.StreamRequestHandler):
    """One file: pieces that say their length, until one has none."""

    def handle(self) -> None:
        assert self.rfile.read(len(COMMAND)) == COMMAND
        came, most = b"", getattr(self.server, "most")  # noqa: B009 - set below
        while length := int.from_bytes(self.rfile.read(4), "big"):
            came += self.rfile.read(length)
            if len(came) > most:
                self.wfile.write(TOO_LARGE)
                return
        says = getattr(self.server, "says", b"")
        self.wfile.write(says or (FOUND if ANTIVIRUS_TEST in came else NOTHING))


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def antivirus(path: Path | None = None, *, most: int = 10**9, says: bytes = b"") -> Iterator[str]:
    """Run the daemon at a path, or on a free port; give its address.

    It reads ``most`` bytes of a file. ``says`` is its answer, whatever it read.
    """
    server = _Unix(str(path), Reading) if path else _Tcp(("127.0.0.1", 0), Reading)
    port = "" if path else server.socket.getsockname()[1]
    server.most, server.says = most, says  # type: ignore[union-attr]
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"unix:{path}" if path else f"tcp://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
