"""Entries of the log told day by day, as the own page and the pages of oversight do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from django.utils import timezone

from evenhand.web import times


class Line(Protocol):
    """Something that happened at a moment."""

    @property
    def at(self) -> datetime:
        """Say when."""


ALine = TypeVar("ALine", bound=Line)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a page tells it; ``href`` leads to the referral it is about."""

    sentence: str
    reference: str
    href: str
    small: str


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, in the order of its entries."""

    title: str
    entries: list[Told] = field(default_factory=list)


def by_day(lines: Iterable[ALine], tell: Callable[[ALine], Told]) -> list[Day]:
    """Tell entries day by day, in the desk's own time."""
    found: dict[date, Day] = {}
    for line in lines:
        on = timezone.localdate(line.at)
        found.setdefault(on, Day(times.day(on))).entries.append(tell(line))
    return list(found.values())
