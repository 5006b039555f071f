"""Officers' pages of the yearly reports: prepare an edition, look at it, publish it."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import yearly as doing_with
from evenhand.queries import yearly
from evenhand.rules.officers import Permission, check_may
from evenhand.rules.yearly import ReportKind
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.yearly import present
from evenhand.web.yearly.forms import FORMS

ACT = "evenhand/assurance/act.html"


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List every edition."""
    acting = acting_of(request)
    found = yearly.editions(officer=acting.officer)
    return render(
        request, "evenhand/yearly/editions.html", present.editions(found, officer=acting.officer)
    )


@require_safe
def edition(request: HttpRequest, kind: ReportKind, last: date, number: int) -> HttpResponse:
    """Show one edition as it would be published, or is."""
    acting = acting_of(request)
    found = yearly.one(kind, last, number, officer=acting.officer)
    shown = {**present.full(found), **present.one(found.edition, officer=acting.officer)}
    return render(request, "evenhand/yearly/edition.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, kind: ReportKind) -> HttpResponse:
    """Prepare an edition from the record."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.WRITE_DOCUMENT)
    form = FORMS[kind](answers(request, acting), today=timezone.localdate(acting.at))
    shown = {
        "title": _("Prepare a report"),
        "button": _("Prepare it"),
        "caption": present.TITLES[kind],
        "back": reverse("yearly"),
    }

    def doing() -> str:
        number = doing_with.prepare(kind, **form.cleaned_data, acting=acting)
        messages.success(request, _("The report is prepared. A senior owner publishes it."))
        last = date.fromisoformat(f"{form.cleaned_data['last']}-01")
        return reverse("yearly_edition", args=[kind, last, number])

    return shown_or_done(request, acting, form, doing, (ACT, shown))


@require_POST
def publish(request: HttpRequest, kind: ReportKind, last: date, number: int) -> HttpResponse:
    """Publish an edition that somebody else prepared."""
    acting = acting_of(request)

    def doing() -> str:
        doing_with.publish(kind, last, number, acting=acting)
        messages.success(request, _("The report is published."))
        return reverse("yearly_edition", args=[kind, last, number])

    return submitted_once(request, acting, doing)
