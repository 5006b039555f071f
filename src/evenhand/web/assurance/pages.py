"""Versions of the desk's documents, and what is done with one: advise, approve, correct."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import assurance as doing_with
from evenhand.queries import assurance
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.assurance import present
from evenhand.web.assurance.forms import ApproveForm, IcoForm, TextForm
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import HouseForm
from evenhand.web.one_form import shown_or_done
from evenhand.web.public.documents import EIA_DUE, TITLES
from evenhand.web.words import Words

ACT = "evenhand/assurance/act.html"


@dataclass(frozen=True, slots=True)
class DocumentAct:
    """One act on one version: who may, its form, its words, and the doing."""

    permission: Permission
    form: type[HouseForm]
    title: Words
    button: Words
    done: Words
    do: Callable[..., None]


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """List the versions of each document."""
    acting = acting_of(request)
    found = assurance.versions(officer=acting.officer)
    today = timezone.localdate(acting.at)
    shown = {
        "kinds": present.kinds(found, officer=acting.officer, today=today),
        "eia_due": [EIA_DUE[it] for it in assurance.eia_due(today=today)],
    }
    return render(request, "evenhand/assurance/versions.html", shown)


@require_safe
def version(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Show one version in full."""
    acting = acting_of(request)
    found = assurance.one(kind, number, officer=acting.officer)
    today = timezone.localdate(acting.at)
    shown = present.one(found, officer=acting.officer, today=today)
    return render(request, "evenhand/assurance/version.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Add the data protection officer's advice."""
    return _page(request, kind, number, ADVISE)


@require_http_methods(["GET", "HEAD", "POST"])
def ico_advice(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Record what the Information Commissioner advised."""
    return _page(request, kind, number, ICO_ADVICE)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Put a version in force."""
    return _page(request, kind, number, APPROVE)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, kind: DocumentKind, number: int) -> HttpResponse:
    """Write a correction of a version that is or was in force."""
    return _page(request, kind, number, CORRECT)


@require_POST
def publish(request: HttpRequest, kind: DocumentKind, number: int, erratum: int) -> HttpResponse:
    """Publish a correction that somebody else wrote."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.publish_erratum(kind, number, erratum, acting=acting)
        messages.success(request, _("The correction is published."))
        return reverse("document_version", args=[kind, number])

    return submitted_once(request, acting, doing)


def _page(request: HttpRequest, kind: DocumentKind, number: int, act: DocumentAct) -> HttpResponse:
    acting = acting_of(request)
    check_may(acting.officer, act.permission)
    assurance.one(kind, number, officer=acting.officer)
    form = act.form(answers(request, acting))
    shown = {
        "title": act.title,
        "button": act.button,
        "caption": TITLES[kind],
        "back": reverse("document_version", args=[kind, number]),
    }

    def doing() -> str:
        act.do(kind, number, **form.cleaned_data, acting=acting)
        messages.success(request, str(act.done))
        return str(shown["back"])

    return shown_or_done(request, acting, form, doing, (ACT, shown))


ADVISE = DocumentAct(
    Permission.ADVISE_DOCUMENT,
    TextForm,
    later("Advise on this version"),
    later("Add the advice"),
    later("Your advice is added."),
    doing_with.advise,
)
ICO_ADVICE = DocumentAct(
    Permission.ADVISE_DOCUMENT,
    IcoForm,
    later("Record the Information Commissioner’s advice"),
    later("Record the advice"),
    later("The Commissioner’s advice is recorded."),
    doing_with.record_ico_advice,
)
APPROVE = DocumentAct(
    Permission.APPROVE_DOCUMENT,
    ApproveForm,
    later("Put this version in force"),
    later("Put it in force"),
    later("The document is in force, and published."),
    doing_with.approve,
)
CORRECT = DocumentAct(
    Permission.WRITE_DOCUMENT,
    TextForm,
    later("Correct this version"),
    later("Add the correction"),
    later("The correction is written. A senior owner publishes it."),
    doing_with.write_erratum,
)
