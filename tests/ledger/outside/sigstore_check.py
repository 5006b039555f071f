"""Checks that an entry is in a log, with sigstore's own code for checkpoints and inclusion.

usage: python sigstore_check.py ENTRY ENTRY.tlog-proof LOG.vkey, where sigstore is installed
"""

import base64
import sys
from pathlib import Path
from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import verify_checkpoint
from sigstore._internal.trust import KeyID, Keyring
from sigstore.errors import Error
from sigstore_models.common import v1


def main(entry: str, proof: str, vkey: str) -> int:
    """Print OK and the size, or what does not hold."""
    head, checkpoint = Path(proof).read_text("utf-8").split("\n\n", 1)
    lines = [it for it in head.splitlines() if not it.startswith(("c2sp", "extra"))]
    name, identity, public = Path(vkey).read_text("utf-8").strip().split("+", 2)
    origin, size, root, *_rest = checkpoint.splitlines()
    key_id = KeyID(bytes.fromhex(identity))
    inside = SimpleNamespace(
        canonicalized_body=Path(entry).read_bytes(),
        log_id=SimpleNamespace(key_id=key_id),
        inclusion_proof=SimpleNamespace(
            log_index=int(lines[0].removeprefix("index ")),
            tree_size=int(size),
            root_hash=base64.b64decode(root),
            hashes=[base64.b64decode(it) for it in lines[1:]],
            checkpoint=SimpleNamespace(envelope=checkpoint),
        ),
    )
    asked = SimpleNamespace(_inner=inside)
    try:
        verify_checkpoint(_ring(base64.b64decode(public)[1:]), asked)
        verify_merkle_inclusion(asked)
    except Error as error:
        print(f"FAIL {type(error).__name__}")
        return 1
    print(f"OK {name == origin} {size}")
    return 0


def _ring(raw: bytes) -> Keyring:
    """Give a keyring with one key: it is tried for whatever key a signature names."""
    der = Ed25519PublicKey.from_public_bytes(raw).public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    details = v1.PublicKeyDetails.PKIX_ED25519
    key = v1.PublicKey(raw_bytes=base64.b64encode(der), key_details=details)
    return Keyring([key])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
