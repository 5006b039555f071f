from datetime import datetime
from types import UnionType
from typing import get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.acts import CLASS_62, Act
from evenhand.ledger.entries import (
    Change,
    Closed,
    Code,
    Commitment,
    Entry,
    Operation,
    Origin,
    PublicKey,
)

NARROW = {
    Act,
    Code,
    Commitment,
    Operation,
    PublicKey,
    Closed,
    Origin,
    UUID,
    datetime,
    int,
    type(None),
    tuple[UUID, ...],
}


def _parts(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) is UnionType else (hint,)


@pytest.mark.parametrize("kind", [Entry, Change, Closed])
def test_no_field_of_an_entry_can_hold_a_free_text(kind: type) -> None:
    held = {part for hint in get_type_hints(kind).values() for part in _parts(hint)}
    assert held
    assert held <= NARROW


@pytest.mark.parametrize("words", ["", "two words", "Name", "ä", "a\nb", "a/b", "-a", "x" * 300])
def test_a_code_is_never_a_sentence_or_a_name(words: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        Code(words)


@given(st.text())
def test_whatever_is_a_code_has_no_space_and_no_capital(text: str) -> None:
    try:
        code = Code(text)
    except ValueError:
        return
    assert code == code.lower()
    assert not any(it.isspace() for it in code)


def test_every_act_has_its_class_in_law() -> None:
    assert set(CLASS_62) == set(Act)
