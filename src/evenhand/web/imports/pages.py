"""Bringing an old system over: its file, what its columns mean, and what of it still waits."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import imports
from evenhand.queries import imports as known
from evenhand.queries.imports import ToConfirm
from evenhand.rules.imports import MOST_BYTES, check_size
from evenhand.rules.imports_mapping import check_mapping
from evenhand.rules.imports_rows import read_records
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.imports import present
from evenhand.web.imports.forms import MappingForm, UploadForm
from evenhand.web.referrals.present import more

WRONG = 422
AROUND_THE_FILE = 64 * 1024
"""How much longer than its file a form that sends one may be."""


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """List what was brought over, and read a file into quarantine."""
    now = acting(request)
    check_may(now.officer, Permission.IMPORT)
    if request.method != "POST":
        return _overview(request, UploadForm(), now)
    form, status = UploadForm(request.POST, request.FILES), WRONG
    try:
        check_size(int(request.META.get("CONTENT_LENGTH") or 0) - AROUND_THE_FILE)
        if form.is_valid():
            return submitted_once(request, now, lambda: _brought(form, now))
    except Refused as refused:
        form.errors.clear()
        add_refusals(form, refused)
        status = STATUS[refused.kind]
    return _overview(request, form, now, status=status)


def _brought(form: UploadForm, now: Acting) -> str:
    upload = form.cleaned_data["file"]
    run = imports.bring(upload.read(MOST_BYTES + 1), upload.name, acting=now)
    return reverse("import_mapping", args=[run])


def _overview(
    request: HttpRequest, form: UploadForm, now: Acting, *, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "runs": present.listed(known.runs(officer=now.officer))}
    return render(request, "evenhand/imports/overview.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, run: UUID) -> HttpResponse:
    """Ask what the columns of a file mean, show what comes of it, and take it as right."""
    now = acting(request)
    found = known.to_confirm(run, acting=now)
    if found.run.is_confirmed or found.run.has_ended:
        return redirect("import_run", run)
    if request.method != "POST":
        return _asked(request, found, MappingForm(None, found.sheets, found.suggested), now)
    form = MappingForm(request.POST, found.sheets, found.suggested)
    if not form.is_valid():
        return _asked(request, found, form, now, status=WRONG)
    try:
        check_mapping(form.mapping(), found.sheets)
        if "confirm" in request.POST:
            return submitted_once(request, now, lambda: _confirmed(request, run, form, now))
    except Refused as refused:
        add_refusals(form, refused)
        return _asked(request, found, form, now, status=STATUS[refused.kind])
    return _asked(request, found, form, now)


def _confirmed(request: HttpRequest, run: UUID, form: MappingForm, now: Acting) -> str:
    imports.confirm(run, form.mapping(), acting=now)
    messages.success(request, _("The records are in quarantine. Look at them one by one."))
    return reverse("import_run", args=[run])


def _asked(
    request: HttpRequest, found: ToConfirm, form: MappingForm, now: Acting, *, status: int = 200
) -> HttpResponse:
    """Show the questions, and below them what the answers so far make of the file."""
    used = form.mapping() if form.is_bound and form.is_valid() else found.suggested
    read = read_records(found.sheets, used, today=timezone.localdate(now.at))
    shown = {
        "form": form,
        "run": found.run.id,
        "file": found.run.file,
        "parts": list(form.parts()),
        "counted": present.counted(read),
        "not_read": present.not_read(read),
    }
    return render(request, "evenhand/imports/mapping.html", shown, status=status)


@require_safe
def run(request: HttpRequest, run: UUID) -> HttpResponse:
    """Show how far a file is, and which of its records wait."""
    now = acting(request)
    found = known.run(run, officer=now.officer)
    if not found.is_confirmed and not found.has_ended:
        return redirect("import_mapping", run)
    lines = known.waiting(run, request.GET.get("cursor", ""), officer=now.officer)
    shown = {
        "about": present.about(found),
        "file": found.file or _("A file that is over"),
        "lines": present.waiting(lines) if lines.items else None,
        "pages": more(urlencode({"cursor": lines.next})) if lines.next else None,
    }
    return render(request, "evenhand/imports/run.html", shown)
