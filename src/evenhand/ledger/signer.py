"""What a signer may sign: never a tree that goes back, never a second one of the same size.

The signer remembers the last checkpoint outside of the database and writes it down before it
answers. So a database that was restored from an old backup, or cut, is found out at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.ledger.broken import Broken, ProofFails
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.merkle_proofs import check_consistency
from evenhand.ledger.tree import EMPTY_ROOT


class Rollback(Broken):
    """The log that is to be signed is not a continuation of what was signed before."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last size and root that were signed or seen of one log."""

    size: int = 0
    root: bytes = EMPTY_ROOT


NOTHING = Head()


def check_may_sign(
    checkpoint: Checkpoint, *, proof: Sequence[bytes], remembered: Head = NOTHING
) -> None:
    """Refuse to sign what does not continue what was signed before. Raises Rollback.

    To sign the same size and root again is allowed: that is how an interrupted request is repeated.
    """
    size, before = checkpoint.size, remembered.size
    if size < before:
        raise Rollback(f"ROLLBACK: the log knows {size} entries, the signer signed {before}.")
    if size == before and checkpoint.root != remembered.root:
        raise Rollback(f"ROLLBACK: the signer signed another tree of {size} entries.")
    if 0 < before < size:
        try:
            check_consistency(
                old=before,
                new=size,
                proof=proof,
                old_root=remembered.root,
                new_root=checkpoint.root,
            )
        except ProofFails as error:
            raise Rollback(
                f"ROLLBACK: the tree of {size} entries does not continue the tree of {before} "
                "that the signer signed."
            ) from error


def check_may_replace(old: Sequence[VerifierKey], new: Sequence[VerifierKey]) -> None:
    """Refuse keys for a log that were not announced by the ones before. Raises Broken.

    A key is replaced in two steps: first both sign, and an entry ``key.rotate`` names the new one;
    when everybody's policy has it, the old one goes. So at each step one key stays.
    """
    if not new or not set(old) & set(new) or len(new) > 2:
        raise Broken("While a key is replaced, the old and the new one both sign for a time.")
    if len({key.name for key in new}) > 1:
        raise Broken("All keys of a log have the log's origin as their name.")
