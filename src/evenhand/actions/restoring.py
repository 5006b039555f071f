"""Brings a restored desk up to what the log says since: entries taken back, erasures done again.

The tables are there already, as they were when the backup was made, and nobody can use them. At
the end the desk can be served, and stays closed until two people open it (``actions.opening``).
Whoever was interrupted begins again with an empty database.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from evenhand.actions import (
    breaches_forgetting,
    captures,
    equality_forgetting,
    foi_ending,
    imports,
    leavers,
    looks,
    mail,
    opening,
    posters,
    public_reports,
    retention,
    rights_forgetting,
    sharing_past,
    superseded,
    traces,
)
from evenhand.actions.erasing_again import can_be_done, erase_again
from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.entries import Entry
from evenhand.ledger.erasures import ERASED, MARK, Erased, read_erasures
from evenhand.ledger.files import replace
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.second_copy import SecondCopy
from evenhand.ledger.signer import Head
from evenhand.rules.officers import Acting
from evenhand.seal.keys import KeyUnusable
from evenhand.store import reconciling, restoring, sequencing
from evenhand.store.keys import IndexKeyRow
from evenhand.store.sealing import desk_key
from evenhand.store.writing import writing

CLOSE = restoring.CLOSE
"""The statement by which a database is closed as its tables are loaded."""
Lost = tuple[bytes, bytes]
"""An entry that the published log has and the backup has not: its hash and its leaf."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: entries taken back, by act; erasures done again; those beyond the log's end.

    ``ran`` says whether the clock of retention ran: it waits where holds were lost.
    """

    lost: Mapping[str, int]
    again: int
    beyond: int
    ran: bool


def is_occupied() -> bool:
    """Say whether a desk is in the database. What a restore that broke off left is none."""
    return restoring.holds_something() and not restoring.is_closed()


def begin_anew() -> None:
    """Drop what a restore that broke off has left, if there was one."""
    if restoring.holds_something():
        restoring.drop_what_was_begun()


def read_lists(paths: Sequence[Path]) -> dict[bytes, Erased]:
    """Read lists of erasures into one: by the hash of each entry. Raises Malformed, OSError."""
    return {it.entry: it for path in paths for it in read_erasures(path)}


def restore(
    log: Path,
    erasures: Mapping[bytes, Erased],
    *,
    as_of: datetime,
    keys: Collection[VerifierKey] = (),
    acting: Acting,
) -> Restored:
    """Take back what the published log has and the backup has not, and erase again what went.

    ``log`` is the folder of the published log, ``erasures`` the list of erasures, ``as_of`` when
    the backup was made, ``keys`` those of the log on this machine. The desk stays closed. Raises
    Broken where key, log, list and backup do not belong together.
    """
    restoring.close()
    _check_desk_key()
    given = sequencing.how_far().given
    copy = _second_copy(log, [*sequencing.known_keys(), *keys])
    lost = _lost(copy, given) if copy else []
    _check_listed(lost, erasures)
    since = _since(erasures, given)
    if copy:
        _take_back(copy, given, acting)
    acts = Counter(parse_leaf(leaf).act.decode() for _digest, leaf in lost)
    with writing() as pen:
        entry = Entry(act=Act.DESK_RESTORED, at=acting.at, who=acting.officer.ref, times=len(lost))
        pen.enter(entry)
    again = sum(erase_again(it, acting=acting) for it in since)
    captures.drop_unknown()
    captures.sweep(now=acting.at)
    ran = _run_the_clocks(acting, lost_holds=acts[Act.HOLD_PLACED])
    end = copy.end if copy else 0
    _keep_list(log, erasures, end)
    done = Restored(acts, again, sum(it.index >= end for it in since), ran)
    _keep_closed(done, copy, as_of, acting)
    restoring.open_again()
    return done


def _check_desk_key() -> None:
    row = IndexKeyRow.objects.latest("made_at")
    try:
        desk_key().unwrap(bytes(row.wrapped), about=row.id)
    except KeyUnusable as error:
        raise Broken(
            "The desk's key does not open this backup. Put the key that belongs to it in place."
        ) from error


def _second_copy(log: Path, keys: Sequence[VerifierKey]) -> SecondCopy | None:
    return SecondCopy.at(log, keys) if (log / CHECKPOINT).exists() else None


def _lost(copy: SecondCopy, given: int) -> list[Lost]:
    """Name what the published log has and the backup has not; check all that both have."""
    stored = reconciling.entries_by_index(min(given, copy.end))
    waiting, lost = restoring.waiting(), list[Lost]()
    for first, leaves, hashes in copy.batches():
        for index, leaf, digest in zip(count(first), leaves, hashes, strict=False):
            if index >= given:
                lost += [(digest, leaf)] if digest not in waiting else []
            elif next(stored)[1] != digest:
                raise Broken(
                    f"The backup is of another log: its entry with the index {index} is not the "
                    "one that was published."
                )
    return lost


def _check_listed(lost: Sequence[Lost], erasures: Mapping[bytes, Erased]) -> None:
    """Refuse where what was erased since the backup is not known wholly."""
    erased = [digest for digest, leaf in lost if MARK in leaf]
    missing = sum(digest not in erasures or not can_be_done(erasures[digest]) for digest in erased)
    if missing:
        raise Broken(
            f"{missing} of {len(erased)} erasures since the backup are not in the list of "
            "erasures. Name a newer copy of it with --erased. Nothing was opened."
        )


def _since(erasures: Mapping[bytes, Erased], given: int) -> list[Erased]:
    """Give what was erased since the backup, in its order."""
    waiting = restoring.waiting()
    since = [it for it in erasures.values() if it.index >= given and it.entry not in waiting]
    return sorted(since, key=lambda it: it.index)


def _take_back(copy: SecondCopy, given: int, acting: Acting) -> None:
    """Give every published entry its index again, so that the log goes on from where it is."""
    for first, leaves, hashes in copy.batches():
        skip = max(given - first, 0)
        if skip < len(leaves):
            restoring.take_back(first + skip, leaves[skip:], hashes[skip:])
    signed, before = copy.checkpoint, sequencing.how_far().written
    if before.size <= signed.size:
        sequencing.note_written(before, Head(signed.size, signed.root))
        sequencing.keep_checkpoint(signed.size, copy.note, at=acting.at)


def _keep_closed(done: Restored, copy: SecondCopy | None, as_of: datetime, acting: Acting) -> None:
    """Keep the desk closed until two people have seen what was found and done."""
    tree = (copy.checkpoint.size, copy.checkpoint.root) if copy else None
    found = opening.Found(
        as_of=as_of,
        tree=tree,
        lost=done.lost,
        again=done.again,
        beyond=done.beyond,
        clock_ran=done.ran,
    )
    opening.keep_closed(found, acting=acting)


def _run_the_clocks(acting: Acting, *, lost_holds: int) -> bool:
    """Have what is past its time go, as every night; but not what a lost hold may keep."""
    looks.forget_old(acting=acting)
    traces.forget_old(acting=acting)
    leavers.forget_old(acting=acting)
    sharing_past.forget_old(acting=acting)
    superseded.forget_old(acting=acting)
    mail.forget_old(acting=acting)
    public_reports.forget_old(acting=acting)
    posters.forget_old(acting=acting)
    foi_ending.forget_old(acting=acting)
    rights_forgetting.forget_old(acting=acting)
    breaches_forgetting.forget_old(acting=acting)
    equality_forgetting.forget_old(acting=acting)
    imports.end_old(acting=acting)
    if lost_holds:
        return False
    retention.run(acting=acting)
    return True


def _keep_list(log: Path, erasures: Mapping[bytes, Erased], end: int) -> None:
    """Put the list in its place, as far as the log goes; the sequencer goes on with it."""
    known = sorted(erasures.values(), key=lambda it: it.index)
    replace(log.parent, ERASED, "".join(f"{it}\n" for it in known if it.index < end).encode())
