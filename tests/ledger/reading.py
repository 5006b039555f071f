"""A slow and obvious reader of the log, written from its description with hashes and JSON only."""

import base64
import hashlib
import json
from collections.abc import Mapping


def digest_of_fields(opening: str) -> str:
    """Recompute what a leaf says of its fields from the disclosures as they are stored."""
    digests = sorted(hashlib.sha256(it.encode()).digest() for it in json.loads(opening))
    whole = hashlib.sha256(b"evenhand/fields/v1\n" + b"".join(digests)).digest()
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def fields(opening: str) -> dict[str, object]:
    """Read the disclosures: name to value."""
    read = [json.loads(base64.urlsafe_b64decode(it + "===")) for it in json.loads(opening)]
    assert all(len(it) == 3 for it in read)
    assert len({name for _, name, _ in read}) == len(read)
    return {name: value for _salt, name, value in read}


def salts(opening: str) -> list[bytes]:
    """Give the salts of the disclosures."""
    read = [json.loads(base64.urlsafe_b64decode(it + "===")) for it in json.loads(opening)]
    return [base64.urlsafe_b64decode(salt + "===") for salt, _, _ in read]


def check(leaf: bytes, leaf_hash: bytes, opening: str) -> Mapping[str, object]:
    """Check an entry as an overseer would, by hand; give its leaf."""
    read: dict[str, object] = json.loads(leaf)
    assert hashlib.sha256(b"\x00" + leaf).digest() == leaf_hash
    assert read["f"] == digest_of_fields(opening)
    assert read["n"] == len(json.loads(opening))
    return read
