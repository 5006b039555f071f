"""Sealed columns: what the tables hold is unreadable, and stays in its place."""

import csv
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import pytest

from evenhand.queries import referral as one_referral
from evenhand.rules.referrals import State
from evenhand.seal.keys import KeyUnusable
from evenhand.seal.record import SealBroken
from evenhand.store.keys import IndexKeyRow, RecordKeyRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.sealing import (
    blind_index,
    open_alone,
    open_record_key,
    seal_alone,
    seal_into,
    sealed_columns,
    unsealed,
)
from tests.builders import ADA, as_reader, intake
from tests.journeys import Desk, row

pytestmark = pytest.mark.django_db
NAMES = Path(__file__).parent.parent / "data" / "person_names.csv"
PARTS = (
    "title", "given", "given-informal", "given2", "surname-prefix", "surname-core", "surname",
    "surname2", "generation", "credentials",
)  # fmt: skip


def names() -> dict[str, list[str]]:
    """Give the sample names of every locale."""
    found: dict[str, list[str]] = {}
    with NAMES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            name = " ".join(line[part] for part in PARTS if line[part])
            found.setdefault(line["locale"], []).append(name)
    return found


def words_of(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def test_names_of_63_locales_come_back_exactly_and_are_found() -> None:
    desk = Desk()
    assert len(names()) == 63
    for locale, samples in names().items():
        text = words_of(samples)
        reference = desk.log(said=intake(description=text, source_detail=text[::-1]))
        read = one_referral.one(reference, acting=as_reader(ADA))
        assert (read.description, read.source_detail) == (text, text[::-1]), locale
        tokens = {bytes(it) for it in WordsRow.objects.get(id=row(reference).id).tokens}
        assert set(blind_index().words(*samples)) <= tokens


@pytest.mark.parametrize(
    "text",
    [
        "\u202eevil\u202c",
        "👩\u200d🚒 \U0010ffff \ufffe",
        "line\r\nline\rline\n\ttab\x0b\x0c\x1b[31m",
        " leading and trailing ",
        "e\u0301 is not \u00e9",
        "'; DROP TABLE referral; --",
        "{braces} %s %(x)s \\ \\x00",
        "x" * 10_000,
    ],
)
def test_whatever_a_person_writes_comes_back_exactly(text: str) -> None:
    reference = Desk().log(said=intake(description=text))
    assert one_referral.one(reference, acting=as_reader(ADA)).description == text


def test_the_tables_hold_no_word_that_was_written() -> None:
    reference = Desk().log(
        "https://example.org/rosebud", said=intake(description="Rosebud", source_detail="Rosebud")
    )
    stored = row(reference)
    for column in sealed_columns(ReferralRow):
        assert b"osebud" not in bytes(getattr(stored, column) or b"")


def test_sealed_bytes_do_not_open_in_another_column_or_another_row() -> None:
    desk = Desk()
    first, second = row(desk.log()), row(desk.log())
    first.source_detail = bytes(first.description or b"")
    with pytest.raises(SealBroken):
        unsealed(first, open_record_key(first.key), "source_detail")
    second.description = bytes(first.description or b"")
    for key in (first.key, second.key):
        with pytest.raises(SealBroken):
            unsealed(second, open_record_key(key), "description")


def test_a_steps_words_do_not_open_in_another_step_of_the_same_referral() -> None:
    desk = Desk()
    referral = row(desk.do(desk.brought_to(State.RETURNED), "submit", "return"))
    earlier, later = referral.decisionrows.order_by("at")
    later.reason = bytes(earlier.reason or b"")
    with pytest.raises(SealBroken):
        unsealed(later, open_record_key(referral.key), "reason")


def test_a_flipped_byte_in_a_table_is_noticed() -> None:
    stored = row(Desk().log())
    sealed = bytearray(bytes(stored.description or b""))
    sealed[20] ^= 1
    stored.description = bytes(sealed)
    with pytest.raises(SealBroken):
        unsealed(stored, open_record_key(stored.key), "description")


def test_a_key_of_another_record_opens_nothing() -> None:
    desk = Desk()
    first, second = row(desk.log()), row(desk.log())
    swapped = RecordKeyRow(id=first.key.id, wrapped=second.key.wrapped)
    with pytest.raises(KeyUnusable):
        open_record_key(swapped)


def test_nothing_written_is_nothing_stored() -> None:
    stored = row(Desk().log(said=intake(source_detail="")))
    assert stored.source_detail is None
    key = open_record_key(stored.key)
    assert unsealed(stored, key, "source_detail") == ""
    assert unsealed(stored, None, "description") == ""
    seal_into(stored, key, description="")
    assert stored.description is None


def test_what_is_sealed_alone_opens_alone() -> None:
    ref, wrapped, sealed = seal_alone(b"half typed", place="draft")
    assert open_alone(ref, wrapped, sealed, place="draft") == b"half typed"
    with pytest.raises(SealBroken):
        open_alone(ref, wrapped, sealed, place="repeat")
    with pytest.raises(KeyUnusable):
        open_alone(uuid4(), wrapped, sealed, place="draft")


def test_the_index_key_is_stored_wrapped() -> None:
    stored = IndexKeyRow.objects.get()
    assert blind_index()._key not in bytes(stored.wrapped)
