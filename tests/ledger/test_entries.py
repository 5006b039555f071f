"""One entry of the log: a leaf without personal data, and its opening."""

import base64
import hashlib
import json
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_type_hints
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.acts import CLASS_62, Act, Class62
from evenhand.ledger.entries import (
    FIELDS,
    Change,
    Closed,
    Code,
    Commitment,
    Entry,
    Operation,
    Origin,
    PublicKey,
    write,
)
from tests.ledger import reading

AT = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
FULL = Entry(
    act=Act.REFERRAL_APPROVED,
    at=AT,
    who=UUID(int=7),
    role=Code("approver"),
    obj=UUID(int=8),
    ver=4,
    why=Code("e-priv-72"),
    outcome=Code("approve"),
    reason=Commitment(bytes(32)),
    recipient=Code("videos.example"),
    req=UUID(int=9),
)
CHANGES = (
    Change(Code("referral"), Code(str(UUID(int=8))), Operation.UPDATE, Commitment(b"x" * 32)),
)


def test_a_leaf_holds_the_act_the_day_the_class_and_one_digest() -> None:
    leaf = json.loads(write(FULL, CHANGES).leaf)
    assert set(leaf) == {"act", "day", "f", "n", "s62", "v"}
    assert (leaf["act"], leaf["day"]) == ("referral.approve", "2026-11-20")
    assert (leaf["s62"], leaf["v"], leaf["n"]) == ("alteration", 1, 11)


def test_a_leaf_names_no_person_no_record_and_no_hour() -> None:
    leaf = write(FULL, CHANGES).leaf.decode()
    for hidden in (FULL.who, FULL.obj, FULL.req, "videos.example", "09:30", "approver"):
        assert str(hidden) not in leaf


def test_an_opening_explains_its_leaf_to_whoever_recomputes_it() -> None:
    written = write(FULL, CHANGES)
    reading.check(written.leaf, written.leaf_hash, written.opening)
    assert reading.fields(written.opening) == {
        "at": "2026-11-20T09:30:15.123456+00:00",
        "who": str(UUID(int=7)),
        "role": "approver",
        "obj": str(UUID(int=8)),
        "ver": 4,
        "why": "e-priv-72",
        "outcome": "approve",
        "reason": "00" * 32,
        "recipient": "videos.example",
        "req": str(UUID(int=9)),
        "chg": [["referral", str(UUID(int=8)), "U", (b"x" * 32).hex()]],
    }


def test_a_list_names_the_records_that_it_showed() -> None:
    shown = replace(FULL, objs=(UUID(int=1), UUID(int=2)), times=3)
    read = reading.fields(write(shown, []).opening)
    assert read["times"] == 3
    assert [base64.urlsafe_b64decode(f"{it}==") for it in read["objs"]] == [  # type: ignore[attr-defined]
        UUID(int=1).bytes,
        UUID(int=2).bytes,
    ]


def test_what_an_act_does_not_have_is_not_in_its_opening() -> None:
    written = write(Entry(act=Act.DESK_OPENED, at=AT, who=UUID(int=1)), [])
    assert set(reading.fields(written.opening)) == {"at", "who", "chg"}


def test_the_slow_reader_agrees_with_the_published_example_of_rfc_9901() -> None:
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    digest = base64.urlsafe_b64encode(hashlib.sha256(disclosure.encode()).digest())
    assert digest.decode().rstrip("=") == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert reading.fields(json.dumps([disclosure])) == {"family_name": "M\u00f6bius"}
    assert json.loads(base64.urlsafe_b64decode(disclosure + "=="))[0] == "_26bc4LT-ac6q2KI6cBW5es"


def test_every_field_of_every_entry_has_a_fresh_salt_of_256_bits() -> None:
    salts = [it for _ in range(20) for it in reading.salts(write(FULL, CHANGES).opening)]
    assert all(len(salt) == 32 for salt in salts)
    assert len(set(salts)) == len(salts) == 20 * 11


def test_the_same_act_twice_gives_leaves_that_cannot_be_told_apart_from_any_others() -> None:
    assert write(FULL, CHANGES).leaf != write(FULL, CHANGES).leaf


