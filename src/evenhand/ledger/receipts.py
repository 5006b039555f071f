"""Receipts: what somebody keeps to prove later that an act is in the log.

There are two kinds. A *receipt* is for a person or a platform: one file with the entry, as much of
its opening as they may see, and its proof. A *receipt stream* is for a machine that the desk does
not run: one line for each leaf at the moment it is committed, before it is in any tree.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from evenhand.ledger.broken import Malformed
from evenhand.ledger.canonical import canonical
from evenhand.ledger.checkpoints import Opened
from evenhand.ledger.entries import FIELDS
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.openings import check_opening, fields_of
from evenhand.ledger.policies import Policy
from evenhand.ledger.proofs import Proof, parse_proof, prove
from evenhand.ledger.tiles import Read

MENTION = b"evenhand leaf="
_LINE = re.compile(
    rb"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6})(?:\+00:00|Z) "
    rb"evenhand leaf=([0-9a-f]{64})\b"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry, what its holder may see of its opening, and the proof that it is in the log."""

    proof: Proof
    leaf: bytes
    opening: str

    def __str__(self) -> str:
        return str(self.proof)

    def check(self, policy: Policy) -> Opened:
        """Refuse it unless all of it holds; give its checkpoint. Raises Broken."""
        opened = self.proof.check(self.leaf, policy)
        check_opening(self.opening.encode(), parse_leaf(self.leaf))
        if unknown := sorted(self.fields().keys() - FIELDS):
            raise Malformed(f"Its entry has a field that no entry has: {unknown[0]}.")
        return opened

    def fields(self) -> dict[str, object]:
        """Give what its holder may see: name to value."""
        return fields_of(self.opening)

    def proves(self) -> dict[str, object]:
        """Give what it proves: its place, the act and the day, and what its holder may see.

        No field stands in the place of what leaf and proof say.
        """
        leaf, fields = parse_leaf(self.leaf), self.fields()
        said = {
            "index": self.proof.index,
            "act": leaf.act.decode(),
            "day": leaf.day.decode(),
            "withheld": int(leaf.many) - len(fields),
        }
        return {**said, **fields, **said}


def make_receipt(
    read: Read, *, index: int, size: int, checkpoint: str, leaf: bytes, opening: str
) -> Receipt:
    """Make a receipt from the tiles of a log; ``opening`` is as its holder may see it."""
    extra = canonical({"leaf": leaf.decode("ascii"), "opening": opening})
    proof = prove(read, index=index, size=size, checkpoint=checkpoint, extra=extra)
    return Receipt(proof, leaf, opening)


def parse_receipt(data: bytes) -> Receipt:
    """Read a receipt. Raises Malformed."""
    proof = parse_proof(data)
    try:
        extra = json.loads(proof.extra)
    except (ValueError, RecursionError) as error:
        raise Malformed("The receipt does not hold its entry.") from error
    match extra:
        case {"leaf": str(leaf), "opening": str(opening)}:
            return Receipt(proof, leaf.encode(), opening)
        case _:
            raise Malformed("The receipt does not hold its entry.")


def stream_line(leaf_hash: bytes, *, at: datetime) -> str:
    """Write the line that goes to another machine when an entry is committed."""
    return (
        f"{at.astimezone(UTC).isoformat(timespec='microseconds')} evenhand leaf={leaf_hash.hex()}"
    )


def stream_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Find when (UTC, ISO 8601) which leaf was committed, whatever a log host put before it."""
    for line in lines:
        for at, digest in _LINE.findall(line):
            yield f"{at.decode()}+00:00", bytes.fromhex(digest.decode())
