"""Packages for others, sealed to their public key in the age format, which anyone can open."""

from pyrage import RecipientError, encrypt
from pyrage.x25519 import Recipient


class LockUnusable(Exception):
    """A public key that nothing can be sealed to."""


def check_lock(lock: str) -> None:
    """Refuse what is no public key of age. Raises LockUnusable."""
    _recipient(lock)


def sealed_for(lock: str, data: bytes) -> bytes:
    """Seal bytes so that only the holder of the matching identity opens them. LockUnusable."""
    sealed: bytes = encrypt(data, [_recipient(lock)])
    return sealed


def _recipient(lock: str) -> Recipient:
    try:
        return Recipient.from_str(lock)
    except RecipientError as error:
        raise LockUnusable("This is no public key of age.") from error
