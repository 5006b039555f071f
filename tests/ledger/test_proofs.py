"""Proofs that stand by themselves, in the form of c2sp.org/tlog-proof."""

from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Broken, Malformed, NotSigned, ProofFails
from evenhand.ledger.policies import trusting
from evenhand.ledger.proofs import HEADER, Proof, parse_proof, prove
from tests.ledger.cast import LOG, NEXT, checkpoint
from tests.ledger.folders import grown

ENTRIES = [f"entry {n}".encode() for n in range(300)]
LOG_, SHELF = grown(ENTRIES)
SIGNED = str(checkpoint(300, LOG_.root()))
POLICY = trusting(LOG.verifier)
HASH = b64encode(bytes(32)).decode()


@settings(deadline=None)
@given(st.integers(0, 299), st.binary(max_size=50))
def test_a_proof_is_read_as_it_was_written_and_holds(index: int, extra: bytes) -> None:
    made = prove(SHELF.read, index=index, size=300, checkpoint=SIGNED, extra=extra)
    read = parse_proof(str(made).encode())
    assert read == made
    assert read.check(ENTRIES[index], POLICY).checkpoint.size == 300


def test_a_proof_holds_for_its_entry_place_and_log_only() -> None:
    made = prove(SHELF.read, index=7, size=300, checkpoint=SIGNED)
    with pytest.raises(ProofFails):
        made.check(b"another", POLICY)
    with pytest.raises(ProofFails):
        replace(made, index=8).check(ENTRIES[7], POLICY)
    with pytest.raises(NotSigned):
        made.check(ENTRIES[7], trusting(NEXT.verifier))
    with pytest.raises(Malformed):
        replace(made, checkpoint="").check(ENTRIES[7], POLICY)


def test_a_proof_of_the_only_entry_has_no_hashes() -> None:
    log, shelf = grown([b"only"])
    made = prove(shelf.read, index=0, size=1, checkpoint=str(checkpoint(1, log.root())))
    assert str(made).startswith(f"{HEADER}\nindex 0\n\n{LOG.name}\n1\n")
    parse_proof(str(made).encode()).check(b"only", POLICY)


BAD = {
    "nothing": b"",
    "another header": b"c2sp.org/tlog-proof@v2\nindex 0\n\ncheckpoint\n",
    "no checkpoint": f"{HEADER}\nindex 0\n".encode(),
    "no index": f"{HEADER}\n\ncheckpoint\n".encode(),
    "an index that is no number": f"{HEADER}\nindex one\n\ncheckpoint\n".encode(),
    "a negative index": f"{HEADER}\nindex -5\n\ncheckpoint\n".encode(),
    "leading zeros": f"{HEADER}\nindex 05\n\ncheckpoint\n".encode(),
    "an index of 2^64": f"{HEADER}\nindex {2**64}\n\ncheckpoint\n".encode(),
    "extra that is no base64": f"{HEADER}\nextra !!\nindex 0\n\ncheckpoint\n".encode(),
    "extra after the index": f"{HEADER}\nindex 0\nextra AAAA\n\ncheckpoint\n".encode(),
    "a hash that is no base64": f"{HEADER}\nindex 0\n!!\n\ncheckpoint\n".encode(),
    "a long hash": f"{HEADER}\nindex 0\n{b64encode(bytes(64)).decode()}\n\ncheckpoint\n".encode(),
    "64 hashes": f"{HEADER}\nindex 0\n{(HASH + chr(10)) * 64}\ncheckpoint\n".encode(),
    "a giant line": f"{HEADER}\nindex 0\n{'a' * 1_000_000}\n\ncheckpoint\n".encode(),
    "not UTF-8": f"{HEADER}\nindex 0\n\n".encode() + b"\xff\n",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_proof_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(Malformed) as found:
        parse_proof(BAD[what])
    assert str(found.value).endswith(".")


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_proof_with_any_other_byte_is_refused_or_says_the_same(at: int, byte: int) -> None:
    made = prove(SHELF.read, index=7, size=300, checkpoint=SIGNED)
    data = bytearray(str(made).encode())
    data[at % len(data)] = byte
    try:
        read = parse_proof(bytes(data))
        checked = read.check(ENTRIES[7], POLICY)
    except Broken:
        return
    assert (checked.checkpoint.size, checked.checkpoint.root) == (300, LOG_.root())
    assert (read.index, read.hashes) == (7, made.hashes)


def test_proofs_are_values() -> None:
    assert Proof(0, (), "checkpoint") == Proof(0, (), "checkpoint")
