"""Keys that sign notes, and how they are written, as https://c2sp.org/signed-note says.

A key is known by its name together with its id, which depends on its kind: the same bytes under
another name or of another kind are another key.
"""

import hashlib
import re
from dataclasses import dataclass, field
from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed
from evenhand.ledger.ed25519 import is_public_key

KEY_BYTES = 32
PRIVATE = "PRIVATE+KEY+"
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


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its name. It shows itself only as its public key."""

    name: str
    kind: Kind
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != KEY_BYTES:
            raise Malformed(f"The private key of {self.name} is not 32 bytes.")

    @property
    def verifier(self) -> VerifierKey:
        """Give the public key."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.kind, public)

    def sign(self, message: bytes) -> bytes:
        """Sign bytes; what they must be is the business of notes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def secret(self) -> str:
        """Give the line that is kept in a key file, in the form that other tools read."""
        key = base64_lines.encode(bytes([self.kind]) + self.seed)
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{key}"


def check_name(name: str) -> None:
    """Refuse a name that would not stay one word in a note. Raises Malformed."""
    if not name or any(it.isspace() or it < " " or it == "+" for it in name):
        raise Malformed("A key has a name without spaces, plus signs or control characters.")


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Compute the id of a key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def parse_verifier_key(text: str) -> VerifierKey:
    """Read a public key from its line. Raises Malformed."""
    name, identity, kind, public = _parts(text)
    key = VerifierKey(name, kind, public)
    if key.id.hex() != identity:
        raise Malformed(f"The key of {name} does not have the id that stands beside it.")
    return key


def parse_signing_key(text: str) -> SigningKey:
    """Read a private key from its line. Raises Malformed, and never shows the line."""
    if not text.startswith(PRIVATE):
        raise Malformed("A private key begins with PRIVATE+KEY+.")
    name, identity, kind, seed = _parts(text.removeprefix(PRIVATE))
    key = SigningKey(name, kind, seed)
    if key.verifier.id.hex() != identity:
        raise Malformed(f"The private key of {name} does not have the id that stands beside it.")
    return key


def _parts(text: str) -> tuple[str, str, Kind, bytes]:
    found = _KEY.fullmatch(text)
    if not found:
        raise Malformed("A key is written as its name, its id and its bytes, joined by plus signs.")
    name, identity, encoded = found.groups()
    data = base64_lines.decode(encoded, what=f"The key of {name}")
    if not data or data[0] not in set(Kind):
        raise Malformed(f"The key of {name} is of a kind that is not supported here.")
    return name, identity, Kind(data[0]), data[1:]
