"""Breaches for those who keep them and who oversee: a list, one in full, what is urgent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from evenhand.queries.referrals import PAGE
from evenhand.rules.breaches import (
    TOLD,
    Breach,
    BreachKind,
    Content,
    Group,
    Noted,
    ToTell,
    Urgency,
    Whom,
    urgency,
)
from evenhand.rules.clocks_law import hours_after
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Officer, Permission, check_may, may
from evenhand.seal.record import RecordKey
from evenhand.store.breaches import (
    TO_PEOPLE,
    BreachGroupRow,
    BreachNoteRow,
    BreachPhaseRow,
    BreachRow,
    numbered,
)
from evenhand.store.lawbook import clocks
from evenhand.store.sealing import open_record_key, unsealed


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One breach as a list names it, without a word of what happened."""

    number: int
    kinds: Sequence[BreachKind]
    fact: Breach
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class BreachPage:
    """Breaches, the newest first, and the number before which the next page begins."""

    lines: Sequence[BreachLine]
    next: int | None


@dataclass(frozen=True, slots=True)
class NotedOfIt:
    """One addition to the record."""

    what: Noted
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Phase:
    """What the Commissioner was told at one time."""

    told_at: datetime
    contents: Mapping[Content, str]
    by: str


@dataclass(frozen=True, slots=True)
class GroupInFull:
    """A group of people: what was settled, by when they are told, and what they were told."""

    ref: UUID
    fact: Group
    due_at: datetime
    by: str
    told_on: date | None
    contents: Mapping[Content, str]

    @property
    def is_owed(self) -> bool:
        """Say whether they are still to be told."""
        return self.fact.to_tell in TOLD and self.told_on is None


@dataclass(frozen=True, slots=True)
class BreachInFull(BreachLine):
    """One breach with everything that is recorded of it."""

    package: str
    opened_by: str
    opened_at: datetime
    late_because: str
    not_told_because: str
    not_told_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None
    notes: Sequence[NotedOfIt]
    phases: Sequence[Phase]
    groups: Sequence[GroupInFull]


def breaches(before: int | None = None, *, now: datetime, officer: Officer) -> BreachPage:
    """List every breach, the newest first, a page at a time."""
    check_may(officer, Permission.READ_BREACHES)
    rows = _rows().order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = [_line(it, now) for it in rows[: PAGE + 1]]
    following = found[PAGE - 1].number if len(found) > PAGE else None
    return BreachPage(found[:PAGE], following)


def waiting(*, now: datetime, officer: Officer) -> list[BreachLine]:
    """Give the open breaches for the first page of those who keep them, the oldest first."""
    if not may(officer, Permission.KEEP_BREACHES):
        return []
    rows = _rows().filter(closed_at__isnull=True).order_by("aware_at", "number")
    return [_line(it, now) for it in rows[:PAGE]]


def one(number: int, *, now: datetime, officer: Officer) -> BreachInFull:
    """Give one breach in full. Raises NotFound."""
    check_may(officer, Permission.READ_BREACHES)
    row = numbered(number)
    key = open_record_key(row.key) if row.key else None
    brief = _line(row, now)
    return BreachInFull(
        number=brief.number,
        kinds=brief.kinds,
        fact=brief.fact,
        urgency=brief.urgency,
        package=row.package or "",
        opened_by=row.opened_by.name,
        opened_at=row.opened_at,
        late_because=_words(row, key, "late_because"),
        not_told_because=_words(row, key, "not_told_because"),
        not_told_at=row.not_told_at,
        closed_at=row.closed_at,
        erased_at=row.erased_at,
        notes=[
            NotedOfIt(Noted(it.what), _words(it, key, "text"), it.by.name, it.at)
            for it in row.notes.select_related("by").order_by("at", "id")
        ],
        phases=[
            Phase(it.told_at, _contents(it, key), it.by.name)
            for it in row.phases.select_related("by").order_by("told_at", "id")
        ],
        groups=[_group(it, key) for it in row.groups.select_related("by").order_by("at", "id")],
    )


def _rows() -> QuerySet[BreachRow]:
    return BreachRow.objects.prefetch_related("groups", "notes")


def _line(row: BreachRow, now: datetime) -> BreachLine:
    fact = row.as_fact()
    return BreachLine(row.number, list(map(BreachKind, row.kinds)), fact, urgency(fact, now=now))


def _group(row: BreachGroupRow, key: RecordKey | None) -> GroupInFull:
    fact = Group(
        whom=Whom(row.whom),
        about=row.about,
        under_18=row.under_18,
        to_tell=ToTell(row.to_tell),
        reasons=_words(row, key, "reasons"),
        ground=RestrictionGround(row.ground) if row.ground else None,
    )
    due_at = hours_after(clocks().rows[TO_PEOPLE], row.at)
    return GroupInFull(row.id, fact, due_at, row.by.name, row.told_on, _contents(row, key))


def _contents(row: BreachPhaseRow | BreachGroupRow, key: RecordKey | None) -> Mapping[Content, str]:
    return {it: _words(row, key, it) for it in Content if getattr(row, it) is not None}


def _words(
    row: BreachRow | BreachNoteRow | BreachPhaseRow | BreachGroupRow,
    key: RecordKey | None,
    column: str,
) -> str:
    """Give words in the clear; none where there are none, or they were erased."""
    return unsealed(row, key, column) if key and getattr(row, column) is not None else ""
