"""Scrutiny from outside as the register knew it at the end of any day, for everybody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.scrutiny import FOLLOWED, ScrutinyKind, Told
from evenhand.store.machinery import ReconciliationRow
from evenhand.store.scrutiny import ScrutinyNoneRow, ScrutinyRow, ScrutinyWordRow, numbered
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class ToldOfIt:
    """One addition: what it is, of which day, and its text."""

    what: Told
    day: date
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation, and what was done about it, the oldest first."""

    ref: UUID
    day: date
    text: str
    followed: Sequence[ToldOfIt]

    @property
    def standing(self) -> Told | None:
        """How it stands: what was said of it last; None where nothing was."""
        return self.followed[-1].what if self.followed else None


@dataclass(frozen=True, slots=True)
class ScrutinyInFull:
    """One look at the desk from outside, with what came of it. No officer is named."""

    number: int
    kind: ScrutinyKind
    body: str
    held_on: date
    scope: str
    recorded_at: datetime
    outcomes: Sequence[ToldOfIt]
    corrections: Sequence[ToldOfIt]
    recommendations: Sequence[Recommendation]


@dataclass(frozen=True, slots=True)
class Untrue:
    """That somebody said there was none of a kind by a day, and which entry shows otherwise."""

    kind: ScrutinyKind
    true_on: date
    said_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Comparisons:
    """How often casework was compared with the log, when last, and how many differed then.

    The desk compares them itself. What is older than a year is not counted any more.
    """

    times: int
    last_at: datetime | None
    differences: int


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register as at the end of a day.

    ``none``: of each kind without an entry, the last day on which somebody said that there was
    none; None where nobody did. ``untrue``: each time that was said, and was found untrue since.
    """

    as_at: date
    found: Sequence[ScrutinyInFull]
    none: Mapping[ScrutinyKind, date | None]
    untrue: Sequence[Untrue]
    comparisons: Comparisons


def as_at(day: date) -> Register:
    """Give the register as it stood at the end of a day: the same whenever it is asked."""
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    found = _found(until)
    held = {it.kind for it in found}
    return Register(
        as_at=day,
        found=found,
        none={kind: day for kind, day in _none(until).items() if kind not in held},
        untrue=list(_untrue(found, until)),
        comparisons=_comparisons(until),
    )


def one(number: int, *, officer: Officer) -> ScrutinyInFull:
    """Give one entry for those who add to it. Raises NotFound."""
    check_may(officer, Permission.READ_DOCUMENTS)
    row = numbered(number)
    return _full(row, list(ScrutinyWordRow.objects.filter(scrutiny=row).order_by("at", "id")))


def _found(until: datetime) -> list[ScrutinyInFull]:
    rows = ScrutinyRow.objects.filter(at__lt=until).select_related("key")
    said: dict[UUID, list[ScrutinyWordRow]] = defaultdict(list)
    for it in ScrutinyWordRow.objects.filter(at__lt=until).order_by("at", "id"):
        said[it.scrutiny_id].append(it)
    return [_full(row, said[row.id]) for row in rows.order_by("-held_on", "-number")]


def _full(row: ScrutinyRow, said: Sequence[ScrutinyWordRow]) -> ScrutinyInFull:
    key = open_record_key(row.key)
    told = [(it, ToldOfIt(Told(it.what), it.day, unsealed(it, key, "text"), it.at)) for it in said]

    def of(what: Told) -> list[ToldOfIt]:
        return [one for _row, one in told if one.what is what]

    return ScrutinyInFull(
        number=row.number,
        kind=ScrutinyKind(row.kind),
        body=unsealed(row, key, "body"),
        held_on=row.held_on,
        scope=unsealed(row, key, "scope"),
        recorded_at=row.at,
        outcomes=of(Told.OUTCOME),
        corrections=of(Told.CORRECTION),
        recommendations=[
            Recommendation(it.id, one.day, one.text, _followed(it.id, told))
            for it, one in told
            if one.what is Told.RECOMMENDATION
        ],
    )


def _followed(ref: UUID, told: Sequence[tuple[ScrutinyWordRow, ToldOfIt]]) -> list[ToldOfIt]:
    return [one for it, one in told if it.about_id == ref and one.what in FOLLOWED]


def _none(until: datetime) -> dict[ScrutinyKind, date | None]:
    rows = ScrutinyNoneRow.objects.filter(at__lt=until).values("kind")
    said = {it["kind"]: it["last"] for it in rows.annotate(last=Max("true_on"))}
    return {kind: said.get(kind) for kind in ScrutinyKind}


def _untrue(found: Sequence[ScrutinyInFull], until: datetime) -> Iterator[Untrue]:
    for said in ScrutinyNoneRow.objects.filter(at__lt=until).order_by("at", "id"):
        for it in found:
            if it.kind == said.kind and it.held_on <= said.true_on:
                yield Untrue(it.kind, said.true_on, said.at, it.number)


def _comparisons(until: datetime) -> Comparisons:
    rows = ReconciliationRow.objects.filter(failure="", ended_at__lt=until).order_by("-ended_at")
    last = rows.first()
    if last is None:
        return Comparisons(0, None, 0)
    return Comparisons(rows.count(), last.ended_at, last.found)
