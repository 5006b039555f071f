"""An officer's own saved lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.saved_lists import MOST_LISTS
from evenhand.store.asking import Found, Question, Table, ask
from evenhand.store.machinery import SavedListRow

TABLE = Table(SavedListRow)
THEIRS = (
    f"SELECT {TABLE.columns} FROM {TABLE.table}"  # noqa: S608
    f" WHERE officer = %s LIMIT {MOST_LISTS + 1}"
)


@dataclass(frozen=True, slots=True)
class SavedList:
    """A name for some filters of the list of referrals."""

    ref: UUID
    name: str
    filters: Mapping[str, str]


def of(officer: Officer) -> Sequence[SavedList]:
    """Give an officer's saved lists by name, in one query."""
    check_may(officer, Permission.LIST_REFERRALS)
    [rows] = ask(theirs(officer))
    return opened(rows)


def theirs(officer: Officer) -> Question:
    """Ask for an officer's saved lists."""
    return THEIRS, [officer.ref]


def opened(rows: Found) -> Sequence[SavedList]:
    """Open the saved lists that were found, by name."""
    found = [SavedList(row.id, *row.opened()) for row in map(TABLE.row, rows)]
    return sorted(found, key=lambda it: it.name.casefold())
