"""All that a record holds, piece by piece, as pages show it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.rights_pack import MarkShown, Preview
from evenhand.queries.rights_shown import ReviewShown
from evenhand.rules.assessments import Kind
from evenhand.rules.notification import GROUND_WORDS
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.rights_pack import SECTIONS, Piece
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.rights import words
from evenhand.web.sheets import row, tag_row, words_row
from evenhand.web.words import translated

SAID = "person_statement"


def preview(found: Preview, asked: str, officer: Officer) -> Mapping[str, Any]:
    """Show every piece, facts and assessments apart, each with what is held back of it."""
    person = found.pack.reference
    may_mark = found.is_open and may(officer, Permission.HANDLE_RIGHTS)
    marks = {it.piece: it for it in found.marks}

    def section(title: str, pieces: Sequence[Piece]) -> Params:
        drawn = [_piece(it, marks, asked, found, may_mark=may_mark) for it in pieces]
        return {"title": title, "pieces": drawn}

    others = [it for it in SECTIONS if it != SAID]
    table, _slash, ref = found.whole.partition("/")
    return {
        "asked": asked,
        "person": person,
        "roles": ", ".join(found.pack.roles.values()) or _("Nothing"),
        "whole": found.whole in marks and not marks[found.whole].is_lifted,
        "hold_all": reverse("rights_hold_back", args=[asked, person, table, ref])
        if may_mark
        else "",
        "sections": [
            section(_("Facts"), found.pack.of(Kind.FACT)),
            section(_("Assessments"), found.pack.of(Kind.ASSESSMENT)),
            *(section(SECTIONS[it], found.pack.in_section(it)) for it in others),
        ],
    }


def words_of(found: Preview, piece: str) -> list[str]:
    """Give what a piece says, so that it is before the eyes of who holds it back."""
    named = (it for it in found.pack.pieces if it.name == piece and it.name != found.whole)
    return [f"{field.about}: {field.value}" for it in named for field in it.fields]


def to_review(found: Preview, piece: str, asked: str) -> Mapping[str, Any]:
    """Show one piece that is held back, why, and what was found whenever it was looked at again."""
    marks = (it for it in found.marks if it.piece == piece)
    mark = next(marks, None)
    return {
        "caption": found.pack.reference,
        "back": reverse("rights_request", args=[asked]),
        "lines": words_of(found, piece),
        "is_whole": piece == found.whole,
        "mark": {"rows": _mark(mark)} if mark else None,
        "reviews": [_review(it) for it in mark.reviews] if mark else [],
        "as_seen": mark.reviews[-1].id if mark and mark.reviews else None,
    }


def _review(it: ReviewShown) -> Params:
    tag = words.REVIEWS[it.standing]
    rows = [tag_row(words.FOUND_AGAIN[it.outcome], tag), words_row(_("What was found"), it.reasons)]
    if it.review_on:
        rows.append(row(_("Looked at once more"), times.day(it.review_on)))
    said = {"name": it.by, "moment": times.moment(it.at)}
    rows.append(row(_("Looked at"), _("%(moment)s, by %(name)s") % said))
    if it.answered_by:
        rows.append(row(_("Second officer"), it.answered_by))
        rows.append(words_row(_("What they say"), it.answer))
    return {"rows": rows}


def _piece(
    it: Piece, marks: Mapping[str, MarkShown], asked: str, found: Preview, *, may_mark: bool
) -> Mapping[str, Any]:
    mark, place = marks.get(it.name), [asked, found.pack.reference, it.table, it.row]
    return {
        "rows": {"rows": [words_row(field.about, field.value) for field in it.fields]},
        "mark": {"rows": _mark(mark)} if mark else None,
        "hold_back": reverse("rights_hold_back", args=place)
        if may_mark and not mark and it.name != found.whole
        else "",
        "give": reverse("rights_give", args=place)
        if may_mark and mark and not mark.is_lifted
        else "",
    }


def _mark(mark: MarkShown) -> list[Params]:
    rows = [row(_("Held back"), words.WITHHELD[mark.withheld])]
    if mark.ground:
        rows.append(row(_("Ground"), translated(GROUND_WORDS[mark.ground])))
    if mark.review_on:
        rows.append(row(_("Looked at again"), times.day(mark.review_on)))
    if mark.is_lifted:
        rows.append(row(_("Held back still"), _("No")))
    return [*rows, words_row(_("Why"), mark.reasons), row(_("By"), mark.by)]
