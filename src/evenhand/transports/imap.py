"""Mail from a mailbox by IMAP (RFC 3501): what is new by its number, marked once it is kept.

The desk is let in by a password, or by a token of OAuth 2.0 (RFC 7628, or XOAUTH2 as Microsoft and
Google have it).
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import SplitResult, unquote, urlsplit

from evenhand.rules.mail import MOST_BYTES
from evenhand.rules.mail_reading import head_of
from evenhand.transports.mail_token import read_token
from evenhand.transports.mailbox import Arrived, MailboxAway, away_on

PORT, PORT_OVER_TLS = 143, 993
TIMEOUT_SECONDS = 20
SESSION_SECONDS = 300
"""So long one visit to a mailbox may take; a server that is slower is visited again."""
MOST_AT_ONCE = 200
WINDOW = 20_000
"""So many numbers are asked for at once: the answer of a server is one line, and lines end."""
KEPT = "EvenhandKept"
"""The keyword of a message that is kept; where a server takes no keywords, it is marked as seen."""
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
NUMBER = re.compile(rb"\d+")
FAULTS = (imaplib.IMAP4.error, OSError, ValueError)


class _Bounded(imaplib.IMAP4):
    """Takes no more from a server than the longest message that is kept."""

    def read(self, size: int) -> bytes:
        if size > MOST_BYTES + 1:
            raise self.abort("a message longer than was asked for")
        return super().read(size)


class _BoundedOverTls(_Bounded, imaplib.IMAP4_SSL):
    """The same over TLS from the start."""


@dataclass
class Imap:
    """An open mailbox."""

    connection: imaplib.IMAP4
    delete: bool
    numbering: int
    last: int
    keywords: bool
    expunges_one: bool

    def arrived(self, after: int) -> Iterator[Arrived]:
        """Give what has arrived after a number, the oldest first."""
        with _faults():
            numbers = self._numbers(after)[:MOST_AT_ONCE]
        for number in numbers:
            with _faults():
                message = self._fetched(number)
            if message is not None:
                yield message

    def mark(self, message: Arrived) -> None:
        """Mark a message as kept, or delete it. Others that are marked for deletion stay."""
        goes = self.delete and message.whole
        flag = r"\Deleted" if goes else KEPT if self.keywords else r"\Seen"
        number = str(message.number)
        with _faults():
            self._said(self.connection.uid("STORE", number, "+FLAGS.SILENT", f"({flag})"))
            if goes and self.expunges_one:
                self._said(self.connection.uid("EXPUNGE", number))

    def _numbers(self, after: int) -> list[int]:
        """Give the numbers of new messages: those of the first window that has any."""
        while after < self.last:
            end = min(after + WINDOW, self.last)
            said = self._said(
                self.connection.uid("SEARCH", f"UID {after + 1}:{end}", "UNKEYWORD", KEPT)
            )
            found = b" ".join(it for it in said if isinstance(it, bytes))
            if numbers := sorted(map(int, NUMBER.findall(found))):
                return numbers
            after = end
        return []

    def _fetched(self, number: int) -> Arrived | None:
        """Fetch a message, or None where it is gone by now."""
        what = f"(UID RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES + 1}>)"
        parts = self._said(self.connection.uid("FETCH", str(number), what))
        found = next((it for it in parts if isinstance(it, tuple)), None)
        if found is None:
            return None
        said, data = found
        size = SIZE.search(said)
        whole = len(data) <= MOST_BYTES
        return Arrived(
            number,
            str(number),
            data if whole else head_of(data),
            len(data) if whole or size is None else int(size[1]),
            whole,
        )

    def _said(self, answer: tuple[str, list[bytes | tuple[bytes, bytes] | None]]) -> list[object]:
        status, said = answer
        if status != "OK":
            raise MailboxAway("refused")
        return list(said)


@contextmanager
def opened(address: str, *, delete: bool, token: str = "") -> Iterator[Imap]:
    """Log in to the mailbox at an address and open it. Raises MailboxAway."""
    at = urlsplit(address)
    bearer = read_token(token) if token else ""
    with _faults():
        connection = _connected(at)
    # A server that drips keeps each single wait short; this ends them all.
    end = Timer(SESSION_SECONDS, _cut, [connection])
    end.daemon = True
    end.start()
    try:
        with _faults():
            mailbox = _selected(connection, at, bearer, delete=delete)
        yield mailbox
        # Everything is kept and marked by now; a server that is rude at the end changes nothing.
        with suppress(*FAULTS):
            connection.logout()
    finally:
        end.cancel()
        with suppress(OSError):
            connection.shutdown()


def _faults() -> AbstractContextManager[None]:
    return away_on(*FAULTS, code="unreachable")


def _connected(at: SplitResult) -> imaplib.IMAP4:
    host = at.hostname or "127.0.0.1"
    if at.scheme == "imaps":
        port, context = at.port or PORT_OVER_TLS, ssl.create_default_context()
        return _BoundedOverTls(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    return _Bounded(host, at.port or PORT, timeout=TIMEOUT_SECONDS)


def _cut(connection: imaplib.IMAP4) -> None:
    with suppress(OSError):
        connection.socket().shutdown(SHUT_RDWR)


def _selected(connection: imaplib.IMAP4, at: SplitResult, bearer: str, *, delete: bool) -> Imap:
    if at.scheme == "imap+starttls":
        connection.starttls(ssl.create_default_context())
    _log_in(connection, at, bearer)
    # What a server can do, many say only to who is logged in.
    _status, said = connection.capability()
    connection.capabilities = tuple(b" ".join(said).decode("ascii", "replace").upper().split())
    mailbox = unquote(at.path.strip("/")) or "INBOX"
    status, _count = connection.select(_quoted(mailbox))
    if status != "OK":
        raise MailboxAway("no_such_mailbox")
    following = _number(connection, "UIDNEXT")
    return Imap(
        connection,
        delete,
        numbering=_number(connection, "UIDVALIDITY"),
        last=following - 1,
        keywords=rb"\*" in b"".join(it or b"" for it in _told(connection, "PERMANENTFLAGS")),
        expunges_one="UIDPLUS" in connection.capabilities,
    )


def _log_in(connection: imaplib.IMAP4, at: SplitResult, bearer: str) -> None:
    name = unquote(at.username or "")
    try:
        if not bearer:
            connection.login(_quoted(name), unquote(at.password or ""))
        elif "AUTH=XOAUTH2" in connection.capabilities:
            said = f"user={name}\x01auth=Bearer {bearer}\x01\x01"
            connection.authenticate("XOAUTH2", _Saying(said, b""))
        else:
            who = name.replace("=", "=3D").replace(",", "=2C")
            said = f"n,a={who},\x01auth=Bearer {bearer}\x01\x01"
            connection.authenticate("OAUTHBEARER", _Saying(said, b"\x01"))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxAway("not_let_in") from error


@dataclass
class _Saying:
    """Says who comes and with which token; and after a no, what has the server end it."""

    said: str
    after_a_no: bytes
    is_said: bool = False

    def __call__(self, _challenge: bytes) -> bytes:
        answer = self.after_a_no if self.is_said else self.said.encode("ascii")
        self.is_said = True
        return answer


def _number(connection: imaplib.IMAP4, name: str) -> int:
    """Read a number that every server says of a mailbox it opens."""
    found = NUMBER.search(b"".join(it or b"" for it in _told(connection, name)))
    if found is None:
        raise MailboxAway("unusable")
    return int(found[0])


def _told(connection: imaplib.IMAP4, name: str) -> list[bytes | None]:
    _name, said = connection.response(name)
    return list(said)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
