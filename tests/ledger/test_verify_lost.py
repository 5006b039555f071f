"""Openings that are not there: as many as restores of the desk tell of, and no other."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import head_of, write_bundle
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.openings import keeping
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_lost import Lost, Unopened
from evenhand.ledger.verify_report import Report
from tests.ledger.bundles import POLICY, SmallLog, entry, found, restore, small_log


def without(
    log: SmallLog, folder: Path, lost: Collection[int], *, since: int = 0, **asked: object
) -> Report:
    """Verify a bundle in which these entries have no opening."""
    openings = [
        None if number in lost else it.opening
        for number, it in enumerate(log.written[since:], since)
    ]
    write_bundle(
        folder, replace(log.contents(since=since), openings=openings), on=date(2026, 9, 30)
    )
    report = found(folder, **asked)
    text = (folder / "data/openings.jsonl").read_bytes()
    assert all(log.written[it].opening.encode() not in text for it in lost)
    return report


@pytest.mark.parametrize("kept", [(), (0,), (255,), (256,), (599,)])
def test_what_was_lost_at_a_restore_is_told_and_the_log_still_holds(
    tmp_path: Path, kept: tuple[int, ...]
) -> None:
    """Entries that waited for their place when the backup was made stand among the lost ones."""
    log, lost = small_log(300, 300), set(range(600)) - set(kept)
    log.grow([restore(len(lost), after=600), entry(601)])
    report = without(log, tmp_path / "b", lost)
    told = f"Openings that were lost at a restore of the desk, as its entry says: {len(lost)}."
    assert (report.difference, report.remarks) == (None, [told])


def test_openings_that_no_restore_tells_of_were_taken_out(tmp_path: Path) -> None:
    log = small_log(3, 4)
    for name, lost in (("all", range(7)), ("one", [4]), ("last", [6])):
        report = without(log, tmp_path / name, lost)
        assert str(report.difference).startswith(
            f"The opening of entry {min(lost)} is not there, and no restore of the desk says that"
        )


def test_a_restore_tells_of_as_many_as_it_lost_and_of_none_after_it(tmp_path: Path) -> None:
    log = small_log(5)
    log.grow([restore(2, after=5), *map(entry, range(6, 9))])
    assert without(log, tmp_path / "two", {3, 4}).ok
    assert without(log, tmp_path / "three", {1, 3, 4}).difference == (
        "The opening of entry 1 is not there: 3 are missing up to a restore of the desk, which "
        "says that it lost 2."
    )
    after = without(log, tmp_path / "after", {3, 4, 7})
    assert str(after.difference).startswith("The opening of entry 7 is not there, and no restore")
    log.written[5] = replace(
        log.written[5], opening=keeping(log.written[5].opening, {"at", "who", "chg"})
    )
    report = without(log, tmp_path / "withheld", {3, 4})
    assert str(report.difference).endswith("which says that it lost 0.")


def test_a_bundle_that_goes_on_from_among_the_lost_holds(tmp_path: Path) -> None:
    log = small_log(5, 5)
    log.grow([restore(8, after=10)])
    kept = log.notes[5].encode()
    report = without(log, tmp_path / "b", set(range(5, 10)), since=5, kept=kept)
    assert report.ok, report.difference


def test_a_closed_log_that_lost_entries_is_checked_with_the_one_that_continues_it(
    tmp_path: Path,
) -> None:
    log = small_log(3, 4)
    report = without(log, tmp_path / "closed", {4, 5, 6})
    assert "check it with the one that continues it" in str(report.difference)
    named = verify(tmp_path / "closed", Asked(policy=POLICY.encode(), named=head(log)))
    assert named.ok, named.difference
    assert named.remarks == ["Openings that were lost before this log was closed: 3."]


def head(log: SmallLog) -> Checkpoint:
    return head_of(log.notes[max(log.notes)].encode())


@given(st.lists(st.one_of(st.none(), st.booleans(), st.integers(0, 4)), max_size=12), st.data())
def test_in_parts_the_same_is_lost_as_at_once(
    entries: list[bool | int | None], data: st.DataObject
) -> None:
    """An entry is None without an opening, a number where it is a restore, else as it should be."""
    cuts = data.draw(st.sets(st.integers(0, len(entries)), max_size=4))

    def judged(ends: Collection[int]) -> str:
        lost, part = Lost(), Unopened()
        try:
            for index, it in enumerate(entries):
                if index in ends:
                    lost.take(part)
                    part = Unopened()
                if it is None:
                    part.add(index)
                elif it is not True and it is not False:
                    part.restored(it)
            lost.take(part)
            lost.check_end()
        except Broken as error:
            return str(error)
        return ""

    assert judged(cuts) == judged(())
