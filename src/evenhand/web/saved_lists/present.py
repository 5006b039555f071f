"""Saved lists in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from evenhand.queries.platforms import called
from evenhand.queries.saved_lists import SavedList
from evenhand.web.referrals.finding import ListForm, sites_in
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
    sites = called({site for it in several for site in sites_in(it.filters)})
    return [
        Kept(
            it.ref, it.name, address(it.filters), in_words(ListForm(it.filters, colleagues, sites))
        )
        for it in several
    ]
