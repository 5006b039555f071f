"""A proof that stands by itself: an entry, its place, and a signed checkpoint.

The format is https://c2sp.org/tlog-proof.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evenhand.ledger import base64_lines
from evenhand.ledger.broken import Malformed
from evenhand.ledger.checkpoints import Opened
from evenhand.ledger.merkle_proofs import check_inclusion, consistency_proof, inclusion_proof
from evenhand.ledger.notes import decode_text
from evenhand.ledger.policies import Policy
from evenhand.ledger.tiles import Read, TileReader
from evenhand.ledger.tree import leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63
_INDEX = re.compile(r"index (\d+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in a log: its index, the hashes up to the root, the signed checkpoint.

    ``extra`` is not proved by itself. A receipt puts the entry there.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        extra = [f"extra {base64_lines.encode(self.extra)}"] if self.extra else []
        hashes = map(base64_lines.encode, self.hashes)
        lines = (HEADER, *extra, f"index {self.index}", *hashes, "")
        return "\n".join(lines) + "\n" + self.checkpoint

    def check(self, entry: bytes, policy: Policy) -> Opened:
        """Refuse it unless the entry is in a tree that the policy trusts; give the checkpoint.

        Raises Malformed, NotSigned, TooFewWitnesses, ProofFails.
        """
        opened = policy.open(self.checkpoint.encode())
        check_inclusion(
            leaf_hash(entry),
            index=self.index,
            size=opened.checkpoint.size,
            proof=self.hashes,
            root=opened.checkpoint.root,
        )
        return opened


def prove(read: Read, *, index: int, size: int, checkpoint: str, extra: bytes = b"") -> Proof:
    """Prove an entry from the tiles of a log under a checkpoint of that size."""
    hashes = inclusion_proof(index, size, TileReader(read, size).node)
    return Proof(index, tuple(hashes), checkpoint, extra)


def continuing(read: Read, size: int) -> Callable[[int], list[bytes]]:
    """Give what proves, from a smaller size on, that the log of this size continues it."""
    tiles = TileReader(read, size)
    return lambda old: consistency_proof(old, size, tiles.node)


def parse_proof(data: bytes) -> Proof:
    """Read a proof. Raises Malformed. Its checkpoint is read when it is checked."""
    head, break_, checkpoint = decode_text(data).partition("\n\n")
    header, *lines = head.split("\n")
    if header != HEADER or not break_:
        raise Malformed(f"A proof begins with {HEADER} and has a checkpoint after an empty line.")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = base64_lines.decode(
            lines.pop(0).removeprefix("extra "), what="The extra of a proof"
        )
    index = _parse_index(lines)
    if len(lines) - 1 > MOST_HASHES:
        raise Malformed(f"A proof has at most {MOST_HASHES} hashes.")
    return Proof(index, parse_hashes(lines[1:]), checkpoint, extra)


def _parse_index(lines: Sequence[str]) -> int:
    found = _INDEX.fullmatch(lines[0]) if lines else None
    if not found:
        raise Malformed("A proof says the index of its entry.")
    return base64_lines.decode_number(found[1], what="The index of a proof")


def parse_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Read the hashes of a proof, one to a line. Raises Malformed."""
    return tuple(base64_lines.decode_hash(line, what="A line of the proof") for line in lines)
