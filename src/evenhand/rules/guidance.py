"""Guidance beside a question of casework: what it is for, a good answer, who asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.rules.lawbook_reading import read_by
from evenhand.rules.lawbook_table import Table

QUESTION = r"[a-z]+\.[a-z_]+"
RULE = r"E-[A-Z0-9]+-[0-9]{2}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Guidance:
    """What to know before one question is answered. ``question`` is the page and the field.

    ``asked_by`` is the law or other source that asks for an answer, and ``verified`` says whether
    somebody read it there. ``rule`` is the rule that refuses a wrong answer, if there is one.
    """

    question: str
    purpose: str
    good: str
    leave_out: str
    asked_by: str
    rule: str
    verified: bool
    source: str


def read_guidance(document: Mapping[str, object]) -> Mapping[str, Guidance]:
    """Read the guidance from its loaded file, by question. Raises LawDataWrong."""
    return read_by(document, "guidance.toml, guidance", _guidance, code=lambda row: row.question)


def _guidance(row: Table) -> Guidance:
    return Guidance(
        question=row.code("question", QUESTION),
        purpose=row.text("purpose"),
        good=row.text("good"),
        leave_out=row.text("leave_out"),
        asked_by=row.text("asked_by"),
        rule=row.code("rule", RULE, needed=False),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )
