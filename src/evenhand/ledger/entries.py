"""One entry of the log: a public leaf with no personal data, and an opening that can be erased.

The leaf holds the act, the day, the class under s.62 and one digest over salted fields. The fields
stand beside it as disclosures in the manner of SD-JWT (RFC 9901): ``[salt, name, value]``. Their
types are narrow on purpose: there is no field that could hold a name or a sentence.
"""

import hashlib
import json
import re
import secrets
from binascii import b2a_base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring_ascii as _quoted
from typing import NamedTuple, TypeAlias
from uuid import UUID

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.tree import HASH_BYTES, leaf_hash

VERSION = 1
FIELDS_PREFIX = b"evenhand/fields/v1\n"
SALT_BYTES = 32
PUBLIC_KEY_BYTES = 32
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_compact = json.JSONEncoder(separators=(",", ":")).encode
_PLAIN = (
    *("role", "obj", "ver", "why", "tried", "outcome"),
    *("recipient", "to", "agreement", "req", "times", "named"),
)
_DIGESTS = ("reason", "key", "package", "capture")
FIELDS = frozenset({"at", "who", *_PLAIN, "objs", *_DIGESTS, "closed", "chg"})
"""The names of all fields that an entry may have. None of them is also said of its leaf."""
_is_code = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,252}|\[[0-9a-f:.]{2,45}\]").fullmatch
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,252}")


class Code(str):
    """A word from a closed list, or a host: lower-case letters, digits, dot, dash, underscore.

    Raises ValueError for anything else, so a sentence or a name with a space cannot become one.
    """

    __slots__ = ()

    def __new__(cls, word: str) -> "Code":
        """Take a word of a closed list."""
        if not _is_code(word):
            raise ValueError("not a code")
        return str.__new__(cls, word)


class Commitment(bytes):
    """32 bytes that commit to an officer's own words, which are sealed with the record."""

    __slots__ = ()

    def __new__(cls, digest: bytes) -> "Commitment":
        """Take a SHA-256 digest."""
        if len(digest) != HASH_BYTES:
            raise ValueError("a commitment is 32 bytes")
        return bytes.__new__(cls, digest)


class PublicKey(bytes):
    """The 32 bytes of an Ed25519 key that signs the log."""

    __slots__ = ()

    def __new__(cls, key: bytes) -> "PublicKey":
        """Take a public key."""
        if len(key) != PUBLIC_KEY_BYTES:
            raise ValueError("a public key is 32 bytes")
        return super().__new__(cls, key)


class Origin(str):
    """The name of a log: a host and a path. Raises ValueError for anything else."""

    __slots__ = ()

    def __new__(cls, name: str) -> "Origin":
        """Take the name of a log."""
        if not _ORIGIN.fullmatch(name):
            raise ValueError("not the name of a log")
        return super().__new__(cls, name)


@dataclass(frozen=True, slots=True)
class Closed:
    """A log that was closed, as the first entry of the one that continues it names it.

    ``size`` and ``root`` are those of its last checkpoint.
    """

    origin: Origin
    size: int
    root: Commitment


class Operation(StrEnum):
    """What was done to a row."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"


class Change(NamedTuple):
    """One row touched by an entry, with the SHA-256 of the row as it was then stored."""

    table: Code
    key: Code
    operation: Operation
    digest: Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act, as the log knows it.

    ``obj`` is the record's random id and ``ver`` its version after the act; ``who`` is the
    officer's id; ``why`` and ``outcome`` are codes; ``reason`` commits to the officer's words.
    ``objs`` are the records that a list showed or a package held; ``times`` counts what was
    repeated. ``tried`` is the act that was refused; ``key`` a public key that signs the log from
    now on. ``to`` is the person at the recipient, ``agreement`` the version of the agreement and
    ``package`` the SHA-256 of the bytes that left; ``capture`` that of a file that was captured.
    ``named`` is the overseer whom the operator named as a new log was begun, which says nothing of
    whether they agreed; ``closed`` the log that this one continues.
    """

    act: Act
    at: datetime
    who: UUID
    role: Code | None = None
    obj: UUID | None = None
    ver: int | None = None
    why: Code | None = None
    tried: Code | None = None
    outcome: Code | None = None
    reason: Commitment | None = None
    recipient: Code | None = None
    req: UUID | None = None
    objs: tuple[UUID, ...] = ()
    times: int | None = None
    key: PublicKey | None = None
    to: UUID | None = None
    agreement: UUID | None = None
    package: Commitment | None = None
    capture: Commitment | None = None
    named: UUID | None = None
    closed: Closed | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an entry's time has a time zone")


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is stored: the leaf, its hash and the opening."""

    leaf: bytes
    leaf_hash: bytes
    opening: str


Value: TypeAlias = str | int | list[str] | list[list[str]]


def write(entry: Entry, changes: Iterable[Change]) -> Written:
    """Turn an act and the rows it changed into a leaf and an opening, with fresh salts."""
    fields = list(_fields(entry, changes))
    chance = secrets.token_bytes(SALT_BYTES * len(fields))
    disclosures = [
        _disclosure(chance[SALT_BYTES * at : SALT_BYTES * (at + 1)], name, value)
        for at, (name, value) in enumerate(fields)
    ]
    # Names in their order and nothing but plain signs: canonical JSON.
    leaf = _compact(
        {
            "act": entry.act,
            "day": entry.at.astimezone(UTC).date().isoformat(),
            "f": digest_of_fields(disclosures),
            "n": len(disclosures),
            "s62": CLASS_62[entry.act],
            "v": VERSION,
        }
    ).encode("ascii")
    return Written(
        leaf=leaf,
        leaf_hash=leaf_hash(leaf),
        opening=_compact(disclosures),
    )


def short(record: UUID) -> str:
    """Write a record's id as an entry names it among the records that a list showed."""
    return _base64url(record.bytes)


def digest_of_fields(disclosures: Iterable[str]) -> str:
    """Give the one digest that a leaf holds of its disclosures, in whatever order they stand."""
    digests = sorted([hashlib.sha256(item.encode("ascii")).digest() for item in disclosures])
    return _base64url(hashlib.sha256(FIELDS_PREFIX + b"".join(digests)).digest())


def _fields(entry: Entry, changes: Iterable[Change]) -> Iterable[tuple[str, Value]]:
    yield "at", entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    yield "who", str(entry.who)
    for name in _PLAIN:
        value = getattr(entry, name)
        if value is not None:
            yield name, value if isinstance(value, int) else str(value)
    if entry.objs:
        yield "objs", [short(obj) for obj in entry.objs]
    for name in _DIGESTS:
        if (digest := getattr(entry, name)) is not None:
            yield name, digest.hex()
    if entry.closed is not None:
        it = entry.closed
        yield "closed", [it.origin, str(it.size), it.root.hex()]
    yield "chg", [[it.table, it.key, it.operation, it.digest.hex()] for it in changes]


def _disclosure(salt: bytes, name: str, value: Value) -> str:
    said = _quoted(value) if isinstance(value, str) else _compact(value)
    return _base64url(f'["{_base64url(salt)}","{name}",{said}]'.encode("ascii"))


def _base64url(data: bytes) -> str:
    return b2a_base64(data, newline=False).translate(_URL_SAFE, b"=").decode("ascii")
