"""Files as old systems left them: what nobody here wrote, and what was made to do harm."""

import csv
import io
import struct
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from evenhand.queries.imports_reading import preview
from evenhand.rules.imports import FileTooBig, FileUnreadable, SheetRead
from evenhand.rules.imports_counts import document
from evenhand.transports import workbook
from evenhand.transports.workbook import read_file
from tests.workbooks import Rows, ods, xlsx, zipped

DATA = Path(__file__).parent.parent / "data"
TABLES = DATA / "tables"
TODAY = date(2026, 11, 29)
INDEX = list(csv.DictReader((TABLES / "INDEX.csv").read_text("utf-8").splitlines()))
OLD: Mapping[str, Rows] = {
    "Old": [[], ["", "Our list"], ["Name", "DOB"], ["Zoë", date(1990, 2, 3)], [], ["Bo", 12.5]],
    "Lists": [["a"], [True]],
}


def accounted_for(sheet: object) -> int:
    """Count the rows of a sheet that the document tells of, blank ones aside."""
    assert isinstance(sheet, dict)
    other = [it for it in sheet["rows_skipped"] if it["reason"] != "blank"]
    return int(sheet["rows_read"]) + len(other) + (sheet["header_row"] is not None)


@pytest.mark.parametrize("file", [it["file"] for it in INDEX])
def test_of_every_messy_file_each_row_is_a_record_or_said_to_be_none(file: str) -> None:
    [line] = [it for it in INDEX if it["file"] == file]
    found = document(preview((TABLES / file).read_bytes(), file, today=TODAY).read)
    sheets = found["sheets"]
    assert isinstance(sheets, list)
    # Of a workbook, the index counts the rows of the first sheet.
    assert accounted_for(sheets[0]) == int(line["nonblank_rows_incl_header"])


def test_every_sheet_of_a_workbook_is_read() -> None:
    found = preview((TABLES / "ck_sheets.xlsx").read_bytes(), "ck_sheets.xlsx", today=TODAY)
    assert [(it.name, len(it.rows)) for it in found.sheets] == [
        ("not this one", 0), ("data", 6), ("ʤ", 2)
    ]  # fmt: skip


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_has_the_rows_and_days_that_were_written(write: object) -> None:
    assert callable(write)
    old, lists = read_file(write(OLD), "old")
    assert old.rows == {
        2: ("", "Our list"), 3: ("Name", "DOB"), 4: ("Zoë", date(1990, 2, 3)), 6: ("Bo", 12.5)
    }  # fmt: skip
    assert lists == SheetRead("Lists", {1: ("a",), 2: (True,)}, 2)


def test_a_formula_that_failed_is_named_and_not_taken_as_empty() -> None:
    rows: Rows = [["Name", "DOB"], ["Ann", "#REF!"], ["#N/A", date(1990, 2, 3)]]
    [found] = preview(xlsx({"Old": rows}), "old.xlsx", today=TODAY).read
    assert [(it.row, it.column, it.value) for it in found.unreadable] == [
        (2, "DOB", "#REF!"), (3, "Name", "#N/A")
    ]  # fmt: skip


def test_a_workbook_that_counts_from_1904_says_so_and_gives_the_same_days() -> None:
    old, _lists = read_file(xlsx(OLD, since_1904=True), "old.xlsx")
    assert old.since_1904
    assert old.rows[4] == ("Zoë", date(1990, 2, 3))


def test_xls_is_read_in_both_date_systems() -> None:
    plain, since_1904 = (
        preview((DATA / name).read_bytes(), name, today=TODAY).read[0]
        for name in ("old_system.xls", "old_system_1904.xls")
    )
    assert plain.records == since_1904.records
    assert [it.logged_on for it in plain.records] == [date(2019, 4, 3), date(2019, 4, 4)]
    person = plain.records[0].person
    assert person is not None
    assert (person.name, person.birth_date) == ("Zoë Quill", date(1991, 6, 5))
    assert [(it.row, it.reason) for it in plain.skipped][-1] == (7, "total")


def names() -> list[str]:
    """Join the parts of each name that somebody wrote down, in many scripts."""
    with (DATA / "person_names.csv").open(encoding="utf-8") as file:
        parts = [list(it.values())[2:] for it in csv.DictReader(file)]
    return [" ".join(part for part in it if part) for it in parts]


def as_csv(rows: Rows, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_name_comes_back_as_it_was_in_any_script(
    kind: str, form: Literal["NFC", "NFD"]
) -> None:
    rows = [["Name"], *([unicodedata.normalize(form, it)] for it in names())]
    writers = {"xlsx": xlsx, "ods": ods}
    data = writers[kind]({"Old": rows}) if kind in writers else as_csv(rows, kind)
    found = preview(data, f"old.{kind}", today=TODAY).read[0]
    read = [it.person.name for it in found.records if it.person]
    assert read == [unicodedata.normalize("NFC", it) for it in names()]
    assert len(read) == 387


def bomb() -> bytes:
    """A few kilobytes that say they are a gigabyte."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_000)
    return made.getvalue().replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10**9))


def lying_bomb() -> bytes:
    """A sheet whose own text is far larger than the table of contents says."""
    plain = xlsx({"Old": [["x"]]})
    source = zipfile.ZipFile(io.BytesIO(plain))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 90_000))
    files = {it: source.read(it) for it in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = files[name].replace(b"<sheetData>", b"<sheetData>" + rows)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for it, data in files.items():
            archive.writestr(it, data)
    size = struct.pack("<L", len(files[name]))
    return made.getvalue().replace(size, struct.pack("<L", 100))


HOSTILE = {
    "a bomb": bomb(),
    "a bomb that lies": lying_bomb(),
    "half a zip": xlsx(OLD)[:900],
    "a zip of nothing": zipped({}),
    "another zip": zipped({"word/document.xml": "<w/>"}),
    "entities in entities": zipped(
        {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'}
    ),
    "half an XLS": (DATA / "old_system.xls").read_bytes()[:700],
    "an OLE head alone": workbook.OLE + bytes(2_000),
    "a PDF": b"%PDF-1.7\n1 0 obj",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(what: str) -> None:
    with pytest.raises((FileUnreadable, FileTooBig)) as refused:
        read_file(HOSTILE[what], "old.xlsx")
    assert refused.value.do


def test_a_cell_at_the_far_end_of_a_sheet_takes_no_more_than_is_given() -> None:
    plain = xlsx({"Old": [["Name"], ["Ann"]]})
    source = zipfile.ZipFile(io.BytesIO(plain))
    files = {it: source.read(it).decode() for it in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises((FileUnreadable, FileTooBig)):
        read_file(zipped(files | {name: files[name].replace("</sheetData>", far)}), "old.xlsx")


def test_a_file_with_more_rows_than_anybody_passes_is_refused() -> None:
    with pytest.raises(FileTooBig):
        read_file(xlsx({"Old": [["x"]] * 20_001}), "old.xlsx")
    with pytest.raises(FileTooBig):
        read_file(b"x\n" * 20_001, "old.csv")


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SECONDS", 0.001)
    with pytest.raises(FileUnreadable):
        read_file(xlsx(OLD), "old.xlsx")
