"""Reads CSV as spreadsheets write it: any of their encodings, separators and line ends.

The encoding is told by these rules, in this order: a byte-order mark says it; where every second
byte of the beginning is zero it is UTF-16; what is whole as UTF-8 is UTF-8; all else is
Windows-1252, with the five bytes that it does not know read as Latin-1 does.

The separator is the one of comma, semicolon and tab that gives most rows the same number of
columns, more than one; the comma if none does.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import category

from evenhand.rules.imports import SheetRead, check_shape, unreadable
from evenhand.rules.words import words

SEPARATORS = (",", ";", "\t")
LOOKED_AT = 200
"""Rows by which the separator is told."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BEGINNING = 1_000
NOT_A_SIGN = "\N{REPLACEMENT CHARACTER}"
MOST_IN_A_CELL = 1_000_000


def read_csv(data: bytes, name: str) -> SheetRead:
    """Read a CSV file as one sheet. Raises FileUnreadable, FileTooBig."""
    text = decoded(data).replace("\0", NOT_A_SIGN)
    check_is_text(text)
    csv.field_size_limit(MOST_IN_A_CELL)
    try:
        parsed = list(_parsed(text, separator_of(text)))
    except csv.Error as error:
        raise unreadable(
            words("This is not a CSV file that can be read to its end: {why}."),
            words("Save it again from the spreadsheet as “CSV UTF-8”."),
            why=str(error),
        ) from None
    rows = {
        number: tuple(cells)
        for number, cells in enumerate(parsed, 1)
        if any(it.strip() for it in cells)
    }
    sheet = SheetRead(name, rows, len(parsed))
    check_shape(sheet.last, sheet.width, 1)
    return sheet


def check_is_text(text: str) -> None:
    """Refuse a picture, a document or a program that is called a table."""
    beginning = text[:BEGINNING]
    signs = sum(
        it == NOT_A_SIGN or (category(it) == "Cc" and it not in "\t\r\n") for it in beginning
    )
    if beginning.lstrip().startswith(("%PDF", "<", "{\\rtf")) or 10 * signs > len(beginning):
        raise unreadable(
            words("This file is no table."),
            words("Open it in a spreadsheet program and save it as XLSX, ODS or CSV UTF-8."),
        )


def decoded(data: bytes) -> str:
    """Turn bytes into text by the rules of this page; no byte is lost."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_second = data[first:BEGINNING:2]
        if len(data) > 1 and not every_second.strip(b"\0"):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(_windows_sign, data))


def separator_of(text: str) -> str:
    """Say which sign separates the columns."""
    return max(SEPARATORS, key=lambda it: _agreement(text, it))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    """Say how many rows agree on how many columns; a draw is the comma's, which comes first."""
    try:
        rows = _first_rows(text, separator)
    except csv.Error:
        return 0, 0
    counts = Counter(len(it) for it in rows if len(it) > 1)
    columns, agreeing = max(counts.items(), key=lambda it: (it[1], it[0]), default=(0, 0))
    return agreeing, columns


def _first_rows(text: str, separator: str) -> Sequence[list[str]]:
    rows = []
    for cells in _parsed(text, separator):
        rows.append(cells)
        if len(rows) == LOOKED_AT:
            break
    return rows


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _windows_sign(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
