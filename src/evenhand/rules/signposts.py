"""Signposts: who deals with what is not for this desk, and what to tell whoever reported it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.rules.lawbook_reading import SLUG, read_by
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
    return read_by(document, "signposts.toml, signpost", _signpost, code=lambda row: row.code)


def _signpost(row: Table) -> Signpost:
    return Signpost(
        code=row.code("code", SLUG),
        title=row.text("title"),
        deals_with=row.text("deals_with"),
        tell=row.text("tell"),
        verified=row.yes("verified", needed=True),
        source=row.text("source"),
    )
