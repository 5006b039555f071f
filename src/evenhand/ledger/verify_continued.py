"""A log that continues another one, which was closed: what its first entry says of that one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.bundle import head_of
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.openings import LONGEST_OPENING, check_opening, fields_of
from evenhand.ledger.receipts import parse_receipt
from evenhand.ledger.tiles import ENTRIES, WIDTH, Read, Tile, unpack

_BEGINS = f'{{"act":"{Act.LOG_BEGUN}",'.encode()


@dataclass(frozen=True, slots=True)
class Continued:
    """The last checkpoint of the log that was closed, when and why; ``why`` is a code."""

    last: Checkpoint
    at: str
    why: str

    def __str__(self) -> str:
        return (
            f"This log was begun on {self.at}. It continues the log {self.last.origin}, which was "
            f"closed after {self.last.size} entries: {self.why.replace('_', ' ')}."
        )

    def as_json(self) -> dict[str, object]:
        """Give what other programs read; the names stay."""
        last = self.last
        return {"origin": last.origin, "size": last.size, "root": last.root.hex(), "why": self.why}


def continued(read: Read, openings: Path, size: int) -> Continued | None:
    """Say which log a whole one continues, if its first entry names one. Raises Broken, OSError."""
    first = _first(read, min(size, WIDTH))
    if not first.startswith(_BEGINS):
        return None
    with openings.open("rb") as file:
        line = file.readline(LONGEST_OPENING)
    leaf = parse_leaf(first)
    try:
        check_opening(line, leaf)
        said = fields_of(line.decode())
    except Malformed as error:
        raise Malformed(f"Entry 0 ({leaf}): {error}") from error
    match said:
        case {"closed": [str(origin), str(size_), str(root)], "at": str(at), "why": str(why)}:
            return Continued(
                _checkpoint(origin, size_, root), f"{at[:16].replace('T', ' ')} UTC", why
            )
        case _:
            raise Malformed(f"Entry 0 ({leaf}) does not say which log this one continues.")


def _first(read: Read, width: int) -> bytes:
    """Read the first entry; nothing where the bundle has none, or none that can be read."""
    try:
        return unpack(read(Tile(ENTRIES, 0, width).path), width)[0] if width else b""
    except Malformed:
        return b""


def _checkpoint(origin: str, size: str, root: str) -> Checkpoint:
    try:
        return Checkpoint(origin, int(size), bytes.fromhex(root))
    except ValueError as error:
        raise Malformed(
            "Entry 0 does not say how far the log was that this one continues."
        ) from error


def is_of(data: bytes | None, origin: str, checkpoint_in: Callable[[bytes], bytes]) -> bool:
    """Say whether what somebody kept is of the log with this name; what cannot be read is not."""
    try:
        return data is not None and head_of(checkpoint_in(data)).origin == origin
    except Broken:
        return False


def of_receipt(data: bytes) -> bytes:
    """Give the checkpoint of a receipt. Raises Malformed."""
    return parse_receipt(data).proof.checkpoint.encode()


def of_itself(data: bytes) -> bytes:
    """Give a checkpoint."""
    return data
