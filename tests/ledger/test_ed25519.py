"""Checking Ed25519 signatures with the standard library, beside a library that everybody uses."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.ed25519 import ORDER, PRIME, is_public_key, is_signed

seeds = st.binary(min_size=32, max_size=32)

# RFC 8032, section 7.1: tests 1 to 3.
PUBLISHED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), PUBLISHED)
def test_the_published_signatures_hold(public: str, message: str, signature: str) -> None:
    key, text, signed = (bytes.fromhex(it) for it in (public, message, signature))
    assert is_signed(text, signature=signed, public=key)
    assert not is_signed(text + b"x", signature=signed, public=key)


@settings(max_examples=15, deadline=None)
@given(seeds, st.binary(max_size=80), st.integers(0, 511))
def test_it_says_what_the_library_says(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    signature = key.sign(message)
    assert is_signed(message, signature=signature, public=public)
    damaged = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(64, "big")
    assert is_signed(message, signature=damaged, public=public) is library_says(
        message, damaged, public
    )


def library_says(message: bytes, signature: bytes, public: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def test_a_signature_has_one_spelling() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = key.public_key().public_bytes_raw()
    signature = key.sign(b"text")
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    other = signature[:32] + scalar.to_bytes(32, "little")
    assert not is_signed(b"text", signature=other, public=public)
    assert not is_signed(b"text", signature=signature + b"\0", public=public)
    assert not is_signed(b"text", signature=b"", public=public)


@pytest.mark.parametrize(
    "public",
    [
        b"",
        bytes(31),
        bytes(33),
        (2).to_bytes(32, "little"),
        (PRIME + 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),
    ],
)
def test_what_is_no_point_on_the_curve_is_no_key(public: bytes) -> None:
    assert not is_public_key(public)
    assert not is_signed(b"text", signature=bytes(64), public=public)
