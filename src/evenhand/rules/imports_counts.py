"""Counts of an old system's records, of each system and of the whole file."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from evenhand.rules.imports import OutcomeSaid, RoleSaid, Tally
from evenhand.rules.imports_records import Record, SheetRecords


def tallies(read: Sequence[SheetRecords]) -> dict[str, Counter[Tally]]:
    """Count the records of each old system, however many sheets it has."""
    counted: dict[str, Counter[Tally]] = {}
    unique: dict[str, set[tuple[str, date]]] = {}
    contents: dict[str, set[str]] = {}
    for sheet in read:
        system = sheet.mapping.system
        if not sheet.mapping.is_taken:
            continue
        count = counted.setdefault(system, Counter())
        count[Tally.SKIPPED] += len(sheet.skipped)
        for it in sheet.records:
            count.update(_tallied(it))
            unique.setdefault(system, set()).update(_exact(it))
            contents.setdefault(system, set()).update([it.content] if it.content else [])
    for system, count in counted.items():
        count[Tally.UNIQUE] = len(unique.get(system, ()))
        count[Tally.CONTENTS] = len(contents.get(system, ()))
    return counted


def unique_people(read: Sequence[SheetRecords]) -> int:
    """Count people with a birth date once, in whatever systems they are."""
    return len({key for sheet in read for it in sheet.records for key in _exact(it)})


def unique_contents(read: Sequence[SheetRecords]) -> int:
    """Count contents once, however often and in whatever spelling they were logged."""
    return len({it.content for sheet in read for it in sheet.records if it.content})


def _exact(record: Record) -> list[tuple[str, date]]:
    return [record.person.exact] if record.person and record.person.exact else []


def _tallied(record: Record) -> Iterator[Tally]:
    yield Tally.READ
    yield Tally(f"outcome_{record.outcome}")
    if record.person is None:
        yield Tally.NO_PERSON
        return
    yield Tally.WITH_BIRTH_DATE if record.person.birth_date else Tally.NAME_ONLY
    yield Tally(f"role_{record.person.role}")


def document(read: Sequence[SheetRecords]) -> dict[str, object]:
    """Give what was read as the document that ``evenhand import --json`` prints."""
    total = sum(tallies(read).values(), Counter[Tally]())
    return {
        "records": total[Tally.READ],
        "contents": unique_contents(read),
        "sheets": [_sheet(it) for it in read],
        "people": {
            "with_birth_date": total[Tally.WITH_BIRTH_DATE],
            "name_only": total[Tally.NAME_ONLY],
            "none": total[Tally.NO_PERSON],
            "unique_with_birth_date": unique_people(read),
        },
        "roles": {it.value: total[Tally(f"role_{it}")] for it in RoleSaid},
        "outcomes": {it.value: total[Tally(f"outcome_{it}")] for it in OutcomeSaid},
        "unreadable": [
            {
                "sheet": it.sheet,
                "row": it.row,
                "column": it.column,
                "value": it.value,
                "reason": it.reason,
            }
            for sheet in read
            for it in sheet.unreadable
        ],
    }


def _sheet(read: SheetRecords) -> Mapping[str, object]:
    return {
        "sheet": read.mapping.sheet,
        "system": read.mapping.system or None,
        "header_row": read.mapping.header_row,
        "columns": {meaning.value: heading for meaning, heading in read.columns.items()},
        "rows_read": len(read.records),
        "rows_skipped": [{"row": it.row, "reason": it.reason} for it in read.skipped],
    }
