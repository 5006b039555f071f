"""Every figure that this desk published, for everybody: the list, and each with what it means."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenhand.queries import figures_published as published
from evenhand.queries.figures_published import PublishedFigure, PublishedLine
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.public.documents import summary
from evenhand.web.questions import told
from evenhand.web.words import translated


@require_safe
@for_everybody
def figures(request: HttpRequest, page: int = 1) -> HttpResponse:
    """List what was published, the newest first."""
    found = published.page(max(page, 1))
    older = reverse("public_figures_page", args=[found.next_page]) if found.next_page else ""
    shown = {
        "figures": [_listed(it) for it in found.items],
        "next": in_language(older) if older else "",
        "page": page,
    }
    return render(request, "evenhand/public/figures.html", shown)


@require_safe
@for_everybody
def figure(request: HttpRequest, figure: UUID) -> HttpResponse:
    """Show one published figure: what it means, its numbers, and whether it was wrong."""
    found = published.one(figure)
    meaning, it = found.answer.meaning, found.told
    shown = {
        "title": translated(meaning.title),
        "definition": translated(meaning.definition),
        "basis": translated(meaning.basis.says),
        "facts": summary(list(_facts(found))),
        "lines": told.published(it),
        "says": translated(it.says) if it and it.says else "",
        "why": found.why,
        "right": _href(found.right) if found.right else "",
        "corrects": _href(found.corrects) if found.corrects else "",
        "checkpoint": found.answer.checkpoint.note,
    }
    return render(request, "evenhand/public/figure.html", shown)


def _listed(it: PublishedLine) -> Mapping[str, Any]:
    return {
        "title": told.title_of(it.code),
        "href": _href(it.ref),
        "as_at": times.day(it.as_at),
        "on": times.local_day(it.published_at),
        "corrected": it.corrected_at is not None,
    }


def _href(ref: UUID) -> str:
    return in_language(reverse("public_figure", args=[ref]))


def _facts(found: PublishedFigure) -> Iterator[tuple[str, str]]:
    asked, line = found.answer.question, found.line
    yield _("As at the end of"), times.day(line.as_at)
    if asked.start:
        yield _("From"), times.day(asked.start)
    if asked.end:
        yield _("Until before"), times.day(asked.end)
    yield _("Published on"), times.local_day(line.published_at)
    if line.corrected_at:
        yield _("Corrected on"), times.local_day(line.corrected_at)
