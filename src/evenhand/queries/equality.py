"""Equality: the tally as tables with small numbers hidden, and what stands out in the work.

Both are of whole quarters that are over, so that no two tables overlap. The tally of a quarter
stays as it is; the comparison is of assessments that are still on record, and changes as those are
disposed of. FOI X6.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from evenhand.rules.disparity import Assessed, By, Compared, Quarter, compared
from evenhand.rules.equality import ANSWERS, NOT_KNOWN, Basis, Part
from evenhand.rules.intervals import Interval, share
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.publishing import publishable
from evenhand.rules.publishing_tables import RULES, About, Axis, Published, Table
from evenhand.store.casework import AssessmentRow
from evenhand.store.equality import EqualityTallyRow

LEAST = RULES[About.GROUPS].least
NONE = "none"
"""The category of what has no expression that the law protects."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """The tally of one quarter on one basis, by group and part, as it may be shown.

    ``coverage``: of so many, the share of whom a group is known; None where that would show too
    small a number.
    """

    basis: Basis
    table: Published
    coverage: Interval | None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What is known of a quarter. ``is_kept``: whether this desk keeps a tally at all."""

    quarter: Quarter
    is_kept: bool
    tallied: Sequence[Tallied]
    not_asked: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was assessed in a quarter and is still on record, compared in every way."""

    quarter: Quarter
    assessed: int
    by: Mapping[By, Sequence[Compared]]


def monitoring(quarter: Quarter) -> Monitoring:
    """Give the tally of a quarter that is over, for everybody: only what may be published."""
    counts = _counts(quarter.start)
    not_asked = sum(n for (_part, basis, _group), n in counts.items() if basis is Basis.NOT_ASKED)
    return Monitoring(
        quarter=quarter,
        is_kept=settings.DESK.equality_tally,
        tallied=[_tallied(basis, quarter, counts) for basis in (Basis.PERCEIVED, Basis.STATED)],
        not_asked=not_asked if not_asked >= LEAST else None,
    )


def report(quarter: Quarter, *, officer: Officer) -> Report:
    """Compare what was assessed in a quarter by ground, platform, harm, expression and language."""
    check_may(officer, Permission.READ_DISPARITY)
    found = _assessed(quarter)
    return Report(quarter, len(found), {by: compared(by, found) for by in By})


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
    return Tallied(basis, shown, _coverage(shown, NOT_KNOWN & set(groups)))


def _coverage(shown: Published, unknown: Collection[str]) -> Interval | None:
    """Work it out of what is shown alone: else it would tell a number that is hidden."""
    total = shown.numbers[frozenset()]
    not_known = [shown.numbers[frozenset({("group", it)})] for it in unknown]
    if total is None or None in not_known:
        return None
    return share(total - sum(it or 0 for it in not_known), total)


def _assessed(quarter: Quarter) -> list[Assessed]:
    """Give the last assessment of each referral that was assessed in a quarter."""
    rows = AssessmentRow.objects.filter(at__gte=_moment(quarter.start), at__lt=_moment(quarter.end))
    rows = rows.select_related("referral")
    last = {it.referral_id: it for it in rows.order_by("at", "number")}
    return [_one(it) for it in last.values()]


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _one(row: AssessmentRow) -> Assessed:
    referral = row.referral
    return Assessed(
        {
            By.GROUND: frozenset({row.ground}),
            By.PLATFORM: frozenset({referral.platform}),
            By.HARM: frozenset({row.harm}),
            By.EXPRESSION: frozenset(row.expression) or frozenset({NONE}),
            By.LANGUAGE: frozenset({referral.language}),
        },
        referral.sent_at is not None,
    )
