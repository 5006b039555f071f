"""What is asked of a signer and what it answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.broken import Broken, Malformed
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.signer import NOTHING, Head, Rollback
from evenhand.ledger.signer_requests import KEYS, answer, ask_to_sign, read_keys, read_signed
from evenhand.ledger.tree import root_of
from evenhand.ledger.witness import Behind
from tests.ledger import slow_tree
from tests.ledger.cast import LOG, NEXT, ORIGIN

ENTRIES = [f"entry {n}".encode() for n in range(60)]
NODE = slow_tree.nodes_of(ENTRIES)


def head(size: int) -> Head:
    return Head(size, root_of(ENTRIES[:size]))


def request(size: int, *, old: int = 0, origin: str = ORIGIN) -> bytes:
    proof = consistency_proof(old, size, NODE) if 0 < old < size else ()
    return ask_to_sign(Checkpoint(origin, size, head(size).root), old=old, proof=proof)


def test_it_signs_with_every_key_and_says_what_to_remember() -> None:
    reply = answer(request(9, old=4), keys=[LOG, NEXT], head=head(4))
    opened = open_checkpoint(str(read_signed(reply.body)).encode(), [LOG.verifier, NEXT.verifier])
    assert [it.key for it in opened.signed] == [LOG.verifier, NEXT.verifier]
    assert reply.remember == head(9)


def test_asked_again_it_answers_the_same() -> None:
    first = answer(request(9, old=4), keys=[LOG], head=head(4))
    again = answer(request(9, old=9), keys=[LOG], head=head(9))
    assert again.body == first.body


def test_who_knows_too_little_is_told_what_was_signed_last() -> None:
    reply = answer(request(9), keys=[LOG], head=head(4))
    with pytest.raises(Behind) as told:
        read_signed(reply.body)
    assert told.value.size == 4
    assert reply.remember is None


def test_it_goes_back_neither_in_the_log_nor_in_its_memory() -> None:
    for size, old, signed, said in (
        (4, 0, 9, "the log knows 4 entries, the signer signed 9"),
        (9, 8, 4, "a checkpoint of 8 entries, the signer remembers only 4"),
        (9, 8, 0, "its memory was lost or went back"),
    ):
        reply = answer(request(size, old=old), keys=[LOG], head=head(signed))
        with pytest.raises(Rollback, match=said):
            read_signed(reply.body)
        assert reply.remember is None


def test_it_signs_for_no_other_log() -> None:
    reply = answer(request(4, origin="elsewhere.example/log"), keys=[LOG], head=NOTHING)
    with pytest.raises(Broken, match=f"signs for {ORIGIN} only"):
        read_signed(reply.body)


def test_it_tells_its_public_keys() -> None:
    reply = answer(KEYS, keys=[LOG, NEXT], head=NOTHING)
    assert read_keys(reply.body) == [LOG.verifier, NEXT.verifier]
    assert LOG.secret().encode() not in reply.body


@given(st.binary(max_size=300))
def test_whatever_it_is_sent_it_signs_nothing_and_answers(body: bytes) -> None:
    reply = answer(body, keys=[LOG], head=head(4))
    if body != KEYS:
        with pytest.raises(Broken):
            read_signed(reply.body)
        assert reply.remember is None


@pytest.mark.parametrize("data", [b"", b"signed", b"keys", b"\xff\xfe"])
def test_an_answer_that_is_none_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Malformed, match="did not answer"):
        read_keys(data)
    with pytest.raises(Broken):
        read_signed(data)


def test_another_answer_than_keys_is_no_list_of_keys() -> None:
    reply = answer(request(9), keys=[LOG], head=NOTHING)
    with pytest.raises(Malformed, match="did not answer with its keys"):
        read_keys(reply.body)
