"""Asking a witness, against a real one of ours and against some that misbehave."""

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from evenhand.ledger.broken import Broken, Malformed, NotSigned
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note, Signature, check_note
from evenhand.ledger.signing import sign
from evenhand.ledger.tree import root_of
from evenhand.transports import witness
from evenhand.transports.witness import WitnessAway, WitnessDisagrees, cosign
from tests.ledger.cast import EAST, NOON, WEST
from tests.witnesses import ENTRIES, made, proof, serving, signed


class Desk:
    """Asks a witness, and notes from which sizes it was asked for proofs."""

    def __init__(self, url: str, key: VerifierKey) -> None:
        self.url, self.key = url, key
        self.proved: list[int] = []

    def asks(self, size: int, *, known: int = 0, note: Note | None = None) -> list[Signature]:
        def proving(old: int) -> Sequence[bytes]:
            self.proved.append(old)
            return proof(old, size)

        return cosign(self.url, note or signed(size), known=known, proof=proving, keys=[self.key])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    key = made(tmp_path / "w")
    with serving(tmp_path / "w") as url:
        yield Desk(url, key)


def test_a_log_that_grows_is_cosigned_each_time(desk: Desk) -> None:
    for known, size in ((0, 0), (0, 1), (1, 7), (7, 7), (7, 40)):
        [cosignature] = desk.asks(size, known=known)
        note = signed(size).with_signatures([cosignature])
        [found] = check_note(note, [desk.key])
        assert found.at is not None
        assert abs(found.at - time.time()) < 60


def test_one_who_forgot_what_the_witness_knows_is_told_and_goes_on(desk: Desk) -> None:
    desk.asks(7)
    assert len(desk.asks(20)) == 1
    assert len(desk.asks(30, known=25)) == 1
    assert desk.proved == [7, 25, 20]


def test_a_witness_that_saw_more_than_we_have_is_no_fault_of_the_network(desk: Desk) -> None:
    desk.asks(20)
    for known in (0, 7, 20):
        with pytest.raises(WitnessDisagrees, match="cosigned 20 entries of this log, and here are"):
            desk.asks(7, known=known)


def test_a_witness_that_saw_another_tree_says_so(desk: Desk) -> None:
    desk.asks(20)
    other = signed(20, bytes(32))
    for known in (0, 20):
        with pytest.raises(WitnessDisagrees, match="another tree of 20 entries"):
            desk.asks(20, known=known, note=other)
    with pytest.raises(Broken, match="does not continue the one that it saw"):
        desk.asks(21, known=20, note=signed(21, root_of(ENTRIES[1:22])))


def test_a_cosignature_by_another_key_than_was_given_is_none(desk: Desk) -> None:
    desk.key = EAST.verifier
    with pytest.raises(NotSigned):
        desk.asks(7)


def test_the_address_may_have_a_path_and_end_with_a_stroke(desk: Desk) -> None:
    desk.url += "/"
    assert len(desk.asks(7)) == 1
    desk.url += "prefix/"
    with pytest.raises(Broken, match="does not know this log"):
        desk.asks(7)


