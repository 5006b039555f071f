"""What of old systems is in quarantine, one record at a time, and their counts for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from evenhand.queries import consultations
from evenhand.rules.assurance import check_people_open
from evenhand.rules.imports import Lack, Meaning, SheetRead, Standing, Tally
from evenhand.rules.imports_mapping import FileMapping, suggest
from evenhand.rules.officers import WORKER, Acting, Officer, Permission, check_may
from evenhand.rules.rights import RightsStanding
from evenhand.store.assurance import assured
from evenhand.store.imports import ImportedRow, ImportRunRow, ImportRuns, ImportTallyRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.rights import RightsSearchRow

MOST_RUNS = 100
PAGE = 50
WAITING = Q(standing=Standing.WAITING)
OPEN_REQUEST = Q(request__standing=RightsStanding.OPEN)
PERSON_WAITS = Q(standing=Standing.PASSED, key__isnull=False)


@dataclass(frozen=True, slots=True)
class Run:
    """One file of an old system, and how far its records are."""

    id: UUID
    file: str
    brought_by: str
    brought_at: datetime
    review_on: date
    erase_on: date
    is_confirmed: bool
    has_ended: bool
    waiting: int
    people: int


@dataclass(frozen=True, slots=True)
class Line:
    """One record as the page of its file names it, without a word of it."""

    id: UUID
    system: str
    row: int
    standing: Standing
    names_person: bool
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Records that wait, in the order of the file, and where the next ones begin."""

    items: Sequence[Line]
    next: str | None


@dataclass(frozen=True, slots=True)
class InQuarantine:
    """One record in full, once the look at it is in the log."""

    line: Line
    run: UUID
    values: Mapping[Meaning, str]
    became: str | None
    is_asked_about: bool


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What was read of a file of which nobody has said yet what it means."""

    run: Run
    sheets: Sequence[SheetRead]
    suggested: FileMapping


def runs(*, officer: Officer) -> Sequence[Run]:
    """List the files that were brought over, the newest first."""
    check_may(officer, Permission.IMPORT)
    return [_run(it) for it in _runs().order_by("-brought_at")[:MOST_RUNS]]


def run(which: UUID, *, officer: Officer) -> Run:
    """Give one file. Raises NotFound."""
    check_may(officer, Permission.IMPORT)
    return _run(_runs().one(which))


def to_confirm(which: UUID, *, acting: Acting) -> ToConfirm:
    """Give what was read of a file, once the look at it is in the log. Any column may name people.

    Raises NoAssessmentInForce, IcoNotHeard.
    """
    if acting.officer != WORKER:
        check_may(acting.officer, Permission.IMPORT)
    check_people_open(assured())
    row = _runs().one(which)
    consultations.at_imported(row.id, acting=acting)
    sheets = row.sheets()
    return ToConfirm(_run(row), sheets, suggest(sheets))


def waiting(which: UUID, cursor: str = "", *, officer: Officer) -> Lines:
    """Name a page of the records of a file that wait for an officer."""
    check_may(officer, Permission.IMPORT)
    rows = ImportedRow.objects.filter(WAITING | PERSON_WAITS, run=which)
    rows = rows.order_by("sheet", "number")
    if place := _place(cursor):
        rows = rows.filter(Q(sheet__gt=place[0]) | Q(sheet=place[0], number__gt=place[1]))
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Lines(
        [_line(it) for it in found[:PAGE]], f"{last.sheet}-{last.number}" if last else None
    )


def one(record: UUID, *, acting: Acting) -> InQuarantine:
    """Give one record, once the look at it is in the log. Raises NotFound."""
    check_may(acting.officer, Permission.IMPORT)
    row = ImportedRow.objects.one(record)
    consultations.at_imported(row.id, acting=acting)
    known = ReferralRow.objects.filter(id__in=[row.became] if row.became else [])
    became = known.values_list("reference", flat=True).first()
    asked = RightsSearchRow.objects.filter(OPEN_REQUEST, in_quarantine__contains=[row.id])
    return InQuarantine(_line(row), row.run_id, row.values(), became, asked.exists())


def by_system(*, officer: Officer) -> Mapping[str, Mapping[Tally, int]]:
    """Give the counts of every old system there ever was."""
    check_may(officer, Permission.LIST_REFERRALS)
    rows = ImportTallyRow.objects.values("system", "what").annotate(total=Sum("count"))
    found: dict[str, dict[Tally, int]] = {}
    for it in rows.order_by("system", "what"):
        found.setdefault(it["system"], {})[Tally(it["what"])] = it["total"]
    return found


def _runs() -> ImportRuns:
    return ImportRunRow.objects.select_related("key", "brought_by").annotate(
        waiting=Count("rows", filter=Q(rows__standing=Standing.WAITING)),
        people=Count("rows", filter=Q(rows__standing=Standing.PASSED, rows__key__isnull=False)),
    )


def _run(row: ImportRunRow) -> Run:
    counted = vars(row)
    return Run(
        id=row.id,
        file=row.file_name(),
        brought_by=row.brought_by.name if row.brought_by else "",
        brought_at=row.brought_at,
        review_on=row.review_on,
        erase_on=row.max_on,
        is_confirmed=row.confirmed_at is not None,
        has_ended=row.ended_at is not None,
        waiting=counted["waiting"],
        people=counted["people"],
    )


def _line(row: ImportedRow) -> Line:
    return Line(
        id=row.id,
        system=row.system,
        row=row.number,
        standing=Standing(row.standing),
        names_person=row.names_person and row.key_id is not None,
        lacks=tuple(Lack(it) for it in row.lacks),
    )


def _place(cursor: str) -> tuple[int, int] | None:
    sheet, dash, number = cursor.partition("-")
    parts = (sheet, number)
    are_numbers = dash and all(it.isascii() and it.isdigit() and len(it) < 9 for it in parts)
    return (int(sheet), int(number)) if are_numbers else None
