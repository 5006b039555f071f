"""Asking an authority for a timestamp: OpenSSL's, and some that misbehave."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.rules.captures import NoTimestamp
from evenhand.transports import timestamps
from evenhand.transports.posting import address
from evenhand.transports.timestamps import Authority, NotStamped, read_authority, stamped
from tests.timestamps import Tsa, openssl, serving

SHA256 = hashlib.sha256(b"a still").digest()
OTHER = hashlib.sha256(b"another").digest()
NONCE = slice(-11, -3)
SHA3 = bytes.fromhex("060960864801650304020805000420")
SHA2 = bytes.fromhex("060960864801650304020105000420")


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("tsa") / "one", digests="sha256, sha3-256")


def why(authority: Authority) -> NoTimestamp:
    with pytest.raises(NotStamped) as raised:
        stamped(SHA256, authority)
    return raised.value.why


def verified(response: bytes, sha256: bytes, trusted: Path, folder: Path) -> bool:
    (folder / "tsr").write_bytes(response)
    what = ("-in", folder / "tsr", "-digest", sha256.hex(), "-CAfile", trusted)
    return openssl("ts", "-verify", *what).returncode == 0


def test_openssl_reads_the_question_and_verifies_the_answer(tsa: Tsa, tmp_path: Path) -> None:
    seen: list[bytes] = []

    def reply(query: bytes) -> bytes:
        seen.append(query)
        return tsa.reply(query)

    with serving(reply, tsa.root) as authority:
        stamps = [stamped(SHA256, authority), stamped(SHA256, authority)]
    assert seen[0][NONCE] != seen[1][NONCE]
    for query, stamp in zip(seen, stamps, strict=True):
        (tmp_path / "tsq").write_bytes(query)
        said = openssl("ts", "-query", "-in", tmp_path / "tsq", "-text").stdout.decode()
        assert "Hash Algorithm: sha256" in said
        assert "Certificate required: yes" in said
        assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
        assert verified(stamp.response, SHA256, tsa.root, tmp_path)
        assert not verified(stamp.response, OTHER, tsa.root, tmp_path)


def test_a_certificate_between_is_trusted_where_the_file_has_it(tmp_path: Path) -> None:
    tsa, both = Tsa(tmp_path / "two", between=True), tmp_path / "both.pem"
    both.write_bytes((tsa.folder / "between.pem").read_bytes() + tsa.root.read_bytes())
    with serving(tsa.reply, both) as authority:
        stamp = stamped(SHA256, authority)
    assert verified(stamp.response, SHA256, both, tmp_path)
    with serving(tsa.reply, tsa.root) as authority:
        assert why(authority) is NoTimestamp.NOT_TRUSTED


def test_an_answer_to_another_question_is_none(tsa: Tsa) -> None:
    def other_nonce(query: bytes) -> bytes:
        return tsa.reply(query[:-11] + b"\x41" * 8 + query[-3:])

    def other_hash(query: bytes) -> bytes:
        return tsa.reply(query.replace(SHA256, OTHER))

    def other_algorithm(query: bytes) -> bytes:
        return tsa.reply(query.replace(SHA2, SHA3))

    for reply in (other_nonce, other_hash, other_algorithm):
        with serving(reply, tsa.root) as authority:
            assert why(authority) is NoTimestamp.NOT_OURS


def test_an_authority_that_is_not_trusted_proves_nothing(tsa: Tsa, tmp_path: Path) -> None:
    other = Tsa(tmp_path / "other")
    with serving(other.reply, tsa.root) as authority:
        assert why(authority) is NoTimestamp.NOT_TRUSTED


def _altered(data: bytes) -> bytes:
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_altered, NoTimestamp.NOT_TRUSTED),
        (lambda data: data[:-1], NoTimestamp.UNREADABLE),
        (lambda _: b"<html>", NoTimestamp.UNREADABLE),
        (lambda _: b"", NoTimestamp.UNREADABLE),
        (lambda _: bytes.fromhex("30053003020102"), NoTimestamp.REFUSED),
        (lambda _: bytes.fromhex("30053003020163"), NoTimestamp.REFUSED),
        (lambda _: bytes.fromhex("30053003020100"), NoTimestamp.UNREADABLE),
        (lambda data: data + bytes(100_000), NoTimestamp.AWAY),
    ],
)
def test_what_is_altered_refused_or_garbage_is_told_apart(
    tsa: Tsa, change: Callable[[bytes], bytes], expected: NoTimestamp
) -> None:
    with serving(lambda query: change(tsa.reply(query)), tsa.root) as authority:
        assert why(authority) is expected


def test_an_authority_that_is_away_slow_or_broken_holds_nobody_up(
    tsa: Tsa, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tsa.reply, tsa.root, status=503) as authority:
        assert why(authority) is NoTimestamp.AWAY
    assert why(authority) is NoTimestamp.AWAY
    monkeypatch.setattr(timestamps, "SECONDS", 0.2)
    with serving(tsa.reply, tsa.root, after=1) as authority:
        began = datetime.now(UTC)
        assert why(authority) is NoTimestamp.AWAY
        assert datetime.now(UTC) - began < timedelta(seconds=0.9)


def test_an_authority_is_a_plain_address_and_a_root(tsa: Tsa) -> None:
    assert read_authority("https://tsa.example", tsa.root).at == address("https://tsa.example")
    for url in ("", "ftp://tsa.example", "https://a@tsa.example", "https://tsa.example:x/"):
        with pytest.raises(ValueError, match=r"."):
            read_authority(url, tsa.root)
    for file in (tsa.folder / "conf", tsa.folder / "tsa.pem"):
        with pytest.raises(ValueError, match=r"."):
            read_authority("https://tsa.example", file)
    with pytest.raises(OSError, match="No such file"):
        read_authority("https://tsa.example", tsa.folder / "none")
