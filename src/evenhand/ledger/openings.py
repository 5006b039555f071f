"""Openings: the fields of an entry, each of which can be erased while its digest stays.

An opening is a JSON array. A field is a disclosure as SD-JWT (RFC 9901) has it, kept exactly as it
was written; one that was erased or is withheld is ``{"x": digest}``. Of an opening that is erased
as a whole nothing is left, which is written ``null``.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import NoReturn

from evenhand.ledger.broken import Malformed
from evenhand.ledger.entries import FIELDS_PREFIX
from evenhand.ledger.leaves import Leaf

LONGEST_OPENING = 4 * 1024 * 1024
ERASED = b"null"
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}\+00:00")
_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}")
_TO_BASE64 = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening still tells: the time of the act, if it is there, and how much is not."""

    at: str | None
    erased: int


def check_opening(line: bytes, leaf: Leaf) -> Opening:
    """Refuse an opening that is not the one of its leaf. Raises Malformed."""
    fields = _read(line)
    if len(fields) != int(leaf.many):
        raise Malformed(
            f"The opening has {len(fields)} fields where its leaf says {int(leaf.many)}."
        )
    digests = sorted([_digest(it) for it in fields])
    whole = sha256(FIELDS_PREFIX + b"".join(digests)).digest()
    if urlsafe_b64encode(whole)[:43] != leaf.fields:
        raise Malformed("The opening does not belong to its leaf.")
    disclosed = [it for it in fields if isinstance(it, str)]
    at = _names_and_values(disclosed).get("at")
    if at is not None and not (
        isinstance(at, str) and _AT.fullmatch(at) and at[:10].encode() == leaf.day
    ):
        raise Malformed("The opening tells a time that is not on the day of its leaf.")
    return Opening(at, len(fields) - len(disclosed))


def keeping(opening: str, names: Collection[str]) -> str:
    """Leave only these fields of an opening open; of the others their digests stay.

    So a field is erased, or withheld from somebody who gets a receipt. Raises Malformed.
    """
    kept = [
        it if isinstance(it, str) and _names_and_values([it]).keys() <= set(names) else _closed(it)
        for it in _read(opening.encode())
    ]
    return json.dumps(kept, separators=(",", ":"))


def _closed(field: object) -> dict[str, str]:
    return {"x": urlsafe_b64encode(_digest(field)).rstrip(b"=").decode()}


def fields_of(opening: str) -> dict[str, object]:
    """Read what an opening discloses: name to value. Raises Malformed."""
    return _names_and_values([it for it in _read(opening.encode()) if isinstance(it, str)])


def _read(line: bytes) -> list[object]:
    try:
        fields = _parsed(line.removesuffix(b"\n"))
    except (ValueError, RecursionError) as error:
        raise Malformed("The opening is not JSON of whole numbers and text.") from error
    if not isinstance(fields, list):
        raise Malformed("The opening is not an array of fields.")
    return fields


def _no_float(_text: str) -> NoReturn:
    raise ValueError("no floats")


_JSON = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def _parsed(data: bytes) -> object:
    text = data.decode()
    value, end = _JSON.raw_decode(text)
    if end != len(text):
        raise ValueError("more than one value")
    found: object = value
    return found


def _digest(field: object) -> bytes:
    if isinstance(field, str) and field.isascii():
        return sha256(field.encode()).digest()
    if isinstance(field, dict) and field.keys() == {"x"}:
        digest = field["x"]
        if isinstance(digest, str) and _DIGEST.fullmatch(digest):
            return urlsafe_b64decode(digest + "=")
    raise Malformed("The opening has a field that is neither a disclosure nor a digest.")


def _names_and_values(disclosures: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for text in disclosures:
        name, value = _disclosed(text)
        if name in found:
            raise Malformed("The opening has two fields of one name.")
        found[name] = value
    return found


def _disclosed(text: str) -> tuple[str, object]:
    padding = b"=" * (-len(text) % 4)
    try:
        data = a2b_base64(text.encode().translate(_TO_BASE64) + padding, strict_mode=True)
        parts = _parsed(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("The opening has a disclosure that is not base64 of JSON.") from error
    # Plain checks and no patterns: a verifier comes here many times for each entry.
    if isinstance(parts, list) and len(parts) == 3:
        salt, name, value = parts
        if isinstance(salt, str) and isinstance(name, str):
            return name, value
    raise Malformed("The opening has a field that is not a salt, a name and a value.")
