"""What a file of an old system would give, before any of it is brought over. Stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.imports import SheetRead
from evenhand.rules.imports_mapping import FileMapping, read_mapping, suggest
from evenhand.rules.imports_records import SheetRecords
from evenhand.rules.imports_rows import read_records
from evenhand.transports.workbook import read_file


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was read through a mapping."""

    sheets: Sequence[SheetRead]
    mapping: FileMapping
    read: Sequence[SheetRecords]


def preview(data: bytes, file: str, *, mapping: str = "", today: date) -> Preview:
    """Read a file through a mapping written as TOML, or through the suggested one.

    Raises FileUnreadable, FileTooBig, MappingWrong, StaysInQuarantine.
    """
    sheets = read_file(data, file)
    used = read_mapping(mapping, sheets) if mapping else suggest(sheets)
    return Preview(sheets, used, read_records(sheets, used, today=today))
