"""A file on its way in: kept whole and sealed, or refused with a reason and nothing left of it."""

import gzip
import hashlib
import os
import resource
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from evenhand.actions.captures import sweep
from evenhand.actions.captures_coming import Coming
from evenhand.rules.captures import (
    CaptureHarmful,
    CaptureNotKept,
    CaptureTooBig,
    CaptureUnreadable,
    Scan,
)
from evenhand.rules.captures_cleaned import cleaned
from evenhand.rules.captures_formats import MOST_BYTES, Format, Kind
from evenhand.store import capture_files, captures
from tests.antivirus import ANTIVIRUS_TEST, antivirus
from tests.builders import NOW
from tests.capture_files import FILES, png
from tests.captures import bucket_of_its_own, coming, folder_of_its_own, left, received
from tests.swift import Swift

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    with ExitStack() as running:
        if "each_store" not in request.fixturenames:
            running.enter_context(folder_of_its_own(tmp_path))
        else:
            request.getfixturevalue("each_store")
        yield
        assert left() == set()


@pytest.mark.parametrize("of", Format)
@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_each_format_is_received_with_its_hash(of: Format, piece: int) -> None:
    with coming(FILES[of], piece=piece) as one:
        came = received(one)
    assert (came.format, came.size) == (of, len(FILES[of]))
    assert came.sha256 == hashlib.sha256(FILES[of]).digest()
    assert came.scan is Scan.NOT_SCANNED


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 400), st.binary(max_size=40))
def test_whatever_comes_is_kept_with_its_hash_or_refused(of: Format, at: int, put: bytes) -> None:
    data = FILES[of][:at] + put + FILES[of][at + len(put) :]
    with suppress(CaptureUnreadable), coming(data, piece=64) as one:
        assert received(one).sha256 == hashlib.sha256(data).digest()


def test_a_large_file_takes_no_memory_and_no_plain_byte_is_on_the_disk() -> None:
    secret = os.urandom(64)
    one = Coming()
    one.write(b"\x1aE\xdf\xa3" + secret + bytes(MB))
    folder = Path(settings.CAPTURES_COMING_IN)
    assert not [it for it in folder.iterdir() if secret in it.read_bytes()]
    tracemalloc.start()
    for _ in range(299):
        one.write(bytes(MB))
    came = one.whole(at=NOW)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    one.abandon()
    assert came.size == 300 * MB + 4 + len(secret)
    assert most < 8 * MB


BOMB = zlib.compress(bytes(100 * MB))
"""What becomes a thousand times as large for whoever unpacks it."""


@pytest.mark.parametrize("of", [Format.PNG, Format.PDF])
def test_a_bomb_is_kept_as_it_is_and_nobody_unpacks_it(of: Format) -> None:
    bombs = {
        Format.PNG: png(60_000, 60_000, BOMB),
        Format.PDF: b"%PDF-1.7\n<</Filter/FlateDecode>>stream\n" + BOMB + b"\n%%EOF\n",
    }
    tracemalloc.start()
    with coming(bombs[of], piece=64 * 1024) as one:
        came = received(one)
    left = cleaned(of, bombs[of])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert came.sha256 == hashlib.sha256(bombs[of]).digest()
    assert not came.can_be_drawn
    assert (BOMB in left) is (of is Format.PDF)
    assert most < 8 * MB


@pytest.mark.parametrize("packed", [gzip.compress(bytes(MB)), b"PK\3\4" + BOMB, BOMB])
def test_an_archive_is_refused_whatever_is_in_it(packed: bytes) -> None:
    with pytest.raises(CaptureUnreadable), coming(packed, piece=64 * 1024) as one:
        received(one)


def test_a_file_is_refused_as_soon_as_it_is_too_large() -> None:
    start = png()[:50]
    with pytest.raises(CaptureTooBig), coming(start, piece=50) as one:
        for _ in range(60):
            one.write(bytes(MB))
    assert MOST_BYTES[Kind.STILL] == 50 * MB


