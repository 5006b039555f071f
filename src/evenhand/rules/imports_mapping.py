"""What each sheet and column of an old system's file means: suggested here, confirmed by a person.

A mapping says which column holds a role, never which role somebody has: no word and no column
makes people suspects all at once.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.rules.imports import (
    ABOUT_PEOPLE,
    LONGEST_SYSTEM,
    TELLING,
    THIS_DESK,
    MappingWrong,
    Meaning,
    SheetRead,
    StaysInQuarantine,
    SystemUnnamed,
)
from evenhand.rules.imports_headings import find_header, headings_of, suggest_columns
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words

SHEET_KEYS = frozenset({"sheet", "system", "header_row", "since_1904", "columns"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """What one sheet means. ``columns`` gives a column's place, from 0; no system: left out."""

    sheet: str
    system: str
    header_row: int | None
    columns: Mapping[Meaning, int]
    since_1904: bool = False

    @property
    def is_taken(self) -> bool:
        """Say whether the sheet holds records of an old system."""
        return bool(self.system and self.columns)


@dataclass(frozen=True, slots=True)
class FileMapping:
    """What every sheet of one file means, in the order of the file."""

    sheets: tuple[SheetMapping, ...]

    @property
    def names_people(self) -> bool:
        """Say whether anything about people would be taken over."""
        return any(ABOUT_PEOPLE & it.columns.keys() for it in self.sheets if it.is_taken)

    def of(self, sheet: str) -> SheetMapping:
        """Give what is said of one sheet."""
        return next(it for it in self.sheets if it.sheet == sheet)


def suggest(sheets: Iterable[SheetRead]) -> FileMapping:
    """Suggest a mapping: a sheet of addresses or names is a system called like the sheet."""
    return FileMapping(tuple(_suggested(it) for it in sheets))


def _suggested(sheet: SheetRead) -> SheetMapping:
    header = find_header(sheet)
    columns = suggest_columns(sheet, header)
    return SheetMapping(
        sheet=sheet.name,
        system=sheet.name.strip()[:LONGEST_SYSTEM] if TELLING & columns.keys() else "",
        header_row=header,
        columns=columns,
        since_1904=sheet.since_1904,
    )


def check_mapping(mapping: FileMapping, sheets: Sequence[SheetRead]) -> None:
    """Refuse a mapping that does not fit the file, or takes nothing of it over."""
    raise_all(_faults(mapping, {it.name: it for it in sheets}))


def _faults(mapping: FileMapping, sheets: Mapping[str, SheetRead]) -> Iterable[Refused]:
    named = [it.sheet for it in mapping.sheets]
    if sorted(named) != sorted(sheets):
        yield _wrong(
            words("The mapping names other sheets than the file has: {sheets}."),
            words("Name every sheet once; leave its system empty to leave it out."),
            sheets=", ".join(sheets),
        )
        return
    if not any(it.is_taken for it in mapping.sheets):
        yield _wrong(
            words("Nothing of this file would be brought over."),
            words("Name the old system of at least one sheet, and what its columns hold."),
        )
    for it in mapping.sheets:
        yield from _sheet_faults(it, sheets[it.sheet])


def _sheet_faults(mapping: SheetMapping, sheet: SheetRead) -> Iterable[Refused]:
    if mapping.header_row is not None and mapping.header_row not in sheet.rows:
        yield _wrong(
            words("Row {row} of sheet “{sheet}” is empty, so it holds no headings."),
            words("Give the number that the spreadsheet shows beside the headings."),
            row=str(mapping.header_row),
            sheet=sheet.name,
        )
    places = list(mapping.columns.values())
    if any(not 0 <= it < sheet.width for it in places) or len(set(places)) < len(places):
        yield _wrong(
            words("A column of sheet “{sheet}” does not exist, or is used twice."),
            words("Choose each column for one thing, or leave it out."),
            sheet=sheet.name,
        )
    if mapping.system and not _is_name(mapping.system):
        yield SystemUnnamed(
            words("The old system of sheet “{sheet}” has no name of its own, or a long one."),
            do=words("Give it a name of at most {most} characters, and not this desk’s."),
            at="system",
            sheet=sheet.name,
            most=str(LONGEST_SYSTEM),
        )


