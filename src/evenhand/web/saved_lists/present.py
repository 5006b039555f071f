"""Saved lists in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from evenhand.queries.saved_lists import SavedList
from evenhand.web.referrals.finding import ListForm
from evenhand.web.referrals.narrowed import address, in_words


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved list with what it keeps, in words."""

    ref: UUID
    name: str
    address: str
    filters: str


def kept(several: Sequence[SavedList], colleagues: Mapping[str, str]) -> list[Kept]:
    """Show saved lists with what they keep."""
    return [
        Kept(it.ref, it.name, address(it.filters), in_words(ListForm(it.filters, colleagues)))
        for it in several
    ]