@pytest.mark.parametrize(
    ("head", "says"), [(png()[:50], CaptureTooBig), (b"", CaptureUnreadable)], ids=["still", "none"]
)
def test_a_sparse_file_of_five_gigabytes_is_refused_in_little_memory(
    tmp_path: Path, head: bytes, says: type[Exception]
) -> None:
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as file:
        file.write(head)
        file.truncate(5 * 1024 * MB)
    before, one = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, Coming()
    with sparse.open("rb") as file, pytest.raises(says):
        for piece in iter(lambda: file.read(64 * 1024), b""):
            one.write(piece)
    read = one._size
    one.abandon()
    sparse.unlink()
    assert read <= MOST_BYTES[Kind.STILL] + 64 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(CaptureUnreadable, match="empty"), coming(b"") as one:
        received(one)


@pytest.mark.usefixtures("each_store")
def test_what_the_antivirus_finds_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with antivirus() as address:
        monkeypatch.setattr(settings, "ANTIVIRUS", address)
        with coming(png(body=b"nothing")) as one:
            assert received(one).scan is Scan.NOTHING_FOUND
        with pytest.raises(CaptureHarmful), coming(png(body=ANTIVIRUS_TEST)) as one:
            received(one)


def test_what_the_antivirus_does_not_read_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with antivirus(most=100) as address:
        monkeypatch.setattr(settings, "ANTIVIRUS", address)
        with pytest.raises(CaptureNotKept), coming(png(body=bytes(3 * MB)), piece=MB) as one:
            received(one)
    with antivirus(says=b"no answer") as address:
        monkeypatch.setattr(settings, "ANTIVIRUS", address)
        with pytest.raises(CaptureNotKept), coming(png()) as one:
            received(one)
    monkeypatch.setattr(settings, "ANTIVIRUS", "tcp://127.0.0.1:1")
    with pytest.raises(CaptureNotKept), coming(png()) as one:
        received(one)
    with pytest.raises(CaptureUnreadable, match="empty"), coming(b"") as one:
        received(one)


def test_a_full_disk_is_told_and_leaves_nothing() -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MB, before[1]))
    try:
        with pytest.raises(CaptureNotKept), coming(png(body=os.urandom(8 * MB)), piece=MB):
            pass
        with pytest.raises(CaptureNotKept), coming(png(body=os.urandom(MB)), piece=2 * MB) as one:
            received(one)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("each_store")
def test_the_store_writes_nothing_over() -> None:
    with coming(png()) as one:
        there = received(one).id
        capture_files.incoming(there).write_bytes(b"another")
        with pytest.raises(capture_files.NotPut):
            capture_files.put(there)
        with capture_files.found(there) as sealed:
            assert sealed.read().startswith(b"age-encryption.org")


def test_a_store_that_is_away_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> str:
        raise OSError("No such device")

    with coming(png()) as one:
        monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", away)
        with pytest.raises(CaptureNotKept):
            received(one)


def test_a_bucket_that_is_away_takes_nothing_and_is_swept_later(
    swift: Swift, tmp_path: Path
) -> None:
    with bucket_of_its_own(swift, tmp_path) as bucket:
        with (
            bucket_of_its_own(swift, tmp_path, endpoint="http://127.0.0.1:1", bucket="away"),
            pytest.raises(CaptureNotKept),
            coming(png()) as one,
        ):
            received(one)
        assert left() == set()
        assert captures.not_needed(now=NOW + timedelta(hours=2))
        sweep(now=NOW + timedelta(hours=2))
        assert not captures.not_needed(now=NOW + timedelta(hours=2))
        assert bucket.listdir("")[1] == []


@pytest.mark.usefixtures("each_store")
def test_what_was_left_on_its_way_in_is_swept() -> None:
    one = Coming()
    one.write(png())
    capture_files.sweep_incoming(now=NOW)
    assert list(Path(settings.CAPTURES_COMING_IN).glob("*.age"))
    [path] = Path(settings.CAPTURES_COMING_IN).glob("*.age")
    late = path.stat().st_mtime
    capture_files.sweep_incoming(now=NOW.fromtimestamp(late, tz=NOW.tzinfo) + timedelta(hours=7))
    assert not path.exists()
    one.abandon()
