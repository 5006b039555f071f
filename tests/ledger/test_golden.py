"""Golden vectors: one small log with fixed keys, byte for byte. They never change.

If a test here fails, the format changed, and every proof that anybody holds would be worth nothing.
"""

import json
from base64 import b64decode, b64encode, urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest

from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.keys import Kind, parse_verifier_key
from evenhand.ledger.merkle_proofs import check_consistency, consistency_proof
from evenhand.ledger.policies import parse_policy
from evenhand.ledger.proofs import parse_proof, prove
from evenhand.ledger.signing import SigningKey, sign, sign_checkpoint
from evenhand.ledger.tiles import TileReader
from evenhand.ledger.tree import leaf_hash, root_of
from tests.ledger import slow_tree
from tests.ledger.folders import grown

GOLDEN: dict[str, Any] = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
LEAVES = [it.encode() for it in GOLDEN["leaves"]]
LOG = SigningKey(GOLDEN["origin"], Kind.ED25519, bytes.fromhex(GOLDEN["log_seed_hex"]))
WITNESS = SigningKey(
    "witness.example/golden", Kind.COSIGNATURE, bytes.fromhex(GOLDEN["witness_seed_hex"])
)
POLICY = parse_policy(
    f"log {GOLDEN['log_vkey']}\nwitness w {GOLDEN['witness_vkey']}\nquorum w\n".encode()
)


def test_keys_are_written_as_they_always_were() -> None:
    assert str(LOG.verifier) == GOLDEN["log_vkey"]
    assert str(WITNESS.verifier) == GOLDEN["witness_vkey"]
    assert parse_verifier_key(GOLDEN["witness_vkey"]) == WITNESS.verifier


@pytest.mark.parametrize("size", range(8))
def test_each_size_has_its_root(size: int) -> None:
    wanted = b64decode(GOLDEN["roots"][str(size)])
    assert root_of(LEAVES[:size]) == slow_tree.mth(LEAVES[:size]) == wanted


def test_the_checkpoint_is_signed_and_cosigned_as_it_always_was() -> None:
    note = sign_checkpoint(Checkpoint(GOLDEN["origin"], 7, root_of(LEAVES)), [LOG])
    cosignature = sign(note.text, WITNESS, at=GOLDEN["cosign_time"])
    assert str(note.with_signatures([cosignature])) == GOLDEN["checkpoint"]
    opened = open_checkpoint(GOLDEN["checkpoint"].encode(), [LOG.verifier, WITNESS.verifier])
    assert [it.at for it in opened.signed] == [None, GOLDEN["cosign_time"]]


def test_the_proof_of_an_entry_is_the_one_it_always_was() -> None:
    _log, shelf = grown(LEAVES)
    index = GOLDEN["proof_index"]
    made = prove(shelf.read, index=index, size=7, checkpoint=GOLDEN["checkpoint"])
    assert str(made) == GOLDEN["tlog_proof"]
    parse_proof(GOLDEN["tlog_proof"].encode()).check(LEAVES[index], POLICY)


def test_the_proof_between_two_sizes_is_the_one_it_always_was() -> None:
    _log, shelf = grown(LEAVES)
    between = GOLDEN["consistency"]
    proof = consistency_proof(between["from"], between["to"], TileReader(shelf.read, 7).node)
    assert [b64encode(it).decode() for it in proof] == between["proof"]
    check_consistency(
        old=3, new=7, proof=proof, old_root=root_of(LEAVES[:3]), new_root=root_of(LEAVES)
    )


def test_the_fields_and_the_leaf_of_an_entry_are_what_they_always_were() -> None:
    # The leaf's own `f` was made with another prefix than ours, so it is only hashed here; how
    # fields make up `f` is in test_entries.py.
    entry = GOLDEN["entry2"]
    for disclosure, (name, value), salt in zip(
        entry["disclosures"], entry["fields"], entry["salts_hex"], strict=True
    ):
        read = json.loads(urlsafe_b64decode(disclosure + "==="))
        assert read[1:] == [name, value]
        assert urlsafe_b64decode(read[0] + "===").hex() == salt
    assert leaf_hash(entry["leaf"].encode()).hex() == entry["leaf_hash"]
