"""The captures of a referral: listed without any of them, opened for a reason, stopped at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import captures as acts
from evenhand.queries import captures as known
from evenhand.queries.captures import Capture, Opened
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting as acting_of
from evenhand.web.attempts import attempted
from evenhand.web.captures import present
from evenhand.web.captures.forms import LookForm
from evenhand.web.doorway import STATUS
from evenhand.web.forms import add_refusals

SANDBOX = "default-src 'none'; sandbox"
SHOW = "show"
"""What the button says that shows it on its page; any other one gives the file out."""


@require_safe
def captures(request: HttpRequest, reference: str) -> HttpResponse:
    """List the captures of a referral. None of them is shown."""
    found = known.of(reference, acting=acting_of(request))
    shown = {
        "reference": reference,
        "captures": present.listed(found),
        "is_stopped": any(it.stopped_at for it in found),
    }
    return render(request, "evenhand/captures/captures.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def capture(request: HttpRequest, capture: UUID) -> HttpResponseBase:
    """Show what is known of a capture, and open it for a reason that is given now."""
    acting = acting_of(request)
    if request.method != "POST":
        return _drawn(request, known.one(capture, acting=acting), LookForm(), acting)
    form = LookForm(request.POST)
    try:
        found = known.look(capture, request.POST.get("reason", ""), acting=acting)
        if SHOW in request.POST and found.can_be_shown:
            return _drawn(request, found, LookForm(), acting, is_shown=True)
        return given_out(known.open_one(capture, acting=acting))
    except Refused as refused:
        attempted(request, refused, acting)
        add_refusals(form, refused)
        found = known.one(capture, acting=acting)
        return _drawn(request, found, form, acting, status=STATUS[refused.kind])


@require_safe
def still(request: HttpRequest, capture: UUID) -> HttpResponseBase:
    """Give a still or a video to the page that was asked to show it. By itself it is a download."""
    opened = known.open_one(capture, acting=acting_of(request))
    return given_out(opened, media_type=opened.capture.told.media_type)


@require_POST
def stop(request: HttpRequest, capture: UUID) -> HttpResponse:
    """Stop a capture as illegal imagery, at once and for good."""
    acting = acting_of(request)
    acts.stop(capture, acting=acting)
    found = known.one(capture, acting=acting)
    messages.success(
        request,
        _("The capture is stopped. Nobody opens it any more. Now take the statutory route."),
    )
    return redirect("captures", found.reference)


def given_out(
    opened: Opened, *, media_type: str = "application/octet-stream"
) -> StreamingHttpResponse:
    """Give out the bytes of a capture so that no browser opens or runs them by itself."""
    response = StreamingHttpResponse(opened.pieces, content_type=media_type)
    response.headers["Content-Length"] = str(opened.capture.size)
    name = present.file_name(opened.capture)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _drawn(
    request: HttpRequest,
    found: Capture,
    form: LookForm,
    acting: Acting,
    *,
    is_shown: bool = False,
    status: int = 200,
) -> HttpResponse:
    may_open = may(acting.officer, Permission.OPEN_CAPTURE) and not found.stopped_at
    shown = {
        "capture": found.id,
        "reference": found.reference,
        "about": present.about(found),
        "form": form if may_open else None,
        "can_be_shown": found.can_be_shown,
        "is_video": found.is_video,
        "is_shown": is_shown,
        "is_stopped": found.stopped_at is not None,
        "show": SHOW,
    }
    return render(request, "evenhand/captures/capture.html", shown, status=status)
