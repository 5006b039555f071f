"""``evenhand witness``: a second organisation's program, asked over real HTTP."""

import http.client
import json
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from evenhand.cli import witness_server
from evenhand.cli.children import stopped_by_signals
from evenhand.cli.main import main
from evenhand.cli.witness_folder import KEY, LOGS, Witness
from evenhand.cli.witness_server import WitnessServer
from evenhand.ledger.broken import Broken
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind, VerifierKey, parse_verifier_key
from evenhand.ledger.notes import Note
from evenhand.ledger.signing import SigningKey, sign_checkpoint
from evenhand.ledger.tree import root_of
from evenhand.ledger.witness import SIZE, make_request
from evenhand.ledger.witness_memory import MEMORY
from evenhand.transports.witness import WitnessDisagrees, cosign
from tests.cli.programs import clean_environment
from tests.ledger.cast import EAST, LOG, NEXT, ORIGIN
from tests.witnesses import ENTRIES, NAME, made, proof, running, serving, signed

SECONDS = 5
LONGEST = len(ENTRIES) - 1
ADD = b"POST /add-checkpoint HTTP/1.1\r\n"


class Asked:
    """What came back of one request."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers = answer.status, answer.headers
        self.body = answer.read().decode()


class Caller:
    """Asks a witness in ways that no desk would."""

    def __init__(self, url: str, key: VerifierKey, folder: Path) -> None:
        self.url, self.key, self.folder = url, key, folder
        at = urlsplit(url)
        self.address = (at.hostname or "", at.port or 0)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Asked:
        connection = http.client.HTTPConnection(*self.address, timeout=SECONDS)
        try:
            named = {name.replace("_", "-"): it for name, it in headers.items()}
            connection.request(method, path, body, named)
            with connection.getresponse() as answer:
                return Asked(answer)
        finally:
            connection.close()

    def add(self, note: Note, *, old: int, size: int = 0) -> Asked:
        body = make_request(note, old=old, proof=proof(old, size))
        return self.ask("POST", "/add-checkpoint", body)

    def raw(self, *said: bytes) -> bytes:
        """Say these bytes and hear what comes until the end."""
        with socket.create_connection(self.address, SECONDS) as connection:
            for part in said:
                connection.sendall(part)
            heard = b""
            while more := connection.recv(65536):
                heard += more
            return heard


def _root(size: int) -> bytes:
    return root_of(ENTRIES[:size])


def grow(url: str, key: VerifierKey, size: int, *, known: int = 0) -> None:
    [_] = cosign(url, signed(size), known=known, proof=lambda old: proof(old, size), keys=[key])


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Caller]:
    folder = tmp_path / "w"
    key = made(folder)
    with serving(folder) as url:
        yield Caller(url, key, folder)


class TestAKey:
    def test_it_is_made_once_for_its_owner_alone_and_its_public_half_is_printed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "new" / "w"
        assert main(["witness", "key", NAME, "--folder", str(folder)]) == 0
        told = capsys.readouterr()
        public = parse_verifier_key(told.out.strip())
        assert public.name == NAME
        assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        before = (folder / KEY).read_text()
        assert before.strip().split("+", 4)[-1] not in told.out + told.err
        assert main(["witness", "key", NAME, "--folder", str(folder)]) == 1
        assert "a witness lives here, or did" in capsys.readouterr().err
        assert (folder / KEY).read_text() == before
        (folder / LOGS).write_text(f"log {LOG.verifier}\n")
        assert main(["witness", "show", "--folder", str(folder), "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {
            "vkey": str(public),
            "logs": [{"origin": ORIGIN, "keys": [str(LOG.verifier)], "last": None}],
        }

    def test_a_lost_key_is_not_replaced_beside_the_old_memory(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        made(tmp_path)
        (tmp_path / KEY).unlink()
        assert main(["witness", "key", NAME, "--folder", str(tmp_path), "--json"]) == 1
        assert "Choose another folder for a new one." in capsys.readouterr().err
        assert not (tmp_path / KEY).exists()

    def test_a_list_of_logs_that_is_there_is_kept(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / LOGS).write_text(f"log {LOG.verifier}\n")
        assert main(["witness", "key", NAME, "--folder", str(tmp_path), "--json"]) == 0
        assert parse_verifier_key(json.loads(capsys.readouterr().out)["vkey"]).name == NAME
        assert Witness.open(tmp_path).logs == {ORIGIN: [LOG.verifier]}


def used_by_another_key(folder: Path) -> None:
    with serving(folder) as url:
        grow(url, Witness.open(folder).key.verifier, 7)
    (folder / KEY).write_text(f"{EAST.secret()}\n")


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no key": (
        lambda folder: (folder / KEY).unlink(),
        "evenhand witness key NAME --folder",
    ),
    "a key that others may read": (
        lambda folder: (folder / KEY).chmod(0o640),
        "chmod 600",
    ),
    "no key in the file": (
        lambda folder: (folder / KEY).write_text("hello\n"),
        "is no key of a witness: A private key begins with",
    ),
    "a log's key": (
        lambda folder: (folder / KEY).write_text(f"{LOG.secret()}\n"),
        "is the key of a log, not of a witness",
    ),
    "another witness's key": (
        used_by_another_key,
        "was not written by the witness with this key",
    ),
    "no list of logs": (
        lambda folder: (folder / LOGS).unlink(),
        "names no log yet. Add a line: log",
    ),
    "a log's key with a slip": (
        lambda folder: (folder / LOGS).write_text(f"# the desk\nlog {LOG.verifier}x\n"),
        "Line 2 of the policy",
    ),
    "no memory": (
        lambda folder: (folder / MEMORY).unlink(),
        "would cosign a second history: make a new one",
    ),
    "a damaged memory": (
        lambda folder: (folder / MEMORY).write_bytes(b"\x00" * 10),
        "is not as it was written",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_what_is_wrong_with_its_folder_is_one_sentence_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    made(tmp_path)
    spoil, told = FAULTS[what]
    spoil(tmp_path)
    capsys.readouterr()
    assert main(["witness", "serve", "--folder", str(tmp_path), "--bind", "127.0.0.1:0"]) == 1
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1


def test_a_folder_that_is_not_there_and_a_port_in_use_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["witness", "serve", "--folder", str(tmp_path / "none")]) == 1
    assert "There is no witness in" in capsys.readouterr().err
    made(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as used:
        bind = f"127.0.0.1:{used.getsockname()[1]}"
        assert main(["witness", "serve", "--folder", str(tmp_path), "--bind", bind]) == 1
    assert "address already in use" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("serve",), ("key", "--folder", "w"), ("key", "a name", "--folder", "w"),
        ("key", "a+b", "--folder", "w"), ("serve", "--folder", "w", "--bind", "8017"),
        ("serve", "--folder", "w", "--bind", "::1"),
        ("serve", "--folder", "w", "--bind", "h:65536"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["witness", *words])
    assert ended.value.code == 2


def test_it_listens_on_the_newer_internet_too(tmp_path: Path) -> None:
    key = made(tmp_path)
    with serving(tmp_path, "::1") as url:
        assert url.startswith("http://[::1]:")
        grow(url, key, 7)


def test_it_loads_neither_framework_nor_database_driver(tmp_path: Path) -> None:
    made(tmp_path)
    code = (
        "import sys; from evenhand.cli.main import main; import evenhand.cli.witness_server;"
        f"main(['witness', 'show', '--folder', {str(tmp_path)!r}]);"
        "print(sorted({'django', 'psycopg', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=clean_environment(), check=True
    )
    assert done.stdout.splitlines()[-1] == b"[]"


class TestTheProtocol:
    def test_what_continues_is_cosigned_and_what_not_has_the_status_of_the_specification(
        self, witness: Caller
    ) -> None:
        for old, size in ((0, 0), (0, 7), (7, 20), (20, 20)):
            answer = witness.add(signed(size), old=old, size=size)
            assert (answer.status, answer.body[:2]) == (200, "\u2014 ")
        behind = witness.add(signed(30), old=7, size=30)
        assert (behind.status, behind.body) == (409, "20\n")
        assert behind.headers["Content-Type"] == SIZE
        assert witness.add(signed(20, bytes(32)), old=20).status == 409
        assert witness.add(signed(30), old=20, size=29).status == 422
        stranger = sign_checkpoint(Checkpoint(ORIGIN, 30, bytes(32)), [NEXT])
        assert witness.add(stranger, old=20, size=30).status == 403
        unknown = sign_checkpoint(Checkpoint("other.example", 3, bytes(32)), [LOG])
        assert witness.add(unknown, old=0).status == 404
        assert witness.add(signed(20), old=21).status == 400
        for nonsense in (b"", b"hello", b"\x00", b"\xff" * 100, b"old 20\n" * 100):
            assert witness.ask("POST", "/add-checkpoint", nonsense).status == 400
        assert witness.add(signed(30), old=20, size=30).status == 200

    def test_one_connection_may_ask_several_times(self, witness: Caller) -> None:
        connection = http.client.HTTPConnection(*witness.address, timeout=SECONDS)
        connection.connect()
        first = connection.sock
        for old, size in ((0, 7), (7, 20), (20, 40)):
            body = make_request(signed(size), old=old, proof=proof(old, size))
            connection.request("POST", "/add-checkpoint", body, {"Expect": "100-continue"})
            assert Asked(connection.getresponse()).status == 200
        assert connection.sock is first
        connection.close()

    def test_a_key_is_replaced_while_two_are_trusted(self, tmp_path: Path) -> None:
        key = made(tmp_path)
        with (tmp_path / LOGS).open("a") as logs:
            logs.write(f"log {NEXT.verifier}\n")
        with serving(tmp_path) as url:
            grow(url, key, 7)
            note = Note(
                signed(20).text,
                sign_checkpoint(Checkpoint(ORIGIN, 20, _root(20)), [NEXT]).signatures,
            )
            [_] = cosign(url, note, known=7, proof=lambda old: proof(old, 20), keys=[key])

    def test_anybody_may_look_at_what_was_cosigned_last(self, witness: Caller) -> None:
        assert "Nothing cosigned yet." in witness.ask("GET", "/").body
        grow(witness.url, witness.key, 7)
        page = witness.ask("GET", "/")
        assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert f"Witness {NAME}\n{witness.key}\n\n{ORIGIN}\n7 entries, root " in page.body
        head = witness.ask("HEAD", "/")
        assert (head.status, head.body) == (200, "")

    def test_what_is_no_request_is_refused_in_a_sentence_without_repeating_it(
        self, witness: Caller
    ) -> None:
        for path in ("/nothing", "/add-checkpoint/", "/add-checkpoint?a", "/../etc/passwd"):
            assert witness.ask("GET", path).status == 404
        for method, path, allow in (
            ("GET", "/add-checkpoint", "POST"), ("PUT", "/add-checkpoint", "POST"),
            ("POST", "/", "GET, HEAD"), ("DELETE", "/", "GET, HEAD"),
        ):  # fmt: skip
            answer = witness.ask(method, path, b"abc")
            assert (answer.status, answer.headers["Allow"]) == (405, allow)
        for said, status in (
            (b"EVIL\x1b[2J / HTTP/1.1\r\n\r\n", b"501"),
            (ADD + b"\r\n", b"411"),
            (ADD + b"Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", b"411"),
            (ADD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"411"),
            (ADD + b"Content-Length: -1\r\n\r\n", b"400"),
            (ADD + b"Content-Length: 1000001\r\n\r\n", b"413"),
            (b"GET / HTTP/9.9\r\n\r\n", b"505"),
            (b"a b c d e\r\n\r\n", b"400"),
            (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
            (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"431"),
        ):  # fmt: skip
            heard = witness.raw(said)
            assert heard.split(b" ")[1] == status
            assert b"EVIL" not in heard
            assert b"Server:" not in heard

    def test_its_log_has_a_line_for_each_request_and_no_line_of_theirs(
        self, witness: Caller, capsys: pytest.CaptureFixture[str]
    ) -> None:
        grow(witness.url, witness.key, 7)
        witness.ask("GET", "/nothing")
        witness.raw(b"GET /\x1b[2J\x85\xe2\x80\xae HTTP/1.1\r\n\r\n")
        witness.raw(b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n")
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 4
        assert lines[0].endswith(f'"POST /add-checkpoint HTTP/1.1" 200 cosigned {ORIGIN} 7')
        assert lines[1].endswith('"GET /nothing HTTP/1.1" 404 There is only /add-checkpoint here.')
        assert all(line.isprintable() and len(line) < 500 for line in lines)


class TestSlowAndHostileClients:
    @pytest.fixture(autouse=True)
    def soon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(witness_server, "REQUEST_SECONDS", 1.5)

    def test_whoever_drips_is_cut_off_and_holds_nobody_up(self, witness: Caller) -> None:
        began = time.monotonic()
        dripping = [Thread(target=self.drip, args=(witness, said)) for said in DRIPS]
        for thread in dripping:
            thread.start()
        for known, size in ((0, 7), (7, 20), (20, 40)):
            grow(witness.url, witness.key, size, known=known)
        for thread in dripping:
            thread.join(SECONDS)
            assert not thread.is_alive()
        assert time.monotonic() - began < 2 * SECONDS

    @staticmethod
    def drip(witness: Caller, said: bytes) -> None:
        with socket.create_connection(witness.address, SECONDS) as connection:
            try:
                for byte in said:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                return
            raise AssertionError("it listened to the end")

    def test_of_too_many_at_once_the_last_is_sent_away_and_later_taken(
        self, witness: Caller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(witness_server, "MOST_AT_ONCE", 3)
        idle = [socket.create_connection(witness.address, SECONDS) for _ in range(3)]
        try:
            with pytest.raises((ConnectionError, http.client.HTTPException)):
                witness.ask("GET", "/")
            assert self.taken_later(witness)
        finally:
            for connection in idle:
                connection.close()

    @staticmethod
    def taken_later(witness: Caller) -> bool:
        deadline = time.monotonic() + 2 * SECONDS
        while time.monotonic() < deadline:
            try:
                return witness.ask("GET", "/").status == 200
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.1)
        return False

    def test_whoever_leaves_in_the_middle_leaves_nothing(
        self, witness: Caller, capsys: pytest.CaptureFixture[str]
    ) -> None:
        body = make_request(signed(7), old=0, proof=())
        head = f"POST /add-checkpoint HTTP/1.1\r\nContent-Length: {len(body) + 1}\r\n\r\n".encode()
        with socket.create_connection(witness.address, SECONDS) as connection:
            connection.sendall(head + body)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
        assert "Nothing cosigned yet." in witness.ask("GET", "/").body
        assert "Traceback" not in capsys.readouterr().err


NEXT_LOG = SigningKey("next.example/log", Kind.ED25519, b"x" * 32)
DRIPS = (
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50,
    b"GET /" + b"a" * 200,
    ADD + b"Content-Length: 900\r\n\r\n" + b"a" * 300,
)


class TestItsMemory:
    def test_a_witness_that_cannot_write_cosigns_nothing(
        self, witness: Caller, capsys: pytest.CaptureFixture[str]
    ) -> None:
        grow(witness.url, witness.key, 7)
        kept = (witness.folder / MEMORY).read_bytes()
        (witness.folder / MEMORY).unlink()
        (witness.folder / MEMORY).mkdir()
        with pytest.raises(Broken, match="answered 500"):
            grow(witness.url, witness.key, 20, known=7)
        assert witness.ask("GET", "/").status == 500
        (witness.folder / MEMORY).rmdir()
        with pytest.raises(Broken, match="answered 500"):
            grow(witness.url, witness.key, 20)
        assert list(witness.folder.glob(f"*{MEMORY}*")) == []
        assert "Nothing is cosigned: " in capsys.readouterr().err
        (witness.folder / MEMORY).write_bytes(kept)
        grow(witness.url, witness.key, 20, known=7)

    def test_a_log_that_is_trusted_again_is_not_begun_anew(self, tmp_path: Path) -> None:
        key = made(tmp_path)
        with serving(tmp_path) as url:
            grow(url, key, 20)
        logs = (tmp_path / LOGS).read_text()
        other = sign_checkpoint(Checkpoint(NEXT_LOG.name, 0, _root(0)), [NEXT_LOG])
        (tmp_path / LOGS).write_text(f"log {NEXT_LOG.verifier}\n")
        with serving(tmp_path) as url:
            [_] = cosign(url, other, known=0, proof=lambda _: (), keys=[key])
        (tmp_path / LOGS).write_text(logs)
        with serving(tmp_path) as url, pytest.raises(WitnessDisagrees):
            grow(url, key, 7)

    def test_killed_at_any_moment_it_never_goes_back(self, tmp_path: Path) -> None:
        key = made(tmp_path)
        known = 0
        for round_ in range(40):
            if known and round_ >= 4:
                break
            with running(tmp_path) as witness:
                with ThreadPoolExecutor(1) as pool:
                    growing = pool.submit(_grow_until_it_dies, witness.url, key, known)
                    time.sleep(0.02 + 0.03 * round_)
                    witness.stop(signal.SIGKILL)
                    known = growing.result()
                last = Witness.open(tmp_path).seen().get(ORIGIN)
                assert (last.head.size if last else 0) in {known, known + 1}
        assert known
        with running(tmp_path) as witness:
            with pytest.raises(WitnessDisagrees):
                grow(witness.url, key, known - 1)
            forged = signed(40, bytes(32))
            with pytest.raises(Broken, match="does not continue"):
                cosign(witness.url, forged, known=0, proof=lambda old: proof(old, 40), keys=[key])

    def test_two_processes_on_one_folder_never_cosign_two_histories(self, tmp_path: Path) -> None:
        key = made(tmp_path)
        logs = [SigningKey(f"{n}.example/log", Kind.ED25519, bytes([n]) * 32) for n in range(8)]
        with (tmp_path / LOGS).open("a") as trusted:
            trusted.writelines(f"log {log.verifier}\n" for log in logs)
        with running(tmp_path) as one, running(tmp_path) as two, ThreadPoolExecutor(8) as pool:
            for log in logs:
                forks = [
                    sign_checkpoint(Checkpoint(log.name, 1, bytes([root]) * 32), [log])
                    for root in range(4)
                ]
                asked = {
                    pool.submit(_is_cosigned, url, key, fork): fork
                    for fork in forks
                    for url in (one.url, two.url)
                }
                assert len({fork for it, fork in asked.items() if it.result()}) == 1


def _is_cosigned(url: str, key: VerifierKey, note: Note) -> bool:
    try:
        return bool(cosign(url, note, known=0, proof=lambda _: (), keys=[key]))
    except WitnessDisagrees:
        return False


def _grow_until_it_dies(url: str, key: VerifierKey, known: int) -> int:
    """Have a log cosigned entry by entry, at last the same again; give the last size that was."""
    while True:
        size = min(known + 1, LONGEST)
        try:
            grow(url, key, size, known=known)
        except WitnessDisagrees:
            raise
        except Broken:
            return known
        known = size


class TestItsEnd:
    def test_told_to_stop_it_ends_at_once_and_cleanly(self, tmp_path: Path) -> None:
        made(tmp_path)
        with running(tmp_path) as witness:
            at = urlsplit(witness.url)
            address = (at.hostname or "", at.port or 0)
            with socket.create_connection(address) as idle:
                idle.sendall(ADD + b"Content-Length: 9\r\n\r\nabc")
                began = time.monotonic()
                assert witness.stop(signal.SIGTERM) == 0
                assert time.monotonic() - began < SECONDS
            assert "Traceback" not in witness.errors.read_text()

    def test_told_to_stop_while_it_takes_a_connection_it_waits_for_its_thread(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = Thread.start

        def told_to_stop_first(thread: Thread) -> None:
            signal.raise_signal(signal.SIGTERM)
            start(thread)

        made(tmp_path)
        server = WitnessServer(("127.0.0.1", 0), Witness.open(tmp_path))
        at = urlsplit(server.url)
        with (
            stopped_by_signals(),
            socket.create_connection((at.hostname or "", at.port or 0)),
        ):
            connection, client = server.get_request()
            monkeypatch.setattr(Thread, "start", told_to_stop_first)
            with pytest.raises(KeyboardInterrupt):
                server.process_request(connection, client)
            monkeypatch.undo()
            server.finish()
        assert not server._open
