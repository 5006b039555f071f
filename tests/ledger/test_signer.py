"""What a signer signs, and what it never does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Broken
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind, VerifierKey
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.signer import Head, Rollback, check_may_replace, check_may_sign
from evenhand.ledger.signing import SigningKey
from evenhand.ledger.tree import root_of
from tests.ledger import slow_tree
from tests.ledger.cast import LOG, NEXT, ORIGIN, STRANGER

ENTRIES = [f"entry {n}".encode() for n in range(60)]
NODE = slow_tree.nodes_of(ENTRIES)
sizes = st.integers(0, 60)


def head(size: int) -> Head:
    return Head(size, root_of(ENTRIES[:size]))


def checkpoint(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, root_of(ENTRIES[:size]))


@settings(deadline=None)
@given(sizes, sizes)
def test_it_signs_every_continuation_and_nothing_smaller(old: int, new: int) -> None:
    proof = consistency_proof(old, new, NODE) if 0 < old <= new else []
    if new >= old:
        check_may_sign(checkpoint(new), proof=proof, remembered=head(old))
    else:
        with pytest.raises(Rollback, match=f"knows {new} entries, the signer signed {old}"):
            check_may_sign(checkpoint(new), proof=proof, remembered=head(old))


def test_the_first_checkpoint_needs_no_proof() -> None:
    check_may_sign(checkpoint(7), proof=[])


def test_the_same_request_again_is_answered_again() -> None:
    check_may_sign(checkpoint(7), proof=[], remembered=head(7))


def test_it_never_signs_a_second_tree_of_the_same_size() -> None:
    with pytest.raises(Rollback, match="ROLLBACK: the signer signed another tree of 7 entries"):
        check_may_sign(Checkpoint(ORIGIN, 7, bytes(32)), proof=[], remembered=head(7))


def test_it_never_signs_what_is_not_proved_to_continue() -> None:
    for proof in ([], consistency_proof(4, 7, NODE)):
        with pytest.raises(Rollback, match="ROLLBACK: the tree of 7 entries does not continue"):
            check_may_sign(checkpoint(7), proof=proof, remembered=head(3))


def test_a_key_is_replaced_in_two_steps() -> None:
    for old, new in (
        ([LOG], [LOG]),
        ([LOG], [LOG, NEXT]),
        ([LOG, NEXT], [NEXT]),
        ([LOG, NEXT], [LOG]),
    ):
        check_may_replace(_public(old), _public(new))


def test_a_key_is_never_replaced_at_once_or_by_one_of_another_name() -> None:
    third = SigningKey(ORIGIN, Kind.ED25519, b"3" * 32)
    for old, new in (
        ([LOG], []),
        ([LOG], [NEXT]),
        ([LOG, NEXT], [third]),
        ([LOG], [LOG, NEXT, third]),
    ):
        with pytest.raises(Broken, match="both sign for a time"):
            check_may_replace(_public(old), _public(new))
    with pytest.raises(Broken, match="origin as their name"):
        check_may_replace(_public([LOG]), _public([LOG, STRANGER]))


def _public(keys: list[SigningKey]) -> list[VerifierKey]:
    return [key.verifier for key in keys]
