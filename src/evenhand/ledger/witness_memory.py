"""What a witness remembers: the last checkpoint that it cosigned of each log, with all signatures.

Without it a witness would cosign a second history, so one that is gone is never begun anew by
itself. It is made once, with the key.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import parse_checkpoint
from evenhand.ledger.files import replace
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import TIME, Note, check_note, parse_note
from evenhand.ledger.signer import Head
from evenhand.ledger.witness import signatures_by

MEMORY = "memory.json"


class Forgotten(Broken):
    """The memory of a witness is gone. The text says what to do."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint of a log that was cosigned; ``at`` is in seconds since 1970."""

    note: Note
    origin: str
    head: Head
    at: int


Memory = dict[str, Seen]
"""What was seen, by origin."""


def open_memory(folder: Path, key: VerifierKey) -> Memory:
    """Read the memory of the witness with this key, and check its own cosignatures in it.

    Raises Forgotten, Malformed, NotSigned, OSError.
    """
    memory = read_memory(folder, key)
    for seen in memory.values():
        check_note(seen.note, [key])
    return memory


def read_memory(folder: Path, key: VerifierKey) -> Memory:
    """Read a memory that was checked when the witness started.

    Raises Forgotten, Malformed, OSError.
    """
    try:
        data = (folder / MEMORY).read_bytes()
    except FileNotFoundError:
        raise Forgotten(
            f"{folder / MEMORY} is gone. A witness that forgot what it cosigned would cosign "
            "a second history: make a new one, with a key of its own."
        ) from None
    return {it.origin: it for it in (_parse_seen(note, key) for note in _notes(data))}


def write_memory(folder: Path, memory: Mapping[str, Seen], newest: Note | None = None) -> None:
    """Remember this checkpoint in place of the last one of its log. It is on the disk then."""
    notes = {origin: str(it.note) for origin, it in memory.items()}
    if newest is not None:
        notes[parse_checkpoint(newest.text).origin] = str(newest)
    text = json.dumps(list(notes.values()), ensure_ascii=False, indent=1)
    replace(folder, MEMORY, f"{text}\n".encode())


def _notes(data: bytes) -> Iterable[str]:
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{MEMORY} is not as it was written: {error}") from error
    if not isinstance(found, list) or not all(isinstance(it, str) for it in found):
        raise Malformed(f"{MEMORY} is a list of checkpoints.")
    return found


def _parse_seen(text: str, key: VerifierKey) -> Seen:
    note = parse_note(text.encode(errors="surrogatepass"))
    checkpoint = parse_checkpoint(note.text)
    own = signatures_by([key], note)
    if len(own) != 1 or len(own[0].data) <= TIME.size:
        raise Malformed(f"{MEMORY} was not written by the witness with this key.")
    (at,) = TIME.unpack_from(own[0].data)
    return Seen(note, checkpoint.origin, Head(checkpoint.size, checkpoint.root), at)
