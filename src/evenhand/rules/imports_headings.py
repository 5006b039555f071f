"""Finds the heading row of a sheet and suggests what its columns mean. A person confirms it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from evenhand.rules.imports import Cell, Meaning, RoleSaid, SheetRead
from evenhand.rules.imports_words import (
    HEADINGS,
    OUTCOMES,
    SENT_ON,
    role_of,
    says_nobody,
    text_of,
    tidied,
)

LOOKED_AT = 40
"""Rows in which headings are looked for."""
LONGEST_HEADING = 80
VALUES_LOOKED_AT = 200
AMBIGUOUS = frozenset({"status", "category", "type", "state", "classification", "action"})
"""Words of headings that say too little: what stands below them tells a role from an outcome."""


def letter(column: int) -> str:
    """Name a column as spreadsheets do, A for the first."""
    name, left = "", column + 1
    while left:
        left, at = divmod(left - 1, 26)
        name = chr(ord("A") + at) + name
    return name


def headings_of(sheet: SheetRead, header_row: int | None) -> tuple[str, ...]:
    """Give each column's own heading; one that is empty or stands twice is told by its letter."""
    given = [text_of(it) for it in sheet.rows[header_row]] if header_row else []
    given += [""] * (sheet.width - len(given))
    often = Counter(it for it in given if it)
    return tuple(
        f"{text} (column {letter(at)})" if often[text] > 1 else text or f"column {letter(at)}"
        for at, text in enumerate(given)
    )


def find_header(sheet: SheetRead) -> int | None:
    """Give the spreadsheet's number of the row of headings; None where there is none.

    It is the row with most headings that are known here. Where none is known, it is the first row
    at least half as wide as the widest, of nothing but words.
    """
    first = list(sheet.rows.items())[:LOOKED_AT]
    known = {number: len(set(_meant(cells))) for number, cells in first if _are_words(cells)}
    best = max(known, key=lambda it: (known[it], -it), default=None)
    if best is not None and known[best] >= min(2, _filled(sheet.rows[best])):
        return best
    width = max((_filled(cells) for _number, cells in first), default=0)
    for number, cells in first:
        if _are_words(cells) and 2 * _filled(cells) >= width:
            return number
    return None


def suggest_columns(sheet: SheetRead, header_row: int | None) -> dict[Meaning, int]:
    """Suggest which column holds what, by its heading, and where that says too little by values."""
    found: dict[Meaning, int] = {}
    headings = [tidied(text_of(it)) for it in sheet.rows[header_row]] if header_row else []
    for meaning, pattern in (*HEADINGS.items(), (Meaning.LOGGED_ON, SENT_ON)):
        for at, heading in enumerate(headings):
            if at not in found.values() and pattern.fullmatch(heading):
                found.setdefault(meaning, at)
    for at, heading in enumerate(headings):
        if AMBIGUOUS & set(heading.split()) and at not in found.values():
            told = _by_values(_below(sheet, header_row, at))
            if told is not None:
                found.setdefault(told, at)
    _find_addresses(sheet, header_row, found)
    if {Meaning.GIVEN_NAME, Meaning.FAMILY_NAME} <= found.keys():
        found.pop(Meaning.NAME, None)
    return found


def _find_addresses(sheet: SheetRead, header_row: int | None, found: dict[Meaning, int]) -> None:
    """Take the first column of web addresses where no heading names one."""
    for at in range(sheet.width):
        values = list(_below(sheet, header_row, at))
        addresses = sum(it.casefold().startswith(("http://", "https://")) for it in values)
        if Meaning.URL not in found and at not in found.values() and 2 * addresses > len(values):
            found[Meaning.URL] = at


def _by_values(values: Iterator[str]) -> Meaning | None:
    """Tell a column of roles from one of outcomes, if it is clearly one."""
    said = [it for it in values if not says_nobody(it)]
    roles = sum(role_of(it) is not RoleSaid.UNCLEAR for it in said)
    outcomes = sum(it.casefold() in OUTCOMES for it in said)
    if not said or 2 * max(roles, outcomes) <= len(said):
        return None
    return Meaning.ROLE if roles > outcomes else Meaning.OUTCOME


def _below(sheet: SheetRead, header_row: int | None, at: int) -> Iterator[str]:
    """Give the texts of one column that stand below the headings and are not empty."""
    looked_at = 0
    for number, cells in sheet.rows.items():
        if number > (header_row or 0) and at < len(cells) and (text := text_of(cells[at])):
            yield text
            looked_at += 1
        if looked_at == VALUES_LOOKED_AT:
            return


def _meant(cells: Sequence[Cell]) -> Iterator[Meaning]:
    for heading in map(tidied, map(text_of, cells)):
        for meaning, pattern in HEADINGS.items():
            if pattern.fullmatch(heading):
                yield meaning
                break


def _are_words(cells: Sequence[Cell]) -> bool:
    """Say whether a row could be headings: short texts, no numbers, days, addresses."""
    texts = [text_of(it) for it in cells if it != ""]
    return (
        bool(texts)
        and not any(isinstance(it, (bool, float, int, date)) for it in cells)
        and all(_is_word(it) for it in texts)
    )


def _is_word(text: str) -> bool:
    is_address = "://" in text
    return any(map(str.isalpha, text)) and len(text) <= LONGEST_HEADING and not is_address


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for it in cells if text_of(it))


def sample(sheet: SheetRead, header_row: int | None, at: int) -> str:
    """Give the first value of a column, for whoever confirms what it means."""
    return next(_below(sheet, header_row, at), "")


def used(columns: Mapping[Meaning, int], at: int) -> Meaning | None:
    """Say what a column is taken for, if it is taken over at all."""
    return next((meaning for meaning, place in columns.items() if place == at), None)
