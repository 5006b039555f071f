"""Quarantine: what was brought over from old systems, sealed, and not yet the desk's.

A run is one file; it holds what was read until a person says what it means. Then each record is a
row, sealed whole under a key of its own. What leaves quarantine takes its key along. It is searched
for who asks about their own data, by a whole name with a birth date, and for nobody else.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from evenhand.rules.imports import Cell, Meaning, SheetRead, Standing
from evenhand.rules.people_finding import Key
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.fields import SealedField, TokensField
from evenhand.store.keys import RecordKeyRow
from evenhand.store.officers import OfficerRow
from evenhand.store.people import tokens_of
from evenhand.store.rows import Row
from evenhand.store.sealing import open_record_key, unsealed

SCHEDULE = "D20"
NOTHING_KEPT = Q(key__isnull=True, file__isnull=True, workbook__isnull=True, mapping__isnull=True)


class ImportRuns(models.QuerySet["ImportRunRow"]):
    """The files that were brought over."""

    def one(self, run: UUID) -> "ImportRunRow":
        """Give one run with its key. Raises NotFound."""
        found = self.select_related("key", "brought_by").filter(id=run).first()
        if found is None:
            raise _not_found()
        return found


class ImportRunRow(Row):
    """One file of an old system. Its key is destroyed when its time in quarantine is over."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    key = models.ForeignKey(RecordKeyRow, null=True, on_delete=models.PROTECT)
    brought_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    brought_at = models.DateTimeField()
    schedule = models.TextField(default=SCHEDULE)
    start_on = models.DateField()
    review_on = models.DateField()
    max_on = models.DateField()
    file = SealedField(null=True)
    workbook = SealedField(null=True)
    mapping = SealedField(null=True)
    confirmed_by = models.ForeignKey(
        OfficerRow, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportRuns.as_manager()

    class Meta:
        app_label = "store"
        db_table = "import_run"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(workbook__isnull=True),
                name="import_run_keeps_no_file_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(
                    key__isnull=True, file__isnull=True, workbook__isnull=True, mapping__isnull=True
                ),
                name="import_run_keeps_nothing_once_ended",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(key__isnull=False),
                name="import_run_has_a_key_until_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(schedule=SCHEDULE)
                & Q(review_on__gte=F("start_on"))
                & Q(max_on__gte=F("review_on")),
                name="import_run_is_on_the_schedule",
            ),
        ]
        indexes = [
            models.Index(
                fields=["max_on"], condition=Q(ended_at__isnull=True), name="import_run_to_end"
            )
        ]

    def sheets(self) -> list[SheetRead]:
        """Give what was read of the file, while nobody has said what it means."""
        kept = json.loads(unsealed(self, self.own_key(), "workbook") or "[]")
        return [
            SheetRead(name, {number: tuple(_cells(it)) for number, it in rows}, last, since_1904)
            for name, rows, last, since_1904 in kept
        ]

    def own_key(self) -> RecordKey:
        """Open the run's key, while the run lasts. Raises NotFound."""
        if self.key is None:
            raise _not_found()
        return open_record_key(self.key)

    def file_name(self) -> str:
        """Give the file's name, while the run lasts."""
        return unsealed(self, self.own_key(), "file") if self.key else ""


class ImportRows(models.QuerySet["ImportedRow"]):
    """The records in quarantine, and those that left it."""

    def one(self, row: UUID) -> "ImportedRow":
        """Give one record with its key and its run. Raises NotFound."""
        return self._one(self.select_related("key", "run", "run__key"), row)

    def locked(self, row: UUID) -> "ImportedRow":
        """Give one record, locked until the end of the act. Raises NotFound."""
        rows = self.select_related("key", "run", "run__key").select_for_update(of=("self",))
        return self._one(rows, row)

    def exactly(self, key: Key) -> "ImportRows":
        """Give those that name somebody by this name and birth date. Whoever asks takes few."""
        tokens = tokens_of(key.name, key.birth_date)
        return self.filter(tokens__overlap=tokens).order_by("id") if tokens else self.none()

    def number_without_key(self) -> int:
        """Count the records with words that no exact key finds: a number, and nobody's."""
        return self.filter(key__isnull=False, tokens=[]).count()

    def _one(self, rows: "ImportRows", row: UUID) -> "ImportedRow":
        found = rows.filter(id=row).first()
        if found is None:
            raise _not_found()
        return found


