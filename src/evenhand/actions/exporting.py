"""Hands the log to somebody outside as a bundle, which they check without the desk."""

import json
from datetime import datetime
from pathlib import Path

from evenhand import version
from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import CHECKPOINT, Contents, write_bundle
from evenhand.ledger.checkpoints import open_checkpoint
from evenhand.ledger.entries import Code, Entry
from evenhand.ledger.files import reader_of
from evenhand.ledger.keys import VerifierKey
from evenhand.rules.catalogue import every_rule
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.oversight import LogPurpose, check_may_read_who
from evenhand.store import exporting, new_log, sequencing
from evenhand.store.lawbook import editions
from evenhand.store.new_log import closed_folder
from evenhand.store.sequencing import LogCheckpointRow
from evenhand.store.writing import writing


def enter_export(why: LogPurpose | Permission, *, acting: Acting) -> None:
    """Enter that the log is handed out. Call it before anything is, so that it is in the bundle."""
    with writing() as pen:
        pen.enter(
            Entry(
                act=Act.LOG_EXPORTED,
                at=acting.at,
                who=acting.officer.ref,
                why=Code(why),
                req=acting.request,
            )
        )


def enter_taking(purpose: str, *, acting: Acting) -> None:
    """Enter that somebody who oversees the desk takes the log away. Raises LogPurposeMissing."""
    enter_export(check_may_read_who(acting.officer, purpose), acting=acting)


def write_published(
    folder: Path, *, log: Path, policy: str, since: bytes | None, at: datetime
) -> LogCheckpointRow:
    """Write the log, up to the checkpoint that is published now, into a folder that is not there.

    ``log`` is the folder of its tiles, ``policy`` the desk's own, ``since`` the checkpoint that the
    bundle goes on from. Raises Broken where there is none yet or ``since`` is none of this log,
    FileExistsError.
    """
    newest = sequencing.required(sequencing.published_checkpoint(now=at))
    keys = sequencing.known_keys()
    begin = _size_of(since, keys, newest.size) if since else 0
    contents = Contents(
        read=reader_of(log),
        checkpoint=newest.checkpoint,
        checkpoints=exporting.checkpoints(begin, newest.size),
        openings=exporting.openings(begin, newest.size),
        keys=keys,
        policy=policy,
        rules=rules_kept(),
        since=since.decode() if since else None,
    )
    write_bundle(folder, contents, on=at.date())
    return newest


def write_closed(folder: Path, origin: str, *, log: Path, witness_policy: str, at: datetime) -> int:
    """Write a log that was closed into a folder that is not there, as far as its tiles go.

    ``log`` is the folder of the log that goes on. Gives how many entries it has. Raises Broken
    where no log of that name was closed, FileExistsError, OSError.
    """
    found = [it for it in sequencing.closed_logs() if it.origin == origin]
    if not found:
        raise Broken(f"No log of this desk that is called {origin} was closed.")
    [closed] = found
    kept, keys = closed_folder(log, closed.id), sequencing.known_keys(closed=closed.id)
    note = (kept / CHECKPOINT).read_bytes()
    size = open_checkpoint(note, keys).checkpoint.size
    contents = Contents(
        read=reader_of(kept),
        checkpoint=note.decode(),
        checkpoints=new_log.checkpoints(closed.id, size),
        openings=new_log.openings(closed.id, size),
        keys=keys,
        policy=sequencing.own_policy(witness_policy, closed=closed.id).decode(),
        rules=rules_kept(),
    )
    write_bundle(folder, contents, on=at.date())
    return size


def rules_kept() -> str:
    """Write the rules that the desk keeps, as a JSON document: code, sentence and clause.

    With them the version of the software, which has the rules in it, and of each file of law data.
    """
    kept = [
        {"code": it.code, "rule": str(it.sentence), "clause": str(it.clause)} for it in every_rule()
    ]
    found = {"software": version(), "law_data": editions(), "rules": kept}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _size_of(since: bytes, keys: list[VerifierKey], newest: int) -> int:
    try:
        size = open_checkpoint(since, keys).checkpoint.size
    except Broken as error:
        raise Broken(
            f"The checkpoint that the bundle is to go on from does not hold. {error}"
        ) from error
    if size > newest:
        raise Broken(
            f"The checkpoint is of {size} entries, and the log is published up to {newest} only."
        )
    return size
