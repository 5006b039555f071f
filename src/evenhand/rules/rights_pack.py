"""What a pack holds of a record: made from the register of fields, with each thing left out named.

A test keeps it whole: of every table about a person each column is in a pack, or is left out for a
reason that stands here. DPA 2018 s.45(1)–(2); E-SAR-35.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from evenhand.rules.assessments import Kind
from evenhand.rules.register import Held
from evenhand.rules.rights import Withheld
from evenhand.rules.words import words

SECTIONS: Mapping[str, str] = {
    "person": words("The record"),
    "person_link": words("What you are on record as, and why"),
    "person_statement": words("What was said of you"),
    "person_step": words("What was done with the record"),
    "purpose_change": words("Other uses that were asked for"),
    "notify_decision": words("Whether you are told of the record"),
    "disclosure": words("What was given to others"),
    "originator_notice": words("Who was told that something was wrong"),
    "review": words("Reviews of the record"),
    "hold": words("Why the record is kept from disposal"),
}
"""The tables that a pack is made of, in its order, and what each is called there."""
KNEW = words("You gave it to us or were told when we got it, unless a fact says otherwise.")
UNKNOWN = words(
    "It was collected without your knowledge, from public content or as each fact says."
)
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
SAME_DAY = "it repeats the day of a moment that is in the pack"
LEFT_OUT: Mapping[str, str] = {
    "person.version": MACHINERY,
    "person.contested": "it repeats what stands at what was contested",
    "person.schedule": "it follows from what you are on record as; the days it leads to are told",
    "notify_decision.decided_on": SAME_DAY,
    "disclosure.version": MACHINERY,
    "disclosure.agreement_id": "the recipient is named instead, under “recipients”",
    "disclosure.recipient_person": "it is a random id; the recipient is named instead",
    "disclosure.statements": "“document” says them in words",
    "disclosure.consented": "“consent” says who agreed",
    "disclosure.digest": MACHINERY,
    "disclosure.package": "it is what “document” says, as it left",
    "disclosure.package_sha256": MACHINERY,
    "review.day": SAME_DAY,
    "review.seen_version": MACHINERY,
    "hold.day": SAME_DAY,
}
"""Columns that are left out for a reason of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a row: its column, what that is called in a pack, and its value in words.

    ``is_written``: an officer wrote the value, or the law did; it is in English in every pack.
    ``repeats``: the piece whose words these are, where they stand in another one.
    """

    column: str
    about: str
    value: str
    is_written: bool = False
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of a table, as a pack shows it."""

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
    """Everything that is given of one record. Facts and assessments are never one list.

    ``language``: the one of its words, but for what officers wrote. ``roles`` and ``recipients``
    are by the name of the piece that says so.
    """

    language: str
    request: str
    made_on: str
    desk: str
    contact: str
    reference: str
    roles: Mapping[str, str]
    recipients: Mapping[str, str]
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
        """Give it without what is held back: told of, or as if it were not there.

        So it is, too, wherever anything else repeats it.
        """
        kept = (it for it in self.pieces if marks.get(it.name) is not Withheld.RESTRICTED_UNTOLD)
        return replace(
            self,
            pieces=[_given(it, marks) for it in kept],
            roles=_but_of(marks, self.roles),
            recipients=_but_of(marks, self.recipients),
        )


def _but_of(marks: Mapping[str, Withheld], said: Mapping[str, str]) -> Mapping[str, str]:
    return {piece: it for piece, it in said.items() if piece not in marks}


def _given(piece: Piece, marks: Mapping[str, Withheld]) -> Piece:
    if piece.name in marks:
        return replace(piece, fields=(), withheld=True)
    return replace(piece, fields=[it for it in piece.fields if it.repeats not in marks])


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
