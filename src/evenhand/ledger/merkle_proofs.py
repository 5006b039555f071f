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
    here, last, found = index, size - 1, leaf
    _check_hashes([leaf, *proof])
    for part in proof:
        if last == 0:
            raise ProofFails(f"The proof for entry {index} is too long for a tree of {size}.")
        if here & 1 or here == last:
            found = node_hash(part, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, part)
        here, last = here >> 1, last >> 1
    if last:
        raise ProofFails(f"The proof for entry {index} is too short for a tree of {size}.")
    if found != root:
        raise ProofFails(f"The proof for entry {index} does not lead to the root of {size}.")


def check_consistency(
    *, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Refuse a proof that a tree continues an older one, if it does not. RFC 9162 2.1.4.2.

    An ``old`` of 0 is refused: every tree continues the empty one, so nothing would be checked.
    """
    between = f"from {old} to {new}"
    if not 0 < old <= new:
        raise ProofFails(f"There is no consistency proof {between}.")
    _check_hashes(proof)
    parts = list(proof)
    if old == new:
        if parts or old_root != new_root:
            raise ProofFails(f"Two different trees have the size {old}.")
        return
    if old & (old - 1) == 0:
        parts = [old_root, *parts]
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if not parts:
        raise ProofFails(f"The consistency proof {between} is empty.")
    found_old = found_new = parts[0]
    for part in parts[1:]:
        if last == 0:
            raise ProofFails(f"The consistency proof {between} is too long.")
        if here & 1 or here == last:
            found_old, found_new = node_hash(part, found_old), node_hash(part, found_new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found_new = node_hash(found_new, part)
        here, last = here >> 1, last >> 1
    if last:
        raise ProofFails(f"The consistency proof {between} is too short.")
    if (found_old, found_new) != (old_root, new_root):
        raise ProofFails(f"The tree of {new} does not continue the tree of {old}.")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(part) != HASH_BYTES for part in hashes):
        raise ProofFails("A proof is made of hashes of 32 bytes.")
