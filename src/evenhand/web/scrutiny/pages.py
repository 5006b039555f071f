"""Pages of the register of scrutiny for the few who add to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import scrutiny as keeping
from evenhand.queries import scrutiny
from evenhand.queries.registers_told import title
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.scrutiny import Scrutiny, ScrutinyKind, Told
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.public import scrutiny as public
from evenhand.web.scrutiny import present
from evenhand.web.scrutiny.forms import NoneForm, RecordForm, TellForm

FORM = "evenhand/assurance/act.html"
RECORD = Permission.RECORD_SCRUTINY


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries for those who keep the register."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_DOCUMENTS)
    found = scrutiny.as_at(timezone.localdate(acting.at))
    shown = {"lines": present.lines(found.found), "may_record": may(acting.officer, RECORD)}
    return render(request, "evenhand/scrutiny/entries.html", shown)


@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry."""
    acting = acting_of(request)
    found = scrutiny.one(number, officer=acting.officer)
    shown = {"one": public.entry(found), "may_record": may(acting.officer, RECORD)}
    return render(request, "evenhand/scrutiny/entry.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Enter that somebody outside looked at the desk."""
    acting = acting_of(request)
    check_may(acting.officer, RECORD)
    form = RecordForm(answers(request, acting))
    shown = {
        "title": _("Record scrutiny from outside"),
        "button": _("Record it"),
        "back": reverse("scrutiny"),
    }

    def doing() -> str:
        given = form.cleaned_data
        said = Scrutiny(
            kind=ScrutinyKind(given["kind"]),
            body=given["body"],
            held_on=given["held_on"],
            scope=given["scope"],
        )
        number = keeping.record(said, acting=acting)
        messages.success(request, _("It is recorded, and published."))
        return reverse("scrutiny_entry", args=[number])

    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def none(request: HttpRequest) -> HttpResponse:
    """Say that there was no scrutiny of a kind, and on which day that was true."""
    acting = acting_of(request)
    check_may(acting.officer, RECORD)
    form = NoneForm(answers(request, acting))
    shown = {
        "title": _("Say that there was none"),
        "button": _("Record it"),
        "back": reverse("scrutiny"),
    }

    def doing() -> str:
        given = form.cleaned_data
        keeping.say_none(ScrutinyKind(given["kind"]), given["true_on"], acting=acting)
        messages.success(request, _("It is recorded, and published."))
        return reverse("scrutiny")

    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, number: int) -> HttpResponse:
    """Add what came of it."""
    acting = acting_of(request)
    check_may(acting.officer, RECORD)
    found = scrutiny.one(number, officer=acting.officer)
    form = TellForm(answers(request, acting), recommendations=found.recommendations)
    shown = {
        "title": _("Add what came of it"),
        "button": _("Add it"),
        "caption": title(found),
        "back": reverse("scrutiny_entry", args=[number]),
    }

    def doing() -> str:
        given = form.cleaned_data
        what = Told(given["what"])
        about = form.recommendation()
        keeping.tell(number, what, given["text"], given["day"], about=about, acting=acting)
        messages.success(request, _("It is added, and published."))
        return str(shown["back"])

    return shown_or_done(request, acting, form, doing, (FORM, shown), instead={"about": "what"})
