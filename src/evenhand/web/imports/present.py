"""Old systems in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.imports import InQuarantine, Line, Lines, Run
from evenhand.rules.imports import Lack, Meaning, Tally
from evenhand.rules.imports_counts import tallies
from evenhand.rules.imports_records import SheetRecords, Unreadable
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.counted_labels import TALLIES
from evenhand.web.sheets import row, words_row
from evenhand.web.words import Words

MOST_SHOWN = 50
"""Of so many cells that cannot be read the page says what stands there; of the others the row."""

MEANINGS: Mapping[Meaning, Words] = {
    Meaning.REFERENCE: later("Reference in the old system"),
    Meaning.LOGGED_ON: later("Day it was logged"),
    Meaning.URL: later("Web address"),
    Meaning.DESCRIPTION: later("What it shows or says"),
    Meaning.NAME: later("Name of a person"),
    Meaning.GIVEN_NAME: later("Given name of a person"),
    Meaning.FAMILY_NAME: later("Family name of a person"),
    Meaning.BIRTH_DATE: later("Date of birth"),
    Meaning.AGE: later("Age when it was recorded"),
    Meaning.ROLE: later("Role of the person"),
    Meaning.OUTCOME: later("Outcome"),
}
LACKS: Mapping[Lack, Words] = {
    Lack.ADDRESS: later("no web address that can be read"),
    Lack.DATE: later("no day that can be read"),
    Lack.ROLE: later("the role of the person is unclear"),
    Lack.UNREADABLE: later("a cell that cannot be read"),
}
ALWAYS = (Tally.READ, Tally.PASSED, Tally.REJECTED, Tally.ERASED)


def listed(runs: Sequence[Run]) -> Params:
    """List the files that were brought over."""
    return {"idPrefix": "run", "items": [_item(it) for it in runs]}


def _item(run: Run) -> Params:
    page = "import_run" if run.is_confirmed or run.has_ended else "import_mapping"
    return {
        "title": {"text": run.file or _("A file that is over")},
        "href": reverse(page, args=[run.id]),
        "hint": {"text": _brought(run)},
        "status": {"text": _standing(run)},
    }


def _standing(run: Run) -> str:
    if run.has_ended:
        return _("Over")
    if not run.is_confirmed:
        return _("Say what its columns mean")
    left = {"records": run.waiting, "people": run.people}
    return _("%(records)d records and %(people)d people wait") % left


def _brought(run: Run) -> str:
    said = {
        "moment": times.moment(run.brought_at),
        "name": run.brought_by or _("a command"),
        "day": times.day(run.erase_on),
    }
    return _("Brought over by %(name)s on %(moment)s. What is left on %(day)s is erased.") % said


def about(run: Run) -> Params:
    """Say how far a file is."""
    return {
        "rows": [
            row(_("File"), run.file or _("Not kept any more")),
            row(_("Brought over"), _brought(run)),
            row(_("Begin by"), times.day(run.review_on)),
            row(_("Now"), _standing(run)),
        ]
    }


def waiting(found: Lines) -> Params:
    """List the records that wait, without a word of them."""
    return {"idPrefix": "record", "items": [_waiting(it) for it in found.items]}


def _waiting(line: Line) -> Params:
    lacks = "; ".join(str(LACKS[it]) for it in line.lacks)
    return {
        "title": {"text": called(line)},
        "href": reverse("import_record", args=[line.id]),
        "hint": {"text": lacks} if lacks else None,
        "status": {"text": _("Names a person") if line.names_person else _("Names nobody")},
    }


def called(line: Line) -> str:
    """Name a record by its system and row."""
    return _("%(system)s, row %(row)d") % {"system": line.system, "row": line.row}


def said(found: InQuarantine) -> Params:
    """Show what the old system says in one record."""
    rows = [words_row(MEANINGS[it], text) for it, text in found.values.items()]
    if found.line.lacks:
        lacks = "; ".join(str(LACKS[it]) for it in found.line.lacks)
        rows.append(row(_("To look at"), lacks))
    return {"rows": rows}


def filled(found: InQuarantine) -> dict[str, object]:
    """Fill the form of logging with what the old system says; the officer answers for it.

    When it was seen is asked of whoever says now that it is public: the old day is told beside.
    """
    values = found.values
    origin = [_("From the old system %(record)s.") % {"record": called(found.line)}]
    if logged_on := values.get(Meaning.LOGGED_ON):
        day = times.day(date.fromisoformat(logged_on))
        origin.append(f"{MEANINGS[Meaning.LOGGED_ON]}: {day}.")
    for meaning in (Meaning.REFERENCE, Meaning.OUTCOME):
        if values.get(meaning):
            origin.append(f"{MEANINGS[meaning]}: {values[meaning]}.")
    return {
        "url": values.get(Meaning.URL, ""),
        "description": values.get(Meaning.DESCRIPTION, ""),
        "source_detail": " ".join(origin),
    }


def counted(read: Sequence[SheetRecords]) -> list[tuple[str, Params]]:
    """Show what a mapping makes of a file, system by system."""
    return [(system, _tallied(count)) for system, count in tallies(read).items()]


def by_system(counts: Mapping[str, Mapping[Tally, int]]) -> list[tuple[str, Params]]:
    """Show the counts of every old system."""
    return [(system, _tallied(count)) for system, count in counts.items()]


def _tallied(count: Mapping[Tally, int]) -> Params:
    shown = [it for it in TALLIES if it in ALWAYS or count.get(it, 0)]
    return {"rows": [row(TALLIES[it], f"{count.get(it, 0):,}") for it in shown]}


def not_read(read: Sequence[SheetRecords]) -> list[str]:
    """Say which rows are no records, and which cells cannot be read: every one by its row."""
    cells = [it for sheet in read for it in sheet.unreadable]
    return [
        *(line for sheet in read for line in _skipped(sheet)),
        *map(_cell, cells[:MOST_SHOWN]),
        *_more_cells(cells[MOST_SHOWN:]),
    ]


def _skipped(sheet: SheetRecords) -> Iterator[str]:
    for reason in dict.fromkeys(it.reason for it in sheet.skipped):
        rows = [it.row for it in sheet.skipped if it.reason == reason]
        said = ngettext(
            "%(sheet)s, row %(rows)s is no record: %(reason)s",
            "%(sheet)s, rows %(rows)s are no records: %(reason)s",
            len(rows),
        )
        yield said % {"sheet": sheet.mapping.sheet, "rows": in_short(rows), "reason": _(reason)}


def _more_cells(cells: Sequence[Unreadable]) -> Iterator[str]:
    """Name the cells whose values are not shown, by column."""
    for sheet, column in dict.fromkeys((it.sheet, it.column) for it in cells):
        rows = [it.row for it in cells if (it.sheet, it.column) == (sheet, column)]
        said = ngettext(
            "%(sheet)s, %(column)s: row %(rows)s cannot be read either",
            "%(sheet)s, %(column)s: rows %(rows)s cannot be read either",
            len(rows),
        )
        yield said % {"sheet": sheet, "column": column, "rows": in_short(rows)}


def in_short(rows: Sequence[int]) -> str:
    """Name rows one by one, and those that follow each other by the first and the last."""
    runs: list[tuple[int, int]] = []
    for it in rows:
        first = runs.pop()[0] if runs and runs[-1][1] == it - 1 else it
        runs.append((first, it))
    return ", ".join(
        str(first) if first == last else _("%(first)d to %(last)d") % {"first": first, "last": last}
        for first, last in runs
    )


def _cell(it: Unreadable) -> str:
    return _("%(sheet)s, row %(row)d, %(column)s: “%(value)s”: %(reason)s") % {
        "sheet": it.sheet,
        "row": it.row,
        "column": it.column,
        "value": it.value,
        "reason": _(it.reason),
    }
