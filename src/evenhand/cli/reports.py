"""``evenhand report …``: writes a published yearly report as a folder of files.

Each file is what the public page gives at this moment: the report is asked of the desk’s own pages,
within this process, and nothing is counted anew.
"""

import argparse
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.output import add_command, add_group, print_json, tell
from evenhand.rules.counting import Month
from evenhand.rules.yearly import ReportKind
from evenhand.rules.yearly_files import files_of

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.queries.yearly import InFull

PERIOD = re.compile(r"(2\d{3})(?:-(0[1-9]|1[0-2]))?", re.ASCII)
DECEMBER = 12
PAGE, CATALOGUE = "index.html", "catalogue.jsonld"
CATALOGUE_AT = "/public/reports/catalogue.jsonld"
FROM_ROOT = re.compile(r'\b(href|src)="/(?!/)')
ABOUT = {
    ReportKind.TRANSPARENCY: "write the published transparency report of a year to a folder",
    ReportKind.TRUSTED_FLAGGER: "write the published report of a trusted flagger to a folder",
}


def register(commands: "Subparsers") -> None:
    """Add the commands about yearly reports."""
    group = add_group(commands, "report", does="write a published yearly report to a folder")
    for kind, does in ABOUT.items():
        parser = add_command(
            group,
            kind,
            report,
            does=does,
            example=f"evenhand report {kind} 2026 --into {kind}-2026",
        )
        parser.set_defaults(kind=kind)
        parser.add_argument(
            "year",
            metavar="YEAR",
            type=_last_month,
            help="the year it is of, or the last of its twelve months, as 2026-05",
        )
        parser.add_argument(
            "--into", type=Path, required=True, metavar="FOLDER", help="a new or an empty folder"
        )


def report(arguments: argparse.Namespace) -> int:
    """Write the newest published edition of the twelve months: page, tables, JSON, catalogue."""
    kind, last, folder = arguments.kind, arguments.year, arguments.into
    with open_desk():
        from evenhand.queries import yearly

        found = yearly.one_published(kind, last.first)
        if found is None:
            others = [f"{it.last:%Y-%m}" for it in yearly.published() if it.kind is kind]
            raise CannotStart(_nothing(last, others))
        with told_as(f"{folder} cannot be written"):
            names = list(_written(found, folder))
    tell(f"Edition {found.edition.number} of the report is in {folder}.")
    if arguments.json:
        print_json({"edition": found.edition.number, "folder": str(folder), "files": names})
    return 0


def _last_month(text: str) -> Month:
    found = PERIOD.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("write a year as 2026, or a month as 2026-05")
    return Month(int(found[1]), int(found[2] or DECEMBER))


def _nothing(last: Month, others: list[str]) -> str:
    """Say that there is none, which there are, and how one comes to be."""
    there = (
        f"Published are those to the end of: {', '.join(others)}."
        if others
        else ("None is published yet.")
    )
    return (
        f"No report of the twelve months to the end of {last} is published. {there}\n"
        "One officer prepares it on the page “Yearly reports”, and a senior owner publishes it."
    )


def _written(found: "InFull", folder: Path) -> Iterator[str]:
    """Write each file; give its name."""
    from django.conf import settings

    it = found.edition
    place = f"/public/reports/{it.kind}/{it.last:%Y-%m}/{it.number}/"
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CannotStart(f"{folder} is not empty. Nothing was written.")
    names = list(files_of(found.report))
    page = _asked(place).decode().replace(f'href="{place}', 'href="')
    page = FROM_ROOT.sub(rf'\1="{settings.PUBLIC_URL}/', page)
    contents = {PAGE: page.encode(), **{name: _asked(place + name) for name in names}}
    contents[CATALOGUE] = _asked(CATALOGUE_AT)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        yield name


def _asked(place: str) -> bytes:
    """Give what the desk’s own page of this address answers anybody."""
    from django.conf import settings
    from django.core.handlers.base import BaseHandler
    from django.http import HttpResponse
    from django.test import RequestFactory

    desk = urlsplit(settings.PUBLIC_URL)
    factory = RequestFactory(SERVER_NAME=desk.hostname or "localhost", SERVER_PORT=desk.port or 443)
    handler = BaseHandler()
    handler.load_middleware()
    response = handler.get_response(factory.get(place, secure=desk.scheme == "https"))
    if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
        raise CannotStart(f"The page {place} was answered with {response.status_code}.")
    return bytes(response.content)
