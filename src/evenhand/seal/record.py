"""Sealed bytes: what can identify a person is encrypted under its record's own key."""

import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evenhand.seal.keys import KEY_BYTES, NONCE_BYTES, DeskKey


class SealBroken(Exception):
    """Sealed bytes that were altered, moved from another place, or belong to another record."""


class RecordKey:
    """A record's own key, opened. Sealed bytes are bound to the record and to their place in it."""

    def __init__(self, record: UUID, key: bytes) -> None:
        self.record = record
        self._bound_to = record.bytes
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def new(cls, record: UUID) -> "RecordKey":
        """Make a fresh random key for a record."""
        return cls(record, secrets.token_bytes(KEY_BYTES))

    @classmethod
    def unwrap(cls, record: UUID, wrapped: bytes, desk_key: DeskKey) -> "RecordKey":
        """Open a record's stored key. Raises KeyUnusable."""
        return cls(record, desk_key.unwrap(wrapped, about=record))

    def wrapped(self, desk_key: DeskKey) -> bytes:
        """Give the key as it may be stored: wrapped by the desk's key."""
        return desk_key.wrap(self._key, about=self.record)

    def seal(self, place: str, text: str) -> bytes:
        """Seal a text for one place (table and column) of this record."""
        return self.seal_bytes(place, text.encode())

    def open(self, place: str, sealed: bytes) -> str:
        """Open a sealed text. Raises SealBroken."""
        return self.open_bytes(place, sealed).decode()

    def seal_bytes(self, place: str, data: bytes) -> bytes:
        """Seal bytes with AES-256-GCM under a fresh nonce."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, self._about(place))

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Open sealed bytes. Raises SealBroken."""
        nonce, data = bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:])
        try:
            return self._cipher.decrypt(nonce, data, self._about(place))
        except (InvalidTag, ValueError) as error:
            raise SealBroken(f"The sealed bytes at {place} do not belong there.") from error

    def commit(self, text: str) -> bytes:
        """Commit to words: whoever holds the key can check them, nobody else can test a guess."""
        return hmac.new(self._key, b"evenhand/commit/v1\n" + text.encode(), hashlib.sha256).digest()

    def _about(self, place: str) -> bytes:
        return self._bound_to + place.encode("ascii")
