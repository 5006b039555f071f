"""What those who oversee the desk ask of the log: its state, looks by purpose, and attempts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from evenhand.queries import officers
from evenhand.queries.consultations import at_log
from evenhand.queries.history import act_of, disclosed
from evenhand.queries.referrals import PAGE
from evenhand.rules.officers import (
    PUBLIC,
    WORKER,
    Acting,
    Officer,
    OfficerRef,
    Permission,
    check_may,
)
from evenhand.rules.oversight import LogPurpose, check_may_read_who
from evenhand.store.log import EntryRow, OpeningRow, named
from evenhand.store.machinery import LooksOfDayRow, ReconciliationRow
from evenhand.store.people import PersonRow
from evenhand.store.reconciling import names_of
from evenhand.store.referrals import ReferralRow
from evenhand.store.sequencing import LogIndexRow

MOST_SHOWN = 25


@dataclass(frozen=True, slots=True)
class LastComparison:
    """When casework was last compared with the log, how much was read, and what differed.

    ``differences`` are the first of them: table, key and what. ``in_tree`` counts the entries of
    the published tree that were compared too, None where nothing was published yet.
    """

    ended_at: datetime
    entries: int
    rows: int
    changes: int
    found: int
    differences: Sequence[Mapping[str, str]]
    in_tree: int | None


@dataclass(frozen=True, slots=True)
class FailedComparison:
    """When casework was compared with the log, and by what kind of fault it was broken off."""

    ended_at: datetime
    failure: str


@dataclass(frozen=True, slots=True)
class LogState:
    """The newest entry, as the verifier names it, its moment, and the last comparison, if any.

    ``failed`` is one that was tried after it and failed. Of a desk without entries, it has no name.
    """

    newest: str
    newest_at: datetime | None
    last: LastComparison | None
    failed: FailedComparison | None


@dataclass(frozen=True, slots=True)
class LooksFor:
    """How often the desk looked for one purpose in a period, by everybody together."""

    why: str
    looks: int
    repeats: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as those who oversee see it. ``who`` and ``reference`` only for a purpose.

    ``name``: as the verifier names it.
    """

    number: int
    name: str
    act: str
    at: datetime
    why: str
    tried: str
    times: int
    role: str = ""
    outcome: str = ""
    who: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, newest first, and the number before which the next page starts."""

    lines: Sequence[LogLine]
    next: int | None


def newest_number() -> int:
    """Give the number of the newest entry; there are at most as many."""
    return EntryRow.objects.aggregate(newest=Max("number"))["newest"] or 0


def state(*, officer: Officer) -> LogState:
    """Say how the log stands."""
    check_may(officer, Permission.OVERSEE)
    newest = newest_number()
    opening = OpeningRow.objects.filter(entry=newest).first()
    at = _moment(opening.fields) if opening else None
    tried = ReconciliationRow.objects.order_by("-ended_at").first()
    failed = FailedComparison(tried.ended_at, tried.failure) if tried and tried.failure else None
    name = names_of({newest})[newest] if newest else ""
    return LogState(name, at, last_comparison(), failed)


def _moment(opening: str) -> datetime | None:
    """Give when an entry was made. Whoever alters the newest one must not take this page away."""
    try:
        return datetime.fromisoformat(str(disclosed(opening)["at"]))
    except (ValueError, TypeError, KeyError):
        return None


def last_comparison() -> LastComparison | None:
    """Give the last comparison of casework with the log that came to its end."""
    row = ReconciliationRow.objects.filter(failure="").order_by("-ended_at").first()
    if row is None:
        return None
    return LastComparison(
        row.ended_at,
        row.entries,
        row.rows,
        row.changes,
        row.found,
        row.differences[:MOST_SHOWN],
        row.in_tree,
    )


def looks(since: date, until: date, *, officer: Officer) -> list[LooksFor]:
    """Count the looks of a period by purpose, most first, as the last comparison counted them."""
    check_may(officer, Permission.OVERSEE)
    rows = LooksOfDayRow.objects.filter(day__range=(since, until)).values("why")
    totals = rows.annotate(looks=Sum("looks"), repeats=Sum("repeats")).order_by("-looks", "why")
    return [LooksFor(it["why"], it["looks"], it["repeats"]) for it in totals]


def attempts(*, before: int | None = None, officer: Officer) -> LogPage:
    """Give what was tried and refused, newest first. Nobody is named."""
    check_may(officer, Permission.OVERSEE)
    rows = _attempts(before)
    return _page(naming_nobody(rows))


def attempts_by_whom(purpose: str, *, before: int | None = None, acting: Acting) -> LogPage:
    """Give the same with who it was and on which record, and enter that somebody reads it."""
    why = check_may_read_who(acting.officer, purpose)
    rows = _attempts(before)
    return _page(naming(rows, why, acting=acting))


def naming(rows: Sequence[OpeningRow], why: LogPurpose, *, acting: Acting) -> list[LogLine]:
    """Read entries with who it was and on which record, and enter that somebody reads it."""
    read = [(it, disclosed(it.fields)) for it in rows]
    records = [it.entry.obj for it in rows if it.entry.obj]
    at_log(records, why, acting=acting)
    references = {
        ref: reference
        for rows_of_kind in (ReferralRow.objects, PersonRow.objects)
        for ref, reference in rows_of_kind.filter(id__in=records).values_list("id", "reference")
    }
    names = names_in([fields for _row, fields in read])
    return [line_of(it, fields, names, references) for it, fields in read]


def naming_nobody(rows: Sequence[OpeningRow]) -> list[LogLine]:
    """Read entries without who it was."""
    return [line_of(it, disclosed(it.fields), {}, {}) for it in rows]


def _attempts(before: int | None) -> list[OpeningRow]:
    numbers = _before(EntryRow.objects.of_attempts(), before)
    return openings(list(numbers.order_by("-number").values_list("number", flat=True)[: PAGE + 1]))


def openings(numbers: Sequence[int]) -> list[OpeningRow]:
    """Give these entries with what they say, newest first."""
    rows = list(OpeningRow.objects.select_related("entry").filter(entry__in=numbers))
    given = LogIndexRow.objects.filter(entry__in=numbers).values_list("entry", "index")
    indexes = dict(given)
    for row in rows:
        row.index = indexes.get(row.entry.number)
    return sorted(rows, key=lambda it: it.entry.number, reverse=True)


def _before(entries: QuerySet[EntryRow], before: int | None) -> QuerySet[EntryRow]:
    return entries if before is None else entries.filter(number__lt=before)


def _page(lines: list[LogLine]) -> LogPage:
    shown = lines[:PAGE]
    return LogPage(shown, shown[-1].number if len(lines) > PAGE else None)


def names_in(several: Sequence[Mapping[str, object]]) -> Mapping[OfficerRef, str]:
    """Give the names of those who acted: officers, the desk's own worker, and the public."""
    found = officers.names({UUID(str(it["who"])) for it in several})
    return {**found, WORKER.ref: WORKER.name, PUBLIC.ref: PUBLIC.name}


def line_of(
    row: OpeningRow,
    fields: Mapping[str, object],
    names: Mapping[OfficerRef, str],
    references: Mapping[UUID, str],
) -> LogLine:
    """Read an entry; it names somebody only where names are given."""
    times = fields.get("times")
    return LogLine(
        number=row.entry.number,
        name=named(row.entry.number, row.index),
        act=act_of(row.entry.leaf),
        at=datetime.fromisoformat(str(fields["at"])),
        why=str(fields.get("why", "")),
        tried=str(fields.get("tried", "")),
        times=times if isinstance(times, int) else 0,
        role=str(fields.get("role", "")),
        outcome=str(fields.get("outcome", "")),
        who=names.get(OfficerRef(UUID(str(fields["who"]))), ""),
        reference=references.get(row.entry.obj, "") if row.entry.obj else "",
    )
