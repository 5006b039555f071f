"""Whether some grounds, platforms, kinds of expression or languages stand out. Counts of work.

What is counted are assessed referrals, and how many of them were sent, also those whose record is
gone. Nothing here is about a person. Shares, ratios and what stands out are figures for people to
explain, never for a machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.intervals import Interval, least_seen, ratio, share
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

LEAST = 5
"""A category with fewer is not shown, nor where fewer lie outside of it."""
ENOUGH = 20
"""So many are needed in all before anything is said to stand out."""
STANDS_OUT = 0.5
"""A category is to be explained where surely more than this share of all is in it."""
MONTHS_OF_QUARTER = 3


class QuarterWrong(Refused):
    """What is compared is a whole quarter that is over."""

    code = "E-EQ-01"


class By(StrEnum):
    """By what referrals are compared. Evenhand holds no area of content or people."""

    GROUND = "ground"
    PLATFORM = "platform"
    HARM = "harm"
    EXPRESSION = "expression"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar year."""

    year: int
    number: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS_OF_QUARTER * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The day after its last."""
        return self.next.start

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return quarter_of(self.start - timedelta(days=1))

    def __str__(self) -> str:
        """Write it as 2026-Q4."""
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """Give the quarter that a day is in."""
    return Quarter(day.year, (day.month - 1) // MONTHS_OF_QUARTER + 1)


def read_quarter(text: str, *, today: date) -> Quarter:
    """Read a quarter such as 2026-Q3; nothing means the last that is over. Raises QuarterWrong."""
    last = quarter_of(today).before
    if not text:
        return last
    year, _q, number = text.partition("-Q")
    is_one = year.isdecimal() and len(year) == len("2026") and number in {"1", "2", "3", "4"}
    if not is_one or not date.min.year < int(year) or Quarter(int(year), int(number)) > last:
        raise QuarterWrong(
            words("This is no quarter that is over."),
            do=words("Write it as 2026-Q3."),
            at="quarter",
        )
    return Quarter(int(year), int(number))


@dataclass(frozen=True, slots=True)
class Assessed:
    """How many referrals were assessed, and how many of these were sent."""

    number: int
    sent: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One category against all others. What is too small is None, and said so.

    ``part``: its share of all assessed. ``sent``: the share of it that was sent. ``ratio``: that
    share by the share of all others that was sent; ``least_seen``: what ratio could be seen.
    """

    category: str
    count: int | None
    part: Interval | None = None
    sent: Interval | None = None
    ratio: Interval | None = None
    least_seen: float | None = None
    is_to_explain: bool = False


def compared(found: Mapping[str, Assessed], of_all: Assessed) -> Sequence[Compared]:
    """Compare each category of one kind with all others, the largest first.

    A referral can be of several categories of one kind: ``of_all`` has each once.
    """
    ordered = sorted(found, key=lambda it: (-found[it].number, it))
    return [_one(it, found[it], of_all) for it in ordered]


def _one(category: str, here: Assessed, of_all: Assessed) -> Compared:
    count, sent, total = here.number, here.sent, of_all.number
    part = share(count, total)
    outside, sent_outside = total - count, of_all.sent - sent
    explain = total >= ENOUGH and part.least > STANDS_OUT
    if count < LEAST:
        return Compared(category, None)
    if outside < LEAST:
        return Compared(category, count, part, share(sent, count), is_to_explain=explain)
    return Compared(
        category,
        count,
        part,
        share(sent, count),
        ratio(sent, count, sent_outside, outside),
        least_seen(count, outside, sent_outside / outside),
        explain,
    )


def to_explain(of_each: Mapping[By, Sequence[Compared]]) -> Iterable[tuple[By, Compared]]:
    """Give what stands out in any way."""
    return [(by, it) for by, found in of_each.items() for it in found if it.is_to_explain]
