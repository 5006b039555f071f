"""``evenhand foi answer``: answers a file of questions from the desk’s own records.

Small numbers of people are hidden as in what is published, unless exact ones are asked for.
"""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.foi_written import HIDDEN, document, not_over, written
from evenhand.cli.output import add_command, add_group, print_json

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

MOST_BYTES = 1024 * 1024
NOT_FOR_PUBLICATION = "Not for publication: numbers of people are exact."


def register(commands: "Subparsers") -> None:
    """Add the command."""
    group = add_group(commands, "foi", does="answer requests for information")
    parser = add_command(
        group,
        "answer",
        answer,
        does="answer a file of questions from the desk’s own records, as at a day",
        example="evenhand foi answer questions.toml --as-at 2026-03-31 --json",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="TOML with one [[question]] each")
    parser.add_argument(
        "--as-at",
        type=date.fromisoformat,
        metavar="DAY",
        help="as the desk knew it at the end of this day; today where it is left out",
    )
    parser.add_argument(
        "--exact",
        action="store_true",
        help="show small numbers of people too; this is not for publication",
    )


def answer(arguments: argparse.Namespace) -> int:
    """Answer each question of the file; none is left out, and none is “not held”."""
    asked = list(_questions(arguments.file))
    with open_desk():
        from django.utils import timezone

        from evenhand.queries.foi_answers import answer_here, publishable_of
        from evenhand.queries.questions import known_since

        today = timezone.localdate(datetime.now(UTC))
        as_at = arguments.as_at or today
        found = [
            answer_here(
                it["id"],
                str(it.get("question", "")),
                it.get("answers", ()),
                not_held=it.get("answer") == "not held",
                exact=arguments.exact,
                as_at=as_at,
                today=today,
            )
            for it in asked
        ]
        counts = [] if arguments.exact else [count for it in found for count in it.counts]
        of_people = publishable_of(counts)
        shown = {id(count): published for count, published in of_people}
        open_day = not_over(as_at, since=known_since(), today=today)
    if arguments.json:
        answers = [document(it, shown, exact=arguments.exact) for it in found]
        head = {"for_publication": not arguments.exact, "as_at": as_at.isoformat()}
        print_json({"ok": True, **head, "not_over": open_day, "answers": answers})
        return 0
    print(NOT_FOR_PUBLICATION if arguments.exact else HIDDEN, end="\n\n")
    if open_day:
        print(open_day, end="\n\n")
    for it in found:
        print("\n".join(written(it, shown)), end="\n\n")
    return 0


def _questions(file: Path) -> Iterator[Mapping[str, Any]]:
    with told_as(f"{file} cannot be read"), file.open("rb") as source:
        data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CannotStart(f"{file} is larger than 1 MB.")
    try:
        read = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise CannotStart(f"{file} is no TOML: {error}.") from error
    questions = read.get("question")
    if not isinstance(questions, list) or not questions:
        raise CannotStart(f"{file} has no [[question]].")
    for it in questions:
        if not isinstance(it, dict) or not isinstance(it.get("id"), str):
            raise CannotStart(f'{file}: every [[question]] needs an id, as id = "Q1".')
        if not all(isinstance(code, str) for code in it.get("answers", ())):
            raise CannotStart(f'{file}: answers is a list of codes, as ["records_held"].')
        yield it
