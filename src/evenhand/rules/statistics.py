"""What anybody is told of the desk's work: which numbers, of which time, and added up by what.

Numbers of people are given for quarters that are over, each once: from one day to the next, the
difference would show one person. A88.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.answers import Outcome
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import FIRST_YEAR, Counted, Month, month_of
from evenhand.rules.own_errors import OwnErrors, Parts, own_errors
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_tables import About, Axis, Published, Table
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
ON_RECORD = "people on record"
DISPOSED_OF = "records of people disposed of"
EVERYBODY = Axis("everybody", ("everybody",))
MOST_QUARTERS = 40
"""So many quarters are told, the last ones."""

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
class Work:
    """What the desk did in so many months: each month, all of them, and what platforms decided."""

    months: Mapping[Month, Numbers]
    decided: Mapping[Parts, int]

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
    """Give the quarters that ended from a day on and are over, at most so many, the last ones."""
    quarter, found = Quarter(since.year, (since.month + 2) // 3), []
    while quarter.end <= today:
        found.append(quarter)
        quarter = quarter.after
    return found[-MOST_QUARTERS:]


def on_record(numbers: Iterable[tuple[Quarter, int]]) -> Mapping[Quarter, Published]:
    """Give what may be published of the people on record as each quarter ended, in their order."""
    found: dict[Quarter, Published] = {}
    for quarter, number in numbers:
        table = _people(ON_RECORD, None, quarter.end, number)
        found[quarter] = publishable(table, earlier=list(found.values()))
    return found


def disposed_of(numbers: Iterable[tuple[Quarter, int]]) -> Mapping[Quarter, Published]:
    """Give what may be published of the records of people disposed of in each quarter."""
    return {
        quarter: publishable(_people(DISPOSED_OF, quarter.first, quarter.end, number), earlier=())
        for quarter, number in numbers
    }


def _people(subject: str, start: date | None, end: date, number: int) -> Table:
    return Table(
        subject=subject,
        about=About.PEOPLE,
        start=start,
        end=end,
        rows=EVERYBODY,
        counts=((number,),),
    )
