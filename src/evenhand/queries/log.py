"""The log as it is published: how far it is, and what of it anybody may have."""

from dataclasses import dataclass
from datetime import datetime

from evenhand.ledger.broken import Broken
from evenhand.store import sequencing
from evenhand.store.sequencing import LogPendingRow, LogStateRow


@dataclass(frozen=True, slots=True)
class Published:
    """The newest signed checkpoint: how many entries it covers, the note, and when."""

    size: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How the log goes on: whether entries wait, what was signed last, and why it stopped."""

    waits: bool
    newest: Published | None
    fault: str
    fault_since: datetime | None


def progress() -> Progress:
    """Say how the log goes on."""
    row = LogStateRow.objects.get(id=sequencing.ONE)
    found = sequencing.newest_checkpoint()
    newest = Published(found.size, found.note, found.signed_at) if found else None
    waits = LogPendingRow.objects.exists() or row.written > (newest.size if newest else 0)
    return Progress(waits, newest, row.fault, row.fault_since)


def newest_checkpoint() -> Published:
    """Give the newest signed checkpoint. Raises Broken where there is none yet."""
    newest = progress().newest
    if newest is None:
        raise Broken("The log has no checkpoint yet: its signer or the worker does not run.")
    return newest


def committed() -> int:
    """Count the entries that are committed now, with an index or without."""
    return sequencing.how_far().given + LogPendingRow.objects.count()


def signed() -> int:
    """Give how many entries are in a signed checkpoint."""
    newest = sequencing.newest_checkpoint()
    return newest.size if newest else 0
