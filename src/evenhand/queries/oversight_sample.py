"""Entries to examine, drawn from the newest checkpoint and chosen by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.ledger.bundle import head_of
from evenhand.ledger.sampling import sample
from evenhand.queries.oversight import LogLine, naming, naming_nobody, openings
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.oversight import check_may_read_who
from evenhand.store import sequencing
from evenhand.store.sequencing import LogIndexRow

MANY = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: from a tree of which size, when that was signed, and the entries.

    ``lines`` are newest first; ``missing`` counts entries of which nothing is left but the leaf.
    """

    size: int
    signed_at: datetime | None
    lines: Sequence[LogLine]
    missing: int


NOTHING = Sample(0, None, (), 0)


def drawn(purpose: str | None, *, acting: Acting) -> Sample:
    """Draw a sample; who it was only for a purpose in law, and then that is entered."""
    check_may(acting.officer, Permission.OVERSEE)
    why = check_may_read_who(acting.officer, purpose) if purpose is not None else None
    checkpoint = sequencing.newest_cosigned() or sequencing.newest_checkpoint()
    if checkpoint is None:
        return NOTHING
    indexes = sample(head_of(checkpoint.checkpoint.encode()), MANY)
    numbers = LogIndexRow.objects.filter(index__in=indexes).values_list("entry", flat=True)
    rows = openings(list(numbers))
    lines = naming_nobody(rows) if why is None else naming(rows, why, acting=acting)
    return Sample(checkpoint.size, checkpoint.signed_at, lines, len(indexes) - len(rows))
