"""A pack as one HTML page that needs nothing else: to print, to read aloud, to keep."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from evenhand.rules.public_rights_letters import Translating
from evenhand.rules.rights_pack_json import (
    HELD_BACK,
    WRITTEN,
    InformationJson,
    PackJson,
    PieceJson,
)
from evenhand.rules.words import words

STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .75rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    "section section{border-top:1px solid;margin-top:1rem}"
)
TITLE = words("What {desk} holds about you")
FACTS = words("Facts")
ASSESSMENTS = words("Assessments: what officers made of the facts")
NOBODY, NOTHING = words("Nobody"), words("Nothing.")
NO_ROLE = words("Nothing yet: a second officer has yet to decide")
AS_WRITTEN = words("What officers wrote is in English, as they wrote it.")
Line = tuple[str, str, str]
"""What something is called, what it is, and in which language that is."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """How the words of a pack are said in its language: its sentences, and its days."""

    said: Translating
    day: Callable[[date], str]


def title_of(pack: PackJson, speaking: Speaking) -> str:
    """Give the title of a pack."""
    return speaking.said(TITLE).format_map({"desk": pack["desk"]["name"]})


def as_html(pack: PackJson, speaking: Speaking) -> str:
    """Draw a pack from what its schema describes. All that is text is escaped."""
    title = title_of(pack, speaking)
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{escape(pack["language"])}">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="robots" content="noindex"><style>{STYLE}</style></head>',
            f"<body><main><h1>{escape(title)}</h1>",
            *_terms(rows_of(pack, speaking), pack["language"]),
            *(
                line
                for name, it in parts_of(pack, speaking)
                for line in _pieces(name, it, pack, speaking)
            ),
            "</main></body>\n</html>\n",
        ]
    )


def parts_of(pack: PackJson, speaking: Speaking) -> Sequence[tuple[str, Sequence[PieceJson]]]:
    """Give the parts of a pack under their titles, facts and assessments apart."""
    return [
        (speaking.said(FACTS), pack["facts"]),
        (speaking.said(ASSESSMENTS), pack["assessments"]),
        *((it["title"], it["pieces"]) for it in pack["sections"]),
    ]


def rows_of(pack: PackJson, speaking: Speaking) -> Iterator[Line]:
    """Give what stands at the head of a pack, in words."""
    for called, value in _head(pack, speaking):
        yield speaking.said(called), value, pack["language"]


def lines_of(piece: PieceJson, language: str) -> Iterator[Line]:
    """Give the fields of a piece; ``language`` is the one of the pack."""
    for it in piece["fields"]:
        yield it["about"], it["value"], it.get("language", language)


def _head(pack: PackJson, speaking: Speaking) -> Iterator[tuple[str, str]]:
    said = speaking.said
    yield words("Your request"), pack["request"]
    yield words("Made on"), _day(pack["made_on"], speaking)
    yield words("Reference of the record"), pack["record"]
    yield words("You are on record as"), ", ".join(pack["roles"]) or said(NO_ROLE)
    yield from _information(pack["information"], speaking)
    if pack["language"] != WRITTEN:
        yield words("Language"), said(AS_WRITTEN)


def _information(told: InformationJson, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield words("What we use it for"), told["purposes"]
    yield words("Legal basis"), told["legal_basis"]
    yield words("Categories of data"), "\n".join(told["categories"])
    recipients = "\n".join(told["recipients"])
    yield words("Who has received any of it"), recipients or speaking.said(NOBODY)
    yield words("Kept until, at the latest"), _day(told["kept_until"], speaking)
    yield words("Looked at again by"), _day(told["reviewed_on"], speaking)
    yield words("Where it comes from"), told["origin"]
    yield words("Your rights"), told["rights"]
    yield words("If you disagree"), told["complain"]


def _day(day: str, speaking: Speaking) -> str:
    return speaking.day(date.fromisoformat(day))


def _terms(lines: Iterator[Line], language: str) -> Iterator[str]:
    yield "<dl>"
    for called, value, of in lines:
        marked = "" if of == language else f' lang="{escape(of)}"'
        yield f"<dt>{escape(called)}</dt><dd{marked}>{escape(value)}</dd>"
    yield "</dl>"


def _pieces(
    title: str, pieces: Sequence[PieceJson], pack: PackJson, speaking: Speaking
) -> Iterator[str]:
    yield f"<section><h2>{escape(title)}</h2>"
    if not pieces:
        yield f"<p>{speaking.said(NOTHING)}</p>"
    for number, piece in enumerate(pieces, 1):
        yield f"<section><h3>{number}</h3>"
        if piece["withheld"]:
            yield f"<p>{speaking.said(HELD_BACK)}</p>"
        else:
            yield from _terms(lines_of(piece, pack["language"]), pack["language"])
        yield "</section>"
    yield "</section>"
