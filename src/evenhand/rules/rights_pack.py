"""What a pack holds of a record: made from the register of fields, with each thing left out named.

A test keeps it whole: of every table about a person each column is in a pack, or is left out for a
reason that stands here. DPA 2018 s.45(1)–(2); E-SAR-35.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from evenhand.rules.assessments import Kind
from evenhand.rules.register import Held
from evenhand.rules.rights import Withheld

VERSION = 1
SECTIONS: Mapping[str, str] = {
    "person": "The record",
    "person_link": "What you are on record as, and why",
    "person_statement": "What was said of you",
    "person_step": "What was done with the record",
    "purpose_change": "Other uses that were asked for",
    "notify_decision": "Whether you are told of the record",
    "disclosure": "What was given to others",
    "originator_notice": "Who was told that something was wrong",
    "review": "Reviews of the record",
    "hold": "Why the record is kept from disposal",
}
"""The tables that a pack is made of, in its order, and what each is called there."""
MACHINERY = "it only finds, seals or counts the record and says nothing about you"
OFFICER = "it names an officer of this desk; you may ask for the name"
ANOTHER = "it would name another record"
ELSEWHERE: Mapping[str, str] = {
    "combination": ANOTHER,
    "rights_found": "it is about your requests, and goes with the letters you were sent",
    "rights_mark": "it says what of this pack is held back, and why",
    "rights_pack": "it is this pack itself",
    "rights_review": "it says whether what of this pack is held back stays so, and why",
}
"""Tables about a person that are in no pack, and why."""
LEFT_OUT: Mapping[str, str] = {
    "person.contested": "it repeats what stands at what was contested",
    "disclosure.agreement_id": "the recipient is named instead, under “recipients”",
}
"""Columns that are left out for a reason of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a row: its column, what the register says of it, and its value in words."""

    column: str
    about: str
    value: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of a table, as a pack shows it. ``is_words``: a person wrote some of it."""

    table: str
    row: str
    fields: Sequence[Told]
    kind: Kind | None = None
    withheld: bool = False

    @property
    def name(self) -> str:
        """Name it as a mark does."""
        return f"{self.table}/{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that is given of one record. Facts and assessments are never one list."""

    request: str
    made_on: str
    desk: str
    contact: str
    reference: str
    roles: Sequence[str]
    recipients: Sequence[str]
    kept_until: str
    reviewed_on: str
    origin: str
    pieces: Sequence[Piece]

    def of(self, kind: Kind) -> Sequence[Piece]:
        """Give the statements of one kind."""
        return [it for it in self.pieces if it.kind is kind]

    def in_section(self, table: str) -> Sequence[Piece]:
        """Give the pieces of one table."""
        return [it for it in self.pieces if it.table == table]

    def without(self, marks: Mapping[str, Withheld]) -> "Pack":
        """Give it without what is held back: told of, or as if it were not there."""
        kept = (it for it in self.pieces if marks.get(it.name) is not Withheld.RESTRICTED_UNTOLD)
        return replace(self, pieces=[_held_back(it) if it.name in marks else it for it in kept])


def _held_back(piece: Piece) -> Piece:
    return replace(piece, fields=(), withheld=True)


def left_out(line: Held) -> str:
    """Say why a column is in no pack; nothing where it is in one."""
    own = LEFT_OUT.get(f"{line.table}.{line.column}") or ELSEWHERE.get(line.table)
    if own:
        return own
    if line.read_by is None or line.column == "person_id":
        return MACHINERY
    if line.personal and not line.sealed:
        return OFFICER
    return ANOTHER if line.column == "replaces_id" else ""


def told_of(table: str, register: Collection[Held]) -> Sequence[Held]:
    """Give the columns of a table that are in a pack, in the order of the register."""
    return [it for it in register if it.table == table and not left_out(it)]


def said_of(line: Held) -> str:
    """Give what the register says of a column, without that it holds codes: a pack says words."""
    return line.about.replace(", as codes", "").replace(", as a code", "")


class FieldJson(TypedDict):
    """One field of a piece, as its published schema has it."""

    column: str
    about: str
    value: str


class PieceJson(TypedDict):
    """One piece; without its fields where it is held back."""

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
    request: str
    made_on: str
    desk: DeskJson
    record: str
    roles: list[str]
    information: InformationJson
    facts: list[PieceJson]
    assessments: list[PieceJson]
    sections: list[SectionJson]


PURPOSES = (
    "To prevent harm by asking online platforms to look at public content, and to protect people."
)
LEGAL_BASIS = (
    "Data Protection Act 2018, section 35(2)(b): it is needed for a task of a competent authority."
)
RIGHTS = (
    "You may ask us to put the information right, to erase it or to restrict its use. Write to"
    " {contact}; it costs nothing."
)
COMPLAIN = (
    "You may complain to the Information Commissioner: ico.org.uk, telephone 0303 123 1113, or"
    " Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF; ask them to check what we held back"
    " (section 51); or ask a court to order us to comply (section 167)."
)
KNEW = "You gave it to us or were told when we got it, unless a fact says otherwise."
UNKNOWN = "It was collected without your knowledge, from public content or as each fact says."
HELD_BACK = "This is held back. The letter with this pack says why."


def as_json(pack: Pack) -> PackJson:
    """Give a pack as its published schema has it."""
    others = [it for it in SECTIONS if it != "person_statement"]
    return {
        "version": VERSION,
        "request": pack.request,
        "made_on": pack.made_on,
        "desk": {"name": pack.desk, "contact": pack.contact},
        "record": pack.reference,
        "roles": list(pack.roles),
        "information": information(pack),
        "facts": [_piece(it) for it in pack.of(Kind.FACT)],
        "assessments": [_piece(it) for it in pack.of(Kind.ASSESSMENT)],
        "sections": [
            {
                "table": it,
                "title": SECTIONS[it],
                "pieces": [_piece(piece) for piece in pack.in_section(it)],
            }
            for it in others
        ],
    }


def information(pack: Pack) -> InformationJson:
    """Give what the law wants told beside the data. DPA 2018 s.45(2)."""
    return {
        "purposes": PURPOSES,
        "legal_basis": LEGAL_BASIS,
        "categories": [SECTIONS[it] for it in SECTIONS if pack.in_section(it)],
        "recipients": list(pack.recipients),
        "kept_until": pack.kept_until,
        "reviewed_on": pack.reviewed_on,
        "origin": pack.origin,
        "rights": RIGHTS.format_map({"contact": pack.contact}),
        "complain": COMPLAIN,
    }


def _piece(piece: Piece) -> PieceJson:
    fields = [FieldJson(column=it.column, about=it.about, value=it.value) for it in piece.fields]
    return {"piece": piece.name, "withheld": piece.withheld, "fields": fields}


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


_FIELD = _object(column=_TEXT, about=_TEXT, value=_TEXT)
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
