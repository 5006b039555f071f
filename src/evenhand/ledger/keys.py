"""Keys that sign notes, and how they are written, as https://c2sp.org/signed-note says.

A key is known by its name together with its id, which depends on its kind: the same bytes under
another name or of another kind are another key.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import IntEnum

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed
from evenhand.ledger.ed25519 import is_public_key

_KEY = re.compile(r"([^+]*)\+([0-9a-f]{8})\+(\S+)")


class Kind(IntEnum):
    """What a key signs: a note's text, or the text together with the time (a cosignature)."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name. Raises Malformed for a name or key that cannot be one."""

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if not is_public_key(self.public):
            raise Malformed(f"The key of {self.name} is not an Ed25519 key.")

    @property
    def id(self) -> bytes:
        """Give the four bytes that, with the name, tell this key from others."""
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return (
            f"{self.name}+{self.id.hex()}+{base64_lines.encode(bytes([self.kind]) + self.public)}"
        )


def check_name(name: str) -> None:
    """Refuse a name that would not stay one word in a note. Raises Malformed."""
    if not name or any(it.isspace() or it < " " or it == "+" for it in name):
        raise Malformed("A key has a name without spaces, plus signs or control characters.")


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Compute the id of a key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def parse_verifier_key(text: str) -> VerifierKey:
    """Read a public key from its line. Raises Malformed."""
    name, identity, kind, public = parts_of(text)
    key = VerifierKey(name, kind, public)
    if key.id.hex() != identity:
        raise Malformed(f"The key of {name} does not have the id that stands beside it.")
    return key


def parts_of(text: str) -> tuple[str, str, Kind, bytes]:
    """Take a key's line apart: name, id, kind, bytes. Raises Malformed."""
    found = _KEY.fullmatch(text)
    if not found:
        raise Malformed("A key is written as its name, its id and its bytes, joined by plus signs.")
    name, identity, encoded = found.groups()
    data = base64_lines.decode(encoded, what=f"The key of {name}")
    if not data or data[0] not in set(Kind):
        raise Malformed(f"The key of {name} is of a kind that is not supported here.")
    return name, identity, Kind(data[0]), data[1:]
