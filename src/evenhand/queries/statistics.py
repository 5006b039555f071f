"""What the desk did, for everybody: from the counts that are kept as it happens, never from rows.

So a page costs by the months that it is about, however many referrals there are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from evenhand.rules.counting import Counted
from evenhand.rules.publishing_tables import Published
from evenhand.rules.statistics import SHOWN, Numbers, Quarter, Work, months_of
from evenhand.store import counted as stored
from evenhand.store import people_series, sequencing


@dataclass(frozen=True, slots=True)
class Head:
    """How far the log was signed when numbers were given. ``size`` 0: nothing is signed yet."""

    size: int
    root: str


def of_year(year: int, *, today: date) -> Work:
    """Give the work of the months of a year that have begun. Raises NoSuchYear."""
    return stored.of_months(months_of(year, today=today), today=today)


def years() -> Mapping[int, Numbers]:
    """Give each number for each year in which anything was counted, the last year first."""
    found: dict[int, Counter[Counted]] = {}
    for rows, _parts in stored.KEPT:
        counted = rows.objects.filter(counted__in=SHOWN).annotate(year=ExtractYear("month"))
        lines = counted.values_list("year", "counted").annotate(total=Sum("number"))
        for year, what, number in lines.order_by():
            found.setdefault(year, Counter())[Counted(what)] += number
    return {year: {it: found[year][it] for it in SHOWN} for year in sorted(found, reverse=True)}


def people() -> Mapping[Quarter, tuple[Published, Published]]:
    """Give the people on record, and those disposed of, for the quarters that are settled."""
    return people_series.people()


def log_head() -> Head:
    """Say how far the log is signed."""
    return Head(*sequencing.signed_up_to())
