"""What ``evenhand foi answer`` prints: each answer as text, or as a part of a document."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from evenhand.rules.publishing_tables import MARK, RULES

if TYPE_CHECKING:
    from evenhand.queries.foi_answers import FoiAnswer
    from evenhand.rules.publishing_tables import Published
    from evenhand.rules.questions import Answer

HIDDEN = f"{MARK} stands for a number that is not shown: what is too small stands below each."
A_DAY = timedelta(days=1)
MOST_LINES = 12
"""So many lines of a register are printed; ``--json`` has all of them."""
Shown = Mapping[int, "Published | None"]
"""What may be published of an answer about people, by the identity of the answer."""


def document(found: "FoiAnswer", shown: Shown, *, exact: bool) -> dict[str, Any]:
    """Give an answer as the document that ``--json`` prints. The balance tells of people too."""
    without: dict[str, Any] = {} if exact else {"balance": []}
    return {
        "id": found.id,
        "question": found.question,
        "held": True,
        "says": list(found.says),
        "counts": [{**_counted(it, shown), **without} for it in found.counts],
        "told": {name: list(lines) for name, lines in found.told.items()},
    }


def not_over(as_at: date, *, since: date, today: date) -> str:
    """Say that a day goes on, and what can go into a reply instead; nothing where it is over.

    ``since``: the day on which the desk began to count.
    """
    if as_at < today:
        return ""
    says = f"{as_at} is not over yet, and its numbers can change until its end."
    if since < today:
        return f"{says} A reply tells those of a day that is over: --as-at {today - A_DAY}."
    return (
        f"{says} This desk began to count on {since}:"
        f" the first numbers that a reply can tell are there from {today + A_DAY} on."
    )


def written(found: "FoiAnswer", shown: Shown) -> Iterator[str]:
    """Write an answer as text."""
    yield f"{found.id}  {found.question}"
    yield from (f"  {it}" for it in found.says)
    for it in found.counts:
        yield from _lines(_counted(it, shown))
    for lines in found.told.values():
        for line in lines[:MOST_LINES]:
            yield "  " + ", ".join(f"{_name(name)}: {_said(value)}" for name, value in line.items())
        if len(lines) > MOST_LINES:
            yield f"  … {len(lines)} lines in all; --json has them."


def _lines(it: Mapping[str, Any]) -> Iterator[str]:
    least = it["at_least"]
    or_more = f" (at least {least:,})" if least not in {None, it["exact"]} else ""
    by = f" by {', '.join(it['by'])}" if it["by"] else ""
    yield f"  {it['title']}{by}, as at {it['as_at']}: {_number(it['exact'])}{or_more}"
    if it["by"]:
        for line in it["lines"]:
            yield f"    {' · '.join(filter(None, line['of']))}: {_number(line['number'])}"
    if it["says"]:
        yield f"    {it['says']}"


def _counted(found: "Answer", shown: Shown) -> dict[str, Any]:
    numbers = _published(found, shown[id(found)]) if id(found) in shown else _exact(found)
    return {
        "code": found.question.code,
        "title": found.meaning.title,
        "definition": found.meaning.definition,
        "basis": found.meaning.basis.says,
        "as_at": found.question.as_at.isoformat(),
        "by": list(found.question.by),
        "log_entries_signed": found.checkpoint.size,
        **numbers,
    }


def _published(found: "Answer", shown: "Published | None") -> dict[str, Any]:
    """Give what may be published. There is no digest: a small number could be tried out by it."""
    numbers = shown.numbers if shown else {}
    by = found.question.by
    axes = shown.axes if shown and by else ()
    is_by_them = [it.name for it in axes] == [*by]
    places = product(*(it.categories for it in axes)) if axes and is_by_them else ()
    return {
        "exact": numbers.get(frozenset()),
        "at_least": None,
        "lines": [
            {"of": list(of), "number": numbers[frozenset(zip(by, of, strict=True))]}
            for of in places
        ],
        "says": shown.says if shown else RULES[found.meaning.about].says,
        "balance": [],
        "digest": None,
    }


def _exact(found: "Answer") -> dict[str, Any]:
    return {
        "exact": found.exact,
        "at_least": found.at_least,
        "says": "",
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
        "digest": found.digest.hex(),
    }


def _number(number: int | None) -> str:
    return MARK if number is None else f"{number:,}"


def _name(name: str) -> str:
    return name.replace("_", " ")


def _said(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_said, value)) or "none"
        case _:
            return str(value)