@pytest.mark.parametrize(
    "url",
    [
        "", "witness.example", "ftp://witness.example", "https://", "https://w.example:99999",
        "https://w.example:0", "https://user:word@w.example", "https://w.example/?q=1",
        "https://w.example/#a", "https://w.example/a b", "https://w.example/\r\nX: y",
        "https://w.example/\u00e4", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_witness_is_not_asked(url: str) -> None:
    with pytest.raises(Malformed, match="address such as"):
        Desk(url, EAST.verifier).asks(7)


def test_a_witness_that_is_not_there_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(WitnessAway, match=f"The witness at {url} does not answer: .*refused."):
        Desk(url, EAST.verifier).asks(7)


@contextmanager
def saying(*turns: bytes, every: float = 0, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Have a server that says to each who comes what their turn is, at once or slowly."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            left = list(turns)
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    connection.settimeout(5)
                    with secured(connection, context) as heard:
                        hear(heard)
                        said = left.pop(0) if len(left) > 1 else left[0]
                        for part in [bytes([it]) for it in said] if every else [said]:
                            heard.sendall(part)
                            time.sleep(every)

        thread = Thread(target=answer)
        thread.start()
        try:
            scheme = "https" if context else "http"
            yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def secured(connection: socket.socket, context: ssl.SSLContext | None) -> socket.socket:
    return context.wrap_socket(connection, server_side=True) if context else connection


def hear(connection: socket.socket) -> None:
    """Read a whole request."""
    heard = b""
    while b"\r\n\r\n" not in heard or not heard.endswith(b"=\n"):
        more = connection.recv(65536)
        assert more
        heard += more


def response(body: str, *more: str, status: str = "200 OK") -> bytes:
    head = (f"HTTP/1.1 {status}", *more, "Connection: close", "", "")
    return "\r\n".join(head).encode() + body.encode()


RIGHT = str(sign(signed(7).text, EAST, at=NOON))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (response("hello\n"), Malformed),
        (response(str(sign(signed(7).text, WEST, at=NOON))), NotSigned),
        (response(str(sign(signed(8).text, EAST, at=NOON))), NotSigned),
        (response("a" * 200_000), Malformed),
        (response("", "Location: https://elsewhere.example/", status="302 Found"), Broken),
        (response(RIGHT, status="201 Created"), Broken),
        (response("\u0661\n", "Content-Type: text/x.tlog.size", status="409 No"), Malformed),
        (response("3\n", "Content-Type: text/x.tlog.size", status="409 No"), WitnessDisagrees),
        (response("", "X: " + "a" * 100_000), WitnessAway),
        (b"SSH-2.0-x\r\n", WitnessAway),
        (b"", WitnessAway),
    ],
)
def test_an_answer_that_is_no_cosignature_is_refused_with_a_sentence(
    said: bytes, why: type[Broken]
) -> None:
    with saying(said) as url, pytest.raises(why) as found:
        Desk(url, EAST.verifier).asks(7)
    assert type(found.value) is why
    assert str(found.value).endswith(".")


def test_what_other_witnesses_answer_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with saying(response(str(sign(signed(7).text, WEST, at=1)) + RIGHT)) as url:
        assert list(map(str, Desk(url, EAST.verifier).asks(7))) == [RIGHT]


def test_a_witness_that_wavers_is_asked_twice_and_no_more() -> None:
    kind = "Content-Type: text/x.tlog.size"
    turns = [response(f"{size}\n", kind, status="409 Conflict") for size in (3, 5, 7)]
    with saying(*turns) as url, pytest.raises(Broken, match="another size of this log each time"):
        Desk(url, EAST.verifier).asks(7)


def test_a_witness_that_says_nothing_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(WitnessAway):
            Desk(url, EAST.verifier).asks(7)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "witness")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "tls.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_over_https_only_a_witness_with_a_trusted_certificate_is_asked(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with saying(response(RIGHT), context=tls(certificate)) as url:
        with pytest.raises(WitnessAway, match="certificate"):
            Desk(url, EAST.verifier).asks(7)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert list(map(str, Desk(url, EAST.verifier).asks(7))) == [RIGHT]


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize("slowly", [response("a" * 1000), response("", "X: " + "a" * 1000)])
def test_a_witness_that_drips_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, slowly: bytes, secret: bool
) -> None:
    monkeypatch.setattr(witness, "SECONDS", 0.5)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = tls(certificate) if secret else None
    with saying(slowly, every=0.05, context=context) as url:
        began = time.monotonic()
        with pytest.raises(Broken) as found:
            Desk(url, EAST.verifier).asks(7)
        assert 0.4 < time.monotonic() - began < 3
    assert "certificate" not in str(found.value)
