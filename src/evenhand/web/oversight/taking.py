"""The log to take away as a bundle, a sample to examine, and a comparison at once."""

import tarfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import reconciling
from evenhand.actions.exporting import enter_taking, write_published
from evenhand.queries import log as published
from evenhand.queries.oversight_sample import drawn
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.oversight import present
from evenhand.web.oversight.forms import PurposeForm
from evenhand.web.oversight.pages import WRONG, purpose_form

FOLDER = "evenhand-log"


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Show entries that the newest checkpoint chose; who it was only for a purpose in law."""
    purpose, asked = request.GET.get("purpose"), purpose_form(request)
    found = drawn(purpose, acting=acting_of(request))
    shown = {
        "days": present.days(found.lines),
        "drawn": present.drawn(found),
        "is_false": found.is_false,
        "missing": found.missing,
        "form": asked,
        "purpose": present.purpose(purpose),
    }
    status = WRONG if asked.errors else 200
    return render(request, "evenhand/oversight/sample.html", shown, status=status)


@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Ask the worker to compare casework with the log now."""
    reconciling.ask(acting=acting_of(request))
    messages.success(request, _("The worker compares casework with the log. Load this page again."))
    return redirect("oversight")


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest) -> HttpResponseBase:
    """Give the log as a file to take away, for a purpose in law."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_WHO)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    size = published.published_size(now=acting.at)
    if not size or not (form.is_bound and form.is_valid()):
        shown = {"form": form, "size": size}
        status = WRONG if form.errors else 200
        return render(request, "evenhand/oversight/bundle.html", shown, status=status)
    enter_taking(form.cleaned_data["purpose"], acting=acting)
    name = f"{FOLDER}-{acting.at:%Y-%m-%d}.tar"
    return FileResponse(_packed(acting.at), as_attachment=True, filename=name)


def _packed(at: datetime) -> IO[bytes]:
    """Pack a bundle into a file that is gone when it is closed. Raises Broken."""
    with TemporaryDirectory(prefix="evenhand-bundle-") as place:
        folder, packed = Path(place) / FOLDER, Path(place) / "packed.tar"
        policy = published.policy(settings.DESK.witness_policy)
        write_published(folder, log=settings.LOG_FOLDER, policy=policy, since=None, at=at)
        with tarfile.open(packed, mode="w") as tar:
            tar.add(folder, FOLDER)
        return packed.open("rb")
