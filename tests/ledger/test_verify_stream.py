"""Receipts from another machine: each act that was committed is in the tree, or is named."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from evenhand.ledger import verify_stream
from evenhand.ledger.openings import fields_of, keeping
from evenhand.ledger.receipts import stream_line
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from tests.ledger.bundles import (
    BEGAN,
    POLICY,
    SmallLog,
    entry,
    found,
    lines_of,
    rebag,
    rewritten,
    small_log,
)

GONE = bytes(32)
"""The hash of a leaf that is in no tree."""


def line_of(leaf_hash: bytes, *, hours: float) -> str:
    return stream_line(leaf_hash, at=BEGAN + timedelta(hours=hours)) + "\n"


def lines_for(log: SmallLog) -> list[str]:
    """Give the receipts of all entries, one an hour."""
    return [line_of(it.leaf_hash, hours=number) for number, it in enumerate(log.written)]


@pytest.fixture(scope="module")
def log() -> SmallLog:
    return small_log(3, 250, 7, 300)


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    return tmp_path / "host.log"


def test_what_never_came_into_the_tree_is_found_by_the_receipts(
    log: SmallLog, tmp_path: Path
) -> None:
    stream = tmp_path / "host.log"
    lines = [
        f"<13>Nov 28 desk: {stream_line(it.leaf_hash, at=BEGAN + timedelta(hours=number))}\n"
        for number, it in enumerate(log.written)
    ]
    stream.write_text("".join(lines) + "an unrelated line\n", "utf-8")
    report = found(log.export(tmp_path / "true"), stream=stream)
    assert report.remarks == ["560 receipts were found in the tree."]

    other = rewritten(log, 100, None).export(tmp_path / "other")
    assert found(other).ok
    assert str(found(other, stream=stream).difference).startswith(
        "MISSING: 1 of the receipts are not in the log, the first of 2026-09-25T18:13:20 with"
    )

    later = stream_line(bytes(32), at=BEGAN + timedelta(days=300))
    stream.write_text("".join(lines) + later, "utf-8")
    report = found(tmp_path / "true", stream=stream)
    assert report.remarks[1] == "Receipts that are newer than this log, and not in it yet: 1."


def test_what_is_missing_is_found_though_the_entries_hide_when_they_were(
    stream: Path, tmp_path: Path
) -> None:
    log = small_log(3, 4)
    stream.write_text("".join([*lines_for(log), line_of(GONE, hours=3.5)]), "utf-8")
    bundle = log.export(tmp_path / "bundle")
    missing = "MISSING: 1 of the receipts are not in the log, the first of 2026-09-21T17:43:20"
    assert missing in str(found(bundle, stream=stream).difference)
    path = bundle / "data/openings.jsonl"
    first, *others = [it.decode().rstrip("\n") for it in lines_of(path)]
    hidden = [keeping(it, set(fields_of(it)) - {"at"}) for it in others]
    path.write_text("\n".join([first, *hidden, ""]), "utf-8")
    rebag(bundle)
    assert missing in str(found(bundle, stream=stream).difference)
    # Without a witness there is no time to go by.
    alone = POLICY.split("witness")[0] + "quorum none\n"
    assert missing in str(found(bundle, stream=stream, policy=alone.encode()).difference)


def test_without_a_witness_the_newest_entry_tells_how_far_the_log_goes(
    stream: Path, tmp_path: Path
) -> None:
    log = SmallLog()
    log.grow(map(entry, range(3)), by=())
    stream.write_text("".join([*lines_for(log), line_of(GONE, hours=2.1)]), "utf-8")
    report = verify(log.export(tmp_path / "bundle"), Asked(stream=stream))
    assert report.ok, report.difference
    assert "Receipts that are newer than this log, and not in it yet: 1." in report.remarks
    empty = SmallLog()
    empty.grow([], by=())
    report = verify(empty.export(tmp_path / "empty"), Asked(stream=stream))
    assert "MISSING: 4 of the receipts" in str(report.difference)


def test_an_entry_that_a_cosigned_log_must_have_is_missing_though_it_would_be_the_newest(
    stream: Path, tmp_path: Path
) -> None:
    log = small_log(3)
    log.grow([], at=log.times[3] + 3600)
    bundle = log.export(tmp_path / "bundle")
    stream.write_text("".join([*lines_for(log), line_of(GONE, hours=2.7)]), "utf-8")
    assert "MISSING" in str(found(bundle, stream=stream).difference)
    # An act takes some minutes from its beginning into the tree.
    stream.write_text("".join([*lines_for(log), line_of(GONE, hours=2.8)]), "utf-8")
    assert found(bundle, stream=stream).ok


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_whole_stream_is_held_against_a_bundle_that_goes_on(
    is_listed: bool, stream: Path, tmp_path: Path
) -> None:
    log = small_log(290, 20)
    bundle = log.export(tmp_path / "bundle", since=290)
    if not is_listed:
        path = bundle / "data/since"
        path.write_text(path.read_text("utf-8").partition("\u2014 east")[0], "utf-8")
        rebag(bundle)
    kept = log.notes[290].encode()
    stream.write_text("".join(lines_for(log)), "utf-8")
    report = found(bundle, stream=stream, kept=kept)
    assert report.ok, report.difference
    assert report.remarks[:2] == [
        "54 receipts were found in the tree.",
        (
            "Receipts from before the checkpoint of 290 entries that the bundle goes on from, "
            "which were passed over: 256."
        ),
    ]
    stream.write_text("".join([*lines_for(log), line_of(GONE, hours=300.5)]), "utf-8")
    assert str(found(bundle, stream=stream, kept=kept).difference).endswith(
        "If they are of before that, a bundle that goes on from fewer entries has them."
    )


def test_receipts_of_a_bundle_that_goes_on_from_what_nobody_cosigned_are_all_looked_for(
    log: SmallLog, stream: Path, tmp_path: Path
) -> None:
    folder = log.export(tmp_path / "bundle", since=260)
    stream.write_text(line_of(log.written[300].leaf_hash, hours=0), "utf-8")
    assert verify(folder, Asked(stream=stream)).ok
    stream.write_text(line_of(log.written[0].leaf_hash, hours=0), "utf-8")
    assert found(folder, stream=stream).ok
    report = verify(folder, Asked(stream=stream))
    assert "are not in the log since entry 260" in str(report.difference)


def cut(lines: Sequence[str]) -> bytes:
    return "".join(it[:-6] + "\n" for it in lines).encode()


@pytest.mark.parametrize(
    ("data", "mentions"),
    [
        (b"", 0),
        (b"Each line ends with evenhand leaf=HASH.\n", 1),
        (cut(lines_for(small_log(3))), 3),
        ("".join(lines_for(small_log(3))).encode("utf-16"), 0),
    ],
    ids=["nothing", "a page about it", "hashes cut short", "another encoding"],
)
def test_a_file_that_holds_no_receipt_is_none(
    data: bytes, mentions: int, log: SmallLog, stream: Path, tmp_path: Path
) -> None:
    stream.write_bytes(data)
    assert str(found(log.export(tmp_path / "bundle"), stream=stream).difference).startswith(
        f"host.log holds no receipt that can be read. Mentions of one: {mentions}."
    )


@pytest.mark.parametrize("prefix", ["", "x" * 9_950, "x" * 990_000])
def test_a_receipt_is_read_however_a_log_host_wrote_it(
    prefix: str, stream: Path, tmp_path: Path
) -> None:
    bundle = small_log(3).export(tmp_path / "bundle")
    line = prefix + line_of(GONE, hours=1)
    for text in (line, line.replace("+00:00", "Z")):
        stream.write_text(text, "utf-8")
        assert "the first of 2026-09-21T15:13:20" in str(found(bundle, stream=stream).difference)


def test_entries_without_a_receipt_and_what_cannot_be_read_are_counted(
    log: SmallLog, stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_for(log)
    bundle = log.export(tmp_path / "bundle")
    stream.write_text("".join([*lines[5:300], *lines[310:500], lines[0][:-9] + "\n"]), "utf-8")
    for at_once in (verify_stream.AT_ONCE, 7):
        monkeypatch.setattr(verify_stream, "AT_ONCE", at_once)
        assert found(bundle, stream=stream).remarks == [
            "485 receipts were found in the tree.",
            "Entries between the first and the last of these without a receipt: 10.",
            "Mentions of a receipt that could not be read: 1.",
        ]
