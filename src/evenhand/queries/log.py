"""The log as it is published: how far it is, and what of it anybody may have."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import check_note, parse_note
from evenhand.ledger.policies import parse_policy
from evenhand.rules.oversight_new_log import WhyClosed
from evenhand.store import new_log, sequencing
from evenhand.store.proving import is_witnessed
from evenhand.store.sequencing import LogPendingRow, LogStateRow, LogWitnessRow

MOST_WAITING = 1_000


@dataclass(frozen=True, slots=True)
class Published:
    """A signed checkpoint: how many entries it covers, the note, and when it was signed."""

    size: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A witness of the desk's policy: what it cosigned last and when, and why it is silent."""

    name: str
    size: int
    at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class ClosedLog:
    """A log that was closed: its number, name and last size, what continues it, why and when."""

    number: int
    origin: str
    size: int
    continued_by: str
    why: WhyClosed
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How the log goes on.

    ``waiting`` counts the entries that have no index yet, up to one more than MOST_WAITING.
    ``waits``: entries are committed that no signed checkpoint covers. ``cosigned`` is the newest
    checkpoint with enough cosignatures, where the policy asks for any. ``fault`` is why the log
    does not go on. ``closed`` are the logs that this one continues, the newest first.
    """

    keys: Sequence[VerifierKey]
    waiting: int
    waits: bool
    newest: Published | None
    is_witnessed: bool
    cosigned: Published | None
    witnesses: Sequence[Heard]
    fault: str
    fault_since: datetime | None
    closed: Sequence[ClosedLog]


def progress(witness_policy: str) -> Progress:
    """Say how the log goes on, under the desk's policy of witnesses."""
    row = LogStateRow.objects.get(id=sequencing.ONE)
    newest = _published(sequencing.newest_checkpoint())
    waiting = LogPendingRow.objects.all()[: MOST_WAITING + 1].count()
    return Progress(
        keys=sequencing.known_keys(),
        waiting=waiting,
        waits=waiting > 0 or row.written > (newest.size if newest else 0),
        newest=newest,
        is_witnessed=is_witnessed(),
        cosigned=_published(sequencing.newest_cosigned()),
        witnesses=_heard(witness_policy),
        fault=row.fault,
        fault_since=row.fault_since,
        closed=closed_logs(),
    )


def closed_logs() -> list[ClosedLog]:
    """Give the logs of this desk that were closed, the newest first."""
    return [
        ClosedLog(it.id, it.origin, it.size, it.continued_by, WhyClosed(it.why), it.at)
        for it in sequencing.closed_logs()
    ]


def closed_folder(log: Path, number: int) -> Path:
    """Give the folder of a closed log; ``log`` is that of the log that goes on."""
    return new_log.closed_folder(log, number)


def _published(row: sequencing.LogCheckpointRow | None) -> Published | None:
    return Published(row.size, row.checkpoint, row.signed_at) if row else None


def _heard(witness_policy: str) -> list[Heard]:
    """Say what each witness cosigned last, by its own signature; of the table only why it does not.

    Whoever writes the table cannot have a witness say what it never said.
    """
    keys = [it.key for it in parse_policy(witness_policy.encode()).witnesses.values()]
    rows = LogWitnessRow.objects.in_bulk([str(it) for it in keys])
    return [_cosigned_last(key, rows.get(str(key))) for key in keys]


def _cosigned_last(key: VerifierKey, row: LogWitnessRow | None) -> Heard:
    fault = row.fault if row else ""
    if row and row.heard_at:
        for checkpoint in sequencing.cosigned_by(key, size=row.size):
            with suppress(Broken):
                found = check_note(parse_note(checkpoint.checkpoint.encode()), [key])
                at = max(it.at or 0 for it in found)
                return Heard(key.name, checkpoint.size, datetime.fromtimestamp(at, UTC), fault)
    return Heard(key.name, 0, None, fault)


def newest_checkpoint() -> Published:
    """Give the newest signed checkpoint. Raises Broken where there is none yet."""
    row = sequencing.required(sequencing.newest_checkpoint())
    return Published(row.size, row.checkpoint, row.signed_at)


def published_size(*, now: datetime) -> int:
    """Give how many entries are in the checkpoint that is published now, 0 before there is one."""
    row = sequencing.published_checkpoint(now=now)
    return row.size if row else 0


def cosigned() -> int:
    """Give how many entries are in a checkpoint that enough witnesses cosigned."""
    row = sequencing.newest_cosigned()
    return row.size if row else 0


def committed() -> int:
    """Count the entries that are committed now, with an index or without."""
    return sequencing.how_far().given + LogPendingRow.objects.count()


def signed() -> int:
    """Give how many entries are in a signed checkpoint."""
    newest = sequencing.newest_checkpoint()
    return newest.size if newest else 0


def policy(witness_policy: str, *, closed: int | None = None) -> str:
    """Write the desk's own policy: whom it signs as, and which witnesses it asks.

    ``closed`` is the number of a closed log that it is for instead.
    """
    return sequencing.own_policy(witness_policy, closed=closed).decode()
