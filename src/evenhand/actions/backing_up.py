"""A backup of a desk: entered in the log first, and then everything as it is at one moment.

The files of captures are copied after that moment: they never change, and those that were stopped
meanwhile are in no backup.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.store import capture_files, captures, reconciling, sequencing
from evenhand.store.sequencing import LogPendingRow
from evenhand.store.writing import writing


@dataclass(frozen=True, slots=True)
class Moment:
    """The database as it is at one moment: the snapshot’s name, and the entries of the log."""

    snapshot: str
    entries: int


@contextmanager
def one_moment(*, acting: Acting) -> Iterator[Moment]:
    """Enter that a backup is made, and have another program see what was committed by then."""
    with writing() as pen:
        pen.enter(Entry(act=Act.DESK_BACKED_UP, at=acting.at, who=acting.officer.ref))
    with reconciling.one_snapshot() as snapshot:
        entries = sequencing.how_far().given + LogPendingRow.objects.count()
        yield Moment(snapshot, entries)


def copy_captures(folder: Path) -> None:
    """Copy the sealed files of captures into a new folder; of what is stopped, nothing."""
    folder.mkdir()
    for capture in captures.open_ids():
        copy = capture_files.copy_out(capture, folder)
        if not captures.is_open(capture):
            copy.unlink(missing_ok=True)


def put_captures_back(folder: Path) -> None:
    """Put into the store the files of a backup that its captures need. Raises NotPut."""
    for file in capture_files.copied(folder):
        if captures.is_needed(file) and not capture_files.is_there(file):
            capture_files.copy_in(file, folder)
