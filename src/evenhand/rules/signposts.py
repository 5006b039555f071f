"""Signposts: who deals with what is not for this desk, and what to tell whoever reported it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.rules.lawbook import LawDataWrong
from evenhand.rules.lawbook_reading import SLUG, read_file, repeats
from evenhand.rules.lawbook_table import Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Signpost:
    """One body or way: what it deals with, and what a reporter is told, in plain words."""

    code: str
    title: str
    deals_with: str
    tell: str
    verified: bool
    source: str


def read_signposts(document: Mapping[str, object]) -> Mapping[str, Signpost]:
    """Read the signposts from their loaded file, in its order. Raises LawDataWrong."""
    faults: list[str] = []
    _edition, rows = read_file(Table(document, "signposts.toml", faults), "signpost", _signpost)
    faults += repeats("signposts.toml, signpost", (row.code for row in rows))
    if faults:
        raise LawDataWrong(faults)
    return {row.code: row for row in rows}


def _signpost(row: Table) -> Signpost:
    return Signpost(
        code=row.code("code", SLUG),
        title=row.text("title"),
        deals_with=row.text("deals_with"),
        tell=row.text("tell"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )
