"""Carries what is committed into the log's tree: indexes, tiles, a signed checkpoint.

What erased something is listed first, so that no published tree tells of more than the list.

Each step is decided by what is durable already, so that whoever was interrupted takes the step
again, and two who take it at once do the same.
"""

import logging
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from evenhand.actions.erasures import ErasureList
from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import CHECKPOINT, head_of
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.entries import Entry, PublicKey
from evenhand.ledger.files import put_once, reader_of, replace
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.proofs import continuing
from evenhand.ledger.signer import Head
from evenhand.ledger.tiles import WIDTH, parse_path
from evenhand.rules.officers import WORKER
from evenhand.store import sequencing
from evenhand.store.sequencing import SEQUENCER, LogKeyRow
from evenhand.store.writing import writing
from evenhand.transports import signer

MOST = 40 * WIDTH
"""Entries that are carried into the tree at once."""


class Sequencer:
    """Keeps the right edge of the tree between its steps. ``folder`` is the log as it is served."""

    def __init__(self, folder: Path, signer_at: Path) -> None:
        self._folder = folder
        self._signer_at = signer_at
        self._erasures = ErasureList(folder)
        self._edge: GrowingLog | None = None
        self._signed: Head | None = None

    def step(self, *, now: datetime) -> Head | None:
        """Take in all that is committed and publish a checkpoint over it; give its head.

        None where another sequencer is at work. Where the log cannot go on, why is kept for those
        who oversee and raised: Broken, SignerAway, OSError.
        """
        with sequencing.alone(SEQUENCER) as is_alone:
            if not is_alone:
                self._edge = None
                return None
            try:
                head = self._step(now)
            except Exception as error:
                self._edge = self._signed = None
                self._erasures = ErasureList(self._folder)
                sequencing.note_fault(_told(error), at=now)
                raise
            sequencing.note_fault("", at=now)
            return head

    def _step(self, now: datetime) -> Head:
        head = self._take_in()
        if head != self._signed:
            keys = signer.keys_of(self._signer_at)
            if enter_new(keys, now=now):
                head = self._take_in()
            self._publish(head, keys, now)
            self._signed = head
        return head

    def _take_in(self) -> Head:
        _check_may_go_on()
        while sequencing.give_indexes(MOST) == MOST:
            self._integrate()
        return self._integrate()

    def _integrate(self) -> Head:
        """Write the tiles of every entry that has an index."""
        far = sequencing.how_far()
        self._erasures.go_on(far.given)
        edge = self._edge
        if edge is None or edge.size != far.written.size:
            edge = self._edge = _taken_up(self._folder, far.written)
        while edge.size < far.given:
            before = Head(edge.size, edge.root())
            grow(edge, self._folder, min(far.given, edge.size - edge.size % WIDTH + MOST))
            if not sequencing.note_written(before, Head(edge.size, edge.root())):
                raise Broken("Another sequencer wrote at the same time: this one begins again.")
        return Head(edge.size, edge.root())

    def _publish(self, head: Head, keys: Sequence[VerifierKey], now: datetime) -> None:
        newest = sequencing.newest_checkpoint()
        asked = Checkpoint(keys[0].name, head.size, head.root)
        note = signer.sign(
            self._signer_at,
            asked,
            known=newest.size if newest else 0,
            proof=continuing(reader_of(self._folder), head.size),
        )
        if open_checkpoint(str(note).encode(), keys).checkpoint != asked:
            raise Broken("The signer signed something else than it was asked to.")
        if newest is None or newest.size != head.size:
            sequencing.keep_checkpoint(head.size, str(note), at=now)
        publish(self._folder, keys, now=now)


def enter_new(keys: Sequence[VerifierKey], *, now: datetime) -> bool:
    """Enter in the log each key that signs it from now on; say whether there was one.

    Raises Broken where the signer has the key of a log that was closed.
    """
    known = set(sequencing.known_keys())
    new = [key for key in keys if key not in known]
    if new:
        _check_name(new)
    for key in new:
        with writing() as pen:
            LogKeyRow.objects.create(key=str(key), since=now)
            pen.enter(Entry(act=Act.KEY_ROTATED, at=now, who=WORKER.ref, key=PublicKey(key.public)))
    return bool(new)


def _check_name(keys: Sequence[VerifierKey]) -> None:
    for closed in sequencing.closed_logs()[:1]:
        for key in keys:
            if key.name != closed.continued_by:
                raise Broken(
                    f"The signer signs for {key.name}, and this log is {closed.continued_by}. As "
                    f"the signer's account: evenhand signer --new-log {closed.continued_by}"
                )


def publish(folder: Path, keys: Sequence[VerifierKey], *, now: datetime) -> None:
    """Put the checkpoint that is due where it is served, if the log's ``keys`` signed it.

    It never goes back. What is served already stays, though the key that signed it may be lost
    since. Raises NotSigned, Malformed.
    """
    newest = sequencing.published_checkpoint(now=now)
    if newest is None:
        return
    note = newest.checkpoint.encode()
    served = folder / CHECKPOINT
    if served.exists():
        there = served.read_bytes()
        if there == note or head_of(there).size > newest.size:
            return
    open_checkpoint(note, keys)
    replace(folder, CHECKPOINT, note)


def grow(edge: GrowingLog, folder: Path, end: int) -> None:
    """Add the entries up to this size, and write their tiles. Raises Broken, OSError."""
    files = edge.add(sequencing.leaves(edge.size, end))
    put_once(folder, files)
    for path, _data in files:
        if parse_path(path).width == WIDTH:
            # Whoever asks for a narrower one takes it from the full one from now on.
            shutil.rmtree(folder / f"{path}.p", ignore_errors=True)


def _taken_up(folder: Path, written: Head) -> GrowingLog:
    """Take up the tree where it was left; make its tiles anew if they are gone.

    Raises Broken where tiles and database do not agree.
    """
    try:
        edge = GrowingLog.read(reader_of(folder), written.size)
    except FileNotFoundError:
        logging.getLogger(__name__).warning("Tiles are missing; they are made from the entries.")
        edge = GrowingLog()
        while edge.size < written.size:
            grow(edge, folder, min(written.size, edge.size + MOST))
    if edge.root() != written.root:
        raise Broken(
            f"The tiles of {written.size} entries do not lead to the root that the database has."
        )
    return edge


def _check_may_go_on() -> None:
    """Refuse to go on while a new log is being begun, and where indexes were taken away.

    These would be given a second time.
    """
    far = sequencing.how_far()
    if far.is_closing:
        raise Broken(
            "A new log is being begun, and that was interrupted. Run “evenhand log begin” again: "
            "it goes on where it stopped."
        )
    if far.given < far.written.size:
        raise Broken(
            f"The database knows the index of {far.given} entries, and the tree was written up to "
            f"{far.written.size}: the end of the log was cut off."
        )


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__
