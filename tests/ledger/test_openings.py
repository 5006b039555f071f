"""Openings: fields that can be erased or withheld one by one while the leaf still holds."""

import hashlib
import json
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Malformed
from evenhand.ledger.entries import Written
from evenhand.ledger.leaves import parse_leaf
from evenhand.ledger.openings import check_opening, fields_of, keeping
from evenhand.ledger.tree import leaf_hash
from tests.ledger import reading
from tests.ledger.bundles import entry

WRITTEN = entry(7)
NAMES = ("at", "who", "obj", "ver", "chg")


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def leaf_of(*fields: object, day: str = "2026-11-20") -> Written:
    """Write a leaf over these fields; each is a name and a value, or raw text."""
    texts = [
        it if isinstance(it, str) else b64(json.dumps(["c2FsdA", *it]).encode())  # type: ignore[misc]
        for it in fields
    ]
    opening = json.dumps(texts)
    leaf = (
        f'{{"act":"referral.log","day":"{day}","f":"{reading.digest_of_fields(opening)}",'
        f'"n":{len(texts)},"s62":"collection","v":1}}'
    ).encode()
    return Written(leaf, leaf_hash(leaf), opening)


def check(written: Written, opening: str | None = None) -> object:
    line = written.opening if opening is None else opening
    return check_opening(line.encode(), parse_leaf(written.leaf))


def line_of(opening: str) -> str:
    """Write an opening as a line of a bundle has it, whose fields are read all at once."""
    return json.dumps(json.loads(opening), separators=(",", ":")) + "\n"


def test_an_opening_is_read() -> None:
    assert fields_of(WRITTEN.opening) == reading.fields(WRITTEN.opening)
    assert set(fields_of(WRITTEN.opening)) == set(NAMES)


@settings(deadline=None)
@given(st.sets(st.sampled_from(NAMES)))
def test_what_is_not_kept_is_gone_and_the_leaf_still_holds(names: set[str]) -> None:
    kept = keeping(WRITTEN.opening, names)
    opening = check_opening(kept.encode(), parse_leaf(WRITTEN.leaf))
    assert (opening.at is not None, opening.erased) == ("at" in names, 5 - len(names))
    assert set(fields_of(kept)) == names
    for text in json.loads(WRITTEN.opening):
        assert (text in kept) is (reading.fields(json.dumps([text])).keys() <= names)
    assert keeping(kept, names) == kept


def test_an_erased_field_leaves_only_the_hash_of_a_salted_text() -> None:
    (text,) = (it for it in json.loads(WRITTEN.opening) if "who" in reading.fields(f'["{it}"]'))
    digest = b64(hashlib.sha256(text.encode()).digest())
    assert {"x": digest} in json.loads(keeping(WRITTEN.opening, {"at"}))


@pytest.mark.parametrize(
    "fields",
    [
        ["not base64 !"],
        [""],
        [b64(b"not JSON")],
        [b64(b"[1.5]")],
        [b64(b'["salt","name",NaN]')],
        [b64(b"[" * 100_000)],
        [b64(b'["salt","name"]')],
        [b64(b'[1,"name","value"]')],
        [b64(b'["salt",2,"value"]')],
        [b64(b'{"salt":1}')],
        [b64(b'"abc"')],
        [b64(b'{"salt":1,"name":2,"value":3}')],
        [b64(b'["salt","name",[1]'), b64(b"[2]]")],
        [b64(b'["salt","one",1],["salt","two",2]'), b64(b'["salt","name",["')],
        [b64(b'["salt","a",["b"]'), b64(b'["c"]]'), b64(b'["salt","d",1],["salt","e",2]')],
        ["c2Fs+A=="],
        [["at", "a"], ["at", "a"]],
        [["at", 5]],
        [["at", "2026-11-20"]],
        [["at", "2026-11-20T10:00:00.000000+01:00"]],
        [["at", "2026-11-21T10:00:00.000000+00:00"]],
        ["caf\u00e9"],
    ],
)
def test_what_a_desk_committed_to_must_still_be_fields(fields: list[object]) -> None:
    written = leaf_of(*fields)
    with pytest.raises(Malformed, match=r"The opening .*\.$") as one_by_one:
        check(written)
    with pytest.raises(Malformed) as at_once:
        check(written, line_of(written.opening))
    assert str(at_once.value) == str(one_by_one.value)


@given(st.integers(0, len(line_of(WRITTEN.opening)) - 1), st.binary(max_size=3))
def test_a_line_read_at_once_holds_where_it_holds_field_by_field(at: int, other: bytes) -> None:
    line, leaf = line_of(WRITTEN.opening).encode(), parse_leaf(WRITTEN.leaf)
    assert check_opening(line, leaf) == check_opening(line[:-1], leaf)
    changed = line[:at] + other + line[at + 1 :]
    if changed.removesuffix(b"\n") != line[:-1]:
        with pytest.raises(Malformed):
            check_opening(changed, leaf)


def test_fields_of_any_name_may_be_there() -> None:
    assert fields_of(leaf_of(["obj", "x"], ["more", None]).opening) == {"obj": "x", "more": None}
    assert check(leaf_of(["at", "2026-11-20T10:00:00.000000+00:00"]))
