"""Inclusion and consistency proofs: made as RFC 6962 section 2.1 says, checked as RFC 9162 does."""

from collections.abc import Sequence

from evenhand.ledger.broken import ProofFails
from evenhand.ledger.tree import HASH_BYTES, Node, node_hash, subtree_root


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Prove that the entry at ``index`` is in the tree of ``size`` entries.

    Raises IndexError where the tree has no such entry.
    """
    if not 0 <= index < size:
        raise IndexError(f"entry {index} is not in a tree of {size}")
    begin, end, proof = 0, size, list[bytes]()
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            proof.append(subtree_root(middle, end, node))
            end = middle
        else:
            proof.append(subtree_root(begin, middle, node))
            begin = middle
    return proof[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """Prove that the tree of ``new`` entries begins with the ``old`` ones.

    Raises IndexError unless 0 < old <= new: from nothing there is nothing to prove.
    """
    if not 0 < old <= new:
        raise IndexError(f"there is no proof from {old} to {new}")
    begin, end, proof = 0, new, list[bytes]()
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            proof.append(subtree_root(middle, end, node))
            end = middle
        else:
            proof.append(subtree_root(begin, middle, node))
            begin = middle
    if begin:
        proof.append(subtree_root(begin, end, node))
    return proof[::-1]


def _split(width: int) -> int:
    """Give the largest power of two below a width."""
    return 1 << (width - 1).bit_length() - 1


def check_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Refuse a proof that does not lead from a leaf's hash to the root. RFC 9162 2.1.3.2."""
    if not 0 <= index < size:
        raise ProofFails(f"Entry {index} cannot be in a tree of {size}.")
    _check_hashes([leaf, *proof])
    found = leaf
    what = f"The proof for entry {index} in a tree of {size}"
    for part, is_left in zip(proof, _sides(index, size - 1, len(proof), what), strict=True):
        found = node_hash(part, found) if is_left else node_hash(found, part)
    if found != root:
        raise ProofFails(f"The proof for entry {index} does not lead to the root of {size}.")


def check_consistency(
    *, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Refuse a proof that a tree continues an older one, if it does not. RFC 9162 2.1.4.2.

    An ``old`` of 0 is refused: every tree continues the empty one, so nothing would be checked.
    """
    if not 0 < old <= new:
        raise ProofFails(f"There is no consistency proof from {old} to {new}.")
    _check_hashes(proof)
    what = f"The consistency proof from {old} to {new}"
    if old == new:
        _check_same(old_root, new_root, proof, what)
        return
    # The old tree as far as it is one whole subtree. If it is all of it, it need not be sent.
    level = (old & -old).bit_length() - 1
    parts = list(proof) if old >> level > 1 else [old_root, *proof]
    if not parts:
        raise ProofFails(f"{what} is too short.")
    found_old = found_new = parts[0]
    sides = _sides((old - 1) >> level, (new - 1) >> level, len(parts) - 1, what)
    for part, is_left in zip(parts[1:], sides, strict=True):
        found_new = node_hash(part, found_new) if is_left else node_hash(found_new, part)
        if is_left:
            found_old = node_hash(part, found_old)
    if (found_old, found_new) != (old_root, new_root):
        raise ProofFails(f"The tree of {new} does not continue the tree of {old}.")


def _check_same(old_root: bytes, new_root: bytes, proof: Sequence[bytes], what: str) -> None:
    if proof:
        raise ProofFails(f"{what} is too long.")
    if old_root != new_root:
        raise ProofFails("Two different trees have the same size.")


def _sides(here: int, last: int, count: int, what: str) -> list[bool]:
    """Say of each hash on the way up from a node whether it stands to the left of the way."""
    sides = []
    for _each in range(count):
        if last == 0:
            raise ProofFails(f"{what} is too long.")
        sides.append(bool(here & 1) or here == last)
        while sides[-1] and here and not here & 1:
            here, last = here >> 1, last >> 1
        here, last = here >> 1, last >> 1
    if last:
        raise ProofFails(f"{what} is too short.")
    return sides


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(part) != HASH_BYTES for part in hashes):
        raise ProofFails("A proof is made of hashes of 32 bytes.")
