"""Where the desk's key lives. One small interface: an HSM or KMS can stand in for the file."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "evenhand-desk-key/1"
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 4


class KeyUnusable(Exception):
    """The desk's key is missing, damaged, or not the one that wrapped this record's key."""


class DeskKey(Protocol):
    """What wraps the keys of records. ``about`` is the record's id; it is bound to the wrapping."""

    def wrap(self, key: bytes, *, about: UUID) -> bytes:
        """Wrap a record's key under the desk's current key."""

    def unwrap(self, wrapped: bytes, *, about: UUID) -> bytes:
        """Give a record's key back. Raises KeyUnusable."""


class KeyFile:
    """A desk key in a file that only the desk's own account can read (mode 0600).

    The file lists the keys by id, the current one first; older ones only unwrap.
    """

    def __init__(self, path: Path) -> None:
        try:
            document = json.loads(path.read_text(encoding="ascii"))
            if document["format"] != FORMAT:
                raise KeyUnusable(f"{path} is not a desk key of the format {FORMAT}.")
            keys = [(bytes.fromhex(it["id"]), b64decode(it["key"])) for it in document["keys"]]
            self._current = keys[0][0]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise KeyUnusable(f"The desk's key at {path} cannot be read.") from error
        if any((len(name), len(key)) != (ID_BYTES, KEY_BYTES) for name, key in keys):
            raise KeyUnusable(f"The desk's key at {path} holds a key of the wrong length.")
        self._ciphers = {name: AESGCM(key) for name, key in keys}

    @staticmethod
    def create(path: Path) -> None:
        """Write a new key file, readable by its owner only. Raises FileExistsError."""
        fresh = b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        key = {"id": secrets.token_hex(ID_BYTES), "key": fresh}
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"format": FORMAT, "keys": [key]}, file)
            file.flush()
            os.fsync(file.fileno())

    def wrap(self, key: bytes, *, about: UUID) -> bytes:
        """Wrap a record's key under the current key: key id, nonce, AES-256-GCM ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._current + nonce + self._ciphers[self._current].encrypt(nonce, key, about.bytes)

    def unwrap(self, wrapped: bytes, *, about: UUID) -> bytes:
        """Give a record's key back. Raises KeyUnusable for another desk's or an altered one."""
        name, rest = wrapped[:ID_BYTES], wrapped[ID_BYTES:]
        nonce, data = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        try:
            return self._ciphers[name].decrypt(nonce, data, about.bytes)
        except (KeyError, InvalidTag, ValueError) as error:
            raise KeyUnusable("This record's key was not wrapped by this desk's key.") from error
