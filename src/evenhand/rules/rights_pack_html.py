"""A pack as one HTML page that needs nothing else: to print, to read aloud, to keep."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from evenhand.rules.rights_pack import HELD_BACK, InformationJson, PackJson, PieceJson

STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .75rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "section section{border-top:1px solid;margin-top:1rem}"
)
FACTS, ASSESSMENTS = "Facts", "Assessments: what officers made of the facts"
NOBODY, NOTHING = "Nobody", "Nothing."


def as_html(pack: PackJson) -> str:
    """Draw a pack from what its schema describes. All that is text is escaped."""
    title = f"What {pack['desk']['name']} holds about you"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
            f'<meta name="robots" content="noindex"><style>{STYLE}</style></head>',
            f"<body><main><h1>{escape(title)}</h1>",
            *_about(pack),
            *_pieces(FACTS, pack["facts"]),
            *_pieces(ASSESSMENTS, pack["assessments"]),
            *(line for it in pack["sections"] for line in _pieces(it["title"], it["pieces"])),
            "</main></body>\n</html>\n",
        ]
    )


def rows_of(pack: PackJson) -> Iterator[tuple[str, str]]:
    """Give what stands at the head of a pack, in words."""
    yield "Your request", pack["request"]
    yield "Made on", _day(pack["made_on"])
    yield "Reference of the record", pack["record"]
    yield "You are on record as", ", ".join(pack["roles"])
    yield from _information(pack["information"])


def _information(told: InformationJson) -> Iterator[tuple[str, str]]:
    yield "What we use it for", told["purposes"]
    yield "Legal basis", told["legal_basis"]
    yield "Categories of data", ", ".join(told["categories"])
    yield "Who has received any of it", ", ".join(told["recipients"]) or NOBODY
    yield "Kept until, at the latest", _day(told["kept_until"])
    yield "Looked at again by", _day(told["reviewed_on"])
    yield "Where it comes from", told["origin"]
    yield "Your rights", told["rights"]
    yield "If you disagree", told["complain"]


def _day(day: str) -> str:
    return f"{date.fromisoformat(day):%-d %B %Y}"


def _about(pack: PackJson) -> Iterator[str]:
    yield "<dl>"
    yield from _terms(rows_of(pack))
    yield "</dl>"


def _terms(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    for called, value in rows:
        yield f"<dt>{escape(called)}</dt><dd>{escape(value)}</dd>"


def _pieces(title: str, pieces: Sequence[PieceJson]) -> Iterator[str]:
    yield f"<section><h2>{escape(title)}</h2>"
    if not pieces:
        yield f"<p>{NOTHING}</p>"
    for number, piece in enumerate(pieces, 1):
        yield f"<section><h3>{number}</h3>"
        if piece["withheld"]:
            yield f"<p>{HELD_BACK}</p>"
        else:
            fields = ((it["about"], it["value"]) for it in piece["fields"])
            yield from ("<dl>", *_terms(fields), "</dl>")
        yield "</section>"
    yield "</section>"
