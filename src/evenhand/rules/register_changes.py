"""What was added to the register of fields held, and what was taken out of it, by day.

The register says what is held now. Whoever reads it next year wants to know what is new since.
"""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

COLUMNS = ("day", "change", "table", "column")
Field = tuple[str, str]
"""A table and one of its columns."""


class RegisterDiffers(Refused):
    """What this desk can hold is what its public register lists, field by field."""

    code = "E-PUB-64"
    clause = words("DPA 2018 s.61(2)(f); FOIA 2000 s.19")


class ChangesWrong(ValueError):
    """A log of changes that cannot be: the text says at which line."""


class What(StrEnum):
    """What became of a field."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was added on a day, or taken out."""

    day: date
    what: What
    field: Field


@dataclass(frozen=True, slots=True)
class Day:
    """All that changed on one day, and how many fields there were when it was over."""

    day: date
    added: Sequence[Field]
    removed: Sequence[Field]
    count: int


def read_changes(lines: Iterable[str]) -> Sequence[Change]:
    """Read the log of changes from its CSV. Raises ChangesWrong."""
    found: list[Change] = []
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            day, what, *field = (row[it] or "" for it in COLUMNS)
            table, column = filter(None, field)
            change = Change(date.fromisoformat(day), What(what), (table, column))
        except (KeyError, ValueError) as error:
            raise ChangesWrong(f"register_changes.csv, line {number}: {error}") from error
        if found and change.day < found[-1].day:
            raise ChangesWrong(f"register_changes.csv, line {number}: the days are out of order")
        found.append(change)
    return found


def by_day(changes: Sequence[Change]) -> Sequence[Day]:
    """Give what changed each day, the first day first. Raises ChangesWrong."""
    held, found = set[Field](), list[Day]()
    for day in sorted({it.day for it in changes}):
        added, removed = (
            sorted(it.field for it in changes if (it.day, it.what) == (day, what)) for what in What
        )
        if not set(removed) <= held or (held - set(removed)) & set(added):
            raise ChangesWrong(f"On {day} something is added twice, or taken out that was not held")
        held = held - set(removed) | set(added)
        found.append(Day(day, added, removed, len(held)))
    return found


def missing(
    changes: Sequence[Change], fields: Collection[Field], *, today: date
) -> Sequence[Change]:
    """Give the changes of today that lead from what the log says to these fields."""
    held = set[Field]()
    for it in changes:
        (held.add if it.what is What.ADDED else held.discard)(it.field)
    gone = [Change(today, What.REMOVED, it) for it in sorted(held - set(fields))]
    return gone + [Change(today, What.ADDED, it) for it in sorted(set(fields) - held)]


def check_published(held: Collection[Field], listed: Collection[Field]) -> None:
    """Refuse a deployment whose tables hold other fields than its register lists."""
    differing = sorted(set(held) ^ set(listed))
    if differing:
        raise RegisterDiffers(
            words("The tables of this desk and its public register differ: {fields}"),
            do=words("Bring the tables up to date, or install the version that they belong to."),
            fields=", ".join(".".join(it) for it in differing[:5]),
        )
