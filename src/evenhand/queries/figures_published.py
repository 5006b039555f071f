"""Figures that were published, for everybody: a list, and each with what it means and corrects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import OuterRef, Subquery

from evenhand.rules.publishing_tables import RULES, Published
from evenhand.rules.questions import Answer
from evenhand.rules.questions_library import LIBRARY
from evenhand.store.figures import ErratumRow, FigureRow, Figures, no_such_figure
from evenhand.store.publishing import answer_of, read

PAGE = 25
FOR_THE_DESK = [code for code, it in LIBRARY.items() if it.published_as]


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published figure in the list. ``corrected_at``: when it was said to be wrong."""

    ref: UUID
    code: str
    as_at: date
    published_at: datetime
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One page of the list, the newest first. ``next_page``: 0 where there is none."""

    items: Sequence[PublishedLine]
    next_page: int


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published figure in full. ``why`` and ``right``: what was wrong, and the right figure.

    ``told``: what readers have of it; None where it was published before such numbers were hidden.
    """

    line: PublishedLine
    answer: Answer
    told: Published | None
    why: str
    right: UUID | None
    corrects: UUID | None


def page(number: int) -> PublishedPage:
    """Give one page of the list, counted from 1."""
    start = (number - 1) * PAGE
    rows = _published().order_by("-published_at", "-id")[start : start + PAGE + 1]
    found = [_line(it) for it in rows]
    return PublishedPage(found[:PAGE], number + 1 if len(found) > PAGE else 0)


def one(ref: UUID) -> PublishedFigure:
    """Give one published figure. Raises NotFound."""
    row = _published().filter(id=ref).first()
    if row is None:
        raise no_such_figure()
    errata = ErratumRow.objects.filter(confirmed_at__isnull=False)
    wrong, right = errata.filter(wrong=row).first(), errata.filter(right=row).first()
    return PublishedFigure(
        _line(row),
        answer=answer_of(row),
        told=still_told(read(row.published or "")),
        why=wrong.why if wrong else "",
        right=wrong.right_id if wrong else None,
        corrects=right.wrong_id if right else None,
    )


def still_told(it: Published) -> Published | None:
    """Give what readers have, unless a number in it is too small by today's rule."""
    small = RULES[it.about].hides
    return None if any(number in small for number in it.numbers.values()) else it


def _published() -> Figures:
    errata = ErratumRow.objects.filter(wrong=OuterRef("id"), confirmed_at__isnull=False)
    rows = FigureRow.objects.filter(published_at__isnull=False).exclude(code__in=FOR_THE_DESK)
    return rows.annotate(corrected_at=Subquery(errata.values("confirmed_at")[:1]))


def _line(row: FigureRow) -> PublishedLine:
    corrected_at: datetime | None = row.corrected_at  # type: ignore[attr-defined]
    published_at = cast("datetime", row.published_at)
    return PublishedLine(row.id, row.code, row.as_at, published_at, corrected_at)
