"""Closes a log that cannot go on, and begins a new one under another name with the same entries.

What is decided stands in the database first, in one transaction. Everything after it is done again
by whoever runs the command again, and until it is done nobody sequences.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand.actions.handover import colleague_named
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.entries import Closed, Code, Commitment, Entry, Origin
from evenhand.ledger.erasures import ERASED
from evenhand.ledger.files import reader_of, replace, sync_folder
from evenhand.ledger.growth import GrowingLog
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.oversight_new_log import (
    HowItStands,
    WhyClosed,
    check_may_close,
    name_used,
    not_a_name,
    other_name,
)
from evenhand.store import new_log as store
from evenhand.store import sequencing
from evenhand.store.new_log import closed_folder
from evenhand.store.sequencing import COSIGNER, SEQUENCER, ClosedLogRow
from evenhand.store.writing import writing
from evenhand.transports.signer import SignerAway

WAIT_SECONDS, AGAIN_SECONDS = 30, 0.1
"""So long another sequencer's step, or a round of cosigning, is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Why a log is closed, who of the desk runs it and who oversees it: both by user name.

    The operator names them, and nobody asks them here. ``last`` is a checkpoint from outside that
    is newer than what the desk has, if there is one.
    """

    why: WhyClosed
    administrator: str
    overseer: str
    last: bytes | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What was done: the log that was closed, its last size, and the log that continues it."""

    closed: str
    size: int
    origin: str


def begin(origin: str, named: Named, *, log: Path, signer_at: Path, acting: Acting) -> Begun:
    """Close the desk's log and begin the one with this name; go on where that was interrupted.

    ``log`` is the folder of the tiles, ``acting`` says when. Raises LogNameNotNew, LogGoesOn,
    RoleMissing, CannotWorkOnIt; Broken where no checkpoint of the log is left; OSError. Call it
    as the owner of the tables.
    """
    row = store.being_begun()
    if row is None:
        _check_new(origin)
        officers = _officers(named)
        check_may_close(named.why, _how_it_stands(log, signer_at, acting))
        with _alone(SEQUENCER), _alone(COSIGNER):
            return _finish(_close(origin, named, officers, log, acting), log)
    if row.continued_by != origin:
        raise other_name(row.continued_by)
    with _alone(SEQUENCER), _alone(COSIGNER):
        return _finish(row, log)


def _finish(row: ClosedLogRow, log: Path) -> Begun:
    """Do everything that follows from what is decided."""
    store.wait_again(row)
    _put_away(log, row)
    store.let_the_sequencer_go_on()
    return Begun(row.origin, row.size, row.continued_by)


def _check_new(origin: str) -> None:
    try:
        Origin(origin)
    except ValueError as error:
        raise not_a_name() from error
    names = {it.name for it in sequencing.known_keys()}
    names |= {it.origin for it in sequencing.closed_logs()}
    if origin in names:
        raise name_used(origin)


def _officers(named: Named) -> tuple[Officer, Officer]:
    by = colleague_named(named.administrator, at="administrator")
    check_may(by, Permission.MANAGE_OFFICERS)
    second = colleague_named(named.overseer, at="overseer")
    check_may(second, Permission.OVERSEE)
    return by, second


def _how_it_stands(log: Path, signer_at: Path, acting: Acting) -> HowItStands:
    """Try to have the log go on, and say whether it does."""
    sequencer, ends = Sequencer(log, signer_at), time.monotonic() + WAIT_SECONDS
    try:
        while sequencer.step(now=acting.at) is None:
            _wait(ends)
    except SignerAway:
        return HowItStands.NO_SIGNER
    except Broken:
        return HowItStands.STUCK
    return HowItStands.GOES_ON


@contextmanager
def _alone(lock: int) -> Iterator[None]:
    """Be the only one of this kind at work for the block, once whoever is at it has ended."""
    ends = time.monotonic() + WAIT_SECONDS
    while True:
        with sequencing.alone(lock) as is_alone:
            if is_alone:
                yield
                return
        _wait(ends)


def _wait(ends: float) -> None:
    if time.monotonic() > ends:
        raise Broken(
            "Another process works on the log without end. Stop the worker, and try again."
        )
    time.sleep(AGAIN_SECONDS)


def _close(
    origin: str, named: Named, officers: tuple[Officer, Officer], log: Path, acting: Acting
) -> ClosedLogRow:
    """Enter which log ends where, who was named and why, and have nobody sequence from now on."""
    checkpoint, note = _last(log, named.last)
    closed = Closed(Origin(checkpoint.origin), checkpoint.size, Commitment(checkpoint.root))
    with writing() as pen:
        row = ClosedLogRow.objects.create(
            id=1 + len(sequencing.closed_logs()),
            origin=checkpoint.origin,
            size=checkpoint.size,
            checkpoint=note.decode(),
            continued_by=origin,
            why=named.why,
            at=acting.at,
            entry=pen.number,
        )
        store.stop_the_sequencer()
        pen.enter(
            Entry(
                act=Act.LOG_BEGUN,
                at=acting.at,
                who=officers[0].ref,
                named=officers[1].ref,
                why=Code(named.why),
                closed=closed,
            )
        )
    return row


def _last(log: Path, given: bytes | None) -> tuple[Checkpoint, bytes]:
    """Give the last checkpoint that anybody knows of, which a key of the log must have signed."""
    keys, served, newest = (
        sequencing.known_keys(),
        log / CHECKPOINT,
        sequencing.newest_checkpoint(),
    )
    notes = [
        *([served.read_bytes()] if served.exists() else ()),
        *([newest.checkpoint.encode()] if newest else ()),
        *([given] if given else ()),
    ]
    if not notes:
        raise Broken("Nothing of this log was ever signed, so nobody has anything to go on from.")
    return max(
        ((open_checkpoint(note, keys).checkpoint, note) for note in notes),
        key=lambda it: it[0].size,
    )


def _put_away(log: Path, row: ClosedLogRow) -> None:
    """Move the closed log's tiles and its list of erasures to where they stay."""
    kept = closed_folder(log, row.id)
    listed = log.with_name(ERASED)
    kept.parent.mkdir(exist_ok=True)
    if log.exists() and not kept.exists():
        log.rename(kept)
    if listed.exists():
        listed.rename(kept.with_name(f"{row.id}-{ERASED}"))
    sync_folder(log.parent)
    sync_folder(kept.parent)
    if _leads_to(kept, row):
        replace(kept, CHECKPOINT, row.checkpoint.encode())


def _leads_to(kept: Path, row: ClosedLogRow) -> bool:
    """Say whether the tiles go as far as the last checkpoint."""
    try:
        root = GrowingLog.read(reader_of(kept), row.size).root()
    except (FileNotFoundError, Broken):
        return False
    return (
        root
        == open_checkpoint(
            row.checkpoint.encode(), sequencing.known_keys(closed=row.id)
        ).checkpoint.root
    )
