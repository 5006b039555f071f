"""Asks the signer, a process with the log's key and a memory of its own, over its socket."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note
from evenhand.ledger.signer_requests import KEYS, ask_to_sign, read_keys, read_signed
from evenhand.ledger.witness import Behind

SECONDS = 10


class SignerAway(Broken):
    """The signer does not answer. The text says where it was looked for and why not."""


def keys_of(path: Path) -> list[VerifierKey]:
    """Give the log's public keys. Raises SignerAway, Broken."""
    return read_keys(_ask(path, KEYS))


def sign(
    path: Path, checkpoint: Checkpoint, *, known: int, proof: Callable[[int], Sequence[bytes]]
) -> Note:
    """Have a checkpoint signed that continues the one of ``known`` entries.

    ``proof`` gives the consistency proof from a size. Raises SignerAway; Rollback where the signer
    signed something else before; Broken.
    """
    try:
        return _sign(path, checkpoint, known, proof)
    except Behind as behind:
        return _sign(path, checkpoint, behind.size, proof)


def _sign(
    path: Path, checkpoint: Checkpoint, old: int, proof: Callable[[int], Sequence[bytes]]
) -> Note:
    hashes = proof(old) if 0 < old < checkpoint.size else ()
    return read_signed(_ask(path, ask_to_sign(checkpoint, old=old, proof=hashes)))


def _ask(path: Path, request: bytes) -> bytes:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(SECONDS)
            connection.connect(str(path))
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answered:
                return answered.read()
    except OSError as error:
        raise SignerAway(
            f"The signer at {path} does not answer: {error.strerror or error}"
        ) from error