@given(st.integers(0, 10), st.integers(0, 200))
def test_a_changed_disclosure_no_longer_fits_its_leaf(which: int, position: int) -> None:
    written = write(FULL, CHANGES)
    disclosures = json.loads(written.opening)
    old = disclosures[which]
    position %= len(old)
    other = "A" if old[position] != "A" else "B"
    disclosures[which] = old[:position] + other + old[position + 1 :]
    assert reading.digest_of_fields(json.dumps(disclosures)) != json.loads(written.leaf)["f"]
    del disclosures[which]
    assert reading.digest_of_fields(json.dumps(disclosures)) != json.loads(written.leaf)["f"]


def test_every_act_has_its_class() -> None:
    assert set(CLASS_62) == set(Act)
    assert CLASS_62[Act.NOTICE_ACCEPTED] is Class62.DISCLOSURE
    assert CLASS_62[Act.STATUTORY_ROUTE_TAKEN] is Class62.ERASURE


def test_the_day_is_that_of_greenwich_wherever_the_desk_is() -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    written = write(replace(FULL, at=evening), [])
    assert json.loads(written.leaf)["day"] == "2026-11-21"
    assert reading.fields(written.opening)["at"] == "2026-11-21T01:30:00.000000+00:00"


def test_a_time_without_a_zone_is_no_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Entry(act=Act.DESK_OPENED, at=AT.replace(tzinfo=None), who=UUID(int=1))


def test_no_field_of_an_entry_can_hold_a_sentence() -> None:
    narrow = {Act, datetime, UUID, Code, int, Commitment, PublicKey, Closed, type(None), ...}
    assert set(get_type_hints(Closed).values()) == {Origin, int, Commitment}
    for field in fields_of(Entry):
        hint = get_type_hints(Entry)[field.name]
        assert set(getattr(hint, "__args__", (hint,))) <= narrow


@pytest.mark.parametrize(
    "words",
    [
        "",
        "a sentence",
        "Ada",
        "jane.doe@videos.example",
        "o'brien",
        "m\u00fcller",
        "a\nb",
        "a\n",
        "a" * 254,
        "-a",
        ".a",
        "a/b",
        "[videos]",
        "[::1",
        "\u0661",
    ],
)
def test_a_sentence_or_a_name_is_no_code(words: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        Code(words)


@pytest.mark.parametrize(
    "word", ["v1", "no_response", "videos.example", "_x.example", "8.8.8.8", "[2606:4700::1111]"]
)
def test_codes_and_hosts_are_codes(word: str) -> None:
    assert Code(word) == word


@given(st.text(max_size=60))
def test_whatever_passes_as_a_code_is_plain(text: str) -> None:
    try:
        code = Code(text)
    except ValueError:
        return
    assert code.isascii()
    assert " " not in code
    assert code == code.lower()


def test_the_first_entry_names_the_log_that_it_continues() -> None:
    closed = Closed(Origin("desk.example/log"), 7, Commitment(b"r" * 32))
    read = reading.fields(write(replace(FULL, named=UUID(int=5), closed=closed), []).opening)
    assert read["closed"] == ["desk.example/log", "7", (b"r" * 32).hex()]
    assert read["named"] == str(UUID(int=5))


@pytest.mark.parametrize("words", ["", "a sentence", "/log", "desk.example+log", "a" * 254, "a\n"])
def test_a_sentence_is_no_name_of_a_log(words: str) -> None:
    with pytest.raises(ValueError, match="not the name of a log"):
        Origin(words)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_commitment_is_a_digest_and_nothing_longer(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Commitment(b"a" * length)
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKey(b"a" * length)


def test_a_bulk_act_still_has_a_leaf_of_one_size() -> None:
    changes = [
        Change(Code("referral"), Code(str(uuid4())), Operation.INSERT, Commitment(b"y" * 32))
        for _ in range(1000)
    ]
    assert len(write(FULL, changes).leaf) == len(write(FULL, []).leaf)


def test_the_fields_of_an_entry_are_a_closed_list() -> None:
    """A receipt with any other is refused: it could pass for what the leaf says."""
    assert {it.name for it in fields_of(Entry)} - {"act"} | {"chg"} == FIELDS
