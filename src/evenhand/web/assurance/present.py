"""The desk's documents in words, for those who keep them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.assurance import SaidOfIt, Version, VersionInFull
from evenhand.rules.assurance import CLAIMS, DocumentKind, Said, Stage
from evenhand.rules.officers import Officer, Permission, may
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.public.documents import RESIDUALS, TITLES, conditions, review_tag, summary, told
from evenhand.web.words import Words, translated

STAGES: Mapping[Stage, tuple[Words, str]] = {
    Stage.WRITTEN: (later("Waiting for approval"), "govuk-tag--blue"),
    Stage.AWAITING_ICO: (later("Waiting for the Commissioner"), "govuk-tag--red"),
    Stage.IN_FORCE: (later("In force"), "govuk-tag--green"),
    Stage.REPLACED: (later("Replaced"), "govuk-tag--grey"),
}
SAID: Mapping[Said, Words] = {
    Said.ADVICE: later("Advice of the data protection officer"),
    Said.ICO_ADVICE: later("Advice of the Information Commissioner"),
    Said.ERRATUM: later("Correction"),
}


def kinds(found: Sequence[Version], *, officer: Officer, today: date) -> list[Mapping[str, Any]]:
    """List each kind of document with its versions, and where a new one is written."""
    may_write = may(officer, Permission.WRITE_DOCUMENT)
    return [
        {
            "title": TITLES[kind],
            "versions": [_line(it, today=today) for it in found if it.fact.kind is kind],
            "write": reverse("write_document", args=[kind]) if may_write else "",
        }
        for kind in DocumentKind
    ]


def _line(found: Version, *, today: date) -> Mapping[str, Any]:
    fact = found.fact
    return {
        "title": _("Version %(number)d") % {"number": fact.number},
        "href": reverse("document_version", args=[fact.kind, fact.number]),
        "tag": stage_tag(found, today=today),
        "written": written(found),
    }


def stage_tag(found: Version, *, today: date) -> Params:
    """Say where a version stands; in force, whether its review is overdue."""
    if found.fact.stage is Stage.IN_FORCE:
        return review_tag(found.fact, today=today)
    text, classes = STAGES[found.fact.stage]
    return {"text": str(text), "classes": classes}


def one(found: VersionInFull, *, officer: Officer, today: date) -> Mapping[str, Any]:
    """Show one version: how it stands, what it says, what was said of it, what can be done."""
    fact = found.fact
    publishes = may(officer, Permission.APPROVE_DOCUMENT)
    return {
        "title": TITLES[fact.kind],
        "version": _("Version %(number)d") % {"number": fact.number},
        "tag": stage_tag(found, today=today),
        "facts": summary(list(_facts(found))),
        "untrue": [translated(CLAIMS[it]) for it in found.untrue],
        **told(found.parts, today=today),
        "said": [_said(it, found, publishes=publishes) for it in found.said],
        "acts": list(_acts(found, officer)),
    }


def _facts(found: VersionInFull) -> Iterator[tuple[str, str]]:
    fact = found.fact
    yield _("Written"), written(found)
    if fact.residual is not None:
        yield _("Risk that is left"), str(RESIDUALS[fact.residual])
    if fact.kind is DocumentKind.DPIA:
        said = "; ".join(translated(CLAIMS[it]) for it in CLAIMS if it in fact.claims)
        yield _("It says of the service"), said or _("That none of the statements asked for is so")
    yield from conditions(fact)
    if found.ico_advised_on is not None:
        yield _("The Commissioner advised on"), times.day(found.ico_advised_on)
    if fact.in_force_from is not None and fact.review_on is not None:
        yield _("Approved by"), found.approved_by
        yield _("In force from"), times.day(fact.in_force_from)
        yield _("Review by"), times.day(fact.review_on)


def written(found: Version) -> str:
    """Say who wrote a version, and when."""
    told = {"name": found.written_by, "moment": times.moment(found.written_at)}
    return _("by %(name)s, %(moment)s") % told


def _said(it: SaidOfIt, found: VersionInFull, *, publishes: bool) -> Mapping[str, Any]:
    waits = it.what is Said.ERRATUM and it.published_at is None
    place = [found.fact.kind, found.fact.number, it.place]
    return {
        "title": SAID[it.what],
        "by": _("%(name)s, %(moment)s") % {"name": it.by, "moment": times.moment(it.at)},
        "text": it.text,
        "waits": waits,
        "publish": reverse("publish_erratum", args=place) if waits and publishes else "",
    }


def _acts(found: VersionInFull, officer: Officer) -> Iterator[tuple[str, str]]:
    """Offer what this officer may do with the version as it stands."""
    fact = found.fact
    for needs, offered, page, text in (
        (
            Permission.ADVISE_DOCUMENT,
            fact.stage is not Stage.REPLACED,
            "advise_document",
            _("Advise on it"),
        ),
        (
            Permission.ADVISE_DOCUMENT,
            fact.stage is Stage.AWAITING_ICO,
            "ico_advice",
            _("Record the Commissioner’s advice"),
        ),
        (
            Permission.APPROVE_DOCUMENT,
            fact.stage is Stage.WRITTEN and fact.written_by != officer.ref,
            "approve_document",
            _("Put it in force"),
        ),
        (
            Permission.WRITE_DOCUMENT,
            fact.in_force_from is not None,
            "correct_document",
            _("Write a correction"),
        ),
    ):
        if offered and may(officer, needs):
            yield reverse(page, args=[fact.kind, fact.number]), text
