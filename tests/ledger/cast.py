"""The log, the witnesses and the policy of the tests, each with a fixed key."""

from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind
from evenhand.ledger.notes import Note
from evenhand.ledger.policies import Policy, parse_policy
from evenhand.ledger.signing import SigningKey, sign, sign_checkpoint

ORIGIN = "desk.example/log"
NOON = 1_790_000_000  # 21 September 2026, 14:13:20 UTC
LOG = SigningKey(ORIGIN, Kind.ED25519, b"l" * 32)
NEXT = SigningKey(ORIGIN, Kind.ED25519, b"n" * 32)
EAST = SigningKey("east.example/w", Kind.COSIGNATURE, b"e" * 32)
WEST = SigningKey("west.example/w", Kind.COSIGNATURE, b"w" * 32)
STRANGER = SigningKey("stranger.example", Kind.ED25519, b"s" * 32)


def policy(*lines: str) -> Policy:
    return parse_policy("".join(f"{line}\n" for line in lines).encode())


def both() -> Policy:
    return policy(
        f"log {LOG.verifier}",
        f"witness east {EAST.verifier}",
        f"witness west {WEST.verifier}",
        "group two all east west",
        "quorum two",
    )


def checkpoint(size: int, root: bytes, *, at: int = NOON, by: tuple[SigningKey, ...] = ()) -> Note:
    """Sign a checkpoint, and have witnesses cosign it."""
    note = sign_checkpoint(Checkpoint(ORIGIN, size, root), [LOG])
    return note.with_signatures(sign(note.text, witness, at=at) for witness in by)
