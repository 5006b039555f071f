"""An IMAP server that says what a test has it say: for what no well-kept server would do."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

MESSAGE = b"Subject: a\r\n\r\nhello\r\n"
Answer = bytes | Callable[[socket.socket], None]


def fetched(data: bytes, *, size: int | None = None, number: int = 1) -> bytes:
    """Say a message as a server does."""
    said = f"* 1 FETCH (UID {number} RFC822.SIZE {size or len(data)} BODY[]<0> {{{len(data)}}}\r\n"
    return said.encode() + data + b")\r\n"


SELECTED = (
    b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9] there\r\n* OK [UIDNEXT 2] there\r\n"
    b"* OK [PERMANENTFLAGS (\\Seen \\Deleted)] there\r\n"
)
USUAL: Mapping[str, Answer] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    "SELECT": SELECTED,
    "UID SEARCH": b"* SEARCH 1\r\n",
    "UID FETCH": fetched(MESSAGE),
    "LOGOUT": b"* BYE gone\r\n",
}


@dataclass
class Script:
    """What the server says to each command beside the usual, and the commands that it heard."""

    says: Mapping[str, Answer] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()
    heard: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """The address of its mailbox."""
        return f"imap://desk:secret@127.0.0.1:{self.port}/Answers"

    def serve(self, listening: socket.socket) -> None:
        """Answer one connection after another until the port is closed."""
        with suppress(OSError):
            while True:
                connection, _peer = listening.accept()
                with connection, suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        connection.sendall(b"* OK here\r\n")
        lines = connection.makefile("rb")
        for line in lines:
            tag, *words = line.decode("ascii", "replace").split() or [""]
            if not words:  # a line of somebody's TLS, and no command
                continue
            self.heard.append(" ".join(words))
            verb = " ".join(words[: 2 if words[0] == "UID" else 1])
            if verb == "AUTHENTICATE":
                connection.sendall(b"+ \r\n")
                self.heard.append(lines.readline().decode("ascii").strip())
            said = {**USUAL, **self.says}.get(verb, b"")
            if callable(said):
                said(connection)
                return
            status = "NO" if verb in self.refuses else "OK"
            connection.sendall(said + f"{tag} {status} {verb}\r\n".encode())


@contextmanager
def scripted(says: Mapping[str, Answer] | None = None, *refuses: str) -> Iterator[Script]:
    """Run a server that says these things."""
    listening = socket.create_server(("127.0.0.1", 0))
    script = Script(says or {}, frozenset(refuses), port=listening.getsockname()[1])
    thread = Thread(target=script.serve, args=[listening], daemon=True)
    thread.start()
    try:
        yield script
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
