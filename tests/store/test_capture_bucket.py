"""Captures in a bucket, on a real S3-compatible store: refused, away, half-way, gone for good."""

import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, create_connection, socket
from socketserver import BaseRequestHandler, TCPServer, ThreadingTCPServer
from threading import Thread
from uuid import UUID, uuid4

import pytest

from evenhand.store import capture_files
from evenhand.store.capture_bucket import Bucket
from tests.captures import bucket_of_its_own, left
from tests.swift import SECRET, Swift

MB = 1024 * 1024


@pytest.fixture
def bucket(swift: Swift, tmp_path: Path) -> Iterator[Bucket]:
    with bucket_of_its_own(swift, tmp_path) as bucket:
        yield bucket


def versioned(bucket: Bucket) -> None:
    how = {"Status": "Enabled"}
    bucket._client.put_bucket_versioning(Bucket=bucket._bucket, VersioningConfiguration=how)


def put(data: bytes) -> UUID:
    file = uuid4()
    capture_files.incoming(file).write_bytes(data)
    capture_files.put(file)
    return file


@pytest.mark.parametrize("has_versions", [False, True])
def test_what_is_removed_is_on_no_disk_of_the_store(
    swift: Swift, bucket: Bucket, has_versions: bool
) -> None:
    if has_versions:
        versioned(bucket)
    words = os.urandom(64)
    file, other = put(words + bytes(MB)), put(b"another")
    name = f"{file.hex}.age"
    bucket._client.delete_object(Bucket=bucket._bucket, Key=name)  # as somebody else may
    assert not capture_files.is_there(file)
    assert bool(swift.holding(words)) is has_versions
    assert (file in capture_files.known()) is has_versions
    file = put(words)
    capture_files.remove(file)
    capture_files.remove(uuid4())
    for it in [*capture_files.known()]:
        if it != other:
            capture_files.remove(it)
    assert not swift.holding(words)
    assert list(capture_files.known()) == [other]
    assert capture_files.is_there(other)


def test_a_file_is_written_once_whoever_else_writes(swift: Swift, bucket: Bucket) -> None:
    file = put(b"the first")
    capture_files.incoming(file).write_bytes(b"the second")
    with pytest.raises(capture_files.NotPut):
        capture_files.put(file)
    bucket.exists = lambda name: False  # type: ignore[method-assign]  # it came in between
    with pytest.raises(capture_files.NotPut) as refused:
        capture_files.put(file)
    assert isinstance(refused.value.__cause__, FileExistsError)
    with capture_files.found(file) as kept:
        assert kept.read() == b"the first"


