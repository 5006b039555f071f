"""The desk's documents in force, for everybody: what they say, and by when they are reviewed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries import assurance
from evenhand.queries.assurance import PublicDocument
from evenhand.rules.assurance import (
    Document,
    DocumentKind,
    Part,
    Residual,
    Stage,
    is_overdue,
)
from evenhand.rules.conditions import Condition, are_stated
from evenhand.rules.equality_assessments import EiaDue
from evenhand.rules.parties import Party, lapsed, read_parties
from evenhand.rules.public_registers import DOCUMENTS
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.words import Words, translated

TITLES: Mapping[DocumentKind, Words] = {it: later(text) for it, text in DOCUMENTS.items()}
PART_TITLES: Mapping[Part, Words] = {
    Part.DESCRIPTION: later("What is processed, and what for"),
    Part.DANGERS: later("Risks to the rights and freedoms of people"),
    Part.MEASURES: later("What is done about these risks"),
    Part.SAFEGUARDS: later("Safeguards, security, and how compliance is shown"),
    Part.PROCEDURES: later("How the data protection principles are complied with"),
    Part.RETENTION: later("How long data is kept, and how it is erased"),
    Part.AIMS: later("How due regard is had to equality"),
    Part.CONSULTATION: later("Who was consulted, and what they said"),
    Part.EFFECTS: later("Effects on people by protected characteristic, and the evidence"),
    Part.ACTIONS: later("What is done about these effects"),
    Part.INSTRUCTIONS: later("What officers do with people’s data, and what they never do"),
    Part.PARTIES: later("Who they are"),
    Part.ARRANGEMENT: later("Who answers for what, and where people turn to"),
    Part.CONTRACTS: later("How they are bound to this desk’s instructions"),
    Part.INFORMATION: later("How this desk complies with the equality duty"),
    Part.OBJECTIVES: later("Objectives, and how each is measured"),
}
RESIDUALS: Mapping[Residual, Words] = {
    Residual.LOW: later("Low"),
    Residual.MEDIUM: later("Medium"),
    Residual.HIGH: later("High"),
}
EIA_DUE: Mapping[EiaDue, Words] = {
    EiaDue.NONE_IN_FORCE: later("This desk has no equality impact assessment in force."),
    EiaDue.OVERDUE: later("The review of the equality impact assessment is overdue."),
    EiaDue.DPIA_CHANGED: later(
        "The data protection impact assessment changed after the equality impact assessment."
    ),
    EiaDue.NEW_HARM: later(
        "The desk acts on a kind of harm that the equality impact assessment did not know."
    ),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of document with how it stands; without an address where none is in force."""

    title: Words
    tag: Params
    rows: Params | None
    href: str


@require_safe
@for_everybody
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents in force, today or on an earlier day (``?on=``), and their reviews."""
    today = timezone.localdate()
    on = _day(request, today=today)
    found = {it.fact.kind: it for it in assurance.in_force_on(on)}
    shown = {
        "documents": [_listed(kind, found.get(kind), today=on) for kind in DocumentKind],
        "on": times.day(on),
        "past": on < today,
        "eia_due": [EIA_DUE[it] for it in assurance.eia_due(today=today)] if on == today else [],
    }
    return render(request, "evenhand/public/documents.html", shown)


def _day(request: HttpRequest, *, today: date) -> date:
    try:
        return min(date.fromisoformat(request.GET.get("on", "") or today.isoformat()), today)
    except ValueError as error:
        raise Http404 from error


@require_safe
@for_everybody
def document(request: HttpRequest, kind: DocumentKind, number: int | None = None) -> HttpResponse:
    """Show one document in force, or a version that was, with what was corrected in it."""
    versions = assurance.past(kind)
    if not versions:
        raise Http404
    newest = versions[0].number
    found = assurance.published_version(kind, number or newest)
    today = timezone.localdate()
    shown = {
        "title": TITLES[found.fact.kind],
        "tag": review_tag(found.fact, today=today),
        "facts": _facts(found.fact, fingerprint=found.fingerprint),
        "advised": found.fact.is_advised,
        **told(found.parts, today=today),
        "errata": [(times.local_day(it.published_at or it.at), it.text) for it in found.errata],
        "versions": [_other(it) for it in versions if it.number != found.fact.number],
    }
    return render(request, "evenhand/public/document.html", shown)


def condition_words(condition: Condition) -> str:
    """Name a condition of Schedule 8 in words, if it still has any, and by its paragraph."""
    if not condition.title:
        return _("Paragraph %(number)s") % {"number": condition.paragraph}
    told = {"number": condition.paragraph, "title": translated(condition.title)}
    return _("%(title)s (paragraph %(number)s)") % told


def conditions(fact: Document) -> Iterator[tuple[str, str]]:
    """Say on which conditions of Schedule 8 a policy document relies."""
    if are_stated(fact.kind, settings.DESK.regime):
        named = map(condition_words, assurance.conditions_of(fact))
        yield _("Conditions of Schedule 8 relied on"), "; ".join(named) or _("None stated")


def told(parts: Mapping[Part, str], *, today: date) -> Mapping[str, Any]:
    """Show the text of a document part by part, and the parties of a register each by itself."""
    parties = _parties(parts)
    return {
        "parties": [_party(it, today=today) for it in parties],
        "nobody": Part.PARTIES in parts and not parties,
        "parts": [(PART_TITLES[it], text) for it, text in parts.items() if it is not Part.PARTIES],
    }


def _parties(parts: Mapping[Part, str]) -> Sequence[Party]:
    return read_parties(parts[Part.PARTIES]) if Part.PARTIES in parts else ()


def _party(party: Party, *, today: date) -> Mapping[str, Any]:
    facts = [
        (_("Contact point"), party.contact),
        (_("What it does"), party.does),
        (_("From"), times.day(party.agreed_on)),
        (_("Until"), times.day(party.until)),
        (_("Whom else it may employ"), party.others or _("Nobody without leave")),
    ]
    over = {"text": _("Over"), "classes": "govuk-tag--red"}
    stands = {"text": _("In force"), "classes": "govuk-tag--green"}
    tag = stands if party.in_date(today) else over
    return {"name": party.name, "tag": tag, "facts": summary(facts)}


def _other(fact: Document) -> tuple[str, str]:
    told = {"number": fact.number, "day": times.day(fact.in_force_from or date.min)}
    text = _("Version %(number)d, in force from %(day)s") % told
    return in_language(reverse("public_document_version", args=[fact.kind, fact.number])), text


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
    there = in_language(reverse("public_document_version", args=[kind, found.fact.number]))
    facts = _facts(found.fact, fingerprint=found.fingerprint)
    return Listed(TITLES[kind], _standing(found, today=today), facts, there)


def _standing(found: PublicDocument, *, today: date) -> Params:
    if lapsed(_parties(found.parts), today=today):
        return {"text": _("A party’s time is over"), "classes": "govuk-tag--red"}
    return review_tag(found.fact, today=today)


def _facts(fact: Document, *, fingerprint: str) -> Params:
    rows: list[tuple[str, str]] = [(_("Version"), str(fact.number))]
    for title, day in ((_("In force from"), fact.in_force_from), (_("Review by"), fact.review_on)):
        if day is not None:
            rows.append((title, times.day(day)))
    if fact.residual is not None:
        rows.append((_("Risk that is left"), str(RESIDUALS[fact.residual])))
    rows += conditions(fact)
    rows.append((_("SHA-256 of its text"), fingerprint))
    return summary(rows)


def summary(rows: Sequence[tuple[str, str]]) -> Params:
    """Make a list of questions and answers."""
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}
