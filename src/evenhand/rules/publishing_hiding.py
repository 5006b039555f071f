"""Which further numbers to hide, so that no hidden one can be worked out from the rest.

A table with its totals is a network: every row and column, those of the totals too, is a junction,
and every number is a pipe between its row and its column. Other numbers than the true ones keep
every sum right exactly where they differ along closed ways through the network. So a hidden number
may be one more, for all a reader knows, if a closed way leads through it of numbers that the reader
does not know; if there is none, the numbers of the cheapest way have to be hidden. This is exact:
no arithmetic tells a reader more (L. H. Cox, “Network models for complementary cell suppression”,
Journal of the American Statistical Association 90, 1995).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from evenhand.rules.publishing_tables import Place

Junction = tuple[str, int | None]
Step = tuple[Place, int]
"""A number on a way, and whether it goes up (1) or down (-1)."""
Way = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most that a number may be, for all that a reader knows."""

    least: int
    most: int


class NothingLeftToHide(ValueError):
    """A number can be worked out whatever else of its table is hidden."""


class Hiding:
    """Hides numbers of one table, whose true numbers it knows.

    ``known`` is what readers have already, so that it cannot be hidden. Of a number in ``rounded``
    they know the span while it is not ``hidden``.
    """

    def __init__(
        self,
        numbers: Mapping[Place, int],
        *,
        known: Collection[Place],
        rounded: Mapping[Place, Span],
        hidden: Collection[Place],
    ) -> None:
        self.numbers, self.known, self.rounded = numbers, known, rounded
        self.hidden = set(hidden)
        self._pipes: dict[Junction, list[tuple[Step, Junction]]] = {}
        for place in numbers:
            start, end = _ends(place, 1)
            self._pipes.setdefault(start, []).append(((place, 1), end))
            self._pipes.setdefault(end, []).append(((place, -1), start))

    def protect(self, place: Place, span: Span) -> None:
        """Hide what lets a hidden number be anything in a span around the truth.

        No number that is hidden for this can be worked out either. Raises NothingLeftToHide.
        """
        if place in self.known:
            raise NothingLeftToHide
        self._move(place, 1, span.most - self.numbers[place])
        self._move(place, -1, self.numbers[place] - span.least)

    def _move(self, place: Place, up: int, amount: int) -> None:
        """Hide ways until a number can differ from the truth by an amount, and try each out."""
        guess = dict(self.numbers)
        for _one in range(amount):
            for at, step in (*self._cheapest_way(place, up, guess), (place, up)):
                guess[at] += step
                if not self._may_be(at, guess[at]):
                    self.hidden.add(at)

    def _cheapest_way(self, place: Place, up: int, guess: Mapping[Place, int]) -> Way:
        """Find what to move with a number so that every sum stays right, hiding the least."""
        last, first = _ends(place, up)
        orders, done = count(), set[Junction]()
        waiting: list[tuple[int, int, Junction, Way]] = [(0, next(orders), first, ())]
        while waiting:
            cost, _order, here, way = heappop(waiting)
            if here == last:
                return way
            if here in done:
                continue
            done.add(here)
            for step, there in self._pipes[here]:
                price = None if step[0] == place else self._price(step, guess)
                if price is not None and there not in done:
                    heappush(waiting, (cost + price, next(orders), there, (*way, step)))
        raise NothingLeftToHide

    def _price(self, step: Step, guess: Mapping[Place, int]) -> int | None:
        """Say what is lost by moving a number: nothing, or the number; None where it cannot."""
        place, up = step
        number = guess[place] + up
        if number < 0 or place in self.known:
            return None
        if self._may_be(place, number):
            return 0
        # A zero is hidden last: where everybody knows that there can be none, it hides nothing.
        return self.numbers[place] or self.numbers[None, None]

    def _may_be(self, place: Place, number: int) -> bool:
        """Say whether a reader holds this number possible, apart from sums."""
        if place in self.hidden:
            return True
        span = self.rounded.get(place)
        return span is not None and span.least <= number <= span.most


def _ends(place: Place, up: int) -> tuple[Junction, Junction]:
    """Give the junctions that a change of a number leads from and to; a total runs backwards."""
    row, column = place
    is_total = (row is None) != (column is None)
    ends = ("row", row), ("column", column)
    return ends if (up > 0) != is_total else (ends[1], ends[0])
