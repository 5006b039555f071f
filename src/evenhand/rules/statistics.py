"""What anybody is told of the desk's work: which numbers, of which time, and added up by what.

Numbers of people are given for quarters that are over, each once: from one day to the next, the
difference would show one person. A88.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.answers import Outcome
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import FIRST_YEAR, Counted, Month, month_of
from evenhand.rules.own_errors import OwnErrors, Parts, own_errors
from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_people import subject_of_people
from evenhand.rules.publishing_tables import WHOLE, About, Published, Table
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

SHOWN = (
    Counted.LOGGED,
    Counted.NOT_FOR_US,
    Counted.NOT_REFERRED,
    Counted.REFERRED,
    Counted.REMOVALS,
    Counted.WITHDRAWN,
    Counted.CHALLENGED,
    Counted.UPHELD,
)
"""The counts of work that are published, assessed and not referred always beside referred."""
ON_RECORD = "people"
"""The number of the library that the series is of, and that is published by request too."""
DISPOSED_OF = subject_of_people("records_disposed")
"""Its people’s records alone, which are told by quarter."""
MOST_QUARTERS = 40
"""So many quarters are shown, the last ones."""

Numbers = Mapping[Counted, int]


class NoSuchYear(Refused):
    """Statistics are of a year that has begun."""

    code = "E-STAT-01"
    kind = Kind.NOT_FOUND


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of the calendar; ``number`` 1 begins in January."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        """The day after its last."""
        return self.after.first

    @property
    def after(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True, slots=True)
class OfHarm:
    """What was sent about a harm, and how much of it was removed."""

    requests: int
    removals: int


@dataclass(frozen=True, slots=True)
class Work:
    """What the desk did in so many months: each month, what platforms decided, and each harm."""

    months: Mapping[Month, Numbers]
    decided: Mapping[Parts, int]
    harms: Mapping[str, OfHarm]

    @property
    def total(self) -> Numbers:
        """Give each number for all the months together."""
        return {it: sum(month[it] for month in self.months.values()) for it in SHOWN}

    @property
    def errors(self) -> OwnErrors:
        """Work out the desk's own error rate."""
        return own_errors(self.decided, upheld=self.total[Counted.UPHELD])

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """Add decisions up by what was decided."""
        found = Counter[Outcome]()
        for parts, number in self.decided.items():
            found[parts.outcome] += number
        return {it: found[it] for it in Outcome}

    @property
    def by_platform(self) -> Mapping[str, Mapping[Outcome, int]]:
        """Add decisions up by platform and what was decided."""
        return {it: self._of(platform=it) for it in sorted({it.platform for it in self.decided})}

    @property
    def by_ground(self) -> Mapping[Ground, Mapping[Outcome, int]]:
        """Add decisions up by the ground of the referral and what was decided."""
        return {it: self._of(ground=it) for it in Ground}

    def _of(self, **only: object) -> Mapping[Outcome, int]:
        found = Counter[Outcome]()
        for parts, number in self.decided.items():
            if all(getattr(parts, name) == value for name, value in only.items()):
                found[parts.outcome] += number
        return {it: found[it] for it in Outcome}


def months_of(year: int, *, today: date) -> Sequence[Month]:
    """Give the months of a year that have begun. Raises NoSuchYear."""
    found = [Month(year, it) for it in range(1, 13)]
    begun = [it for it in found if it <= month_of(today)]
    if year < FIRST_YEAR or not begun:
        raise NoSuchYear(
            words("There are no statistics of the year {year}."),
            do=words("Choose this year or an earlier one."),
            year=str(year),
        )
    return begun


def quarters(since: date, *, today: date) -> Sequence[Quarter]:
    """Give the quarters that ended from a day on and are over."""
    quarter, found = Quarter(since.year, (since.month + 2) // 3), []
    while quarter.end <= today:
        found.append(quarter)
        quarter = quarter.after
    return found


def on_record(quarter: Quarter, number: int, *, earlier: Sequence[Published]) -> Published:
    """Give what may be published of the people on record as a quarter ended."""
    return _settled(_people(ON_RECORD, About.GROUPS, None, quarter.end, number), earlier)


def disposed_of(quarter: Quarter, number: int, *, earlier: Sequence[Published]) -> Published:
    """Give what may be published of the records of people disposed of in a quarter."""
    return _settled(_people(DISPOSED_OF, About.PEOPLE, quarter.first, quarter.end, number), earlier)


def _settled(table: Table, earlier: Sequence[Published]) -> Published:
    """Give what readers get of a table: it is hidden whole where it would show a small number."""
    try:
        return publishable(table, earlier=earlier)
    except SmallNumberWouldShow:
        return _hidden(table)


def _people(subject: str, about: About, start: date | None, end: date, number: int) -> Table:
    return Table(
        subject=subject, about=about, start=start, end=end, rows=WHOLE, counts=((number,),)
    )


def _hidden(table: Table) -> Published:
    """Give a table of which readers have nothing."""
    return Published(
        subject=table.subject,
        about=table.about,
        start=table.start,
        end=table.end,
        axes=table.axes,
        rounded=False,
        numbers={table.key(place): None for place in table.places()},
    )
