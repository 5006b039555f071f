"""Letters of the rights desk: written, answered by a second officer, sent; and their packs."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import rights_letters, rights_pack_drawing, rights_sending
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.queries.rights_shown import LetterShown, RightsInFull
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.rights_replies import Route, not_ready
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.rights import present
from evenhand.web.rights.forms import APPROVE, AnswerForm, ReplyForm, SendForm
from evenhand.web.rights.pages import FORM

LETTER = "evenhand/rights/letter.html"


@require_POST
def acknowledge(request: HttpRequest, asked: str) -> HttpResponse:
    """Write that a complaint was received."""
    acting = acting_of(request)

    def doing() -> str:
        letter = rights_letters.acknowledge(asked, acting=acting)
        messages.success(request, _("The letter is written. Send it now."))
        return reverse("rights_letter", args=[asked, letter])

    return submitted_once(request, acting, doing)


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, asked: str) -> HttpResponse:
    """Propose how a request is answered."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HANDLE_RIGHTS)
    found = known.one(asked, acting=acting)
    form = ReplyForm(answers(request, acting), kind=found.line.kind)

    def doing() -> str:
        letter = rights_letters.propose(asked, form.reply(), acting=acting)
        messages.success(request, _("The reply is written. A second officer answers it."))
        return reverse("rights_letter", args=[asked, letter])

    shown = {
        "caption": asked,
        "title": _("Write the reply"),
        "back": reverse("rights_request", args=[asked]),
        "button": _("Write it"),
        "lines": [
            _(
                "The letter is made of whole sentences with what the law wants told; your reasons"
                " are put in word for word."
            ),
            *present.in_which_language(found),
        ],
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_safe
def letter(request: HttpRequest, asked: str, letter: UUID) -> HttpResponse:
    """Show one letter, and what may be done with it."""
    acting = acting_of(request)
    full = known.one(asked, acting=acting)
    found = _letter(full, letter)
    return render(request, LETTER, _shown(found, full, acting))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, asked: str, letter: UUID) -> HttpResponse:
    """Answer a reply as the second officer."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.APPROVE_RIGHTS)
    full = known.one(asked, acting=acting)
    found = _letter(full, letter)
    form = AnswerForm(answers(request, acting))

    def doing() -> str:
        said = form.cleaned_data
        approves = said["answer"] == APPROVE
        rights_letters.answer(asked, letter, said["reason"], approves=approves, acting=acting)
        messages.success(request, _("Your answer is recorded."))
        return reverse("rights_letter", args=[asked, letter])

    drawn = {**_shown(found, full, acting), "button": _("Answer")}
    return shown_or_done(request, acting, form, doing, (LETTER, drawn))


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, asked: str, letter: UUID) -> HttpResponse:
    """Send a letter by mail, or print it and say that it was posted."""
    acting = acting_of(request)
    full = known.one(asked, acting=acting)
    found = _letter(full, letter)
    reach = known.reach(asked, acting=acting)
    form = SendForm(answers(request, acting), by_mail=bool(reach.email))

    def doing() -> str:
        route = Route(form.cleaned_data["route"])
        rights_sending.send(asked, letter, route, acting=acting)
        said = _("The letter is being sent.") if route is Route.MAIL else _("The letter has left.")
        messages.success(request, said)
        return reverse("rights_letter", args=[asked, letter])

    drawn = {**_shown(found, full, acting), "button": _("Send it"), "reach": reach}
    return shown_or_done(request, acting, form, doing, (LETTER, drawn))


@require_safe
def pack(request: HttpRequest, asked: str, letter: UUID, person: str) -> HttpResponse:
    """Give a pack as the page that the person gets. Each time is an entry of the log."""
    found = rights_pack.drawn(asked, letter, person, acting=acting_of(request))
    return _file(
        rights_pack_drawing.page(found).encode(), "text/html; charset=utf-8", f"pack-{person}.html"
    )


@require_safe
def pack_json(request: HttpRequest, asked: str, letter: UUID, person: str) -> HttpResponse:
    """Give a pack as the file that the person gets. Each time is an entry of the log."""
    found = rights_pack.drawn(asked, letter, person, acting=acting_of(request))
    text = json.dumps(found, indent=2, ensure_ascii=False)
    return _file(text.encode(), "application/json", f"pack-{person}.json")


@require_safe
def pack_pdf(request: HttpRequest, asked: str, letter: UUID, person: str) -> HttpResponse:
    """Give a pack as a PDF to print, where the desk can draw one."""
    acting = acting_of(request)
    if not rights_pack_drawing.can_draw_pdf():
        messages.warning(
            request,
            _(
                "This desk cannot draw PDF. Ask the administrator to install the package “typst”"
                " (evenhand[pdf]), or print the page."
            ),
        )
        return redirect("rights_letter", asked, letter)
    found = rights_pack.drawn(asked, letter, person, acting=acting)
    return _file(rights_pack_drawing.as_pdf(found), "application/pdf", f"pack-{person}.pdf")


def _letter(found: RightsInFull, letter: UUID) -> LetterShown:
    shown = next((it for it in found.letters if it.id == letter), None)
    if shown is None:
        raise not_ready()
    return shown


def _shown(found: LetterShown, full: RightsInFull, acting: Acting) -> Mapping[str, Any]:
    today = timezone.localdate(acting.at)
    handles = may(acting.officer, Permission.HANDLE_RIGHTS)
    return {
        **present.letter(found, full, acting.officer, today=today),
        "handles": handles,
        "has_pdf": rights_pack_drawing.can_draw_pdf(),
    }


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
