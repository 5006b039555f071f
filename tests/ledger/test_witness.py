"""A witness and whoever asks it: both sides of c2sp.org/tlog-witness, without the network."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Broken, Malformed, NotSigned
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.notes import Note, check_note
from evenhand.ledger.signer import Head
from evenhand.ledger.signing import sign, sign_checkpoint
from evenhand.ledger.tree import root_of
from evenhand.ledger.witness import (
    SIZE,
    Answer,
    Behind,
    add_checkpoint,
    make_request,
    parse_request,
    read_answer,
)
from tests.ledger import slow_tree
from tests.ledger.cast import EAST, LOG, NEXT, NOON, ORIGIN, STRANGER, WEST, checkpoint

ENTRIES = [f"entry {n}".encode() for n in range(40)]
NODE = slow_tree.nodes_of(ENTRIES)
LOGS = {ORIGIN: [LOG.verifier]}
HASH = b64encode(bytes(32)).decode()
sizes = st.integers(0, 40)


def signed(size: int, root: bytes | None = None) -> Note:
    return checkpoint(size, root_of(ENTRIES[:size]) if root is None else root)


def head(size: int) -> Head:
    return Head(size, root_of(ENTRIES[:size]))


def proof(old: int, new: int) -> list[bytes]:
    return consistency_proof(old, new, NODE) if 0 < old <= new else []


def ask(body: bytes, seen: Head | None = None) -> Answer:
    heads = {ORIGIN: seen} if seen else {}
    return add_checkpoint(body, logs=LOGS, seen=heads, key=EAST, at=NOON)


@settings(max_examples=40, deadline=None)
@given(sizes, sizes)
def test_what_continues_is_cosigned_and_remembered(old: int, new: int) -> None:
    old, new = sorted((old, new))
    note = signed(new)
    answer = ask(make_request(note, old=old, proof=proof(old, new)), head(old))
    assert answer.status == 200
    cosigned = note.with_signatures(
        read_answer(200, answer.content_type, answer.body.encode(), note=note, keys=[EAST.verifier])
    )
    assert [(it.key, it.at) for it in check_note(cosigned, [EAST.verifier])] == [
        (EAST.verifier, NOON)
    ]
    assert answer.remember == cosigned


def test_signatures_that_nobody_knows_are_not_remembered() -> None:
    note = signed(7)
    crowd = note.with_signatures([sign(note.text, STRANGER), sign(note.text, EAST, at=1)])
    answer = ask(make_request(crowd, old=0, proof=[]))
    assert answer.remember == note.with_signatures([sign(note.text, EAST, at=NOON)])


def test_a_log_that_was_never_seen_begins_anywhere_from_zero() -> None:
    assert ask(make_request(signed(7), old=0, proof=[])).status == 200
    answer = ask(make_request(signed(7), old=3, proof=proof(3, 7)))
    assert (answer.status, answer.body, answer.content_type) == (409, "0\n", SIZE)


def test_another_old_size_is_answered_with_the_one_that_was_seen() -> None:
    for old in (0, 2, 4):
        answer = ask(make_request(signed(7), old=old, proof=proof(old, 7)), head(3))
        assert (answer.status, answer.body, answer.content_type) == (409, "3\n", SIZE)
        assert answer.remember is None


def test_a_second_tree_of_the_same_size_is_a_conflict() -> None:
    answer = ask(make_request(signed(7, bytes(32)), old=7, proof=[]), head(7))
    assert (answer.status, answer.body) == (409, "7\n")


def test_a_proof_that_fails_is_not_cosigned() -> None:
    for wrong in ([], proof(3, 8), [*proof(3, 7), bytes(32)]):
        answer = ask(make_request(signed(7), old=3, proof=wrong), head(3))
        assert (answer.status, answer.remember) == (422, None)
    assert ask(make_request(signed(7), old=0, proof=[bytes(32)])).status == 422
    assert ask(make_request(signed(7), old=7, proof=[bytes(32)]), head(7)).status == 422


def test_an_old_size_above_the_checkpoint_is_a_bad_request() -> None:
    assert ask(make_request(signed(7), old=8, proof=[]), head(8)).status == 400


def test_an_unknown_log_is_not_found() -> None:
    note = sign_checkpoint(Checkpoint("another.example", 7, bytes(32)), [LOG])
    assert ask(make_request(note, old=0, proof=[])).status == 404


def test_a_checkpoint_that_no_trusted_key_signed_is_forbidden() -> None:
    stolen = Note(signed(7).text, signed(8).signatures)
    padding = Note(
        signed(7).text, sign_checkpoint(Checkpoint(ORIGIN, 7, bytes(32)), [NEXT]).signatures
    )
    for note in (stolen, padding):
        assert ask(make_request(note, old=0, proof=[])).status == 403


def test_the_example_of_the_specification_is_read() -> None:
    body = f"old 20852014\n{HASH}\n{HASH}\n\nexample.com/behind-the-sofa\n20852163\n{HASH}\n\n"
    body += f"{sign('text', STRANGER)}{sign('other', STRANGER)}"
    request = parse_request(body.encode())
    assert (request.old, len(request.proof), request.checkpoint.size) == (20852014, 2, 20852163)
    assert str(request) == body


CHECKPOINT = str(signed(7))
BAD = {
    "nothing": "",
    "no old size": f"\n{CHECKPOINT}",
    "another word": f"size 0\n\n{CHECKPOINT}",
    "leading zeros": f"old 00\n\n{CHECKPOINT}",
    "a negative size": f"old -1\n\n{CHECKPOINT}",
    "two spaces": f"old  0\n\n{CHECKPOINT}",
    "no empty line": f"old 0\n{CHECKPOINT.partition(chr(10) * 2)[0]}",
    "a hash that is no base64": f"old 3\n***\n\n{CHECKPOINT}",
    "a short hash": f"old 3\nAAAA\n\n{CHECKPOINT}",
    "64 hashes": f"old 3\n{(HASH + chr(10)) * 64}\n{CHECKPOINT}",
    "no checkpoint": "old 0\n\n",
    "no signature": f"old 0\n\n{signed(7).text}",
    "a bad checkpoint": f"old 0\n\nlog\nseven\n{HASH}\n\n{sign('text', LOG)}",
    "a NUL": f"old 0\0\n\n{CHECKPOINT}",
    "a giant body": f"old 0\n\n{'a' * 1_000_000}{CHECKPOINT}",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_request_is_a_bad_request_with_a_sentence(what: str) -> None:
    answer = ask(BAD[what].encode())
    assert (answer.status, answer.remember) == (400, None)
    assert answer.body.endswith(".\n")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_is_sent_is_answered(body: bytes) -> None:
    assert ask(b"old 0\n" + body).status in {400, 403, 404}


def answered(body: str, status: int = 200, content_type: str = "text/plain") -> object:
    note = signed(7)
    keys = [EAST.verifier, WEST.verifier]
    return read_answer(status, content_type, body.encode(), note=note, keys=keys)


def test_a_witness_that_is_elsewhere_says_where() -> None:
    with pytest.raises(Behind, match="last saw 12 entries") as found:
        answered("12\n", 409, f"{SIZE}; charset=utf-8")
    assert found.value.size == 12


def test_signatures_of_others_in_an_answer_are_left_out() -> None:
    text = signed(7).text
    lines = [sign(text, key, at=NOON) for key in (STRANGER, EAST)]
    assert answered("".join(map(str, lines))) == lines[1:]


@pytest.mark.parametrize(
    ("status", "content_type", "body", "why"),
    [
        (500, "text/html", "oops", Broken),
        (404, "text/plain", "oops", Broken),
        (409, "text/plain", "12\n", Broken),
        (409, SIZE, "twelve\n", Malformed),
        (409, SIZE, "\u0661\n", Malformed),
        (200, "text/plain", "", Malformed),
        (200, "text/plain", "hello\n", Malformed),
        (200, "text/plain", f"more\n\n{sign('text', EAST)}", Malformed),
        (200, "text/plain", str(sign("text", STRANGER)), NotSigned),
        (200, "text/plain", str(sign("text", EAST)), NotSigned),
    ],
)
def test_an_answer_that_is_no_cosignature_is_refused(
    status: int, content_type: str, body: str, why: type[Broken]
) -> None:
    with pytest.raises(why) as found:
        answered(body, status, content_type)
    assert str(found.value).endswith(".")
