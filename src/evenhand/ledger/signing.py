"""Signing: private keys, and what they put under a note. Nothing that only checks comes here."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind, VerifierKey, check_name, parts_of
from evenhand.ledger.notes import TIME, Note, Signature, cosigned

KEY_BYTES = 32
PRIVATE = "PRIVATE+KEY+"


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


def new_signing_key(name: str, kind: Kind) -> SigningKey:
    """Make a key at random. Raises Malformed for a name that cannot be one."""
    return SigningKey(name, kind, secrets.token_bytes(KEY_BYTES))


def parse_signing_key(text: str) -> SigningKey:
    """Read a private key from its line. Raises Malformed, and never shows the line."""
    if not text.startswith(PRIVATE):
        raise Malformed("A private key begins with PRIVATE+KEY+.")
    name, identity, kind, seed = parts_of(text.removeprefix(PRIVATE))
    key = SigningKey(name, kind, seed)
    if key.verifier.id.hex() != identity:
        raise Malformed(f"The private key of {name} does not have the id that stands beside it.")
    return key


def sign(text: str, key: SigningKey, *, at: int = 0) -> Signature:
    """Sign a note's text; a cosignature says at which second since 1970."""
    if key.kind is Kind.COSIGNATURE:
        data = TIME.pack(at) + key.sign(cosigned(text, at))
    else:
        data = key.sign(text.encode())
    return Signature(key.name, key.verifier.id, data)


def sign_checkpoint(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> Note:
    """Sign a checkpoint with each key: two while a key is being replaced."""
    text = str(checkpoint)
    return Note(text, tuple(sign(text, key) for key in keys))
