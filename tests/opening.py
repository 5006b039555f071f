"""A desk that was restored and that nobody has opened yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from evenhand.actions import opening
from evenhand.rules.officers import WORKER
from evenhand.store import opening as stored
from evenhand.store.machinery import ReconciliationRow
from tests.journeys import Desk


@contextmanager
def closed(
    desk: Desk, *, clock_ran: bool = True, tree: tuple[int, bytes] | None = (1_234, b"r" * 32)
) -> Iterator[None]:
    """Close the desk, as a restore leaves it; before and after the block nobody knows how it is."""
    acting = desk.by(WORKER)
    found = opening.Found(
        as_of=desk.now - timedelta(days=2),
        tree=tree,
        lost={"person.restrict": 2, "referral.log": 1},
        again=3,
        beyond=0 if clock_ran else 1,
        clock_ran=clock_ran,
    )
    opening.keep_closed(found, acting=acting)
    stored._known_open.clear()
    try:
        yield
    finally:
        stored._known_open.clear()


def compared(at: datetime, *, found: int = 0) -> None:
    """Have casework compared with the log."""
    ReconciliationRow.objects.create(
        began_at=at, ended_at=at, entries=9, rows=9, changes=9, found=found, differences=[]
    )
