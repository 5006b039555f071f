"""What stands beside a list of referrals: how it can be narrowed, and an officer's saved lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evenhand.queries.officers import COLLEAGUES
from evenhand.queries.platforms import OwnSites, first_own, own_sites
from evenhand.queries.saved_lists import SavedList, opened, theirs
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.store.asking import ask


@dataclass(frozen=True, slots=True)
class Beside:
    """The desk's officers by user name, its own sites by code, and the officer's saved lists."""

    colleagues: Mapping[str, str]
    sites: OwnSites
    saved: Sequence[SavedList]


def beside(officer: Officer, *, sites: Collection[str]) -> Beside:
    """Give all of it on one trip; a list that is narrowed already names some ``sites``."""
    check_may(officer, Permission.LIST_REFERRALS)
    colleagues, own, saved = ask((COLLEAGUES, []), first_own(), theirs(officer))
    return Beside(dict(colleagues), own_sites(own, besides=sites), opened(saved))