class ImportedRow(Row):
    """One record of an old system. ``became`` is the referral that it was passed as."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    run = models.ForeignKey(ImportRunRow, on_delete=models.PROTECT, related_name="rows")
    key = models.ForeignKey(RecordKeyRow, null=True, on_delete=models.PROTECT)
    system = models.TextField()
    sheet = models.SmallIntegerField()
    number = models.IntegerField()
    lacks = ArrayField(models.TextField(), default=list)
    names_person = models.BooleanField()
    tokens = TokensField()
    cells = SealedField(null=True)
    standing = models.TextField(default=Standing.WAITING.value)
    by = models.ForeignKey(OfficerRow, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    reason = SealedField(null=True)
    became = models.UUIDField(null=True)

    objects = ImportRows.as_manager()

    class Meta:
        app_label = "store"
        db_table = "import_row"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "sheet", "number"], name="import_row_of_a_sheet_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=Standing.WAITING.value,
                    by__isnull=True,
                    at__isnull=True,
                    reason__isnull=True,
                    became__isnull=True,
                    key__isnull=False,
                    cells__isnull=False,
                )
                | Q(
                    standing=Standing.PASSED.value,
                    by__isnull=False,
                    at__isnull=False,
                    became__isnull=False,
                )
                | Q(
                    standing=Standing.REJECTED.value,
                    by__isnull=False,
                    at__isnull=False,
                    reason__isnull=False,
                    became__isnull=True,
                    key__isnull=True,
                    cells__isnull=True,
                ),
                name="import_row_leaves_by_one_officer",
            ),
            models.CheckConstraint(
                condition=Q(key__isnull=True, cells__isnull=True)
                | Q(key__isnull=False, cells__isnull=False),
                name="import_row_words_have_a_key",
            ),
            models.CheckConstraint(
                condition=Q(key__isnull=False) | Q(tokens=[]),
                name="import_row_is_found_only_while_it_has_words",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "standing", "sheet", "number"], name="import_next"),
            GinIndex(fields=["tokens"], name="import_row_by_token", fastupdate=False),
        ]

    def values(self) -> Mapping[Meaning, str]:
        """Give what the old system says, while it is in quarantine."""
        if self.key is None:
            return {}
        kept = json.loads(unsealed(self, open_record_key(self.key), "cells"))
        return {Meaning(name): text for name, text in kept.items()}

    def drop_words(self) -> None:
        """Hold nothing any more of what the old system says, nor by which name it is found."""
        self.key = self.cells = None
        self.tokens = []


class ImportTallyRow(models.Model):
    """A count of an old system's records. It outlives them and says nothing of anybody."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    run = models.ForeignKey(ImportRunRow, on_delete=models.PROTECT)
    day = models.DateField()
    system = models.TextField()
    what = models.TextField()
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "store"
        db_table = "import_tally"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "day", "system", "what"], name="import_tally_one_row_a_day"
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="import_tally_counts"),
        ]


def written(sheets: Sequence[SheetRead]) -> str:
    """Write what was read of a file as one text, to be sealed."""
    return json.dumps(
        [
            [
                it.name,
                [[number, [_kept(cell) for cell in cells]] for number, cells in it.rows.items()],
                it.last,
                it.since_1904,
            ]
            for it in sheets
        ],
        ensure_ascii=False,
    )


def _kept(cell: Cell) -> object:
    match cell:
        case datetime():
            return ["moment", cell.isoformat()]
        case date():
            return ["day", cell.isoformat()]
        case _:
            return cell


def _cells(cells: Sequence[object]) -> list[Cell]:
    return [_cell(it) for it in cells]


def _cell(cell: object) -> Cell:
    match cell:
        case ["day", str(day)]:
            return date.fromisoformat(day)
        case ["moment", str(moment)]:
            return datetime.fromisoformat(moment)
        case bool() | float() | int() | str():
            return cell
        case _:
            return str(cell)


def _not_found() -> NotFound:
    return NotFound(
        words("There is no such record of an old system here, or not any more."),
        do=words("Open the list of old systems to see what is left."),
    )
