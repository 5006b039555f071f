"""What an officer may keep of a list: a name and its filters, a few of them, never words."""

from collections.abc import Mapping

from evenhand.rules.refusals import Refused
from evenhand.rules.texts import check_given
from evenhand.rules.words import words

MOST_LISTS = 20
LONGEST_NAME = 100
LONGEST_FILTER = 200
FILTERS = (
    "state",
    "platform",
    "harm",
    "ground",
    "officer",
    "outcome",
    "overdue",
    *(f"{end}_{part}" for end in ("since", "until") for part in ("day", "month", "year")),
)
"""What a saved list may hold. Words to look for are not among them: they stay in nobody's list."""


class ListsFull(Refused):
    """An officer keeps a small number of saved lists."""

    code = "E-LIST-01"


class NothingToSave(Refused):
    """A saved list narrows the list of referrals by codes and days, never by words."""

    code = "E-LIST-02"


def check_name(name: str) -> None:
    """Refuse a name that is empty or too long."""
    check_given(name, at="name", most=LONGEST_NAME)


def check_filters(filters: Mapping[str, str]) -> None:
    """Refuse what is no filter, is none at all, or is longer than any code."""
    known = set(filters) <= set(FILTERS)
    if not filters or not known or max(len(it) for it in filters.values()) > LONGEST_FILTER:
        raise NothingToSave(
            words("There is no filter here that can be saved."),
            do=words("Narrow the list first. Words to look for are never saved."),
        )


def check_room(kept: int) -> None:
    """Refuse one list more than an officer may keep."""
    if kept >= MOST_LISTS:
        raise ListsFull(
            words("You have {most} saved lists, which is the most."),
            do=words("Remove one that you no longer use."),
            most=str(MOST_LISTS),
        )
