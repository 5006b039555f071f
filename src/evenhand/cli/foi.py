"""``evenhand foi answer``: answers a file of questions from the desk's own records, exactly."""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.output import add_command, add_group, print_json

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.queries.foi_answers import FoiAnswer
    from evenhand.rules.questions import Answer

MOST_BYTES = 1024 * 1024
MOST_LINES = 12
"""So many lines of a register are printed; ``--json`` has all of them."""


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


def answer(arguments: argparse.Namespace) -> int:
    """Answer each question of the file; none is left out, and none is “not held”."""
    asked = list(_questions(arguments.file))
    with open_desk():
        from django.utils import timezone

        from evenhand.queries.foi_answers import answer_here

        today = timezone.localdate(datetime.now(UTC))
        as_at = arguments.as_at or today
        found = [
            answer_here(
                it["id"],
                str(it.get("question", "")),
                it.get("answers", ()),
                not_held=it.get("answer") == "not held",
                as_at=as_at,
                today=today,
            )
            for it in asked
        ]
    if arguments.json:
        answers = [document(it) for it in found]
        print_json({"ok": True, "as_at": as_at.isoformat(), "answers": answers})
        return 0
    for it in found:
        print("\n".join(_written(it)), end="\n\n")
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


def document(found: "FoiAnswer") -> dict[str, Any]:
    """Give an answer as the document that ``--json`` prints."""
    return {
        "id": found.id,
        "question": found.question,
        "held": True,
        "says": list(found.says),
        "counts": [_counted(it) for it in found.counts],
        "told": {name: list(lines) for name, lines in found.told.items()},
    }


def _counted(found: "Answer") -> dict[str, Any]:
    return {
        "code": found.question.code,
        "title": found.meaning.title,
        "definition": found.meaning.definition,
        "basis": found.meaning.basis.says,
        "as_at": found.question.as_at.isoformat(),
        "exact": found.exact,
        "at_least": found.at_least,
        "by": list(found.question.by),
        "lines": [{"of": list(it.of), "number": it.number} for it in found.lines],
        "balance": [
            {
                "kind": it.kind,
                "system": it.system,
                "created": it.created,
                "imported": it.imported,
                "held": it.held,
                "disposed": it.disposed,
                "transferred": it.transferred,
            }
            for it in found.balance
        ],
        "log_entries_signed": found.checkpoint.size,
        "digest": found.digest.hex(),
    }


def _written(found: "FoiAnswer") -> Iterator[str]:
    yield f"{found.id}  {found.question}"
    yield from (f"  {it}" for it in found.says)
    for it in found.counts:
        least = f" (at least {it.at_least:,})" if it.at_least not in {None, it.exact} else ""
        by = f" by {', '.join(it.question.by)}" if it.question.by else ""
        yield f"  {it.meaning.title}{by}, as at {it.question.as_at}: {it.exact:,}{least}"
        if it.question.by:
            yield from (f"    {' · '.join(line.of)}: {line.number:,}" for line in it.lines)
    for lines in found.told.values():
        for line in lines[:MOST_LINES]:
            yield "  " + ", ".join(f"{name}: {value}" for name, value in line.items())
        if len(lines) > MOST_LINES:
            yield f"  … {len(lines)} lines in all; --json has them."
