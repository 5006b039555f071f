"""What a reader works out of numbers of periods that overlap: a month, its quarter, its year.

How many things happened from one day to another is a difference of how many had happened by each of
the two. So all that is published is a list of the most and the least that such differences can be,
and the shortest ways through it (R. Floyd, “Shortest path”, Communications of the ACM 5, 1962)
give the most and the least of every other period. This is exact for whole numbers.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import inf

from evenhand.rules.publishing_tables import MONTH, WHOLE, Key, Published, Table

Ends = tuple[date, date]


class PeriodsContradict(ValueError):
    """No numbers at all fit what is said of the periods."""


@dataclass(frozen=True, slots=True)
class Period:
    """What is published of the days from one to before another: a number, or that it is hidden.

    ``is_small``: whether a hidden one is small in truth; None where that is not known any more.
    """

    ends: Ends
    number: int | None
    is_small: bool | None = None

    def holds(self, other: "Period") -> bool:
        """Say whether all days of another are in it."""
        return self.ends[0] <= other.ends[0] and other.ends[1] <= self.ends[1]


def is_of_periods(it: Published) -> bool:
    """Say whether a table has exact numbers of periods, and is divided by nothing else."""
    return not it.rounded and all(axis == WHOLE or axis.name == MONTH for axis in it.axes)


def periods_of(it: Published, *, small: Collection[Key] | None = None) -> Sequence[Period]:
    """Give the periods that a table has numbers of; ``small`` are those that are small in truth."""
    return [
        Period(_ends(it, dict(key).get(MONTH)), number, None if small is None else key in small)
        for key, number in it.numbers.items()
    ]


def overlap(one: Published | Table, other: Published) -> bool:
    """Say whether a day is in the time of both; no first day means from the beginning."""
    return (one.start or date.min) < other.end and (other.start or date.min) < one.end


def joined_to(first: Published, others: Sequence[Published]) -> Sequence[Published]:
    """Give the tables whose time overlaps that of one, or of another that does, and so on."""
    found, waiting = [first], list(others)
    while near := [it for it in waiting if any(overlap(it, other) for other in found)]:
        found += near
        waiting = [it for it in waiting if it not in near]
    return found[1:]


def gives_away(ours: Sequence[Period], theirs: Sequence[Period], small: range) -> bool:
    """Say whether a small number follows from both that follows from neither, or is narrowed down.

    A reader may think of what was hidden long ago that it is small, or that it is not. Of what is
    hidden now it is known here which numbers are. Raises PeriodsContradict.
    """
    return _gives_away(ours, theirs, small, lately=True) or _guessed(ours, theirs, small)


def differ_by_few(ours: Sequence[Period], theirs: Sequence[Period], small: range) -> bool:
    """Say whether a number of a period, less that of days within it, leaves a small one."""
    return any(
        abs(one.number - other.number) in small
        for one, other in product(ours, theirs)
        if one.number is not None
        and other.number is not None
        and (one.holds(other) or other.holds(one))
    )


def _guessed(ours: Sequence[Period], theirs: Sequence[Period], small: range) -> bool:
    try:
        return _gives_away(ours, theirs, small, lately=False)
    except PeriodsContradict:
        return False  # It cannot be that all of them are small: such a reader is wrong.


def _gives_away(
    ours: Sequence[Period], theirs: Sequence[Period], small: range, *, lately: bool
) -> bool:
    both = [*ours, *theirs]
    most = _most(both, small, lately=lately)
    hidden = [it for it in both if it.number is None]
    if any(_is_narrow(_bounds(most, it.ends), small, it) for it in hidden):
        return True
    alone = (_told(_most(it, small, lately=lately), small) for it in (ours, theirs))
    return not _told(most, small) <= set().union(*alone)


def _told(most: Mapping[Ends, float], small: range) -> set[Ends]:
    """Give the periods whose number is small and known."""
    return {
        ends for ends, number in most.items() if number == -most[ends[::-1]] and number in small
    }


def _is_narrow(bounds: tuple[float, float], small: range, it: Period) -> bool:
    """Say whether a reader knows more of a hidden number than that it may be any small one."""
    least, most = bounds
    if it.is_small is False or (it.is_small is None and least > small[-1]):
        return least == most
    return least > small[0] or most < small[-1]


def _bounds(most: Mapping[Ends, float], ends: Ends) -> tuple[float, float]:
    start, end = ends
    return -most[end, start], most[start, end]


def _most(periods: Sequence[Period], small: range, *, lately: bool) -> Mapping[Ends, float]:
    """Find what the number of each period is at most; backwards, what it is at least, negated."""
    days = sorted({day for it in periods for day in it.ends})
    most = {(a, b): 0.0 if b <= a else inf for a in days for b in days}
    for it in periods:
        is_guessed = it.is_small or (it.is_small is None and not lately)
        for ends, number in _said(it, small, is_guessed):
            most[ends] = min(most[ends], number)
    for middle in days:
        for start in days:
            for end in days:
                way = most[start, middle] + most[middle, end]
                most[start, end] = min(most[start, end], way)
    if any(most[day, day] < 0 for day in days):
        raise PeriodsContradict
    return most


def _said(it: Period, small: range, is_guessed: bool) -> Iterator[tuple[Ends, float]]:
    start, end = it.ends
    if it.number is not None:
        yield (start, end), it.number
        yield (end, start), -it.number
    elif is_guessed:
        yield (start, end), small[-1]
        yield (end, start), -small[0]


def _ends(it: Published, month: str | None) -> Ends:
    start, end = it.start or date.min, it.end
    if month is None:
        return start, end
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return max(start, first), min(end, after)
