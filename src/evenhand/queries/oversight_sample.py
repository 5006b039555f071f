"""Entries to examine, drawn from the newest checkpoint and chosen by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.ledger.broken import Broken
from evenhand.ledger.checkpoints import open_checkpoint
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
    ``is_false``: no key of the log signed the checkpoint that is kept as its newest.
    """

    size: int
    signed_at: datetime | None
    lines: Sequence[LogLine]
    missing: int
    is_false: bool = False


NOTHING = Sample(0, None, (), 0)
FALSE = Sample(0, None, (), 0, is_false=True)


def drawn(purpose: str | None, *, acting: Acting) -> Sample:
    """Draw a sample; who it was only for a purpose in law, and then that is entered.

    Whoever writes in the database could have chosen a checkpoint that no key of the log signed.
    """
    check_may(acting.officer, Permission.OVERSEE)
    why = check_may_read_who(acting.officer, purpose) if purpose is not None else None
    checkpoint = sequencing.newest_cosigned() or sequencing.newest_checkpoint()
    if checkpoint is None:
        return NOTHING
    try:
        signed = open_checkpoint(checkpoint.checkpoint.encode(), sequencing.known_keys())
    except Broken:
        return FALSE
    indexes = sample(signed.checkpoint, MANY)
    numbers = LogIndexRow.objects.filter(index__in=indexes).values_list("entry", flat=True)
    rows = openings(list(numbers))
    lines = naming_nobody(rows) if why is None else naming(rows, why, acting=acting)
    missing = len(indexes) - len(rows)
    return Sample(signed.checkpoint.size, checkpoint.signed_at, lines, missing)
