"""A reader of published tables who tries out every number that they may hide."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from evenhand.rules.publishing_tables import ROUNDED_TO, RULES, UNDIVIDED, Key, Published

HALF = ROUNDED_TO // 2
Reading = Mapping[Key, int]


def could_be(tables: Sequence[Published], key: Key, number: int, *, most: int) -> bool:
    """Say whether a hidden number may be this one, by all tables of its time together.

    ``most`` is the largest number that is tried for any category.
    """
    return any(True for _reading in readings(tables, {key: number}, most=most))


def readings(tables: Sequence[Published], known: Reading, *, most: int) -> Iterator[Reading]:
    """Give everything that tables of one time may count, all of them together."""
    if not tables:
        yield known
        return
    for numbers in _Sums(tables[0], known, most).fillings(0, {}):
        yield from readings(tables[1:], {**known, **numbers}, most=most)


class _Sums:
    """One table, filled number by number; every sum is tried as soon as it is whole."""

    def __init__(self, table: Published, known: Reading, most: int) -> None:
        rows, columns = (*table.axes, UNDIVIDED, UNDIVIDED)[:2]
        one_by_one = product(
            *([(axis.name, it) for it in axis.categories] for axis in (rows, columns))
        )
        self.cells = [frozenset(pair) - {("", "")} for pair in one_by_one]
        self.table, self.known, self.most = table, known, most
        self.last = {
            key: at for at, cell in enumerate(self.cells) for key in table.numbers if key <= cell
        }

    def fillings(self, at: int, sums: Reading) -> Iterator[Reading]:
        if at == len(self.cells):
            yield sums
            return
        for number in range(self.most + 1):
            more = {key: sums.get(key, 0) + number for key in self.last if key <= self.cells[at]}
            if all(self._may_be(key, it, whole=self.last[key] == at) for key, it in more.items()):
                yield from self.fillings(at + 1, {**sums, **more})

    def _may_be(self, key: Key, number: int, *, whole: bool) -> bool:
        if key in self.known and self.known[key] != number:
            return number < self.known[key] and not whole
        shown = self.table.numbers[key]
        if shown is None or shown == number:
            return True
        if not whole:
            return number <= shown + HALF
        least = RULES[self.table.about].least
        return self.table.rounded and number >= least and abs(shown - number) <= HALF
