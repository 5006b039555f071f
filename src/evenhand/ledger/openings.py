"""Openings: the fields of an entry, each of which can be erased while its digest stays.

An opening is a JSON array. A field is a disclosure as SD-JWT (RFC 9901) has it, kept exactly as it
was written; one that was erased or is withheld is ``{"x": digest}``. Of an opening that is erased
as a whole nothing is left, which is written ``null``.
"""

import json
import re
import secrets
from base64 import urlsafe_b64decode
from binascii import a2b_base64, b2a_base64
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple, NoReturn, TypeAlias, TypeGuard, cast

from evenhand.ledger.broken import Malformed
from evenhand.ledger.entries import FIELDS_PREFIX
from evenhand.ledger.leaves import Leaf

LONGEST_OPENING = 4 * 1024 * 1024
ERASED = b"null"
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}\+00:00")
_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}")
_TO_BASE64, _FROM_BASE64 = bytes.maketrans(b"-_", b"+/"), bytes.maketrans(b"+/", b"-_")
_PADDING = (b"", b"===", b"==", b"=")
# What nobody who writes a log can know stands between fields that are read at once: so each field
# is one value, and two halves cannot pass for two.
_MARK = secrets.token_hex(16)
_BETWEEN = f',"{_MARK}",'.encode()
_ENDS = b'[""]\n'
_NOT_PARSED = (ValueError, RecursionError)
_NO_FIELD = "The opening has a field that is neither a disclosure nor a digest."
_NO_DISCLOSURE = "The opening has a field that is not a salt, a name and a value."

Field: TypeAlias = bytes | dict[str, str]
"""A field of an opening: the text of a disclosure, or the digest of one that is not there."""


class Opening(NamedTuple):
    """What an opening still tells: the time of the act, if it is there, and how much is not."""

    at: str | None
    erased: int


def check_opening(line: bytes, leaf: Leaf) -> Opening:
    """Refuse an opening that is not the one of its leaf. Raises Malformed."""
    return _whole(line, leaf) or _any(line, leaf)


def _whole(line: bytes, leaf: Leaf) -> Opening | None:
    """Check a line of which nothing is erased, its fields all at once: most of a log is such.

    Gives None for any other line, and for one that does not hold: ``_any`` says what is wrong.
    """
    texts = line[2:-3].split(b'","')
    digests = [sha256(it).digest() for it in texts]
    digests.sort()
    digest = _base64url(sha256(FIELDS_PREFIX + b"".join(digests)).digest())
    if digest != leaf.fields or len(texts) != int(leaf.many) or line[:2] + line[-3:] != _ENDS:
        return None
    try:
        plain = [
            a2b_base64(it.translate(_TO_BASE64) + _PADDING[len(it) % 4], strict_mode=True)
            for it in texts
        ]
        parts = cast("list[object]", _parsed(b"[%b]" % _BETWEEN.join(plain)))
        said = {
            name: value
            for part in parts[::2]
            if type(part) is list
            for salt, name, value in [part]
            if type(salt) is str and type(name) is str
        }
    except _NOT_PARSED:
        return None
    if len(said) < len(texts) or parts[1::2] != [_MARK] * (len(texts) - 1):
        return None
    at = said.get("at")
    return Opening(at, 0) if at is None or _is_time(at, leaf) else None


def _any(line: bytes, leaf: Leaf) -> Opening:
    fields = _read(line)
    if len(fields) != int(leaf.many):
        raise Malformed(
            f"The opening has {len(fields)} fields where its leaf says {int(leaf.many)}."
        )
    disclosed = _disclosures(fields)
    digests = [sha256(it).digest() for it in disclosed]
    if len(disclosed) < len(fields):
        digests += [_digest(it) for it in fields if isinstance(it, dict)]
    digests.sort()
    if _base64url(sha256(FIELDS_PREFIX + b"".join(digests)).digest()) != leaf.fields:
        raise Malformed("The opening does not belong to its leaf.")
    at = _names_and_values(disclosed).get("at")
    if at is None or _is_time(at, leaf):
        return Opening(at, len(fields) - len(disclosed))
    raise Malformed("The opening tells a time that is not on the day of its leaf.")


def _is_time(at: object, leaf: Leaf) -> TypeGuard[str]:
    """Say whether this is a time, on the day of a leaf."""
    return isinstance(at, str) and at[:10].encode() == leaf.day and bool(_AT.fullmatch(at))


def keeping(opening: str, names: Collection[str]) -> str:
    """Leave only these fields of an opening open; of the others their digests stay.

    So a field is erased, or withheld from somebody who gets a receipt. Raises Malformed.
    """
    kept = [
        it.decode()
        if isinstance(it, bytes) and _names_and_values([it]).keys() <= set(names)
        else {"x": _base64url(_digest(it)).decode()}
        for it in _read(opening.encode())
    ]
    return json.dumps(kept, separators=(",", ":"))


def fields_of(opening: str) -> dict[str, object]:
    """Read what an opening discloses: name to value. Raises Malformed."""
    return _names_and_values(_disclosures(_read(opening.encode())))


def _read(line: bytes) -> list[Field]:
    try:
        fields = _parsed(line.removesuffix(b"\n"))
    except _NOT_PARSED as error:
        raise Malformed("The opening is not JSON of whole numbers and text.") from error
    if not isinstance(fields, list):
        raise Malformed("The opening is not an array of fields.")
    try:
        return [it.encode("ascii") if isinstance(it, str) else _withheld(it) for it in fields]
    except UnicodeEncodeError as error:
        raise Malformed(_NO_FIELD) from error


def _withheld(field: object) -> dict[str, str]:
    if isinstance(field, dict) and field.keys() == {"x"}:
        digest = field["x"]
        if isinstance(digest, str) and _DIGEST.fullmatch(digest):
            return field
    raise Malformed(_NO_FIELD)


def _digest(field: Field) -> bytes:
    if isinstance(field, bytes):
        return sha256(field).digest()
    return urlsafe_b64decode(field["x"] + "=")


def _base64url(digest: bytes) -> bytes:
    return b2a_base64(digest).translate(_FROM_BASE64)[:43]


def _disclosures(fields: Iterable[Field]) -> list[bytes]:
    return [it for it in fields if isinstance(it, bytes)]


def _names_and_values(disclosures: Iterable[bytes]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in _disclosed(disclosures):
        if name in found:
            raise Malformed("The opening has two fields of one name.")
        found[name] = value
    return found


def _disclosed(disclosures: Iterable[bytes]) -> Iterator[tuple[str, object]]:
    # Plain checks and no patterns: a verifier comes here many times for each entry.
    for text in disclosures:
        padded = text.translate(_TO_BASE64) + _PADDING[len(text) % 4]
        try:
            parts = _parsed(a2b_base64(padded, strict_mode=True))
        except _NOT_PARSED as error:
            raise Malformed("The opening has a disclosure that is not base64 of JSON.") from error
        if not isinstance(parts, list) or len(parts) != 3:
            raise Malformed(_NO_DISCLOSURE)
        salt, name, value = parts
        if not isinstance(salt, str) or not isinstance(name, str):
            raise Malformed(_NO_DISCLOSURE)
        yield name, value


def _no_float(_text: str) -> NoReturn:
    raise ValueError("no floats")


_read_value = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).raw_decode


def _parsed(data: bytes) -> object:
    text = data.decode()
    value, end = _read_value(text)
    if end != len(text):
        raise ValueError("more than one value")
    found: object = value
    return found
