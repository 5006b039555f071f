"""What was read of an old system: records, rows that are none, cells that are unreadable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenhand.rules.imports import Lack, Meaning, OutcomeSaid, RoleSaid
from evenhand.rules.imports_mapping import SheetMapping
from evenhand.rules.people_names import comparable


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that cannot be read, named as whoever has the file open finds it."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """The person whom a record names, as far as the old system says."""

    name: str
    birth_date: date | None
    role: RoleSaid

    @property
    def exact(self) -> tuple[str, date] | None:
        """What tells one person from another without a doubt: same name, same birth date."""
        return (comparable(self.name), self.birth_date) if self.birth_date else None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of an old system. ``values`` is all that is kept of it; the rest stays outside."""

    row: int
    values: Mapping[Meaning, str]
    content: str | None
    logged_on: date | None
    person: Person | None
    outcome: OutcomeSaid
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class SheetRecords:
    """The records of one sheet, the rows that are none, and the cells that cannot be read."""

    mapping: SheetMapping
    columns: Mapping[Meaning, str]
    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...]
    unreadable: tuple[Unreadable, ...]
