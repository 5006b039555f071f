"""Asks a witness of another organisation for its cosignature, over HTTP or HTTPS.

It is https://c2sp.org/tlog-witness, so that it need not be our own witness. No proxy is used and
no redirect is followed: whoever answers is the one that was named.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import parse_checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note, Signature
from evenhand.ledger.witness import ADD_CHECKPOINT, Behind, make_request, read_answer

SECONDS = 5
"""How long a connection may take, and a whole answer, however slowly it comes."""

LARGEST_ANSWER = 100_000
ADDRESS = "A witness is at an address such as https://witness.example/prefix."
Proof = Callable[[int], Sequence[bytes]]


class WitnessAway(Broken):
    """A witness does not answer. The text says which and why."""


class WitnessDisagrees(Broken):
    """A witness cosigned another history of this log, or more of it than we have."""


def cosign(
    url: str, note: Note, *, known: int, proof: Proof, keys: Sequence[VerifierKey]
) -> list[Signature]:
    """Ask the witness at ``url`` to cosign a signed checkpoint; give its cosignatures.

    ``known`` is the size that it cosigned last, as far as we know, and ``proof`` gives the
    consistency proof from a size. If it knows another, it is asked once more from there. ``keys``
    are the witness's.

    Raises WitnessAway; WitnessDisagrees; NotSigned, Malformed or Broken for any other answer.
    """
    at = _split(url)
    size = parse_checkpoint(note.text).size
    old = min(known, size)
    for _ in range(2):
        hashes = proof(old) if 0 < old < size else ()
        try:
            answer = _ask(at, make_request(note, old=old, proof=hashes))
            return read_answer(*answer, note=note, keys=keys)
        except Behind as behind:
            _check_can_go_on(behind.size, old, size)
            old = behind.size
    raise Broken("The witness knows another size of this log each time that it is asked.")


def _check_can_go_on(seen: int, asked: int, size: int) -> None:
    if seen > size:
        raise WitnessDisagrees(
            f"The witness cosigned {seen} entries of this log, and here are only {size}: "
            "the log went back, or somebody else continues it."
        )
    if seen == asked:
        raise WitnessDisagrees(f"The witness cosigned another tree of {seen} entries of this log.")


def _ask(at: SplitResult, request: bytes) -> tuple[int, str, bytes]:
    try:
        return _post(at, request)
    except (OSError, HTTPException) as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise WitnessAway(f"The witness at {at.geturl()} does not answer: {why}.") from error


def _post(at: SplitResult, body: bytes) -> tuple[int, str, bytes]:
    with _connected(at) as connection:
        path = at.path.rstrip("/") + ADD_CHECKPOINT
        connection.request("POST", path, body, {"Content-Type": "text/plain; charset=utf-8"})
        with connection.getresponse() as answer:
            data = answer.read(LARGEST_ANSWER + 1)
        if len(data) > LARGEST_ANSWER:
            raise Malformed(f"A witness answers in at most {LARGEST_ANSWER} bytes.")
        return answer.status, answer.getheader("Content-Type", ""), data


@contextmanager
def _connected(at: SplitResult) -> Iterator[HTTPConnection]:
    host = at.hostname or ""
    connection = (
        HTTPSConnection(host, at.port, timeout=SECONDS, context=ssl.create_default_context())
        if at.scheme == "https"
        else HTTPConnection(host, at.port, timeout=SECONDS)
    )
    try:
        connection.connect()
        limit = Timer(SECONDS, _cut, [connection.sock])
        limit.start()
        try:
            yield connection
        finally:
            limit.cancel()
    finally:
        connection.close()


def _cut(connection: socket.socket) -> None:
    """End a connection whoever waits for it: a witness that drips holds nobody up."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _split(url: str) -> SplitResult:
    """Take an address of a witness apart. Raises Malformed."""
    try:
        at = urlsplit(url)
        more = at.port == 0 or at.username or at.password or at.query or at.fragment
    except ValueError:
        raise Malformed(ADDRESS) from None
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not is_plain or more or at.scheme not in {"http", "https"} or not at.hostname:
        raise Malformed(ADDRESS)
    return at
