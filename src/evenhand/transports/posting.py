"""Posts to one address over HTTP or HTTPS, within seconds.

No proxy is used and no redirect is followed: whoever answers is the one that was named.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit


class Answered(NamedTuple):
    """What came back: the status, the media type, and the bytes."""

    status: int
    media_type: str
    data: bytes


class NoAnswer(Exception):
    """Nobody answers at an address, or not in time; the text says why."""


class AnswerTooLong(Exception):
    """An answer has more bytes than anybody needs."""


def address(url: str) -> SplitResult:
    """Take a plain address apart: no user, query or fragment. Raises ValueError."""
    at = urlsplit(url)
    more = at.port == 0 or at.username or at.password or at.query or at.fragment
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not is_plain or more or at.scheme not in {"http", "https"} or not at.hostname:
        raise ValueError("not a plain http:// or https:// address")
    return at


def post(
    at: SplitResult, path: str, body: bytes, media_type: str, *, seconds: float, most: int
) -> Answered:
    """Post to a path of an address; give the answer.

    ``seconds`` is how long a connection may take, and a whole answer, however slowly it comes;
    ``most`` how many bytes it may have. Raises NoAnswer, AnswerTooLong.
    """
    try:
        with _connected(at, seconds) as connection:
            connection.request("POST", path, body, {"Content-Type": media_type})
            with connection.getresponse() as answer:
                data = answer.read(most + 1)
            answered = Answered(answer.status, answer.getheader("Content-Type", ""), data)
    except (OSError, HTTPException) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise NoAnswer(why) from error
    if len(data) > most:
        raise AnswerTooLong
    return answered


@contextmanager
def _connected(at: SplitResult, seconds: float) -> Iterator[HTTPConnection]:
    host = at.hostname or ""
    connection = (
        HTTPSConnection(host, at.port, timeout=seconds, context=ssl.create_default_context())
        if at.scheme == "https"
        else HTTPConnection(host, at.port, timeout=seconds)
    )
    try:
        connection.connect()
        limit = Timer(seconds, _cut, [connection.sock])
        limit.start()
        try:
            yield connection
        finally:
            limit.cancel()
    finally:
        connection.close()


def _cut(connection: socket.socket) -> None:
    """End a connection whoever waits for it: who drips holds nobody up."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
