"""Checkpoints: the size and root of a log, signed."""

from base64 import b64encode

import pytest

from evenhand.ledger.broken import Malformed, NotSigned
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint
from evenhand.ledger.files import reader_of
from evenhand.ledger.keys import parse_verifier_key
from evenhand.ledger.merkle_proofs import check_consistency, consistency_proof
from evenhand.ledger.signing import sign_checkpoint
from evenhand.ledger.tiles import TileReader, unpack
from evenhand.ledger.tree import EMPTY_ROOT, root_of
from tests.ledger.cast import LOG, NEXT, ORIGIN
from tests.ledger.published import published

ROOT = b64encode(bytes(32)).decode()
EMPTY = b64encode(EMPTY_ROOT).decode()


def test_a_checkpoint_is_read_as_it_was_written() -> None:
    for checkpoint in (
        Checkpoint(ORIGIN, 7, bytes(32)),
        Checkpoint("any origin + more", 2**63 - 1, bytes(32), ("an extension", "and another")),
        Checkpoint(ORIGIN, 0, EMPTY_ROOT),
    ):
        assert parse_checkpoint(str(checkpoint)) == checkpoint


def test_while_a_key_is_replaced_both_sign_and_either_is_enough() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, 7, bytes(32)), [LOG, NEXT])
    for trusted in ([LOG.verifier], [NEXT.verifier], [LOG.verifier, NEXT.verifier]):
        opened = open_checkpoint(str(note).encode(), trusted)
        assert [it.key for it in opened.signed] == trusted


BAD = {
    "one line": f"{ORIGIN}\n",
    "two lines": f"{ORIGIN}\n7\n",
    "no origin": f"\n7\n{ROOT}\n",
    "an empty line": f"{ORIGIN}\n7\n{ROOT}\n\nmore\n",
    "no size": f"{ORIGIN}\n\n{ROOT}\n",
    "leading zeros": f"{ORIGIN}\n07\n{ROOT}\n",
    "a sign": f"{ORIGIN}\n+7\n{ROOT}\n",
    "a negative size": f"{ORIGIN}\n-7\n{ROOT}\n",
    "a size with a space": f"{ORIGIN}\n7 \n{ROOT}\n",
    "an Arabic seven": f"{ORIGIN}\n\u0667\n{ROOT}\n",
    "a size of 2^63": f"{ORIGIN}\n{2**63}\n{ROOT}\n",
    "a size of 4,000 digits": f"{ORIGIN}\n{'9' * 4000}\n{ROOT}\n",
    "a short root": f"{ORIGIN}\n7\nAAAA\n",
    "a root that is no base64": f"{ORIGIN}\n7\n***\n",
    "a root with other padding bits": f"{ORIGIN}\n7\n{ROOT[:-2]}B=\n",
    "an empty log with another root": f"{ORIGIN}\n0\n{ROOT}\n",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_checkpoint_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(Malformed) as found:
        parse_checkpoint(BAD[what])
    assert str(found.value).endswith(".")


def test_a_checkpoint_that_nobody_trusted_signed_is_refused() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, 7, bytes(32)), [NEXT])
    with pytest.raises(NotSigned):
        open_checkpoint(str(note).encode(), [LOG.verifier])


def test_the_16_published_sample_logs_hold_and_continue_each_other() -> None:
    folder = published("tessera_log")
    key = parse_verifier_key((folder / "log.vkey").read_text("ascii").strip())
    read = reader_of(folder)
    opened = [
        open_checkpoint((folder / f"checkpoint.{size}").read_bytes(), [key]).checkpoint
        for size in range(16)
    ]
    assert [it.size for it in opened] == list(range(16))
    assert opened[0].root == EMPTY_ROOT
    for newer in opened[1:]:
        entries = unpack(read(f"tile/entries/000.p/{newer.size}"), newer.size)
        assert root_of(entries) == newer.root
        node = TileReader(read, newer.size).node
        for older in opened[1 : newer.size + 1]:
            check_consistency(
                old=older.size,
                new=newer.size,
                proof=consistency_proof(older.size, newer.size, node),
                old_root=older.root,
                new_root=newer.root,
            )
