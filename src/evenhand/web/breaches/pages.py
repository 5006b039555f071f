"""Pages of breaches: record one, read it, tell the Commissioner and people, close it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import breaches as keeping
from evenhand.queries import breaches
from evenhand.rules.breaches import BreachKind, Noted
from evenhand.rules.officers import Permission, check_may, may
from evenhand.web.acting import acting as acting_of
from evenhand.web.breaches import present
from evenhand.web.breaches.forms import (
    GroupForm,
    NoteForm,
    NotToldForm,
    PeopleToldForm,
    ReportForm,
    ToldForm,
)
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import HouseForm
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing.present import more
from evenhand.web.words import Words

FORM = "evenhand/assurance/act.html"
KEEP = Permission.KEEP_BREACHES


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List every breach, the newest first."""
    acting = acting_of(request)
    before = request.GET.get("before", "")
    found = breaches.breaches(
        int(before) if before.isdecimal() and len(before) < 7 else None,
        now=acting.at,
        officer=acting.officer,
    )
    shown = {
        "breaches": present.tasks(found.lines),
        "pages": more("before", str(found.next) if found.next else None),
        "may_report": may(acting.officer, Permission.REPORT_BREACH),
    }
    return render(request, "evenhand/breaches/overview.html", shown)


@require_safe
def breach(request: HttpRequest, number: int) -> HttpResponse:
    """Show one breach with everything that is recorded of it."""
    acting = acting_of(request)
    found = breaches.one(number, now=acting.at, officer=acting.officer)
    shown = present.one(found, keeps=may(acting.officer, KEEP))
    return render(request, "evenhand/breaches/breach.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Record a breach."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.REPORT_BREACH)
    form = ReportForm(answers(request, acting))
    reads = may(acting.officer, Permission.READ_BREACHES)
    back = reverse("breaches") if reads else "/"
    shown = {"title": _("Record a breach"), "button": _("Record it"), "back": back}

    def doing() -> str:
        given = form.cleaned_data
        kinds = [BreachKind(it) for it in given["kinds"]]
        number = keeping.report(kinds, given["facts"], given["aware_at"], acting=acting)
        messages.success(
            request, _("The breach is recorded. The data protection officer sees it at once.")
        )
        return reverse("breach", args=[number]) if reads else "/"

    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Add to the record of a breach."""
    acting, form = acting_of(request), NoteForm(answers(request, acting_of(request)))

    def do() -> None:
        given = form.cleaned_data
        keeping.note(number, Noted(given["what"]), given["text"], acting=acting)

    return _page(request, number, form, do, _("Add to the record"), _("Add it"))


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, number: int) -> HttpResponse:
    """Record what the Commissioner was told."""
    acting, form = acting_of(request), ToldForm(answers(request, acting_of(request)))

    def do() -> None:
        given = form.cleaned_data
        keeping.record_told(
            number,
            form.contents(),
            given["told_at"],
            late_because=given["late_because"],
            rest_follows=given["rest_follows"],
            acting=acting,
        )

    title = _("Record what the Commissioner was told")
    return _page(request, number, form, do, title, _("Record it"))


@require_http_methods(["GET", "HEAD", "POST"])
def not_told(request: HttpRequest, number: int) -> HttpResponse:
    """Record why the Commissioner is not told."""
    acting, form = acting_of(request), NotToldForm(answers(request, acting_of(request)))

    def do() -> None:
        keeping.do_not_tell(number, form.cleaned_data["reason"], acting=acting)

    title = _("Record why the Commissioner is not told")
    return _page(request, number, form, do, title, _("Record it"))


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Settle whether some of the people are told."""
    acting, form = acting_of(request), GroupForm(answers(request, acting_of(request)))

    def do() -> None:
        keeping.settle_group(number, form.group(), acting=acting)

    return _page(request, number, form, do, _("Settle whether people are told"), _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def people_told(request: HttpRequest, number: int, group: UUID) -> HttpResponse:
    """Record what some of the people were told."""
    acting, form = acting_of(request), PeopleToldForm(answers(request, acting_of(request)))

    def do() -> None:
        on = form.cleaned_data["told_on"]
        keeping.tell_group(number, group, form.contents(), on, acting=acting)

    title = _("Record what these people were told")
    return _page(request, number, form, do, title, _("Record it"))


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a breach."""
    acting = acting_of(request)

    def doing() -> str:
        keeping.close(number, acting=acting)
        messages.success(request, _("The breach is closed."))
        return reverse("breach", args=[number])

    return submitted_once(request, acting, doing)


def _page(
    request: HttpRequest,
    number: int,
    form: HouseForm,
    do: Callable[[], None],
    title: Words,
    button: Words,
) -> HttpResponse:
    """Show one form about one breach, or do its act and go back to the breach."""
    acting = acting_of(request)
    check_may(acting.officer, KEEP)
    found = breaches.one(number, now=acting.at, officer=acting.officer)
    shown = {
        "title": title,
        "button": button,
        "caption": present.name(found),
        "back": reverse("breach", args=[number]),
    }

    def doing() -> str:
        do()
        messages.success(request, _("It is recorded."))
        return str(shown["back"])

    return shown_or_done(request, acting, form, doing, (FORM, shown))
