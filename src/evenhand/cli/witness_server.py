"""The web server of a witness: https://c2sp.org/tlog-witness, and a page for people.

Anybody may ask it, so nobody can hold it up: a request has a largest size and a longest time,
however slowly it comes, and there are only so many at once.
"""

import io
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

from evenhand.cli.leash import signals_waiting
from evenhand.cli.witness_folder import Witness
from evenhand.ledger.base64_lines import decode_number
from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import parse_checkpoint
from evenhand.ledger.witness import ADD_CHECKPOINT, LARGEST_REQUEST, Answer

REQUEST_SECONDS = 10
MOST_AT_ONCE = 256
METHODS = {"/": ("GET", "HEAD"), ADD_CHECKPOINT: ("POST",)}
LONGEST_LINE = 300


class WitnessServer(ThreadingHTTPServer):
    """Answers each connection in a thread of its own."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        self.witness = witness
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._open: set[Any] = set()
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """Say where it answers."""
        host, port = self.server_address[:2]
        name = str(host)
        return f"http://{f'[{name}]' if ':' in name else name}:{port}"

    def server_bind(self) -> None:
        """Bind without asking the network for our own name, which can take long."""
        TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, or close it at once where there are too many.

        Told to stop now, it stops after that: a thread half begun could not be waited for.
        """
        with signals_waiting():
            self._open.add(request)
            if len(self._open) > MOST_AT_ONCE:
                self.shutdown_request(request)
                return
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell in a line what happened to a connection; the others go on."""
        del request
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            _say(f"{client_address[0]} was not answered: {type(error).__name__}")

    def finish(self) -> None:
        """Stop: answer what was asked whole, and read nothing more."""
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        self.server_close()


class _UntilDeadline(io.RawIOBase):
    """Reads from a connection until a moment that no client can put off."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection
        self.deadline = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: WitnessServer

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._timed = _UntilDeadline(self.connection)
        self.rfile = io.BufferedReader(self._timed)

    def handle_one_request(self) -> None:
        self._timed.deadline = time.monotonic() + REQUEST_SECONDS
        super().handle_one_request()

    def _route(self) -> None:
        allowed = METHODS.get(self.path, ())
        if not allowed:
            self._end(404, f"There is only {ADD_CHECKPOINT} here.")
        elif self.command not in allowed:
            self._end(405, f"Use {allowed[0]}.", allow=allowed)
        elif self.path == "/":
            self.close_connection = True
            self._send(self._asked(None))
        else:
            body = self._body()
            if body is not None:
                self._send(self._asked(body))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _route  # noqa: N815

    def _asked(self, body: bytes | None) -> Answer:
        witness = self.server.witness
        try:
            if body is None:
                return Answer(200, witness.page())
            return witness.answer(body, at=int(time.time()))
        except (Broken, OSError) as error:
            _say(f"Nothing is cosigned: {error}")
            return Answer(500, "This witness cannot remember now, so it does not cosign.\n")

    def _body(self) -> bytes | None:
        """Read the body. None where it was refused, or the client has gone."""
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or "Transfer-Encoding" in self.headers:
            self._end(411, "Say the length of the request.")
            return None
        try:
            length = decode_number(lengths[0], what="The length of a request")
        except Malformed as error:
            self._end(400, str(error))
            return None
        if length > LARGEST_REQUEST:
            self._end(413, f"A request has at most {LARGEST_REQUEST} bytes.")
            return None
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def _end(self, status: int, why: str, *, allow: tuple[str, ...] = ()) -> None:
        """Refuse, and take nothing more from this connection: its body was not read."""
        self.close_connection = True
        self._send(Answer(status, f"{why}\n"), allow=allow)

    def _send(self, answer: Answer, *, allow: tuple[str, ...] = ()) -> None:
        body = answer.body.encode()
        self.send_response_only(answer.status)
        self.send_header("Date", self.date_time_string())
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        if allow:
            self.send_header("Allow", ", ".join(allow))
        if self.close_connection:
            self.send_header("Connection", "close")
        self._tell(answer)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _tell(self, answer: Answer) -> None:
        what = answer.body.partition("\n")[0] if answer.status != 200 else ""
        if answer.remember is not None:
            checkpoint = parse_checkpoint(answer.remember.text)
            what = f"cosigned {checkpoint.origin} {checkpoint.size}"
        asked = self.requestline[:LONGEST_LINE]
        _say(f'{self.client_address[0]} "{asked}" {answer.status} {what}'.rstrip())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request, without repeating what it was."""
        del message, explain
        self.request_version = self.protocol_version  # or it would have neither status nor headers
        self._end(code, f"{HTTPStatus(code).phrase}.")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of a connection that was idle, or too slow, and was closed."""


def _say(line: str) -> None:
    """Write a line into the log, in which nobody can write a line of their own."""
    plain = line if line.isprintable() else ascii(line)[1:-1]
    sys.stderr.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {plain}\n")
    sys.stderr.flush()
