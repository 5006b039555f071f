"""One record that was found for a request: whose it is, all that it holds, what is held back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import rights
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.rights import packs, present
from evenhand.web.rights.forms import THEIRS, HoldBackForm, HoldWholeBackForm, WhoseForm
from evenhand.web.rights.pages import FORM


@require_safe
def record(request: HttpRequest, asked: str, person: str) -> HttpResponse:
    """Show all that a record holds, as the person would read it, and what of it is held back."""
    acting = acting_of(request)
    found = rights_pack.preview(asked, person, acting=acting)
    shown = packs.preview(found, asked, acting.officer)
    return render(request, "evenhand/rights/record.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: HttpRequest, asked: str, person: str) -> HttpResponse:
    """Say whether a record is that of the person who asks."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = known.one(asked, acting=acting)
    form = WhoseForm(answers(request, acting))

    def doing() -> str:
        said = form.cleaned_data
        theirs = said["whose"] == THEIRS
        rights.settle_hit(asked, person, is_theirs=theirs, reason=said["reason"], acting=acting)
        messages.success(request, _("It is entered whose record this is."))
        return reverse("rights_request", args=[asked])

    shown = {
        "caption": person,
        "title": _("Whose record is this?"),
        "back": reverse("rights_request", args=[asked]),
        "button": _("Save"),
        "lines": present.compared(found, person),
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def hold_back(request: HttpRequest, asked: str, person: str, table: str, row: UUID) -> HttpResponse:
    """Hold one piece of a record back, or all of it."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = rights_pack.preview(asked, person, acting=acting)
    piece = f"{table}/{row}"
    is_whole = piece == found.whole
    form = (HoldWholeBackForm if is_whole else HoldBackForm)(answers(request, acting))

    def doing() -> str:
        rights.hold_back(asked, person, piece, form.mark(), acting=acting)
        messages.success(request, _("It is held back, once a second officer approves the reply."))
        return reverse("rights_record", args=[asked, person])

    shown = {
        "caption": person,
        "title": _("Hold the whole record back") if is_whole else _("Hold this back"),
        "back": reverse("rights_record", args=[asked, person]),
        "button": _("Hold it back"),
        "lines": packs.words_of(found, piece),
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_POST
def give(request: HttpRequest, asked: str, person: str, table: str, row: UUID) -> HttpResponse:
    """Take a mark back: the piece is given."""
    acting = acting_of(request)

    def doing() -> str:
        rights.give_after_all(asked, f"{table}/{row}", acting=acting)
        messages.success(request, _("It is given."))
        return reverse("rights_record", args=[asked, person])

    return submitted_once(request, acting, doing)
