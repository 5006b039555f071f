"""Entries that were dated back or on: found by what an overseer holds, whatever a bundle lists."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from evenhand.ledger.notes import parse_note
from evenhand.ledger.receipts import make_receipt
from evenhand.ledger.signing import SigningKey, sign
from tests.ledger.bundles import BEGAN, POLICY, SmallLog, entry, found, lines_of, rebag, small_log
from tests.ledger.cast import NOON, WEST

FOUND = (
    "Entry 7 is dated 2026-09-21T15:13, long before the cosignature after which it came into the "
    "log."
)


@pytest.fixture
def log() -> SmallLog:
    """A log in which the last three entries were dated back, to before what was cosigned."""
    made = small_log(3, 4)
    made.grow(
        [entry(number, at=BEGAN + timedelta(hours=1)) for number in (7, 8, 9)], at=NOON + 9 * 3600
    )
    return made


def without_older_checkpoints(bundle: Path) -> Path:
    """Leave out every checkpoint but the newest, as a desk would that has something to hide."""
    path = bundle / "data/checkpoints.jsonl"
    path.write_bytes(lines_of(path)[-1])
    rebag(bundle)
    return bundle


def receipt_of(log: SmallLog) -> bytes:
    written = log.written[2]
    made = make_receipt(
        log.shelf.read, index=2, size=7, checkpoint=log.notes[7], leaf=written.leaf,
        opening=written.opening,
    )  # fmt: skip
    return str(made).encode()


HELD: dict[str, Callable[[SmallLog], dict[str, object]]] = {
    "a checkpoint that was kept": lambda log: {"kept": log.notes[7].encode()},
    "a receipt": lambda log: {"receipt": receipt_of(log)},
}


@pytest.mark.parametrize("held", HELD)
def test_entries_dated_back_are_found_by_what_was_cosigned_and_kept(
    held: str, log: SmallLog, tmp_path: Path
) -> None:
    bundle = log.export(tmp_path / "bundle")
    assert found(bundle).difference == FOUND
    without_older_checkpoints(bundle)
    assert found(bundle).ok
    assert found(bundle, **HELD[held](log)).difference == FOUND


def test_entries_dated_back_are_found_where_the_bundle_goes_on_from_what_is_cosigned_no_more(
    log: SmallLog, tmp_path: Path
) -> None:
    bundle = log.export(tmp_path / "bundle", since=7)
    path = bundle / "data/since"
    note = parse_note(path.read_bytes())
    path.write_text(str(replace(note, signatures=note.signatures[:1])), "utf-8")
    without_older_checkpoints(bundle)
    assert found(bundle, kept=log.notes[7].encode()).difference == FOUND


def test_an_older_cosignature_of_the_same_entries_makes_nothing_looser(tmp_path: Path) -> None:
    log = small_log(3)
    kept = log.notes[3]
    log.grow([], at=NOON + 9 * 3600)
    log.grow([entry(3, at=BEGAN + timedelta(hours=4))], at=NOON + 10 * 3600)
    bundle = log.export(tmp_path / "bundle")
    for held in (None, kept.encode()):
        assert "Entry 3 is dated 2026-09-21T18:13, long before" in str(
            found(bundle, kept=held).difference
        )


def test_a_kept_checkpoint_whose_cosignature_is_false_is_said(
    log: SmallLog, tmp_path: Path
) -> None:
    note = parse_note(log.notes[7].encode())
    east = replace(note.signatures[1], data=bytes(72))
    kept = str(replace(note, signatures=(note.signatures[0], east)))
    assert found(log.export(tmp_path / "bundle"), kept=kept.encode()).difference == (
        "The checkpoint that you gave with --kept does not hold. The signature of east.example/w "
        "does not fit the text."
    )


DAY = 86_400
NOW = NOON + 30 * DAY
GROUPS = {
    "quorum both": "group both all east west\nquorum both\n",
    "quorum either": "group either any east west\nquorum either\n",
    "quorum west": "quorum west\n",
    "quorum none": "quorum none\n",
}
HEAD = POLICY.split("group")[0]


def cosigned_again(log: SmallLog, size: int, *, at: dict[SigningKey, int]) -> None:
    note = parse_note(log.notes[size].encode())
    more = [sign(note.text, witness, at=when) for witness, when in at.items()]
    log.notes[size] = str(note.with_signatures(more))


@pytest.mark.parametrize("quorum", GROUPS)
def test_the_age_of_a_log_is_that_of_the_quorums_cosignatures(quorum: str, tmp_path: Path) -> None:
    """One fresh cosignature does not hide that another witness has not been asked for a month."""
    log = small_log(3)
    cosigned_again(log, 3, at={WEST: NOW - 60})
    bundle = log.export(tmp_path / "bundle")
    report = found(bundle, policy=(HEAD + GROUPS[quorum]).encode(), max_age=DAY, now=NOW)
    assert report.ok is (quorum != "quorum both"), report.difference
    if not report.ok:
        assert str(report.difference).startswith(
            "STALE: the newest checkpoint was cosigned on 2026-09-21 16:14 UTC, 25"
        )


@pytest.mark.parametrize("size", [3, 7])
def test_a_cosignature_of_later_than_now_is_refused(size: int, tmp_path: Path) -> None:
    log = small_log(3, 4)
    now = NOON + 7 * 3600
    cosigned_again(log, size, at={WEST: now + 901})
    bundle = log.export(tmp_path / "bundle")
    assert found(bundle).ok
    said = "A witness cosigned on 2026-09-21 21:28 UTC, and now it is 2026-09-21 21:13 UTC: one"
    assert str(found(bundle, max_age=DAY, now=now).difference).startswith(said)
    assert str(found(bundle, now=now).difference).startswith(said)
    assert found(bundle, max_age=DAY, now=now + 1).ok
    assert found(bundle, now=now + 1).ok
