"""Inclusion and consistency proofs: against the definition, and against the published cases."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import ProofFails
from evenhand.ledger.merkle_proofs import (
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
)
from evenhand.ledger.tree import leaf_hash, root_of
from tests.ledger import slow_tree
from tests.ledger.published import published

ENTRIES = [f"entry {n}".encode() for n in range(130)]
NODE = slow_tree.nodes_of(ENTRIES)
sizes = st.integers(1, len(ENTRIES))
Case = dict[str, Any]


@settings(deadline=None)
@given(sizes, st.data())
def test_every_leaf_can_be_proved(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, NODE)
    assert proof == slow_tree.path(index, ENTRIES[:size])
    root = root_of(ENTRIES[:size])
    check_inclusion(leaf_hash(ENTRIES[index]), index=index, size=size, proof=proof, root=root)


@settings(deadline=None)
@given(sizes, sizes)
def test_every_tree_is_proved_to_continue_every_older_one(old: int, new: int) -> None:
    old, new = sorted((old, new))
    proof = consistency_proof(old, new, NODE)
    assert proof == slow_tree.proof(old, ENTRIES[:new])
    check_consistency(
        old=old,
        new=new,
        proof=proof,
        old_root=root_of(ENTRIES[:old]),
        new_root=root_of(ENTRIES[:new]),
    )


@settings(deadline=None)
@given(sizes, st.data())
def test_no_other_entry_place_size_or_hash_is_proved(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, NODE)
    root = root_of(ENTRIES[:size])
    leaf = leaf_hash(ENTRIES[index])
    wrong: list[tuple[bytes, int, list[bytes], bytes]] = [
        (leaf_hash(b"another"), index, proof, root),
        (leaf, index, [*proof, bytes(32)], root),
        (leaf, index, proof, bytes(32)),
        (leaf, data.draw(st.integers(0, size).filter(lambda it: it != index)), proof, root),
    ]
    if proof:
        cut = data.draw(st.integers(0, len(proof) - 1))
        wrong.append((leaf, index, proof[:cut] + proof[cut + 1 :], root))
        wrong.append((leaf, index, [*proof[:cut], bytes(32), *proof[cut + 1 :]], root))
    for other_leaf, other_index, other_proof, other_root in wrong:
        with pytest.raises(ProofFails):
            check_inclusion(
                other_leaf, index=other_index, size=size, proof=other_proof, root=other_root
            )


@settings(deadline=None)
@given(sizes, sizes, st.data())
def test_a_changed_history_is_never_proved(old: int, new: int, data: st.DataObject) -> None:
    old, new = sorted((old, new))
    changed = data.draw(st.integers(0, old - 1))
    others = [*ENTRIES[:changed], b"another", *ENTRIES[changed + 1 :]]
    for proof in (
        consistency_proof(old, new, slow_tree.nodes_of(others)),
        consistency_proof(old, new, NODE),
    ):
        with pytest.raises(ProofFails):
            check_consistency(
                old=old,
                new=new,
                proof=proof,
                old_root=root_of(ENTRIES[:old]),
                new_root=root_of(others[:new]),
            )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_or_taken_for_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, size, NODE)
    with pytest.raises(ProofFails, match="cannot be in"):
        check_inclusion(bytes(32), index=index, size=size, proof=[], root=bytes(32))


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (4, 3), (-1, 3)])
def test_nothing_is_proved_from_nothing(old: int, new: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(old, new, NODE)
    with pytest.raises(ProofFails, match="There is no consistency proof"):
        check_consistency(old=old, new=new, proof=[], old_root=bytes(32), new_root=bytes(32))


def test_a_hash_of_another_length_proves_nothing() -> None:
    for leaf, proof in ((bytes(32), [b"short"]), (b"", [bytes(32)])):
        with pytest.raises(ProofFails, match="32 bytes"):
            check_inclusion(leaf, index=0, size=2, proof=proof, root=bytes(32))


def test_a_proof_says_what_is_wrong_with_it() -> None:
    roots = {"old_root": root_of(ENTRIES[:3]), "new_root": root_of(ENTRIES[:7])}
    proof = consistency_proof(3, 7, NODE)
    for wrong, sentence in (
        ([], "The consistency proof from 3 to 7 is too short."),
        (proof[:-1], "The consistency proof from 3 to 7 is too short."),
        ([*proof, bytes(32)], "The consistency proof from 3 to 7 is too long."),
        ([bytes(32), *proof[1:]], "The tree of 7 does not continue the tree of 3."),
    ):
        with pytest.raises(ProofFails) as found:
            check_consistency(old=3, new=7, proof=wrong, **roots)
        assert str(found.value) == sentence
    with pytest.raises(ProofFails, match="Two different trees have the same size"):
        check_consistency(old=3, new=3, proof=[], **roots)
    same = {"old_root": bytes(32), "new_root": bytes(32)}
    with pytest.raises(ProofFails, match="too long"):
        check_consistency(old=4, new=4, proof=[bytes(32)], **same)


def test_the_196_published_cases_are_judged_as_published() -> None:
    cases = json.loads(published("rfc6962_proof_vectors.json").read_text("utf-8"))
    judged = [holds_inclusion(it) is not it["wantErr"] for it in cases["inclusion"]]
    judged += [holds_consistency(it) is not it["wantErr"] for it in cases["consistency"]]
    assert len(judged) == 196
    assert all(judged)


def holds_inclusion(case: Case) -> bool:
    try:
        check_inclusion(
            base64.b64decode(case["leafHash"]),
            index=case["leafIdx"],
            size=case["treeSize"],
            proof=[base64.b64decode(it) for it in case["proof"] or []],
            root=base64.b64decode(case["root"]),
        )
    except ProofFails:
        return False
    return True


def holds_consistency(case: Case) -> bool:
    try:
        check_consistency(
            old=case["size1"],
            new=case["size2"],
            proof=[base64.b64decode(it) for it in case["proof"] or []],
            old_root=base64.b64decode(case["root1"]),
            new_root=base64.b64decode(case["root2"]),
        )
    except ProofFails:
        return False
    return True
