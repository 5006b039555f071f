"""A sample of a log that nobody could choose: drawn from the checkpoint's own root.

Anybody who has the checkpoint draws the same one. The desk cannot choose an entry: each that it
adds changes the whole sample. It could add entries until a sample suits it, which shows in the log.
"""

from hashlib import sha256

from evenhand.ledger.checkpoints import Checkpoint

PREFIX = b"evenhand/sample/v1\n"


def sample(checkpoint: Checkpoint, many: int) -> list[int]:
    """Draw the indexes of ``many`` different entries, or of all there are; in their order.

    Draw n is SHA-256 over the prefix, the root and n in eight bytes, read as a number, modulo the
    size; what was drawn before is passed over.
    """
    wanted = min(many, checkpoint.size)
    drawn: set[int] = set()
    number = 0
    while len(drawn) < wanted:
        digest = sha256(PREFIX + checkpoint.root + number.to_bytes(8, "big")).digest()
        drawn.add(int.from_bytes(digest, "big") % checkpoint.size)
        number += 1
    return sorted(drawn)
