"""The same request twice is done once: idempotency keys of the API and of forms."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words
from evenhand.store.machinery import RepeatRow
from evenhand.store.sealing import open_alone, seal_alone
from evenhand.store.trips import send

PLACE = "repeat"
MOST_KEY = 255
FORGET = """
UPDATE machinery.repeat SET status = NULL, wrapped_key = NULL, answer = NULL
WHERE about && %s::text[]
"""


class KeyUsed(Refused):
    """An idempotency key names one request; another request needs a key of its own."""

    code = "E-REP-01"
    kind = Kind.CONFLICT


class KeyUnusable(Refused):
    """An idempotency key is a short text."""

    code = "E-REP-02"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request was answered with."""

    status: int
    body: bytes
    about: tuple[str, ...] = ()
    """The references of the referrals that the answer tells of."""


def once(
    key: str, request: bytes, act: Callable[[], Reply], *, officer: UUID, now: datetime
) -> Reply:
    """Do the act unless this officer's key was answered before; then give that answer again.

    The key and the act commit together, so a crash leaves neither. A second request at the same
    moment waits for the first. A refused act keeps no key. A platform's program has the id of its
    token in place of an officer's. Raises KeyUsed, KeyUnusable.
    """
    if not 0 < len(key) <= MOST_KEY or "\0" in key:
        raise KeyUnusable(
            words("The idempotency key must have 1 to {most} characters."),
            do=words("Send a fresh random key, such as a UUID."),
            most=str(MOST_KEY),
        )
    key_digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    # Keyed: a bare hash would let a reader of the table test guesses of what was sent.
    request_digest = salted_hmac(PLACE, request, algorithm="sha256").digest()
    with transaction.atomic():
        earlier = _take(officer, key_digest, request_digest, now)
        if earlier is not None:
            return _replayed(earlier, request_digest)
        reply = act()
        ref, wrapped, sealed = seal_alone(reply.body, place=PLACE)
        RepeatRow.objects.filter(officer=officer, key_digest=key_digest).update(
            id=ref,
            about=list(reply.about),
            status=reply.status,
            wrapped_key=wrapped,
            answer=sealed,
        )
        return reply


def is_first(key: str, *, acting: Acting) -> bool:
    """Say whether a refused request comes for the first time; of the request only this is kept.

    The key is apart from those of requests that were done: put right, it may come again under it.
    """
    digest = hashlib.sha256(b"refused " + key.encode("utf-8", "surrogatepass")).digest()
    return _take(acting.officer.ref, digest, b"", acting.at) is None


def forget(*references: str) -> None:
    """Destroy the answers that tell of records; a key that was used for one stays used. A77."""
    send(FORGET, [list(references)])


def _take(
    officer: UUID, key_digest: bytes, request_digest: bytes, now: datetime
) -> RepeatRow | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO machinery.repeat (id, officer, key_digest, request_digest, made_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s)"
            " ON CONFLICT (officer, key_digest) DO NOTHING",
            [officer, key_digest, request_digest, now],
        )
        if cursor.rowcount:
            return None
    return RepeatRow.objects.get(officer=officer, key_digest=key_digest)


def _replayed(row: RepeatRow, request_digest: bytes) -> Reply:
    if bytes(row.request_digest) != request_digest or row.status is None:
        raise KeyUsed(
            words("This idempotency key was used for another request."),
            do=words("Send a fresh key with each new request."),
        )
    body = open_alone(row.id, bytes(row.wrapped_key or b""), bytes(row.answer or b""), place=PLACE)
    return Reply(status=row.status, body=body)
