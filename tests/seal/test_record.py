"""Sealed bytes belong to their record and to their place in it."""

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.seal.keys import KeyFile, KeyUnusable
from evenhand.seal.record import RecordKey, SealBroken

PLACE = "referral.description.1"


@pytest.fixture
def desk_key(tmp_path: Path) -> KeyFile:
    KeyFile.create(tmp_path / "desk.key")
    return KeyFile(tmp_path / "desk.key")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_comes_back_exactly(text: str) -> None:
    key = RecordKey.new(uuid4())
    assert key.open(PLACE, key.seal(PLACE, text)) == text


@given(st.binary(max_size=300))
def test_bytes_come_back_exactly(data: bytes) -> None:
    key = RecordKey.new(uuid4())
    assert key.open_bytes(PLACE, key.seal_bytes(PLACE, data)) == data


def test_the_same_words_never_look_the_same() -> None:
    key = RecordKey.new(uuid4())
    assert len({key.seal(PLACE, "the same words") for _ in range(100)}) == 100


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_refused(position: int, change: int) -> None:
    key = RecordKey.new(uuid4())
    sealed = bytearray(key.seal(PLACE, "some words"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        key.open(PLACE, bytes(sealed))


@pytest.mark.parametrize("length", [0, 1, 12, 27])
def test_bytes_that_are_cut_off_are_refused(length: int) -> None:
    key = RecordKey.new(uuid4())
    with pytest.raises(SealBroken):
        key.open(PLACE, key.seal(PLACE, "some words")[:length])


def test_sealed_bytes_cannot_be_moved_to_another_place() -> None:
    key = RecordKey.new(uuid4())
    sealed = key.seal("referral.description.1", "some words")
    for place in ("referral.url.1", "referral.description.2", "move.reason.1"):
        with pytest.raises(SealBroken):
            key.open(place, sealed)


def test_sealed_bytes_cannot_be_moved_to_another_record_even_with_its_key(
    desk_key: KeyFile,
) -> None:
    here, there = RecordKey.new(uuid4()), uuid4()
    sealed = here.seal(PLACE, "some words")
    with pytest.raises(SealBroken):
        RecordKey.new(there).open(PLACE, sealed)
    same_key = RecordKey(there, desk_key.unwrap(here.wrapped(desk_key), about=here.record))
    with pytest.raises(SealBroken):
        same_key.open(PLACE, sealed)


def test_a_records_key_opens_what_it_sealed_before_it_was_stored(desk_key: KeyFile) -> None:
    key = RecordKey.new(uuid4())
    sealed = key.seal(PLACE, "some words")
    again = RecordKey.unwrap(key.record, key.wrapped(desk_key), desk_key)
    assert again.open(PLACE, sealed) == "some words"


def test_a_wrapped_key_cannot_be_moved_to_another_record(desk_key: KeyFile) -> None:
    wrapped = RecordKey.new(uuid4()).wrapped(desk_key)
    with pytest.raises(KeyUnusable):
        RecordKey.unwrap(uuid4(), wrapped, desk_key)


def test_only_who_holds_the_key_can_check_a_commitment(desk_key: KeyFile) -> None:
    key, other = RecordKey.new(uuid4()), RecordKey.new(uuid4())
    again = RecordKey.unwrap(key.record, key.wrapped(desk_key), desk_key)
    assert key.commit("I agree.") == again.commit("I agree.")
    assert key.commit("I agree.") != other.commit("I agree.")
    assert key.commit("I agree.") != key.commit("I agree!")
    assert len(key.commit("I agree.")) == 32
