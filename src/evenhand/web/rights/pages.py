"""Requests about people's own data: by clock, one of them, logging, searching, what happened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import rights, rights_receiving, rights_withdrawing
from evenhand.queries import rights as known
from evenhand.queries import rights_reviews
from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_rights import MoreTime
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.rights import CameBy
from evenhand.web.acting import acting as acting_of
from evenhand.web.combinations.key_form import KeyForm
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.rights import held_back, present
from evenhand.web.rights.forms import HappenedForm, LogForm, WithdrawForm

FORM = "evenhand/rights/form.html"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List requests, what is due first at the top; and that challenges wait."""
    acting = acting_of(request)
    officer, today = acting.officer, timezone.localdate(acting.at)
    shown = {
        "waiting": present.listed(known.waiting(officer=officer), "waiting", today=today),
        "is_more": known.is_more(officer=officer),
        "reviews": held_back.due(rights_reviews.due(acting=acting), today=today),
        "answered": present.listed(known.answered(officer=officer), "answered", today=today),
        "challenges": present.challenges(known.challenges(officer=officer), today=today),
        "counts": present.counts(known.counts(officer=officer)),
        "may_log": may(officer, Permission.HANDLE_RIGHTS),
    }
    return render(request, "evenhand/rights/overview.html", shown)


@require_safe
def one(request: HttpRequest, asked: str) -> HttpResponse:
    """Show one request with its clock, what was found, and its letters."""
    acting = acting_of(request)
    found = known.one(asked, acting=acting)
    shown = present.one(found, acting.officer, today=timezone.localdate(acting.at))
    return render(request, "evenhand/rights/request.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Log a request that came by mail or on paper."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    form = LogForm(answers(request, acting))

    def doing() -> str:
        said = form.cleaned_data
        came_by, day = CameBy(said["came_by"]), said["received_on"]
        reference = rights_receiving.log(form.asked(), came_by, day, acting=acting)
        messages.success(request, _("The request is logged as %(it)s.") % {"it": reference})
        return reverse("rights_request", args=[reference])

    shown = {
        "title": _("Log a request about data"),
        "back": reverse("rights"),
        "button": _("Log it"),
        "lines": [
            _("Nobody has to use a form, say why they ask, or show who they are to begin with.")
        ],
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def happened(request: HttpRequest, asked: str) -> HttpResponse:
    """Enter what happened with a request and moves its clock."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = known.one(asked, acting=acting)
    form = HappenedForm(answers(request, acting))

    def doing() -> str:
        said = form.cleaned_data
        because = [MoreTime(it) for it in said["because"]]
        what, on = Happened(said["what"]), said["on"]
        rights.move(asked, what, on, said["reasons"], because=because, acting=acting)
        messages.success(request, _("It is entered. If there is a letter, it waits to be sent."))
        return reverse("rights_request", args=[asked])

    shown = _form(asked, _("What happened"), _("Enter it"))
    shown["lines"] = present.in_which_language(found)
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, asked: str) -> HttpResponse:
    """Record that whoever asked withdrew their request."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    known.one(asked, acting=acting)
    form = WithdrawForm(answers(request, acting))

    def doing() -> str:
        letter = rights_withdrawing.withdraw(asked, form.cleaned_data["told"], acting=acting)
        messages.success(request, _("The request has ended. Send the letter that says so."))
        return reverse("rights_letter", args=[asked, letter])

    shown = _form(asked, _("They withdraw it"), _("End the request"))
    shown["lines"] = [_("The clock ends, and so does the hold on what was found.")]
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, asked: str) -> HttpResponse:
    """Search for a request by one exact key. What was sought stands in no address."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = known.one(asked, acting=acting)
    form = KeyForm(answers(request, acting))
    if request.method != "POST":
        form = KeyForm(initial={"name": found.name, "birth_date": found.birth_date})

    def doing() -> str:
        hits = rights.search(asked, form.key(), acting=acting)
        said = ngettext("%(hits)d record has this key.", "%(hits)d records have this key.", hits)
        messages.success(request, said % {"hits": hits})
        return reverse("rights_request", args=[asked])

    shown = _form(asked, _("Search"), _("Search"))
    shown["lines"] = [
        _(
            "The search and its key are kept with the request, also where nobody is found. What is"
            " found is held until the request is answered."
        ),
        _(
            "A record without a birth date is found by the name alone: leave the birth date empty,"
            " and search a second time."
        ),
    ]
    return shown_or_done(request, acting, form, doing, (FORM, shown))


def _form(asked: str, title: str, button: str) -> dict[str, object]:
    back = reverse("rights_request", args=[asked])
    return {"caption": asked, "title": title, "back": back, "button": button, "lines": []}
