"""What anybody sees of a log where it is published: it was only added to, and has their receipt."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from evenhand.ledger.__main__ import main
from evenhand.ledger.receipts import make_receipt
from evenhand.ledger.tiles import ENTRIES, Tile
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_files import LARGEST_FILE
from evenhand.ledger.verify_published import verify_published
from evenhand.ledger.verify_report import Report
from tests.ledger.bundles import POLICY, SmallLog, entry, rewritten, small_log
from tests.ledger.cast import NOON

REFUSED = b"refused"
"""Stands for an answer of the server that it cannot give."""


@pytest.fixture(scope="module")
def log() -> SmallLog:
    return small_log(3, 250, 7, 300)


def files_of(log: SmallLog) -> dict[str, bytes]:
    """Give what a desk serves of its log: hashes, checkpoint and policy."""
    newest = log.notes[max(log.notes)].encode()
    hashes = {path: data for path, data in log.shelf.items() if ENTRIES not in path}
    return {"checkpoint": newest, "policy": POLICY.encode(), **hashes}


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """Serve these files, and give the address."""

    class Serves(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = files.get(self.path.removeprefix("/log/"))
            self.send_response(404 if found is None else 500 if found == REFUSED else 200)
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Serves) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/log/"
        server.shutdown()


def found(files: dict[str, bytes], **asked: object) -> Report:
    with served(files) as address:
        held = replace(Asked(policy=POLICY.encode()), **asked)  # type: ignore[arg-type]
        return verify_published(address, held)


def receipt_for(log: SmallLog, number: int, *, size: int) -> bytes:
    written = log.written[number]
    made = make_receipt(
        log.shelf.read,
        index=number,
        size=size,
        checkpoint=log.notes[size],
        leaf=written.leaf,
        opening=written.opening,
    )
    return str(made).encode()


def test_a_true_log_holds_with_what_was_kept_and_given(log: SmallLog) -> None:
    report = found(
        files_of(log), kept=log.notes[253].encode(), receipt=receipt_for(log, 100, size=260)
    )
    said = report.sentences()
    assert said[0] == "ok: desk.example/log: 560 hashes of a log of 560, 3 checkpoints."
    assert report.receipt is not None
    assert report.receipt["index"] == 100
    assert [it.startswith("Entries are not published") for it in report.remarks] == [True]
    assert "Cosigned by east.example/w" in said[-2]
    as_json = report.as_json()
    assert (as_json["hashes"], as_json["entries"]) == (560, 0)
    assert as_json["origin"] == "desk.example/log"


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 65_793])
def test_a_log_of_any_size_holds(size: int) -> None:
    log = SmallLog()
    log.grow([entry(0)] * size)
    report = found(files_of(log))
    assert (report.difference, report.hashes) == (None, size)


def test_without_a_policy_and_a_checkpoint_it_says_what_that_leaves_open(log: SmallLog) -> None:
    report = found(files_of(log), policy=None)
    assert report.ok
    assert ["--kept" in it for it in report.remarks] == [False, True, False]
    assert "Use --policy with your own." in report.remarks[2]


def test_a_history_written_anew_does_not_lead_to_the_checkpoint_that_was_kept(
    log: SmallLog,
) -> None:
    other = rewritten(log, 100, entry(7))
    report = found(files_of(other), kept=log.notes[253].encode())
    assert report.difference == (
        "The hashes do not lead to the checkpoint of 253 entries that you kept: something before "
        "entry 253 differs, and nothing before entry 0 does."
    )


def test_a_log_that_was_cut_off_is_shorter_than_the_checkpoint_that_was_kept(log: SmallLog) -> None:
    report = found(files_of(small_log(3, 250)), kept=log.notes[260].encode())
    assert report.difference == (
        "The checkpoint of 260 entries that you kept is newer than what is published, which ends "
        "at 253: something was cut off, or an old copy is served."
    )


BELOW, ABOVE = Tile(0, 0).path, Tile(1, 0, 2).path


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        (BELOW, b"x" * 8192, "The hashes do not lead to the checkpoint of 560 entries"),
        (ABOVE, b"x" * 64, f"{ABOVE} does not hold the hashes"),
        (BELOW, b"x", "A tile of 1 bytes does not hold 256 hashes."),
        (BELOW, b"x" * (LARGEST_FILE + 1), f"{BELOW} is larger than such a file can be."),
        (BELOW, REFUSED, "cannot be read: Internal Server Error."),
        ("checkpoint", b"", "A note is a text, an empty line and lines of signatures."),
    ],
)
def test_what_is_served_wrong_is_named(log: SmallLog, path: str, data: bytes, why: str) -> None:
    report = found({**files_of(log), path: data})
    assert why in str(report.difference)


def test_a_tile_that_is_missing_is_named(log: SmallLog) -> None:
    files = files_of(log)
    del files[BELOW]
    assert f"{BELOW} is not there" in str(found(files).difference)


def test_no_log_and_no_server_are_a_sentence() -> None:
    with served({}) as address:
        assert "checkpoint is not there" in str(
            verify_published(address, Asked(policy=POLICY.encode())).difference
        )
    assert "cannot be read" in str(verify_published(address, Asked()).difference)
    for wrong in ("http://[", "http://", "http://a b/", "http://x:port/"):
        assert f"{wrong} cannot be read: " in str(verify_published(wrong, Asked()).difference)


def test_an_old_cosignature_is_stale(log: SmallLog) -> None:
    now = NOON + 3600 * 1000
    assert "STALE" in str(found(files_of(log), max_age=60, now=now).difference)
    assert found(files_of(log), max_age=now, now=now).ok
    early = found(files_of(log), now=NOON)
    assert str(early.difference).startswith("A witness cosigned on 2026-10-14 21:14 UTC, and now")


def test_the_address_stands_in_the_place_of_the_folder(
    log: SmallLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "policy"
    policy.write_text(POLICY, "utf-8")
    with served(files_of(log)) as address:
        assert main(["verify", address, "--policy", str(policy), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["hashes"] == 560
        with pytest.raises(SystemExit, match="2"):
            main(["verify", address, "--receipts", str(policy)])
    assert "a published log has no entries" in capsys.readouterr().err
