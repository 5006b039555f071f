"""Pages of exports: ask for one, answer it as a second officer, take it."""

from collections.abc import Iterator, Mapping, Sequence
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
from evenhand.queries.exports import Line, Opened, ToExport
from evenhand.rules.agreements import Agreement, Field
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.captures.present import called, kept
from evenhand.web.components import Params
from evenhand.web.labels import STATES, Tag
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing.export_forms import AnswerForm, AskForm, WhichForm
from evenhand.web.sheets import row, tag_row, words_row

FORM = "evenhand/sharing/form.html"
NONE = "evenhand/sharing/no_export.html"
ONE = "evenhand/sharing/export.html"
OF_A_CHILD = later(
    "It is about a child: an approver with child training and the data protection officer both"
    " approve it."
)
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
    """Ask which referral is to be exported."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.SHARE)
    if not _offered(acting):
        return render(request, NONE)
    form = WhichForm(request.POST if request.method == "POST" else None)

    def doing() -> str:
        found = known.to_export(form.cleaned_data["referral"], acting=acting)
        return reverse("ask_export_of", args=[found.reference])

    shown = {"title": _("Export a referral"), "button": _("Continue")}
    return shown_or_done(request, acting, form, doing, (FORM, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_of(request: HttpRequest, referral: str) -> HttpResponse:
    """Ask that a referral with captures of it may go to somebody whom an agreement names."""
    acting = acting_of(request)
    found = known.to_export(referral, acting=acting)
    offered = _offered(acting)
    if not offered:
        return render(request, NONE)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, agreements=offered, kept=found.captures)

    def doing() -> str:
        export = acts.ask(found.reference, form.wanted(), acting=acting)
        messages.success(request, _("A second officer is asked to approve it."))
        return reverse("export", args=[export])

    shown = {
        "title": _("Export a referral"),
        "caption": _("Referral %(reference)s") % {"reference": found.reference},
        "button": _("Ask for approval"),
        "lines": [*_lines(found)],
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown), instead={"agreement": "to"})


def _offered(acting: Acting) -> Sequence[Agreement]:
    """Give the agreements that let content leave and have a key to seal it to."""
    today = timezone.localdate(acting.at)
    found = agreements.in_date(today=today, officer=acting.officer)
    return [it for it in found if Field.CONTENT in it.terms.fields and it.terms.lock]


def _lines(found: ToExport) -> Iterator[str]:
    yield _("Its address, its captures and what the log tells of them leave, and no person.")
    yield _("Captures are sealed to the recipient’s key.")
    yield _("Stills lose what their files say beside the picture, except for colour profiles.")
    if found.child:
        yield str(OF_A_CHILD)
    if not found.captures:
        yield _("No capture of this referral is kept.")


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
        "child": OF_A_CHILD if found.line.child else "",
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
    if line.allowed is not None or line.fact.asked.by == acting.officer.ref:
        return False
    if may(acting.officer, Permission.APPROVE_CHILD_SHARE):
        return line.child and line.fact.dpo_allowed is None
    return line.fact.allowed is None and may(acting.officer, Permission.APPROVE_SHARE)


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


def _which(found: Opened) -> Iterator[Params]:
    if found.captures:
        lines = (f"{called(it.told, it.size)} · {kept(it.at, it.by)}" for it in found.captures)
        yield words_row(_("Which captures"), "\n".join(lines))


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
        *_which(found),
        row(_("Asked for by"), f"{line.asked_by}, {times.moment(line.asked_at)}"),
        row(_("Answered by"), line.answered_by or _("Nobody yet")),
    ]
    if line.answered_by:
        rows.append(words_row(_("Why it was answered so"), found.answer))
    if line.child:
        rows.append(row(_("Answered by the data protection officer"), line.dpo or _("Nobody yet")))
    if line.dpo:
        rows.append(words_row(_("Why it was answered so"), found.dpo_why))
    if line.taken_at:
        rows.append(row(_("Taken last"), times.moment(line.taken_at)))
        rows.append(words_row(_("SHA-256 of what left"), line.package_sha256))
    return {"rows": rows}
