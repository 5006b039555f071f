"""Base64 as the formats of transparency logs use it: RFC 4648 section 4, in lines of ASCII."""

import binascii
import re
from base64 import b64decode, b64encode

from evenhand.ledger.broken import Malformed
from evenhand.ledger.tree import HASH_BYTES

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")
LARGEST = 2**63 - 1


def encode(data: bytes) -> str:
    """Write bytes as base64 with its padding."""
    return b64encode(data).decode("ascii")


def decode(text: str, *, what: str) -> bytes:
    """Read base64. Padding bits may be anything, as others allow. Raises Malformed."""
    try:
        return b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise Malformed(f"{what} is not base64.") from error


def decode_hash(text: str, *, what: str) -> bytes:
    """Read a hash in its one spelling. Raises Malformed."""
    found = decode(text, what=what)
    if len(found) != HASH_BYTES or encode(found) != text:
        raise Malformed(f"{what} is not a hash of 32 bytes.")
    return found


def decode_number(text: str, *, what: str) -> int:
    """Read a size or an index: decimal, no leading zeros, below 2^63. Raises Malformed."""
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST:
        raise Malformed(f"{what} is not a whole number below 2^63, written without leading zeros.")
    return int(text)
