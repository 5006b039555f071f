"""A log that continues one that was closed, held against the bundle of that one."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from evenhand.ledger.acts import Act
from evenhand.ledger.base64_lines import decode_hash
from evenhand.ledger.bundle import Contents, write_bundle
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.entries import Closed, Code, Commitment, Entry, Origin, write
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.keys import Kind
from evenhand.ledger.openings import keeping
from evenhand.ledger.receipts import make_receipt
from evenhand.ledger.signing import SigningKey, sign_checkpoint
from evenhand.ledger.verify import verify, verify_receipt
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_report import Report
from tests.ledger.bundles import POLICY, RULES, SmallLog, entry, rewritten, small_log
from tests.ledger.cast import LOG, ORIGIN
from tests.ledger.folders import Shelf

NEW = SigningKey("desk.example/log-2", Kind.ED25519, b"m" * 32)
TRUST = f"log {NEW.verifier}\nquorum none\n"
BOTH = f"log {LOG.verifier}\n{TRUST}"


@pytest.fixture
def old() -> SmallLog:
    return small_log(100, 200)


@pytest.fixture
def before(old: SmallLog, tmp_path: Path) -> Path:
    return old.export(tmp_path / "before")


def closed_at(log: SmallLog, size: int) -> Closed:
    root = decode_hash(log.notes[size].split("\n")[2], what="root")
    return Closed(Origin(ORIGIN), size, Commitment(root))


def continuing(
    folder: Path, old: SmallLog, closed: Closed | None, *, opening: str | None = "its own"
) -> Path:
    """A bundle of a log that continues the first entries of an old one."""
    begun = write(
        Entry(
            act=Act.LOG_BEGUN,
            at=datetime(2026, 11, 29, 12, tzinfo=UTC),
            who=UUID(int=1),
            why=Code("entries_lost"),
            closed=closed,
        ),
        [],
    )
    written = [begun, *old.written[:100]]
    log, shelf = GrowingLog(), Shelf()
    shelf.put(log.add([it.leaf for it in written]))
    note = str(sign_checkpoint(Checkpoint(NEW.name, log.size, log.root()), [NEW]))
    openings: list[str | None] = [it.opening for it in written]
    if opening != "its own":
        openings[0] = opening
    write_bundle(
        folder,
        Contents(
            read=shelf.read, checkpoint=note, checkpoints=[note], openings=openings,
            keys=[NEW.verifier], policy=TRUST, rules=RULES,
        ),
        on=date(2026, 11, 29),
    )  # fmt: skip
    return folder


@pytest.fixture
def bundle(old: SmallLog, tmp_path: Path) -> Path:
    return continuing(tmp_path / "bundle", old, closed_at(old, 300))


def found(folder: Path, **asked: object) -> Report:
    return verify(folder, replace(Asked(policy=TRUST.encode()), **asked))  # type: ignore[arg-type]


def receipt_of_old(old: SmallLog) -> bytes:
    made = make_receipt(
        old.shelf.read, index=7, size=100, checkpoint=old.notes[100], leaf=old.written[7].leaf,
        opening=keeping(old.written[7].opening, ["at"]),
    )  # fmt: skip
    return str(made).encode()


def test_it_says_which_log_it_continues_and_why(bundle: Path, old: SmallLog) -> None:
    report = found(bundle)
    assert report.ok, report.difference
    assert report.sentences()[1] == (
        f"This log was begun on 2026-11-29 12:00 UTC. It continues the log {ORIGIN}, which was "
        "closed after 300 entries: entries lost."
    )
    said = json.loads(json.dumps(report.as_json()))["continues"]
    root = closed_at(old, 300).root.hex()
    assert said == {"origin": ORIGIN, "size": 300, "root": root, "why": "entries_lost"}


def test_the_bundle_of_the_log_before_leads_to_the_checkpoint_that_it_names(
    bundle: Path, before: Path
) -> None:
    for policy in (TRUST, BOTH):
        report = found(bundle, before=before, policy=policy.encode())
        assert report.ok, report.difference
        told = "\n".join(report.sentences())
        assert f"The bundle of {ORIGIN} holds, and leads to the checkpoint" in told
        # Whoever has no key of the old log is told that it was not checked with one.
        assert ("not checked against one that you hold" in told) == (policy is TRUST)


def test_a_log_before_that_goes_on_after_what_is_named_is_told(
    old: SmallLog, before: Path, tmp_path: Path
) -> None:
    bundle = continuing(tmp_path / "short", old, closed_at(old, 100))
    told = "\n".join(found(bundle, before=before).sentences())
    assert "It has 200 entries after that, which this log does not say that it continues" in told


def test_another_log_before_is_found(bundle: Path, old: SmallLog, tmp_path: Path) -> None:
    other = rewritten(old, 50, entry(50)).export(tmp_path / "other")
    said = str(found(bundle, before=other).difference)
    assert said.startswith(
        f"The log {ORIGIN}, which this one continues: The entries do not lead to"
    )
    assert "that the log after it names" in said
    said = str(found(bundle, before=bundle).difference)
    assert said.endswith(f"The bundle is of the log {NEW.name}.")
    short = small_log(100).export(tmp_path / "short")
    assert "is newer than this bundle" in str(found(bundle, before=short).difference)
    assert "no bundle" in str(found(bundle, before=tmp_path).difference)


def test_what_was_kept_of_the_log_before_is_held_against_that(
    bundle: Path, before: Path, old: SmallLog
) -> None:
    kept, receipt = old.notes[100].encode(), receipt_of_old(old)
    for asked, what in (
        ({"kept": kept}, "checkpoint that you kept"),
        ({"receipt": receipt}, "receipt"),
    ):
        said = str(found(bundle, **asked).difference)
        assert said.startswith(f"Your {what} is of the log {ORIGIN}, which was closed")
        assert said.endswith("with --before.")
    report = found(bundle, before=before, kept=kept, receipt=receipt)
    assert report.ok, report.difference
    assert report.receipt
    assert report.receipt["index"] == 7
    forged = str(sign_checkpoint(Checkpoint(ORIGIN, 100, b"x" * 32), [LOG])).encode()
    said = str(found(bundle, before=before, kept=forged).difference)
    assert "checkpoint of 100 entries that you kept" in said
    # What is of this log itself, or cannot be read, is held against this one.
    assert found(bundle, kept=bundle.joinpath("data/checkpoint").read_bytes()).ok
    assert "A note is" in str(found(bundle, kept=b"nonsense").difference)


def test_a_receipt_of_a_log_that_its_holder_has_no_key_of_says_which(old: SmallLog) -> None:
    report = verify_receipt(receipt_of_old(old), TRUST.encode())
    assert str(report.difference).startswith(
        f"The receipt does not hold. It is of the log {ORIGIN}, of which your policy has no key."
    )
    assert verify_receipt(receipt_of_old(old), POLICY.encode()).ok


def test_a_first_entry_that_names_none_is_refused(old: SmallLog, tmp_path: Path) -> None:
    for name, opening, said in (
        ("null", None, "Entry 0 (log.begin of 2026-11-29): The opening is not an array"),
        ("other", old.written[3].opening, "Entry 0 (log.begin of 2026-11-29): The opening"),
    ):
        bundle = continuing(tmp_path / name, old, closed_at(old, 300), opening=opening)
        assert str(found(bundle).difference).startswith(said)
    bundle = continuing(tmp_path / "silent", old, None)
    assert "does not say which log this one continues" in str(found(bundle).difference)


def test_a_checkpoint_that_is_none_is_refused(old: SmallLog, tmp_path: Path) -> None:
    closed = replace(closed_at(old, 300), size="many")  # type: ignore[arg-type]
    report = found(continuing(tmp_path / "bundle", old, closed))
    assert str(report.difference).startswith("Entry 0 does not say how far the log was")


def test_a_log_that_continues_none_has_none_before_it(before: Path) -> None:
    said = verify(before, Asked(policy=POLICY.encode(), before=before)).difference
    assert said == "The first entry of this bundle does not say which log it continues."
