"""Reads the file of an old system into sheets of cells: XLSX, XLS, ODS or CSV.

Nothing is written anywhere. A workbook is opened by a program of its own (workbook_cells.py) with
little memory and time, so that a file made to break its reader breaks nothing else.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from evenhand.rules.imports import Cell, SheetRead, check_shape, check_size, unreadable
from evenhand.rules.imports_csv import read_csv
from evenhand.rules.words import words

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED = 250 * 1024 * 1024
MOST_PARTS = 2_000
SECONDS = 60
READER = Path(__file__).with_name("workbook_cells.py")
SINCE_1904 = re.compile(rb'<(?:\w+:)?workbookPr[^>]*\bdate1904="(?:1|true)"')

PASSWORD, UNREADABLE, TOO_MUCH = 3, 4, 5
"""How the reader ends where it does not give every cell."""


def read_file(data: bytes, name: str) -> list[SheetRead]:
    """Read a file into its sheets; one of CSV is called by the file's name.

    Raises FileUnreadable, FileTooBig.
    """
    check_size(len(data))
    if data.startswith(ZIP):
        return _workbook(data, since_1904=_check_parts(data))
    if data.startswith(OLE):
        return _workbook(data, since_1904=False)
    return [read_csv(data, Path(name).stem)]


def _check_parts(data: bytes) -> bool:
    """Refuse what unpacks to far more than it says; say whether days are counted from 1904."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(it.file_size for it in parts)
            if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
                check_size(size)
                raise _broken()
            names = archive.namelist()
            about = archive.read("xl/workbook.xml") if "xl/workbook.xml" in names else b""
            return SINCE_1904.search(about) is not None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken() from error


def _workbook(data: bytes, *, since_1904: bool) -> list[SheetRead]:
    try:
        done = subprocess.run(  # noqa: S603 - a program of this house, without a shell
            [sys.executable, "-I", str(READER)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _broken() from error
    if done.returncode == PASSWORD:
        raise unreadable(
            words("This file has a password."),
            words("Open it, save a copy without a password, and bring that over."),
        )
    if done.returncode == TOO_MUCH:
        check_shape(sys.maxsize, 0, 0)
    if done.returncode:
        raise _broken()
    sheets = [_sheet(line, since_1904=since_1904) for line in done.stdout.splitlines()]
    check_shape(sum(len(it.rows) for it in sheets), 0, len(sheets))
    return sheets


def _sheet(line: bytes, *, since_1904: bool) -> SheetRead:
    name, numbered = json.loads(line)
    rows = {number: tuple(_cells(cells)) for number, cells in numbered}
    return SheetRead(name, rows, max(rows, default=0), since_1904)


def _cells(cells: list[object]) -> Iterator[Cell]:
    for cell in cells:
        match cell:
            case ["day", str(day)]:
                yield date.fromisoformat(day)
            case ["moment", str(moment)]:
                yield datetime.fromisoformat(moment)
            case bool() | float() | str():
                yield cell
            case _:
                yield str(cell)


def _broken() -> Exception:
    return unreadable(
        words("This file cannot be read as a table."),
        words("Open it in a spreadsheet program and save it as XLSX, ODS or CSV UTF-8."),
    )
