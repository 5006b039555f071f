"""Checkpoints and keys that are false, out of place or of another log: each gets its sentence."""

from pathlib import Path

import pytest

from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.notes import Note
from evenhand.ledger.signing import sign, sign_checkpoint
from tests.ledger.breaking import Case, check_case, edit, put, remove, signed
from tests.ledger.bundles import (
    SmallLog,
    copy_of,
    found,
    note_line,
    rebag,
)
from tests.ledger.cast import EAST, LOG, NOON, ORIGIN, STRANGER

HUGE = 2**62


def other_log(folder: Path) -> None:
    note = sign_checkpoint(Checkpoint("another.example", 3, bytes(32)), [LOG])
    path = folder / "data/checkpoints.jsonl"
    path.write_bytes(note_line(str(note)))
    rebag(folder)


CASES: dict[str, Case] = {
    "a checkpoint of another size": (
        edit("data/checkpoint", lambda _it: signed(300)),
        "Line 2 of checkpoints.jsonl: the checkpoint of 303 entries is not in its place between 3",
    ),
    "a huge size": (
        edit("data/checkpoint", lambda _it: signed(HUGE)),
        "data/tile/entries/001 cannot be read: No such file or directory.",
    ),
    "a size of 2^63": (
        edit("data/checkpoint", lambda it: it.replace(b"\n312\n", b"\n9223372036854775808\n")),
        "The size of a checkpoint is not a whole number below 2^63",
    ),
    "a checkpoint signed by a stranger": (
        edit(
            "data/checkpoint",
            lambda _it: str(sign_checkpoint(Checkpoint(ORIGIN, 3, bytes(32)), [STRANGER])).encode(),
        ),
        "No key that is known here has signed.",
    ),
    "a checkpoint with a false signature": (
        edit("data/checkpoint", lambda it: it.replace(b"\n312\n", b"\n311\n")),
        f"The signature of {ORIGIN} does not fit the text.",
    ),
    "a checkpoint with one witness": (
        edit("data/checkpoint", lambda it: it[: it.rindex("\u2014".encode())]),
        "The quorum both is not reached: cosigned by east.",
    ),
    "a giant checkpoint": (
        edit("data/checkpoint", lambda _it: b"a" * 2_000_000),
        "checkpoint is larger than such a file can be.",
    ),
    "a checkpoint that is not UTF-8": (
        edit("data/checkpoint", lambda it: it + b"\xff"),
        "A note is written in UTF-8.",
    ),
    "no checkpoint": (
        remove("data/checkpoint"),
        "data/checkpoint cannot be read: No such file or directory.",
    ),
    "an older checkpoint of another tree": (
        edit("data/checkpoints.jsonl", lambda it: note_line(signed(303).decode()) + it),
        (
            "The entries do not lead to the checkpoint of 303 entries in line 1 of "
            "checkpoints.jsonl, "
            "cosigned 2026-10-08 06:13 UTC: something before entry 303 differs, and nothing before "
            "entry 0 does."
        ),
    ),
    "checkpoints in another order": (
        edit("data/checkpoints.jsonl", lambda it: b"".join(it.splitlines(keepends=True)[::-1])),
        (
            "Line 2 of checkpoints.jsonl: the checkpoint of 303 entries is not in its place "
            "between "
            "312 and 312."
        ),
    ),
    "a checkpoint that is no JSON": (
        edit("data/checkpoints.jsonl", lambda it: it + b"{\n"),
        "Line 4 of checkpoints.jsonl: It is not JSON.",
    ),
    "a checkpoint that is no note": (
        edit("data/checkpoints.jsonl", lambda it: it + b"[[1]]\n"),
        "Line 4 of checkpoints.jsonl: It is not a note.",
    ),
    "a checkpoint of half a letter": (
        edit("data/checkpoints.jsonl", lambda it: it + b'"\\ud800"\n'),
        "Line 4 of checkpoints.jsonl: A note is a text, an empty line and lines of signatures.",
    ),
    "nested a million deep": (
        edit("data/checkpoints.jsonl", lambda _it: b"[" * 1_000_000),
        "Line 1 of checkpoints.jsonl: It is not JSON.",
    ),
    "a checkpoint of another log": (
        other_log,
        "Line 1 of checkpoints.jsonl: It is of another log.",
    ),
    "a since from elsewhere": (
        put("data/since", signed(3)),
        "The entries do not lead to the checkpoint of 3 entries that the bundle goes on from",
    ),
    "a since after the end": (
        put("data/since", signed(400)),
        "The bundle goes on from 400 entries, but it ends at 312.",
    ),
    "a policy's worth of rubbish for a key": (
        edit("data/log.vkey", lambda _it: b"\xff" * 1000),
        "",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_a_broken_checkpoint_gets_its_sentence(what: str, true: Path, tmp_path: Path) -> None:
    check_case(CASES[what], true, tmp_path / "bundle")


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (b"", "No key that is known here has signed."),
        (b"rubbish\n", "A key is written as its name, its id and its bytes, joined by plus signs."),
        (b"\n" * 20, "log.vkey has at most 10 keys."),
    ],
)
def test_without_a_policy_the_key_beside_the_log_must_be_one(
    keys: bytes, sentence: str, true: Path, tmp_path: Path
) -> None:
    folder = copy_of(true, tmp_path / "bundle")
    edit("data/log.vkey", lambda _it: keys)(folder)
    assert found(folder, policy=None).difference == sentence


def test_a_policy_or_kept_checkpoint_that_is_none_is_said(true: Path) -> None:
    assert found(true, policy=b"nonsense\n").difference == (
        "Line 1 of the policy: this is no log, witness, group or quorum."
    )
    assert found(true, kept=b"nonsense").difference == (
        "The checkpoint that you gave with --kept does not hold. A note is a text, an empty line "
        "and lines of signatures."
    )
    note = sign_checkpoint(Checkpoint("another.example", 3, bytes(32)), [LOG])
    assert found(true, kept=str(note).encode()).difference == (
        "The checkpoint that you kept is of another log."
    )


def test_a_checkpoint_of_the_log_that_only_witnesses_signed_is_none(
    true: Path, tmp_path: Path
) -> None:
    folder = copy_of(true, tmp_path / "bundle")
    text = str(Checkpoint(ORIGIN, 3, bytes(32)))
    note = Note(text, (sign(text, EAST, at=NOON),))
    edit("data/checkpoints.jsonl", lambda _it: note_line(str(note)))(folder)
    assert found(folder).difference == (
        "Line 1 of checkpoints.jsonl: No key of the log has signed it."
    )


def test_a_checkpoint_older_than_the_bundle_is_out_of_place(
    small: SmallLog, tmp_path: Path
) -> None:
    folder = small.export(tmp_path / "bundle", since=303)
    edit("data/checkpoints.jsonl", lambda it: note_line(small.notes[3]) + it)(folder)
    assert found(folder).difference == (
        "The checkpoint of 3 entries in line 1 of checkpoints.jsonl is older than this bundle, "
        "which begins at 303."
    )
