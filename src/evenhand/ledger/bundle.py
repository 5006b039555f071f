"""An overseer's bundle: what somebody outside takes away to check the log without the desk.

It is a BagIt folder. ``data`` is the log as it is served, tiles and entries, and beside them:

- ``checkpoint``: the newest one; ``checkpoints.jsonl``: all of the period, a JSON string a line
- ``openings.jsonl``: one line for each entry, in their order, each exactly as the desk keeps it
- ``since``: the checkpoint that the bundle continues, if it does not begin with the first entry
- ``log.vkey``: the log's keys, one a line; ``policy.txt``; ``rules.json``; ``README.txt``
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from evenhand.ledger.bags import write_manifests
from evenhand.ledger.broken import Malformed
from evenhand.ledger.bundle_readme import README
from evenhand.ledger.checkpoints import Checkpoint, parse_checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import parse_note
from evenhand.ledger.openings import ERASED, LONGEST_OPENING
from evenhand.ledger.tiles import Read, bundles_of, parse_path, read_tile, tiles_of

DATA = "data"
CHECKPOINT, SINCE = "checkpoint", "since"
CHECKPOINTS, OPENINGS = "checkpoints.jsonl", "openings.jsonl"
KEYS, POLICY, RULES, ABOUT = "log.vkey", "policy.txt", "rules.json", "README.txt"
NAMES = {CHECKPOINT, SINCE, CHECKPOINTS, OPENINGS, KEYS, POLICY, RULES, ABOUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into a bundle.

    ``read`` gives the log's tiles and entries. ``checkpoints`` are the signed notes published
    since ``since``, by size; the last one is the newest and has its cosignatures. ``openings`` are
    those of the entries from ``since`` to the newest checkpoint, in their order; None is one that
    was erased as a whole. ``rules`` is a JSON document of the rules' versions.
    """

    read: Read
    checkpoint: str
    checkpoints: Iterable[str]
    openings: Iterable[str | None]
    keys: Sequence[VerifierKey]
    policy: str
    rules: str
    since: str | None = None


def write_bundle(folder: Path, contents: Contents, *, on: date) -> None:
    """Write a bundle into a folder that does not exist yet.

    Raises FileExistsError, and Malformed where the openings are not as many as the entries or one
    is longer than a verifier would read.
    """
    data = folder / DATA
    data.mkdir(parents=True)
    newest = head_of(contents.checkpoint.encode())
    since = head_of(contents.since.encode()).size if contents.since else 0
    (data / CHECKPOINT).write_text(contents.checkpoint, "utf-8")
    if contents.since:
        (data / SINCE).write_text(contents.since, "utf-8")
    (data / KEYS).write_text("".join(f"{key}\n" for key in contents.keys), "utf-8")
    (data / POLICY).write_text(contents.policy, "utf-8")
    (data / RULES).write_text(contents.rules, "utf-8")
    (data / ABOUT).write_text(README.format(origin=newest.origin, size=newest.size), "utf-8")
    with (data / CHECKPOINTS).open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(note)}\n" for note in contents.checkpoints)
    write_tiles(data, contents.read, since, newest.size)
    with (data / OPENINGS).open("wb") as file:
        file.writelines(_opening_lines(contents.openings, newest.size - since))
    write_manifests(
        folder,
        {
            "Bagging-Date": on.isoformat(),
            "External-Identifier": newest.origin,
            "External-Description": f"{newest.size - since} entries of a log, from {since} on",
        },
    )


def head_of(note: bytes) -> Checkpoint:
    """Read the checkpoint of a note without checking who signed it. Raises Malformed."""
    return parse_checkpoint(parse_note(note).text)


def write_tiles(data: Path, read: Read, since: int, size: int) -> None:
    """Copy what a log of this size needs from ``since`` on. Raises OSError."""
    for tile in chain(bundles_of(size, since=since), tiles_of(size, since=since)):
        path = data / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(read_tile(read, tile))


def _opening_lines(openings: Iterable[str | None], wanted: int) -> Iterator[bytes]:
    count = 0
    for count, opening in enumerate(openings, start=1):
        line = ERASED if opening is None else opening.encode()
        if len(line) >= LONGEST_OPENING or b"\n" in line:
            raise Malformed(f"Opening {count} is longer than a line of a bundle may be.")
        yield line + b"\n"
    if count != wanted:
        raise Malformed(f"There are {count} openings for {wanted} entries.")


def is_part(path: str) -> bool:
    """Say whether a bundle may have a file at this path below ``data``."""
    if path in NAMES:
        return True
    try:
        parse_path(path)
    except Malformed:
        return False
    return True
