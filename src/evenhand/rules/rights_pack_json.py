"""A pack as JSON, in its published schema: what leaves, in whatever form it is read."""

import json
from collections.abc import Sequence
from typing import NotRequired, TypedDict, cast

from evenhand.rules.assessments import Kind
from evenhand.rules.public_rights_letters import Translating
from evenhand.rules.rights_pack import SECTIONS, Pack, Piece, Told
from evenhand.rules.words import words

VERSION = 1
WRITTEN = "en"
"""The language that officers write in: what they wrote is given as they wrote it."""


class FieldJson(TypedDict):
    """One field of a piece, as its published schema has it.

    ``language``: that of the value, where it is not the one of the pack.
    """

    column: str
    about: str
    value: str
    language: NotRequired[str]


class PieceJson(TypedDict):
    """One piece, named by its part of the pack and its place there; no fields where held back."""

    piece: str
    withheld: bool
    fields: list[FieldJson]


class SectionJson(TypedDict):
    """The pieces of one table."""

    table: str
    title: str
    pieces: list[PieceJson]


class DeskJson(TypedDict):
    """Who gives the pack."""

    name: str
    contact: str


class InformationJson(TypedDict):
    """What the law wants told beside the data. DPA 2018 s.45(2)."""

    purposes: str
    legal_basis: str
    categories: list[str]
    recipients: list[str]
    kept_until: str
    reviewed_on: str
    origin: str
    rights: str
    complain: str


class PackJson(TypedDict):
    """A pack, as its published schema has it."""

    version: int
    language: str
    request: str
    made_on: str
    desk: DeskJson
    record: str
    roles: list[str]
    information: InformationJson
    facts: list[PieceJson]
    assessments: list[PieceJson]
    sections: list[SectionJson]


PURPOSES = words(
    "To prevent harm by asking online platforms to look at public content, and to protect people."
)
LEGAL_BASIS = words(
    "Data Protection Act 2018, section 35(2)(b): it is needed for a task of a competent authority."
)
RIGHTS = words(
    "You may ask us to put the information right, to erase it or to restrict its use. Write to"
    " {contact}; it costs nothing."
)
COMPLAIN = words(
    "You may complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113, or"
    " Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF; ask them to check what we held back"
    " (section 51); or ask a court to order us to comply (section 167)."
)
HELD_BACK = words("This is held back. The letter with this pack says why.")


def as_json(pack: Pack, *, said: Translating) -> PackJson:
    """Give a pack as its published schema has it, in its language; ``said`` translates into it."""
    others = [it for it in SECTIONS if it != "person_statement"]
    return {
        "version": VERSION,
        "language": pack.language,
        "request": pack.request,
        "made_on": pack.made_on,
        "desk": {"name": pack.desk, "contact": pack.contact},
        "record": pack.reference,
        "roles": list(pack.roles.values()),
        "information": information(pack, said=said),
        "facts": _pieces("facts", pack.of(Kind.FACT), pack.language),
        "assessments": _pieces("assessments", pack.of(Kind.ASSESSMENT), pack.language),
        "sections": [
            {
                "table": it,
                "title": said(SECTIONS[it]),
                "pieces": _pieces(it, pack.in_section(it), pack.language),
            }
            for it in others
        ],
    }


def from_json(text: str) -> PackJson:
    """Read a pack back. One that was made before packs had languages is in English."""
    return cast("PackJson", {"language": WRITTEN, **json.loads(text)})


def information(pack: Pack, *, said: Translating) -> InformationJson:
    """Give what the law wants told beside the data. DPA 2018 s.45(2)."""
    return {
        "purposes": said(PURPOSES),
        "legal_basis": said(LEGAL_BASIS),
        "categories": [said(SECTIONS[it]) for it in SECTIONS if pack.in_section(it)],
        "recipients": sorted(set(pack.recipients.values())),
        "kept_until": pack.kept_until,
        "reviewed_on": pack.reviewed_on,
        "origin": said(pack.origin),
        "rights": said(RIGHTS).format_map({"contact": pack.contact}),
        "complain": said(COMPLAIN),
    }


def _pieces(part: str, pieces: Sequence[Piece], language: str) -> list[PieceJson]:
    return [
        {
            "piece": f"{part}/{number}",
            "withheld": it.withheld,
            "fields": [_field(field, language) for field in it.fields],
        }
        for number, it in enumerate(pieces, 1)
    ]


def _field(field: Told, language: str) -> FieldJson:
    told = FieldJson(column=field.column, about=field.about, value=field.value)
    if field.is_written and language != WRITTEN:
        told["language"] = WRITTEN
    return told


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_DAY = {"type": "string", "format": "date"}


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


_FIELD = _object(column=_TEXT, about=_TEXT, value=_TEXT, language=_TEXT)
_FIELD["required"] = ["about", "column", "value"]
_PIECES = {
    "type": "array",
    "items": _object(
        piece=_TEXT, withheld={"type": "boolean"}, fields={"type": "array", "items": _FIELD}
    ),
}


def schema(address: str) -> dict[str, object]:
    """Give the JSON Schema of a pack, which is published at an address."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "What a desk holds about one person, as given to that person",
        **_object(
            version={"const": VERSION},
            language=_TEXT,
            request=_TEXT,
            made_on=_DAY,
            desk=_object(name=_TEXT, contact=_TEXT),
            record=_TEXT,
            roles=_TEXTS,
            information=_object(
                purposes=_TEXT,
                legal_basis=_TEXT,
                categories=_TEXTS,
                recipients=_TEXTS,
                kept_until=_DAY,
                reviewed_on=_DAY,
                origin=_TEXT,
                rights=_TEXT,
                complain=_TEXT,
            ),
            facts=_PIECES,
            assessments=_PIECES,
            sections={
                "type": "array",
                "items": _object(table=_TEXT, title=_TEXT, pieces=_PIECES),
            },
        ),
    }
