"""Asks an authority outside to sign at what time it saw a SHA-256: RFC 3161, over HTTP or HTTPS.

Only the hash leaves. What comes back is checked: that it is about this hash and answers this very
question, and that its certificate leads to a root that the desk was told to trust.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
from rfc3161_client.tsp import PKIStatus, TimeStampResponse

from evenhand.rules.captures import NoTimestamp
from evenhand.transports.posting import AnswerTooLong, NoAnswer, address, post

SECONDS = 10
LARGEST_ANSWER = 100_000
QUERY = "application/timestamp-query"
OK = 200
SHA256 = "2.16.840.1.101.3.4.2.1"
# The parts of the question in DER (RFC 3161 section 2.4.1), all of one length: version 1, what
# comes before a SHA-256 (RFC 8017 section 9.2), the nonce, and that the certificate is to be sent.
HEAD = bytes.fromhex("3043020101")
IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")
NONCE = bytes.fromhex("0208")
WITH_CERTIFICATE = bytes.fromhex("0101ff")
NONCE_BITS = 62


class NotStamped(Exception):
    """There is no timestamp; ``why`` says so as a code."""

    def __init__(self, why: NoTimestamp) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Authority:
    """Who is asked, and the certificates that are trusted, in PEM: roots, and any between."""

    at: SplitResult
    certificates: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time that was signed, and the whole answer in DER, as ``openssl ts`` reads it."""

    at: datetime
    response: bytes


def read_authority(url: str, file: Path) -> Authority:
    """Read who is asked, and a PEM file of whom to trust. Raises ValueError, OSError."""
    certificates = file.read_text(encoding="ascii")
    if not _roots(load_pem_x509_certificates(certificates.encode())):
        raise ValueError("no root certificate")
    return Authority(address(url), certificates)


def stamped(sha256: bytes, authority: Authority) -> Stamp:
    """Ask for a timestamp over a SHA-256 of 32 bytes, and check it. Raises NotStamped."""
    nonce = secrets.randbits(NONCE_BITS) | 1 << NONCE_BITS  # always eight bytes of DER
    sent = HEAD + IMPRINT + sha256 + NONCE + nonce.to_bytes(8, "big") + WITH_CERTIFICATE
    data = _asked(authority.at, sent)
    try:
        response = decode_timestamp_response(data)
        if response.status != PKIStatus.GRANTED:
            raise NotStamped(NoTimestamp.REFUSED)
        told = response.tst_info
        seen = told.message_imprint
        about = seen.hash_algorithm.dotted_string, seen.message, told.nonce
        at = told.gen_time
    except ValueError as error:
        raise NotStamped(NoTimestamp.UNREADABLE) from error
    if about != (SHA256, sha256, nonce):
        raise NotStamped(NoTimestamp.NOT_OURS)
    _check_trusted(response, sha256, authority)
    return Stamp(at, data)


def _asked(at: SplitResult, question: bytes) -> bytes:
    path = at.path or "/"
    try:
        answer = post(at, path, question, QUERY, seconds=SECONDS, most=LARGEST_ANSWER)
    except (NoAnswer, AnswerTooLong) as error:
        raise NotStamped(NoTimestamp.AWAY) from error
    if answer.status != OK:
        raise NotStamped(NoTimestamp.AWAY)
    return answer.data


def _check_trusted(response: TimeStampResponse, sha256: bytes, authority: Authority) -> None:
    trusted = load_pem_x509_certificates(authority.certificates.encode())
    roots = _roots(trusted)
    between = [it for it in trusted if it not in roots]
    try:
        VerifierBuilder(roots=roots, intermediates=between).build().verify(response, sha256)
    except (VerificationError, ValueError) as error:
        raise NotStamped(NoTimestamp.NOT_TRUSTED) from error


def _roots(certificates: Sequence[Certificate]) -> list[Certificate]:
    return [it for it in certificates if it.issuer == it.subject]
