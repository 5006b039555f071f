"""The desk's documents in force, for everybody: what they say, and by when they are reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries import assurance
from evenhand.queries.assurance import PublicDocument
from evenhand.rules.assurance import Document, DocumentKind, Part, Residual, Stage, is_overdue
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.words import Words

TITLES: Mapping[DocumentKind, Words] = {
    DocumentKind.DPIA: later("Data protection impact assessment"),
    DocumentKind.APD: later("Appropriate policy document"),
}
PART_TITLES: Mapping[Part, Words] = {
    Part.DESCRIPTION: later("What is processed, and what for"),
    Part.DANGERS: later("Risks to the rights and freedoms of people"),
    Part.MEASURES: later("What is done about these risks"),
    Part.SAFEGUARDS: later("Safeguards, security, and how compliance is shown"),
    Part.PROCEDURES: later("How the data protection principles are complied with"),
    Part.RETENTION: later("How long data is kept, and how it is erased"),
}
RESIDUALS: Mapping[Residual, Words] = {
    Residual.LOW: later("Low"),
    Residual.MEDIUM: later("Medium"),
    Residual.HIGH: later("High"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of document with how it stands; without an address where none is in force."""

    title: Words
    tag: Params
    rows: Params | None
    href: str


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents in force and the days by which they are reviewed."""
    today = timezone.localdate()
    found = {it.fact.kind: it for it in assurance.published()}
    listed = [_listed(kind, found.get(kind), today=today) for kind in DocumentKind]
    shown = {"documents": listed, "replaced": [_earlier(it) for it in assurance.replaced()]}
    return render(request, "evenhand/public/documents.html", shown)


@require_safe
def document(request: HttpRequest, kind: DocumentKind) -> HttpResponse:
    """Show one document in force, with what was corrected in it."""
    found = {it.fact.kind: it for it in assurance.published()}.get(kind)
    return _shown(request, found)


@require_safe
def version(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Show one version that is or was in force, with what was corrected in it."""
    return _shown(request, assurance.published_version(kind, number))


def _shown(request: HttpRequest, found: PublicDocument | None) -> HttpResponse:
    if found is None:
        raise Http404
    today = timezone.localdate()
    shown = {
        "title": TITLES[found.fact.kind],
        "tag": review_tag(found.fact, today=today),
        "facts": _facts(found.fact),
        "advised": found.fact.is_advised,
        "parts": [(PART_TITLES[part], text) for part, text in found.parts.items()],
        "errata": [(times.local_day(it.published_at or it.at), it.text) for it in found.errata],
    }
    return render(request, "evenhand/public/document.html", shown)


def review_tag(fact: Document, *, today: date) -> Params:
    """Say whether the review of a document in force is overdue, or that it was replaced."""
    if fact.stage is Stage.REPLACED:
        return {"text": _("Replaced"), "classes": "govuk-tag--grey"}
    if is_overdue(fact, today=today):
        return {"text": _("Review overdue"), "classes": "govuk-tag--red"}
    return {"text": _("In force"), "classes": "govuk-tag--green"}


def _listed(kind: DocumentKind, found: PublicDocument | None, *, today: date) -> Listed:
    if found is None:
        tag = {"text": _("None in force"), "classes": "govuk-tag--grey"}
        return Listed(TITLES[kind], tag, None, "")
    there = reverse("public_document", args=[kind])
    return Listed(TITLES[kind], review_tag(found.fact, today=today), _facts(found.fact), there)


def _earlier(fact: Document) -> tuple[str, str]:
    """Name a version that was replaced, and say where it is."""
    told = {"title": TITLES[fact.kind], "number": fact.number}
    text = _("%(title)s, version %(number)d") % told
    return reverse("public_document_version", args=[fact.kind, fact.number]), text


def _facts(fact: Document) -> Params:
    rows: list[tuple[str, str]] = [(_("Version"), str(fact.number))]
    for title, day in ((_("In force from"), fact.in_force_from), (_("Review by"), fact.review_on)):
        if day is not None:
            rows.append((title, times.day(day)))
    if fact.residual is not None:
        rows.append((_("Risk that is left"), str(RESIDUALS[fact.residual])))
    return summary(rows)


def summary(rows: Sequence[tuple[str, str]]) -> Params:
    """Make a list of questions and answers."""
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}
