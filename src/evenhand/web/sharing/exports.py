"""Pages of exports: ask for one, answer it as a second officer, take it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import exports as acts
from evenhand.queries import agreements
from evenhand.queries import exports as known
from evenhand.queries.exports import Line, Opened
from evenhand.rules.agreements import Field
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.labels import STATES, Tag
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing.export_forms import AnswerForm, AskForm
from evenhand.web.sheets import row, tag_row, words_row

FORM = "evenhand/sharing/form.html"
NONE = "evenhand/sharing/no_export.html"
ONE = "evenhand/sharing/export.html"
STANDINGS: Mapping[bool | None, Tag] = {
    None: Tag(later("Waiting for approval"), "yellow"),
    True: Tag(later("Approved"), "teal"),
    False: Tag(later("Refused"), "red"),
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the exports that were asked for last; nothing of what they hold."""
    officer = acting_of(request).officer
    shown = {
        "lines": listed(known.latest(officer=officer)),
        "may_share": may(officer, Permission.SHARE),
    }
    return render(request, "evenhand/sharing/exports.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask that a referral with its captures may go to somebody whom an agreement names."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.SHARE)
    today = timezone.localdate(acting.at)
    found = agreements.in_date(today=today, officer=acting.officer)
    offered = [it for it in found if Field.CONTENT in it.terms.fields and it.terms.lock]
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, agreements=offered)

    def doing() -> str:
        export = acts.ask(form.cleaned_data["referral"], form.wanted(), acting=acting)
        messages.success(request, _("A second officer is asked to approve it."))
        return reverse("export", args=[export])

    if not offered:
        return render(request, NONE)
    shown = {
        "title": _("Export a referral"),
        "button": _("Ask for approval"),
        "lines": [
            _("Its address, its captures and what the log tells of them leave, and no person."),
            _("Captures are sealed to the recipient’s key."),
            _("Stills lose what their files say beside the picture, except for colour profiles."),
        ],
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown), instead={"agreement": "to"})


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, export: UUID) -> HttpResponse:
    """Show an export, and take a second officer’s answer."""
    acting = acting_of(request)
    found = known.opened(export, acting=acting)
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def doing() -> str:
        told = form.cleaned_data
        allowed = told["answer"] == "approve"
        acts.answer(export, told["why"], allowed=allowed, acting=acting)
        done = _("You approved the export.") if allowed else _("You refused the export.")
        messages.success(request, done)
        return reverse("export", args=[export])

    shown = {
        "export": export,
        "reference": found.line.reference,
        "about": _about(found),
        "may_answer": _may_answer(found.line, acting),
        "may_take": found.line.allowed and may(acting.officer, Permission.SHARE),
    }
    return shown_or_done(request, acting, form, doing, (ONE, shown))


@require_POST
def take(request: HttpRequest, export: UUID) -> HttpResponseBase:
    """Give out the bag of an export that was allowed."""
    taken = acts.take(export, acting=acting_of(request))
    response = StreamingHttpResponse(taken.pieces, content_type="application/zip")
    response.headers["Content-Length"] = str(taken.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


def _may_answer(line: Line, acting: Acting) -> bool:
    waits = line.allowed is None and line.fact.asked.by != acting.officer.ref
    return waits and may(acting.officer, Permission.APPROVE_SHARE)


def listed(found: Sequence[Line]) -> Params:
    """List exports, without a word of why they are asked for."""
    items = [
        {
            "title": {"text": it.reference},
            "href": reverse("export", args=[it.id]),
            "hint": {"text": f"{it.recipient}, {it.organisation} · {times.moment(it.asked_at)}"},
            "status": STANDINGS[it.allowed].status,
        }
        for it in found
    ]
    return {"idPrefix": "export", "items": items}


def _about(found: Opened) -> Params:
    line = found.line
    rows = [
        tag_row(_("Status"), STANDINGS[line.allowed]),
        tag_row(_("The referral on this desk"), STATES[line.state]),
        row(_("For"), f"{line.recipient}, {line.organisation}"),
        row(_("Under agreement"), line.agreement),
        row(_("Purpose"), _(PURPOSE_WORDS[line.purpose])),
        words_row(_("Why"), found.reason),
        row(_("Captures"), str(line.captures)),
        row(_("Asked for by"), f"{line.asked_by}, {times.moment(line.asked_at)}"),
        row(_("Answered by"), line.answered_by or _("Nobody yet")),
    ]
    if line.answered_by:
        rows.append(words_row(_("Why it was answered so"), found.answer))
    if line.taken_at:
        rows.append(row(_("Taken last"), times.moment(line.taken_at)))
        rows.append(words_row(_("SHA-256 of what left"), line.package_sha256))
    return {"rows": rows}
