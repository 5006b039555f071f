"""``evenhand url identify``: what many addresses show, as a table. Never touches the network."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.output import add_command, add_group, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

COLUMNS = ("url", "platform", "content_id", "canonical_url", "same_content_key", "refused")
MOST_IN_A_CELL = 10_000_000
OTHER_SEPARATORS = (";", "\t", "|")
Row = dict[str, str]


def register(commands: "Subparsers") -> None:
    """Add the commands about addresses."""
    group = add_group(commands, "url", does="say what web addresses show")
    parser = add_command(
        group,
        "identify",
        identify,
        does="name the platform and content of each address in a CSV file with a column url",
        example="evenhand url identify addresses.csv > identified.csv",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a CSV file (default: stdin)")


def identify(arguments: argparse.Namespace) -> int:
    """Read addresses and write what each shows, row by row."""
    name = arguments.file or "stdin"
    source: IO[bytes] = sys.stdin.buffer
    if arguments.file:
        with told_as(f"{name} cannot be read"):
            source = io.BufferedReader(io.FileIO(arguments.file))
    if not arguments.file and sys.stdin.isatty():
        tell("Reading a CSV file with a column url from the terminal; Ctrl-D ends it.")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
    write = _write_json if arguments.json else _write_csv
    try:
        with source:
            write(_rows(source, name), out)
    finally:
        out.detach()
    return 0


def read_one(address: str) -> Row:
    """Say what one address shows, or which rule refuses it."""
    from evenhand.rules.content import canonical_url, identify
    from evenhand.rules.refusals import Refused

    try:
        content = identify(address)
    except Refused as refused:
        return {
            "url": address,
            "platform": "",
            "content_id": "",
            "canonical_url": canonical_url(address) or "",
            "same_content_key": "",
            "refused": refused.code,
        }
    return {
        "url": address,
        "platform": content.platform,
        "content_id": content.content_id or "",
        "canonical_url": content.canonical_url,
        "same_content_key": content.same_content_key,
        "refused": "",
    }


def _rows(source: IO[bytes], name: str) -> Iterator[Row]:
    csv.field_size_limit(MOST_IN_A_CELL)
    text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
    try:
        header = text.readline()
        column, separator = _find_column(header, name)
        reader = csv.reader(text, delimiter=separator)
        for cells in reader:
            if cells:
                yield read_one(cells[column] if column < len(cells) else "")
    except UnicodeDecodeError:
        raise CannotStart(
            f"{name} is not text in UTF-8. Save it as “CSV UTF-8” and try again."
        ) from None
    except csv.Error as error:
        raise CannotStart(
            f"{name} is not a CSV file that can be read to its end: {error}."
        ) from None


def _find_column(header: str, name: str) -> tuple[int, str]:
    """Find the column url, and which sign separates the columns."""
    for separator in (",", *OTHER_SEPARATORS):
        names = next(csv.reader([header], delimiter=separator), [])
        tidy = [it.strip().casefold() for it in names]
        if "url" in tidy:
            return tidy.index("url"), separator
    shown = header.strip()[:80]
    raise CannotStart(f"{name} has no column named url. Its first line is {shown!r}.")


def _write_csv(rows: Iterator[Row], out: IO[str]) -> None:
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    first = next(rows, None)
    writer.writeheader()
    if first is not None:
        writer.writerow(first)
    _each(rows, writer.writerow, out)


def _write_json(rows: Iterator[Row], out: IO[str]) -> None:
    """Write one list, row by row; it is whole even where the input breaks off."""
    first = next(rows, None)
    out.write("[" if first is None else f"[{json.dumps(first, ensure_ascii=False)}")
    try:
        _each(rows, lambda row: out.write(f",\n{json.dumps(row, ensure_ascii=False)}"), out)
    finally:
        out.write("]\n")
        out.flush()


def _each(rows: Iterator[Row], write: Callable[[Row], object], out: IO[str]) -> None:
    for row in rows:
        write(row)
    out.flush()
