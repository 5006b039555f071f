"""A program that reads a workbook from its input and writes every cell as JSON, a sheet a line.

It is run by workbook.py, by itself: with one gigabyte of memory and half a minute of computing, no
matter what the file is.
"""

import io
import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

MEMORY = 1024 * 1024 * 1024
SECONDS = 30
MOST_ROWS, MOST_COLUMNS = 20_000, 200
ZIP = b"PK\x03\x04"
WORKBOOK, RELATED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PASSWORD, UNREADABLE, TOO_MUCH = 3, 4, 5


def main() -> int:
    """Read, and say by the exit status what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        data = sys.stdin.buffer.read()
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        failed = _failed(data)
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                rows = list(_rows(workbook, sheet.name, failed.get(sheet.name, {})))
                sys.stdout.write(json.dumps([sheet.name, rows]) + "\n")
    except PasswordError:
        return PASSWORD
    except OverflowError:
        return TOO_MUCH
    except (CalamineError, ElementTree.ParseError, KeyError, MemoryError, ValueError):
        return UNREADABLE
    return 0


def _rows(
    workbook: CalamineWorkbook, name: str, failed: Mapping[tuple[int, int], str]
) -> Iterator[list[object]]:
    """Give the rows that are not blank, each with the spreadsheet's own number."""
    sheet = workbook.get_sheet_by_name(name)
    found = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        kept = [failed.get((number, at)) or _written(it) for at, it in enumerate(cells)]
        while kept and kept[-1] == "":
            kept.pop()
        if any(not isinstance(it, str) or it.strip() for it in kept):
            found += 1
            if found > MOST_ROWS or len(kept) > MOST_COLUMNS:
                raise OverflowError
            yield [number, kept]


def _failed(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Find the cells of an XLSX file whose formula failed: the library gives them as empty."""
    if not data.startswith(ZIP):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if WORKBOOK not in archive.namelist():
            return {}
        parts = {it.get("Id"): it.get("Target", "") for it in _read(archive, RELATED)}
        return {
            it.get("name", ""): _failed_in(archive, parts.get(it.get(RELATION), ""))
            for it in _read(archive, WORKBOOK).iter(f"{MAIN}sheet")
        }


def _read(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    # Whatever it makes of this, it has no more memory and time than this program.
    return ElementTree.fromstring(archive.read(part))  # noqa: S314


def _failed_in(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    path = part[1:] if part.startswith("/") else f"xl/{part}"
    if path not in archive.namelist():
        return {}
    if b't="e"' not in archive.read(path):
        return {}
    return {
        _place(it.get("r", "")): it.findtext(f"{MAIN}v") or "#N/A"
        for it in _read(archive, path).iter(f"{MAIN}c")
        if it.get("t") == "e"
    }


def _place(reference: str) -> tuple[int, int]:
    """Read B7 as row 7 and column 1, counted from 0."""
    letters = reference.rstrip("0123456789")
    column = 0
    for it in letters:
        column = column * 26 + ord(it) - ord("A") + 1
    return int(reference[len(letters) :]), column - 1


def _written(cell: object) -> object:
    match cell:
        case datetime():
            return ["moment", cell.isoformat()]
        case date():
            return ["day", cell.isoformat()]
        case bool() | float() | str():
            return cell
        case _:
            return str(cell)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BaseException as error:
        # The library ends what it cannot do with an error that is no Exception.
        if isinstance(error, SystemExit):
            raise
        os._exit(UNREADABLE)
