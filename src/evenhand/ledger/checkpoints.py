"""Checkpoints: the signed size and root of a log, as https://c2sp.org/tlog-checkpoint says."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note, Signed, check_note, parse_note
from evenhand.ledger.tree import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed: which log, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), base64_lines.encode(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint whose signatures hold: the note, and which known keys signed it."""

    checkpoint: Checkpoint
    note: Note
    signed: tuple[Signed, ...]


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint. Raises Malformed."""
    origin, *lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not all((origin, *lines)):
        raise Malformed("A checkpoint is an origin, a size and a root, each on a line of its own.")
    size = base64_lines.decode_number(lines[0], what="The size of a checkpoint")
    root = base64_lines.decode_hash(lines[1], what="The root of a checkpoint")
    if size == 0 and root != EMPTY_ROOT:
        raise Malformed("The root of an empty log is the hash of nothing.")
    return Checkpoint(origin, size, root, tuple(lines[2:]))


def open_checkpoint(data: bytes, keys: Sequence[VerifierKey]) -> Opened:
    """Read a signed checkpoint and check it. Raises Malformed, NotSigned."""
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    return Opened(checkpoint, note, tuple(check_note(note, keys)))
