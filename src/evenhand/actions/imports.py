"""Bringing an old system over: a file into quarantine, what it means, and its end. A31.

Nothing here makes a referral or a person. A record leaves quarantine alone (imports_passing.py).
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from evenhand.actions.entering import entered
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import check_may_add_people
from evenhand.rules.imports import LeftQuarantine, Standing, Tally, check_in_time
from evenhand.rules.imports_counts import tallies
from evenhand.rules.imports_mapping import FileMapping, as_toml, check_mapping
from evenhand.rules.imports_records import Record, SheetRecords
from evenhand.rules.imports_rows import read_records
from evenhand.rules.officers import WORKER, Acting, Permission, check_may
from evenhand.rules.retention_schedules import dates
from evenhand.rules.words import words
from evenhand.store.assurance import assured
from evenhand.store.imports import SCHEDULE, ImportedRow, ImportRunRow, ImportTallyRow, written
from evenhand.store.keys import RecordKeyRow
from evenhand.store.lawbook import schedules
from evenhand.store.people import tokens_of
from evenhand.store.sealing import new_record_key, new_record_keys, seal_into
from evenhand.store.writing import writing
from evenhand.transports.workbook import read_file

BATCH = 250
"""Records that are written or erased under one entry of the log."""
NOT_CONFIRMED = "not confirmed"
"""Under this name is counted what nobody had said the meaning of when its time was over."""


def bring(data: bytes, file: str, *, acting: Acting) -> UUID:
    """Read a file into quarantine and give the id of its run. The bytes themselves are not kept.

    Whatever is in it waits until somebody says what it means, and any column may name somebody. So
    it waits only where people may be on record. Raises NoAssessmentInForce, IcoNotHeard,
    NoPolicyInForce, FileUnreadable, FileTooBig.
    """
    _check_may_bring(acting)
    check_may_add_people(assured(), today=timezone.localdate(acting.at))
    return _taken_in(data, file, acting)


def _taken_in(data: bytes, file: str, acting: Acting) -> UUID:
    sheets = read_file(data, file)
    days = dates(schedules()[SCHEDULE], timezone.localdate(acting.at), child=False)
    run = ImportRunRow(
        id=uuid4(),
        brought_by_id=_officer(acting),
        brought_at=acting.at,
        start_on=days.start_on,
        review_on=days.review_on,
        max_on=days.max_on,
    )
    with writing() as pen:
        key = new_record_key(run.id)
        run.key_id = run.id
        seal_into(run, key, file=file, workbook=written(sheets))
        run.save(force_insert=True)
        pen.enter(_about(run.id, Act.IMPORT_BROUGHT, acting))
    return run.id


@transaction.atomic(savepoint=False)
def confirm(run: UUID, mapping: FileMapping, *, acting: Acting) -> list[SheetRecords]:
    """Take a mapping as right: make a record of each row that is one, and count them.

    Gives what was read. Raises MappingWrong, SystemUnnamed; NoAssessmentInForce, IcoNotHeard and
    NoPolicyInForce where columns about people would be taken over. They can be left out.
    """
    _check_may_bring(acting)
    row = ImportRunRow.objects.select_for_update(of=("self",)).one(run)
    if row.confirmed_at or row.ended_at:
        raise LeftQuarantine(
            words("Somebody said already what this file means."),
            do=words("Open its page to go on with its records."),
        )
    today = timezone.localdate(acting.at)
    check_in_time(row.max_on, today=today)
    sheets = row.sheets()
    check_mapping(mapping, sheets)
    if mapping.names_people:
        check_may_add_people(assured(), today=today)
    read = read_records(sheets, mapping, today=today)
    for place, sheet in enumerate(read):
        for start in range(0, len(sheet.records), BATCH):
            _keep(row, place, sheet, sheet.records[start : start + BATCH], acting)
    with writing() as pen:
        for system, counted in tallies(read).items():
            count(row, system, counted, acting=acting)
        row.workbook = None
        seal_into(row, row.own_key(), mapping=as_toml(mapping, sheets))
        row.confirmed_by_id, row.confirmed_at = _officer(acting), acting.at
        row.save()
        pen.enter(_about(run, Act.IMPORT_CONFIRMED, acting))
    return read


@transaction.atomic
def bring_as(data: bytes, file: str, mapping: FileMapping, *, acting: Acting) -> None:
    """Read a file and take a mapping of it as right in one: what is refused leaves nothing.

    What the mapping leaves out waits nowhere, so columns about content come over without the
    documents that people need. Raises FileUnreadable, FileTooBig and what ``confirm`` raises.
    """
    _check_may_bring(acting)
    confirm(_taken_in(data, file, acting), mapping, acting=acting)


def end_old(*, acting: Acting) -> int:
    """Erase what was not passed within 90 days, and count it; give how many records. D20."""
    today = timezone.localdate(acting.at)
    over = ImportRunRow.objects.filter(ended_at__isnull=True, max_on__lte=today).order_by("max_on")
    return sum(end(it, acting) for it in over.values_list("id", flat=True))


def count(run: ImportRunRow, system: str, counted: Mapping[Tally, int], *, acting: Acting) -> None:
    """Add to what is counted of an old system. Needs the pen."""
    day = timezone.localdate(acting.at)
    for what, number in counted.items():
        row, _made = ImportTallyRow.objects.get_or_create(
            run=run, day=day, system=system, what=what.value
        )
        ImportTallyRow.objects.filter(id=row.id).update(count=F("count") + number)


def _keep(
    run: ImportRunRow, place: int, sheet: SheetRecords, records: Sequence[Record], acting: Acting
) -> None:
    rows = [
        ImportedRow(
            run=run,
            system=sheet.mapping.system,
            sheet=place,
            number=it.row,
            lacks=[lack.value for lack in it.lacks],
            names_person=it.person is not None,
            tokens=tokens_of(it.person.name, it.person.birth_date) if it.person else [],
        )
        for it in records
    ]
    with writing() as pen:
        keys = new_record_keys([it.id for it in rows])
        for row, key, it in zip(rows, keys, records, strict=True):
            row.key_id = row.id
            seal_into(row, key, cells=json.dumps(it.values, ensure_ascii=False))
        ImportedRow.objects.bulk_create(rows)
        pen.enter(_about(run.id, Act.IMPORT_CONFIRMED, acting))


@transaction.atomic
def end(run: UUID, acting: Acting) -> int:
    """End the time of one file in quarantine: erase what is left, and count it. Raises NotFound."""
    row = ImportRunRow.objects.select_for_update(of=("self",)).one(run)
    erased = 0
    while batch := list(row.rows.order_by("sheet", "number")[:BATCH]):
        erased += _erase(row, batch, acting)
    with writing() as pen:
        if row.confirmed_at is None:
            erased = sum(len(it.rows) for it in row.sheets())
            # They came and went, so that what is counted in and out still adds up.
            counted = {Tally.READ: erased, Tally.ERASED: erased}
            count(row, NOT_CONFIRMED, counted, acting=acting)
        row.key = row.file = row.workbook = row.mapping = None
        row.ended_at = acting.at
        row.save()
        RecordKeyRow.objects.filter(id=run).delete()
        pen.enter(_about(run, Act.IMPORT_ERASED, acting))
    return erased


def _erase(run: ImportRunRow, rows: Sequence[ImportedRow], acting: Acting) -> int:
    """Delete records with their keys; count those that waited, and the people who still did."""
    left = Counter(it.system for it in rows if it.standing == Standing.WAITING)
    people = Counter(it.system for it in rows if it.standing == Standing.PASSED and it.key_id)
    with writing() as pen:
        for what, counted in ((Tally.ERASED, left), (Tally.PERSON_ERASED, people)):
            for system, number in counted.items():
                count(run, system, {what: number}, acting=acting)
        ImportedRow.objects.filter(id__in=[it.id for it in rows]).delete()
        RecordKeyRow.objects.filter(id__in=[it.key_id for it in rows if it.key_id]).delete()
        pen.enter(_about(run.id, Act.IMPORT_ERASED, acting))
    return left.total()


def _check_may_bring(acting: Acting) -> None:
    """Let the desk itself do it: whoever runs its commands has the file before them."""
    if acting.officer != WORKER:
        check_may(acting.officer, Permission.IMPORT)


def _officer(acting: Acting) -> UUID | None:
    return None if acting.officer == WORKER else acting.officer.ref


def _about(run: UUID, act: Act, acting: Acting) -> Entry:
    return entered(
        act,
        Permission.IMPORT,
        acting=acting,
        obj=run,
    )
