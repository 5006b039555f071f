"""Charts as SVG on the server: bars with their numbers, readable in black and white and aloud.

A table with the same numbers always stands beside one. Lengths are hundredths of the width, so
that the text stays as large as the page's on a phone.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenhand.web.words import Words

LONGEST = 80
"""Hundredths of the width that the longest bar takes: its number stands after it."""
LABEL, BAR, GAP = 22, 18, 10
"""Heights of a line of text, of a bar, and of what is between two groups of bars."""
NARROW = 36
"""So many letters stand beside each other on the narrowest phone. SVG breaks no line by itself."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long and where, its number, and whether it is of the second series."""

    y: int
    width: float
    text: str
    is_second: bool

    @property
    def text_y(self) -> int:
        """Where its number stands."""
        return self.y + BAR - 4


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one category under its name, which may take several lines."""

    label: Sequence[tuple[int, str]]
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as its template draws it."""

    name: str
    title: Words
    about: str
    series: Sequence[Words]
    groups: Sequence[Group]
    height: int
    language: str = ""


def bars(
    name: str,
    title: Words,
    lines: Sequence[tuple[str, Sequence[int]]],
    *,
    series: Sequence[Words],
    language: str = "",
) -> Chart | None:
    """Make a chart of one or two series; None where there is nothing to draw. ``name`` is an id.

    ``language`` is that of its labels, where it may be another than the page’s.
    """
    most = max((number for _label, numbers in lines for number in numbers), default=0)
    if most == 0:
        return None
    groups, height = [], 0
    for label, numbers in lines:
        words = textwrap.wrap(label, NARROW)
        placed = [(height + (place + 1) * LABEL - 6, line) for place, line in enumerate(words)]
        height += len(words) * LABEL
        groups.append(Group(placed, list(_bars(height, numbers, most))))
        height += len(series) * BAR + GAP
    return Chart(name, title, _aloud(lines, series), series, groups, height, language)


def _bars(top: int, numbers: Sequence[int], most: int) -> Iterator[Bar]:
    for place, number in enumerate(numbers):
        width = round(LONGEST * number / most, 2)
        yield Bar(top + place * BAR, width, f"{number:,}", is_second=place == 1)


def _aloud(lines: Sequence[tuple[str, Sequence[int]]], series: Sequence[Words]) -> str:
    """Say every number of a chart in words."""
    return "; ".join(
        f"{label}: "
        + ", ".join(f"{name} {number:,}" for name, number in zip(series, numbers, strict=True))
        for label, numbers in lines
    )
