"""What a database holds of an entry explains itself, or the fault is named. Never a traceback."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Change, Code, Commitment, Entry, Operation, write
from evenhand.ledger.explaining import Fault, Opened, Stored, opened

DIGEST = sha256(b"a row").digest()
CHANGES = [
    Change(Code("referral"), Code("1"), Operation.UPDATE, Commitment(DIGEST)),
    Change(Code("move"), Code("2"), Operation.INSERT, Commitment(DIGEST)),
]
NOTED = json.dumps(
    [["referral", "1", "U", DIGEST.hex()], ["move", "2", "I", DIGEST.hex()]], separators=(",", ":")
)
ENTRY = Entry(
    act=Act.REFERRAL_CLOSED,
    at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    who=UUID(int=7),
    obj=UUID(int=8),
    ver=3,
)


def stored(number: int = 1) -> Stored:
    it = write(ENTRY, CHANGES)
    return Stored(number, it.leaf, it.leaf_hash, it.opening, str(ENTRY.obj), 3, NOTED)


def one(entry: Stored) -> Opened:
    [read] = opened([entry])
    return read


def rehashed(entry: Stored, leaf: bytes) -> Stored:
    return replace(entry, leaf=leaf, leaf_hash=sha256(b"\0" + leaf).digest())


def with_disclosures(entry: Stored, disclosures: list[object]) -> Stored:
    """Forge an opening and the leaf that would belong to it, as who can compute hashes does."""
    digests = sorted(sha256(str(it).encode()).digest() for it in disclosures)
    whole = sha256(b"evenhand/fields/v1\n" + b"".join(digests)).digest()
    leaf = json.loads(entry.leaf)
    leaf |= {"f": urlsafe_b64encode(whole).decode().rstrip("="), "n": len(disclosures)}
    text = json.dumps(leaf, separators=(",", ":"), sort_keys=True).encode()
    return replace(rehashed(entry, text), opening=json.dumps(disclosures))


def disclosure(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_an_entry_as_it_was_written_explains_itself() -> None:
    read = one(stored())
    assert (read.fault, read.act, read.day, read.told) == (
        None,
        "referral.close",
        "2026-11-20",
        None,
    )
    assert (read.fields["obj"], read.fields["ver"]) == (str(ENTRY.obj), 3)


def test_rows_noted_otherwise_than_told_are_given_back_as_told() -> None:
    read = one(replace(stored(), changed="[]"))
    assert (read.fault, read.told) == (None, json.loads(NOTED))


S = stored()
WRONG: dict[str, tuple[Stored, Fault]] = {
    "a leaf's hash": (replace(S, leaf_hash=b"x"), Fault.LEAF_ALTERED),
    "no leaf": (rehashed(S, b""), Fault.LEAF_ALTERED),
    "another class": (rehashed(S, S.leaf.replace(b"alteration", b"none")), Fault.LEAF_ALTERED),
    "another day": (
        rehashed(S, S.leaf.replace(b"2026-11-20", b"2026-11-21")), Fault.OPENING_ALTERED,
    ),
    "another count": (rehashed(S, S.leaf.replace(b'"n":5', b'"n":6')), Fault.OPENING_ALTERED),
    "no opening": (replace(S, opening=None), Fault.OPENING_MISSING),
    "an opening that is no JSON": (replace(S, opening="{"), Fault.OPENING_ALTERED),
    "an opening that is no list": (replace(S, opening="7"), Fault.OPENING_ALTERED),
    "a field erased": (
        replace(S, opening=json.dumps([{"x": "a" * 43}, *json.loads(str(S.opening))[1:]])),
        Fault.OPENING_ALTERED,
    ),
    "another entry's opening": (replace(S, opening=stored().opening), Fault.OPENING_ALTERED),
    "another record": (replace(S, obj=str(UUID(int=9))), Fault.ENTRY_ALTERED),
    "no record": (replace(S, obj=None), Fault.ENTRY_ALTERED),
    "another version": (replace(S, ver=4), Fault.ENTRY_ALTERED),
    "no changes told": (
        with_disclosures(S, json.loads(str(S.opening))[:-1]), Fault.OPENING_ALTERED,
    ),
    "changes that are no list": (
        with_disclosures(S, [*json.loads(str(S.opening))[:-1], disclosure(["s", "chg", 7])]),
        Fault.OPENING_ALTERED,
    ),
    **{
        f"changes that are no rows: {it}": (
            with_disclosures(S, [*json.loads(str(S.opening))[:-1], disclosure(["s", "chg", it])]),
            Fault.OPENING_ALTERED,
        )
        for it in ([1], [["referral", "1", "U"]], [["referral", "1", "U", 7]])
    },
    "no field at all": (with_disclosures(S, [disclosure([])]), Fault.OPENING_ALTERED),
    "a field that is no base64": (with_disclosures(S, ["A"]), Fault.OPENING_ALTERED),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "fault"), WRONG.values(), ids=WRONG)
def test_an_entry_that_was_altered_is_named_and_its_neighbours_are_read(
    entry: Stored, fault: Fault
) -> None:
    assert one(entry).fault is fault
    before, it, after = opened([stored(0), entry, stored(2)])
    assert (before.fault, it.fault, after.fault) == (None, fault, None)


@given(st.binary(), st.text(), st.text())
def test_whatever_a_database_holds_there_is_no_traceback(
    leaf: bytes, opening: str, changed: str
) -> None:
    for entry in (
        replace(S, leaf=leaf, leaf_hash=sha256(b"\0" + leaf).digest()),
        replace(S, opening=opening),
    ):
        assert one(entry).fault in {Fault.LEAF_ALTERED, Fault.OPENING_ALTERED}
    assert one(replace(S, changed=changed)).fault is None
