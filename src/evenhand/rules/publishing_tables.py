"""Tables of counts, and which of their numbers are too small to be published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from evenhand.rules.words import words

Place = tuple[int | None, int | None]
"""A row and a column of a table. None is its total: (None, None) is the total of all."""
Key = frozenset[tuple[str, str]]
"""What a number counts, whatever table it stands in: the categories, each with its axis."""


class TableWrong(ValueError):
    """A table that cannot be; the text says what is wrong with it."""


class About(StrEnum):
    """What a table counts, which says how small a number may be."""

    PEOPLE = "people"
    """People, by what happened: role, ground, month."""
    GROUPS = "groups"
    """People, by who they are: age, sex, ethnic group."""
    WORK = "work"
    """What the desk and the platforms did with contents. It is about nobody."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is not shown: ``hides`` are the numbers that are too small, ``says`` tells readers so.

    A number that is no more than the largest of them apart from one published before, and not the
    same, is too close to it.
    """

    hides: range
    says: str

    @property
    def least(self) -> int:
        """The smallest number, other than 0, that is shown."""
        return self.hides.stop


ROUNDED_TO = 5
"""Rounded tables show multiples of this."""

RULES: Mapping[About, Rule] = {
    About.PEOPLE: Rule(
        range(1, 5),
        words("[c]: not shown, because it is fewer than 5 or would show a number that is."),
    ),
    About.GROUPS: Rule(
        range(10),
        words("[c]: not shown, because it is fewer than 10 or would show a number that is."),
    ),
    About.WORK: Rule(range(0), ""),
}
"""The thresholds of A88, which are published. Among groups 0 is hidden too, because it says of
everybody in its row that they are in the other columns."""

MARK = "[c]"
"""Stands for every hidden number. Two marks, for small ones and for those that protect them, would
tell the reader which is which, and with the margins sometimes the number."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to divide what is counted: everything counted is in exactly one category."""

    name: str
    categories: tuple[str, ...]


KIND, MONTH = "kind", "month"
"""The ways to divide that tell people from other records, and one period from the next."""
UNDIVIDED = Axis("", ("",))
WHOLE = Axis("all", ("all",))
"""The rows of a number that is not divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The true counts of one subject, by one axis or two. Its totals are sums.

    ``subject`` names what is counted, one name for all that can be added up or taken from each
    other. ``part`` says which of it: nothing is all, and a longer one is among a shorter. ``start``
    and ``end``: the first day and the day after the last; no ``start`` means what was there as
    ``end`` began. Raises TableWrong.
    """

    subject: str
    about: About
    start: date | None
    end: date
    rows: Axis
    columns: Axis = UNDIVIDED
    counts: tuple[tuple[int, ...], ...]
    part: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.start is not None and self.start >= self.end:
            raise TableWrong("The period ends before it begins.")
        if self.rows.name == self.columns.name:
            raise TableWrong("Rows and columns divide by the same.")
        for axis in (self.rows, self.columns):
            if not axis.categories or len(set(axis.categories)) < len(axis.categories):
                raise TableWrong(f"{axis.name} has no categories, or one of them twice.")
        if {len(row) for row in self.counts} != {len(self.columns.categories)}:
            raise TableWrong("A row has too few counts, or too many.")
        if len(self.counts) != len(self.rows.categories):
            raise TableWrong("There are too few rows, or too many.")
        if min(min(row) for row in self.counts) < 0:
            raise TableWrong("A count is below zero.")

    @property
    def rule(self) -> Rule:
        """What is not shown of it."""
        return RULES[self.about]

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The ways it is divided: two, or one, or none."""
        return tuple(axis for axis in (self.rows, self.columns) if axis != UNDIVIDED)

    def numbers(self) -> dict[Place, int]:
        """Give every number, row by row, each total after what it adds up."""
        return {place: sum(self._added_up(place)) for place in self.places()}

    def places(self) -> Iterator[Place]:
        """Give every place, row by row, totals last."""
        rows, columns = (len(it.categories) for it in (self.rows, self.columns))
        return product((*range(rows), None), (*range(columns), None))

    def key(self, place: Place) -> Key:
        """Say what the number at a place counts."""
        return frozenset(
            (axis.name, axis.categories[at])
            for axis, at in zip((self.rows, self.columns), place, strict=True)
            if at is not None and axis != UNDIVIDED
        )

    def small(self) -> frozenset[Place]:
        """Find the numbers that are too small to show, totals too."""
        return frozenset(it for it, number in self.numbers().items() if number in self.rule.hides)

    def _added_up(self, place: Place) -> Iterator[int]:
        row, column = place
        for counts in self.counts if row is None else (self.counts[row],):
            yield from counts if column is None else (counts[column],)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What readers have of a table: by key its numbers, None where one is hidden."""

    subject: str
    about: About
    start: date | None
    end: date
    axes: tuple[Axis, ...]
    rounded: bool
    numbers: Mapping[Key, int | None]
    part: tuple[str, ...] = ()

    @property
    def is_of(self) -> tuple[object, ...]:
        """Say what it tells, whatever the numbers: the same of what corrects it."""
        named = frozenset(axis.name for axis in self.axes)
        return self.subject, self.part, self.start, self.end, named

    @property
    def says(self) -> str:
        """The sentence below the table about what is not shown; nothing where all of it is."""
        return RULES[self.about].says if None in self.numbers.values() else ""

    def text(self, key: Key) -> str:
        """Write one number, or the mark of a hidden one."""
        number = self.numbers[key]
        return MARK if number is None else f"{number:,}"
