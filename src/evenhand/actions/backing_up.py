"""A backup of a desk: entered in the log first, and then everything as it is at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import Acting
from evenhand.store import reconciling, sequencing
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
