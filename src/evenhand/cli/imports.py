"""``evenhand import``: an old system's file into quarantine, and what each of its rows lacks."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import told_as
from evenhand.cli.officers import as_the_desk
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.queries.imports_reading import Preview

SUGGESTED = "suggested"


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "import",
        bring_over,
        does="bring an old system’s workbook into quarantine, and say what each row lacks",
        example="evenhand import old.xlsx --preview > mapping.toml\n"
        "  evenhand import old.xlsx --mapping mapping.toml",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="XLSX, XLS, ODS or CSV")
    parser.add_argument(
        "--preview", action="store_true", help="only say what is in it; needs no desk"
    )
    parser.add_argument(
        "--mapping",
        default="",
        metavar="FILE.toml",
        help="what its sheets and columns mean, or “suggested”; without it, an officer says so on "
        "the page Old systems",
    )


def bring_over(arguments: argparse.Namespace) -> int:
    """Read the file, bring it over unless it is a preview, and print what was read."""
    from evenhand.queries.imports_reading import preview
    from evenhand.rules.imports import MOST_BYTES

    name = arguments.file.name
    with told_as(f"{arguments.file} cannot be read"), arguments.file.open("rb") as source:
        data = source.read(MOST_BYTES + 1)
    mapping, is_suggested = _mapping(arguments.mapping)
    found = preview(data, name, mapping=mapping, today=datetime.now().astimezone().date())
    if not arguments.preview:
        _into_quarantine(data, name, found, is_confirmed=bool(mapping) or is_suggested)
    if arguments.json:
        from evenhand.rules.imports_counts import document

        print_json(document(found.read))
    else:
        _print(found)
    return 0


def _mapping(named: str) -> tuple[str, bool]:
    """Give the text of a mapping, and whether the suggested one was chosen instead."""
    if named in {"", SUGGESTED}:
        return "", named == SUGGESTED
    with told_as(f"{named} cannot be read"):
        return Path(named).read_bytes().decode("utf-8", "replace"), False


def _into_quarantine(data: bytes, name: str, found: "Preview", *, is_confirmed: bool) -> None:
    with open_desk():
        from evenhand.actions import imports

        if is_confirmed:
            imports.bring_as(data, name, found.mapping, acting=as_the_desk())
        else:
            imports.bring(data, name, acting=as_the_desk())
    if is_confirmed:
        tell("In quarantine for 90 days. An officer passes each record on the page Old systems.")
    else:
        tell("In quarantine. An officer says what its columns mean on the page Old systems.")


def _print(found: "Preview") -> None:
    """Print what was read as remarks, and the mapping below: together a mapping file."""
    from evenhand.rules.imports_mapping import as_toml

    for line in _told(found):
        print(f"# {line}".rstrip())
    print()
    print(as_toml(found.mapping, found.sheets))


def _told(found: "Preview") -> Iterator[str]:
    from evenhand.rules.imports_counts import document
    from evenhand.rules.imports_headings import headings_of

    for whole, sheet in zip(found.sheets, found.read, strict=True):
        name, mapping = sheet.mapping.sheet, sheet.mapping
        yield f"Sheet “{name}”: {len(sheet.records)} records, {len(sheet.skipped)} other rows"
        headings = enumerate(headings_of(whole, mapping.header_row))
        left_out = [text for at, text in headings if at not in mapping.columns.values()]
        if mapping.is_taken and left_out:
            yield f"  left out: {', '.join(left_out)}"
        for row in sheet.skipped:
            yield f"  row {row.row} is no record: {row.reason}"
        for cell in sheet.unreadable:
            yield f"  row {cell.row}, {cell.column}: {cell.value!r}: {cell.reason}"
        for record in sheet.records:
            if record.lacks:
                yield f"  row {record.row} lacks: {', '.join(record.lacks)}"
    counts = document(found.read)
    for what in ("records", "contents", "people", "roles", "outcomes"):
        yield f"{what}: {counts[what]}"