def test_a_large_file_passes_without_being_in_memory(bucket: Bucket, tmp_path: Path) -> None:
    file, whole = uuid4(), os.urandom(MB) * 48
    capture_files.incoming(file).write_bytes(whole)
    (tmp_path / "out").mkdir()
    tracemalloc.start()
    capture_files.put(file)
    copy = capture_files.copy_out(file, tmp_path / "out")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert copy.read_bytes() == whole
    assert most < 8 * MB


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"secret": f"{SECRET}x"}, "refuses the key or the secret."),
        ({"key": "desk:nobody"}, "refuses the key or the secret."),
        ({"bucket": "not-made"}, "has no such bucket."),
        ({"endpoint": "http://127.0.0.1:1"}, "does not answer, or broke off."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken(
    swift: Swift, bucket: Bucket, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    told = {"bucket": bucket._bucket} | changes
    file = uuid4()
    with bucket_of_its_own(swift, tmp_path, **told):
        [fault] = capture_files.faults()
        assert fault.endswith(said)
        assert SECRET not in fault
        capture_files.incoming(file).write_bytes(b"sealed")
        with pytest.raises(capture_files.NotPut):
            capture_files.put(file)
        for act in (capture_files.found, capture_files.remove):
            with pytest.raises(OSError, match=r"The store of captures at"):
                act(file)
    assert left() == {f"{file.hex}.age"}  # on its way in still, to be swept
    assert bucket.listdir("")[1] == []


@pytest.mark.parametrize("has_versions", [False, True])
def test_a_good_bucket_has_no_faults_and_nothing_is_left_of_the_trial(
    bucket: Bucket, has_versions: bool
) -> None:
    if has_versions:
        versioned(bucket)
    assert not list(capture_files.faults())
    assert left() == set()


@contextmanager
def line_that_breaks(port: int, after: int) -> Iterator[str]:
    """A way to the store on which each connection breaks once so many bytes went in."""

    class Line(BaseRequestHandler):
        def handle(self) -> None:
            with create_connection(("127.0.0.1", port)) as far:
                back = Thread(target=self.answer, args=(far,))
                back.start()
                passed = 0
                while passed < after and (data := self.request.recv(64 * 1024)):
                    far.sendall(data)
                    passed += len(data)
                far.shutdown(SHUT_RDWR)
                back.join()

        def answer(self, far: socket) -> None:
            with suppress(OSError):
                while data := far.recv(64 * 1024):
                    self.request.sendall(data)

    with serving(ThreadingTCPServer(("127.0.0.1", 0), Line)) as endpoint:
        yield endpoint


def test_what_breaks_off_half_way_leaves_nothing(
    swift: Swift, bucket: Bucket, tmp_path: Path
) -> None:
    words, file = os.urandom(64), uuid4()
    with (
        line_that_breaks(swift.port, after=MB) as endpoint,
        bucket_of_its_own(swift, tmp_path, endpoint=endpoint, bucket=bucket._bucket),
    ):
        capture_files.incoming(file).write_bytes(words + bytes(4 * MB))
        with pytest.raises(capture_files.NotPut) as refused:
            capture_files.put(file)
    assert "broke off" in str(refused.value.__cause__)
    assert bucket.listdir("")[1] == []
    assert not bucket._client.list_multipart_uploads(Bucket=bucket._bucket).get("Uploads")
    assert not swift.holding(words)


class Canned(BaseHTTPRequestHandler):
    """What a store says that has Object Lock, keeps what is deleted, or breaks off.

    No such store can be had here: these are its words as the interface has them.
    """

    lock = b""
    kept = b""
    body = b""

    def do_GET(self) -> None:
        if "object-lock" in self.path:
            self.answer(200 if self.lock else 404, self.lock or NO_LOCK)
        elif "versions" in self.path:
            self.answer(200, self.kept)
        else:
            self.answer(200, self.body, more=100)

    def do_HEAD(self) -> None:
        self.answer(404 if self.kept else 200, b"")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, b"")

    def do_DELETE(self) -> None:
        self.answer(204, b"")

    def answer(self, status: int, data: bytes, more: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) + more))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


NO_LOCK = b"<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>"
LOCK = (
    b"<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
    b"</ObjectLockConfiguration>"
)
KEPT = "<ListVersionsResult>%s</ListVersionsResult>"
KEPT_ONE = "<Version><Key>%s</Key><VersionId>1</VersionId></Version>"


@contextmanager
def canned(**said: bytes) -> Iterator[str]:
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), type("Saying", (Canned,), said))) as it:
        yield it


@contextmanager
def serving(server: TCPServer) -> Iterator[str]:
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_bucket_with_object_lock_is_refused(swift: Swift, tmp_path: Path) -> None:
    with (
        canned(lock=LOCK) as endpoint,
        bucket_of_its_own(swift, tmp_path, endpoint=endpoint, bucket="locked"),
    ):
        [fault] = capture_files.faults()
    assert "has Object Lock: what is disposed of would stay." in fault


def test_what_stays_although_it_was_deleted_is_not_taken_for_gone(
    swift: Swift, tmp_path: Path
) -> None:
    file = uuid4()
    kept = (KEPT % (KEPT_ONE % f"{file.hex}.age")).encode()
    with (
        canned(kept=kept) as endpoint,
        bucket_of_its_own(swift, tmp_path, endpoint=endpoint, bucket="keeping"),
        pytest.raises(OSError, match="keeps what was deleted"),
    ):
        capture_files.remove(file)


def test_a_copy_that_breaks_off_is_not_left(swift: Swift, tmp_path: Path) -> None:
    with (
        canned(body=b"age-encryption") as endpoint,
        bucket_of_its_own(swift, tmp_path / "captures", endpoint=endpoint, bucket="breaking"),
        pytest.raises(OSError, match="broke off"),
    ):
        capture_files.copy_out(uuid4(), tmp_path)
    assert not list(tmp_path.glob("*.age"))
