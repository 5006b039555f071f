"""Equality: the tally as tables with small numbers hidden, and what stands out in the work.

Both are of whole quarters that are over, so that no two tables overlap, and both are counts that
stay when records are disposed of. FOI X6.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Sum

from evenhand.rules.disparity import Assessed, By, Compared, Quarter, compared
from evenhand.rules.equality import (
    ANSWERS,
    NOBODY,
    NOT_KNOWN,
    SCHEDULE,
    TOO_FEW,
    Basis,
    Part,
    is_over,
)
from evenhand.rules.intervals import Interval, share
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.publishing import counts_nobody, publishable
from evenhand.rules.publishing_tables import WHOLE, About, Axis, Published, Table
from evenhand.store.day_counts import DayCountRow
from evenhand.store.equality import EqualityTallyRow
from evenhand.store.lawbook import schedules

ALL, NONE = "all", "none"
"""How all of it is counted, and the category of what has no expression that the law protects."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """The tally of one quarter on one basis, by group and part, as it may be shown.

    ``table``: None where ``says`` is in its place. ``coverage``: of so many, the share of whom a
    group is known; None where that would show too small a number.
    """

    basis: Basis
    table: Published | None
    coverage: Interval | None
    says: str


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is known of a quarter. ``is_kept``: whether this desk keeps a tally at all.

    ``is_over``: whether the counts of the quarter, if there were any, are erased by now.
    """

    quarter: Quarter
    is_kept: bool
    is_over: bool
    tallied: Sequence[Tallied]
    not_asked: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was assessed in a quarter, compared in every way.

    ``missing``: so many assessments of it were gone before they were counted.
    """

    quarter: Quarter
    assessed: int
    missing: int
    by: Mapping[By, Sequence[Compared]]


def monitoring(quarter: Quarter, *, today: date) -> Monitoring:
    """Give the tally of a quarter that is over, for everybody: only what may be published."""
    counts = _counts(quarter.start)
    return Monitoring(
        quarter=quarter,
        is_kept=settings.DESK.equality_tally,
        is_over=is_over(quarter, schedules()[SCHEDULE], today=today),
        tallied=[_tallied(basis, quarter, counts) for basis in (Basis.PERCEIVED, Basis.STATED)],
        not_asked=_not_asked(quarter, counts),
    )


def report(quarter: Quarter, *, officer: Officer) -> Report:
    """Compare what was assessed in a quarter by ground, platform, harm, expression and language."""
    check_may(officer, Permission.READ_DISPARITY)
    found = _assessed(quarter)
    of_all = found.get(ALL, {}).get("", Assessed(0, 0))
    by = {it: compared(found.get(it, {}), of_all) for it in By}
    return Report(quarter, of_all.number, _missing(quarter), by)


Counts = Mapping[tuple[Part, Basis, str], int]


def _counts(quarter: date) -> Counts:
    rows = EqualityTallyRow.objects.filter(quarter=quarter)
    return {(Part(it.part), Basis(it.basis), it.answer): it.number for it in rows}


def _tallied(basis: Basis, quarter: Quarter, counts: Counts) -> Tallied:
    groups, parts = tuple(ANSWERS[basis]), tuple(Part)
    table = Table(
        subject=f"equality_tally_{basis}",
        about=About.GROUPS,
        start=quarter.start,
        end=quarter.end,
        rows=Axis("group", groups),
        columns=Axis("part", tuple(str(it) for it in parts)),
        counts=tuple(tuple(counts.get((part, basis, it), 0) for part in parts) for it in groups),
    )
    shown = publishable(table, earlier=())
    if counts_nobody(table):
        return Tallied(basis, None, None, NOBODY)
    if set(shown.numbers.values()) == {None}:
        return Tallied(basis, None, None, TOO_FEW)
    return Tallied(basis, shown, _coverage(shown, NOT_KNOWN & set(groups)), shown.says)


def _not_asked(quarter: Quarter, counts: Counts) -> int | None:
    number = sum(n for (_part, basis, _group), n in counts.items() if basis is Basis.NOT_ASKED)
    table = Table(
        subject=f"equality_tally_{Basis.NOT_ASKED}",
        about=About.GROUPS,
        start=quarter.start,
        end=quarter.end,
        rows=WHOLE,
        counts=((number,),),
    )
    return publishable(table, earlier=()).numbers[frozenset()]


def _coverage(shown: Published, unknown: Collection[str]) -> Interval | None:
    """Work it out of what is shown alone: else it would tell a number that is hidden."""
    total = shown.numbers[frozenset()]
    not_known = [shown.numbers[frozenset({("group", it)})] for it in unknown]
    if total is None or None in not_known:
        return None
    return share(total - sum(it or 0 for it in not_known), total)


def _assessed(quarter: Quarter) -> Mapping[str, Mapping[str, Assessed]]:
    """Give what was assessed in a quarter: by each way to compare, and all of it."""
    found: dict[str, dict[str, Counter[bool]]] = {}
    for parts, number in _kept("assessed", quarter):
        way, category, is_sent = json.loads(parts)
        found.setdefault(way, {}).setdefault(category, Counter())[is_sent] += number
    return {
        way: {it: Assessed(n.total(), n[True]) for it, n in several.items() if n.total()}
        for way, several in found.items()
    }


def _missing(quarter: Quarter) -> int:
    return sum(number for _parts, number in _kept("assessed_missing", quarter))


def _kept(counted: str, quarter: Quarter) -> Iterable[tuple[str, int]]:
    rows = DayCountRow.objects.filter(counted=counted, day=quarter.start).values_list("parts")
    return rows.annotate(total=Sum("number")).order_by()