def _is_name(system: str) -> bool:
    is_ours = system.strip().casefold() == THIS_DESK
    return not is_ours and not says_nothing(system) and len(system) <= LONGEST_SYSTEM


def read_mapping(text: str, sheets: Sequence[SheetRead]) -> FileMapping:
    """Read a mapping written as TOML. Raises MappingWrong, StaysInQuarantine."""
    try:
        found = tomllib.loads(text).get("sheets", [])
    except tomllib.TOMLDecodeError as error:
        raise _wrong(
            words("The mapping is not TOML that can be read: {why}."),
            words("Begin with what evenhand import FILE --preview prints."),
            why=str(error),
        ) from None
    if not isinstance(found, list) or not all(isinstance(it, dict) for it in found):
        raise _wrong(words("The mapping has no list of sheets."), _LIKE)
    known = {it.name: it for it in sheets}
    mapping = FileMapping(tuple(_read_sheet(it, known) for it in found))
    check_mapping(mapping, sheets)
    return mapping


_LIKE = words("Write each as [[sheets]] with sheet, system, header_row and [sheets.columns].")


def _read_sheet(given: Mapping[str, object], sheets: Mapping[str, SheetRead]) -> SheetMapping:
    match given:
        case {"role": _} | {"roles": _} | {"suspects": _}:
            raise StaysInQuarantine(
                words("A mapping gives nobody a role. The role is decided for each record."),
                do=words("Name the column of roles under [sheets.columns], if there is one."),
                at="role",
            )
        case {"sheet": str(name)} if name in sheets and given.keys() <= SHEET_KEYS:
            pass
        case _:
            raise _wrong(words("A sheet of the mapping is not one of this file."), _LIKE)
    system, header = given.get("system", ""), given.get("header_row")
    columns, since_1904 = given.get("columns", {}), given.get("since_1904", False)
    is_row = header is None or (isinstance(header, int) and header in sheets[name].rows)
    if not (
        isinstance(system, str)
        and is_row
        and isinstance(columns, dict)
        and isinstance(since_1904, bool)
    ):
        raise _wrong(words("Sheet “{sheet}” of the mapping cannot be read."), _LIKE, sheet=name)
    row = header if isinstance(header, int) else None
    return SheetMapping(
        sheet=name,
        system=system.strip(),
        header_row=row,
        columns=_read_columns(columns, sheets[name], row),
        since_1904=since_1904 or sheets[name].since_1904,
    )


def _read_columns(
    given: Mapping[str, object], sheet: SheetRead, header_row: int | None
) -> dict[Meaning, int]:
    headings = headings_of(sheet, header_row)
    found = {}
    for word, heading in given.items():
        if word not in set(Meaning) or heading not in headings:
            raise _wrong(
                words("“{word} = {heading}” names no column of sheet “{sheet}”."),
                words("Left stands one of {meanings}; right a heading as the file has it."),
                word=word,
                heading=str(heading),
                sheet=sheet.name,
                meanings=", ".join(Meaning),
            )
        found[Meaning(word)] = headings.index(str(heading))
    return found


def as_toml(mapping: FileMapping, sheets: Sequence[SheetRead]) -> str:
    """Write a mapping as TOML, to be looked over and given back."""
    return "\n".join(
        line
        for it, sheet in zip(mapping.sheets, sheets, strict=True)
        for line in _toml_lines(it, headings_of(sheet, it.header_row))
    )


def _toml_lines(mapping: SheetMapping, headings: Sequence[str]) -> Iterable[str]:
    yield "[[sheets]]"
    yield f"sheet = {_quoted(mapping.sheet)}"
    yield f"system = {_quoted(mapping.system)}"
    if mapping.header_row is not None:
        yield f"header_row = {mapping.header_row}"
    if mapping.since_1904:
        yield "since_1904 = true"
    yield "[sheets.columns]"
    for meaning, at in mapping.columns.items():
        yield f"{meaning} = {_quoted(headings[at])}"
    yield ""


def _quoted(text: str) -> str:
    """Quote a text as TOML does, which in this is as JSON does but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _wrong(sentence: str, do: str, **values: str) -> MappingWrong:
    return MappingWrong(sentence, do=do, at="mapping", **values)
