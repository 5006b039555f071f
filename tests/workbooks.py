"""Workbooks written by hand, as small as they can be: XLSX and ODS."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

Value = str | int | float | bool | date | None
Rows = Sequence[Sequence[Value]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def zipped(files: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, kind)
    return made.getvalue()


def xlsx(sheets: Mapping[str, Rows], *, since_1904: bool = False) -> bytes:
    """Write a workbook; a day becomes a number in a date's format, as spreadsheets keep it."""
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        + ('<workbookPr date1904="1"/>' if since_1904 else "")
        + "<sheets>"
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{it}" r:id="rId{it}"/>'
            for it, name in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{it}" Type="{OFFICE}/worksheet"'
            f' Target="worksheets/sheet{it}.xml"/>'
            for it in numbers
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles"'
        ' Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for it, rows in zip(numbers, sheets.values(), strict=True):
        lines = "".join(
            f'<row r="{number}">{_xlsx_cells(number, row, since_1904=since_1904)}</row>'
            for number, row in enumerate(rows, 1)
            if row
        )
        files[f"xl/worksheets/sheet{it}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return zipped(files)


def _xlsx_cells(number: int, row: Sequence[Value], *, since_1904: bool) -> str:
    cells = []
    for at, value in enumerate(row):
        where = f'r="{chr(65 + at)}{number}"'
        match value:
            case None | "":
                continue
            case bool():
                cells.append(f'<c {where} t="b"><v>{int(value)}</v></c>')
            case date():
                first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
                days = (value - first) // timedelta(days=1)
                cells.append(f'<c {where} s="1"><v>{days}</v></c>')
            case int() | float():
                cells.append(f"<c {where}><v>{value}</v></c>")
            case _ if value.startswith("#"):
                cells.append(f'<c {where} t="e"><v>{value}</v></c>')
            case _:
                text = f'<t xml:space="preserve">{escape(value)}</t>'
                cells.append(f'<c {where} t="inlineStr"><is>{text}</is></c>')
    return "".join(cells)


def ods(sheets: Mapping[str, Rows]) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{space}:office:1.0"'
            f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def _ods_cell(value: Value) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{value}"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"
