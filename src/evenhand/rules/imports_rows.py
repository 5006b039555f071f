"""Reads the rows of an old system through a mapping: records, what each lacks, what is none.

A record of which the old system names no person is a record all the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from evenhand.rules.content import identify
from evenhand.rules.imports import NAMES, Cell, Lack, Meaning, OutcomeSaid, RoleSaid, SheetRead
from evenhand.rules.imports_dates import NoDate, read_date
from evenhand.rules.imports_headings import headings_of
from evenhand.rules.imports_mapping import FileMapping, SheetMapping
from evenhand.rules.imports_records import Person, Record, SheetRecords, Skipped, Unreadable
from evenhand.rules.imports_words import (
    TOTALS,
    is_error,
    outcome_of,
    role_of,
    says_nobody,
    text_of,
    tidied,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG, SHORT
from evenhand.rules.words import words

NARROW = 3
"""A row with one cell is a remark only in a table of at least this many columns."""


def read_records(
    sheets: Sequence[SheetRead], mapping: FileMapping, *, today: date
) -> list[SheetRecords]:
    """Read every sheet through its mapping. A sheet that is left out has its rows skipped."""
    return [_Reading(it, mapping.of(it.name), today).read() for it in sheets]


class _Reading:
    """One sheet being read."""

    def __init__(self, sheet: SheetRead, mapping: SheetMapping, today: date) -> None:
        self.sheet, self.mapping, self.today = sheet, mapping, today
        self.headings = headings_of(sheet, mapping.header_row)
        self.unreadable: list[tuple[int, int, Unreadable]] = []

    def read(self) -> SheetRecords:
        """Read every row that may be a record; say of every other why it is none."""
        records, skipped = [], []
        for number in range(1, self.sheet.last + 1):
            if number == self.mapping.header_row:
                continue
            reason = next(self._no_record(number), "")
            if reason:
                skipped.append(Skipped(number, reason))
            else:
                records.append(self._record(number))
        columns = {meaning: self.headings[at] for meaning, at in self.mapping.columns.items()}
        in_order = sorted(self.unreadable, key=itemgetter(0, 1))
        unreadable = tuple(cell for _row, _place, cell in in_order)
        return SheetRecords(self.mapping, columns, tuple(records), tuple(skipped), unreadable)

    def _no_record(self, number: int) -> Iterator[str]:
        """Say why a row is no record; nothing where it is one."""
        cells = self.sheet.rows.get(number, ())
        if not cells:
            yield words("blank")
        texts, header = _texts(cells), self.mapping.header_row
        if not self.mapping.is_taken:
            yield words("this sheet is left out")
        if header and number < header:
            yield words("above the headings")
        if TOTALS.fullmatch(tidied(texts[0])) and not self._content(cells):
            yield words("total")
        if header and texts == _texts(self.sheet.rows[header]):
            yield words("the headings again")
        if not any(self._text(cells, it) for it in self._telling()):
            yield words("nothing in the columns that are taken over")
        if len(texts) == 1 and len(self.headings) >= NARROW and not self._content(cells):
            yield words("a remark, not a record")

    def _telling(self) -> Sequence[Meaning]:
        """Name the columns that make a row a record; a number of its own does not."""
        told = [it for it in self.mapping.columns if it is not Meaning.REFERENCE]
        return told or [Meaning.REFERENCE]

    def _record(self, number: int) -> Record:
        cells = self.sheet.rows[number]
        known = len(self.unreadable)
        self._check_cells(number, cells)
        content = self._address(number, cells)
        logged_on = self._date(number, cells, Meaning.LOGGED_ON, latest=self.today)
        person = self._person(number, cells, latest=logged_on or self.today)
        outcome = self._outcome(number, cells)
        values = {it: self._text(cells, it) for it in self.mapping.columns}
        if logged_on:
            values[Meaning.LOGGED_ON] = logged_on.isoformat()
        if person and person.birth_date:
            values[Meaning.BIRTH_DATE] = person.birth_date.isoformat()
        return Record(
            row=number,
            values={meaning: text for meaning, text in values.items() if text},
            content=content,
            logged_on=logged_on,
            person=person,
            outcome=outcome,
            lacks=tuple(
                lack
                for lack, lacking in (
                    (Lack.ADDRESS, content is None),
                    (Lack.DATE, logged_on is None),
                    (Lack.ROLE, person is not None and person.role is RoleSaid.UNCLEAR),
                    (Lack.UNREADABLE, len(self.unreadable) > known),
                )
                if lacking
            ),
        )

    def _address(self, number: int, cells: Sequence[Cell]) -> str | None:
        """Say which content a record is about, so that two spellings are one."""
        if says_nobody(self._text(cells, Meaning.URL)):
            return None
        content = self._content(cells)
        if content is None:
            self._cannot(number, cells, Meaning.URL, words("this is not a public web address"))
        return content

    def _content(self, cells: Sequence[Cell]) -> str | None:
        try:
            return identify(self._text(cells, Meaning.URL)).same_content_key
        except Refused:
            return None

    def _date(
        self, number: int, cells: Sequence[Cell], meaning: Meaning, *, latest: date
    ) -> date | None:
        cell = self._cell(cells, meaning)
        if says_nobody(self._text(cells, meaning)):
            return None
        try:
            return read_date(cell, latest=latest, since_1904=self.mapping.since_1904)
        except NoDate as why:
            self._cannot(number, cells, meaning, str(why))
            return None

    def _person(self, number: int, cells: Sequence[Cell], *, latest: date) -> Person | None:
        """Read whom a record names. A birth date or a role without a name is nobody's."""
        parts = [it for it in NAMES if not says_nobody(self._text(cells, it))]
        name = " ".join(self._text(cells, it) for it in parts)
        born = self._date(number, cells, Meaning.BIRTH_DATE, latest=latest)
        if name and not any(map(str.isalpha, name)):
            self._cannot(number, cells, parts[0], words("this is not a name"))
            return None
        if not name:
            return None
        return Person(name, born, role_of(self._text(cells, Meaning.ROLE)))

    def _outcome(self, number: int, cells: Sequence[Cell]) -> OutcomeSaid:
        at = self.mapping.columns.get(Meaning.OUTCOME)
        if at is None:
            return OutcomeSaid.NONE
        found = outcome_of(self._text(cells, Meaning.OUTCOME), self.headings[at])
        if found is None:
            self._cannot(number, cells, Meaning.OUTCOME, words("this outcome is not known here"))
        return found or OutcomeSaid.NONE

    def _check_cells(self, number: int, cells: Sequence[Cell]) -> None:
        """Name the cells that cannot be kept: a formula that failed, or more than is ever kept."""
        for meaning in self.mapping.columns:
            text = text_of(self._cell(cells, meaning))
            if is_error(text):
                self._cannot(number, cells, meaning, words("the formula of this cell failed"))
            if len(text) > _most(meaning):
                self._cannot(number, cells, meaning, words("this is too long to be kept"))

    def _cannot(self, number: int, cells: Sequence[Cell], meaning: Meaning, reason: str) -> None:
        place = self.mapping.columns[meaning]
        value = text_of(self._cell(cells, meaning))[:SHORT]
        cell = Unreadable(self.sheet.name, number, self.headings[place], value, reason)
        self.unreadable.append((number, place, cell))

    def _cell(self, cells: Sequence[Cell], meaning: Meaning) -> Cell:
        at = self.mapping.columns.get(meaning)
        return cells[at] if at is not None and at < len(cells) else ""

    def _text(self, cells: Sequence[Cell], meaning: Meaning) -> str:
        text = text_of(self._cell(cells, meaning))
        return "" if len(text) > _most(meaning) or is_error(text) else text


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [text for it in cells if (text := text_of(it))]


def _most(meaning: Meaning) -> int:
    return LONG if meaning in {Meaning.DESCRIPTION, Meaning.URL} else SHORT
