"""Handing in a capture: the file is hashed and sealed while the form that brings it is read."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from evenhand.actions import captures
from evenhand.actions.captures_coming import Coming, Received
from evenhand.queries import referral as referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.captures import (
    CaptureUnreadable,
    check_announced,
    check_may_capture,
    check_taking,
    not_kept,
)
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.captures.arriving import Arriving
from evenhand.web.captures.forms import TakeForm
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.one_act import cannot_now
from evenhand.web.sheets import Sheet, standing

WRONG = 422
AROUND_THE_FILE = 64 * 1024
"""How much longer than its file a form that sends one may be."""
CAME = "came"
"""Stands behind the file in the form: where it is missing, the file was cut off on its way."""
SHEET = Sheet(
    title=later("Keep a capture"),
    button=later("Keep it"),
    lines=(
        later("The file is sealed as it comes in. Nobody sees it without giving a reason."),
        later("It goes with the referral’s content, and by the statutory route at once."),
    ),
    warning=later("Never make or hand in an image of the sexual abuse of a child."),
)


# The file is in the body that a check for forgery would read first: the check comes below.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a file and what is said of it, and keep it as a capture."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.TAKE_CAPTURE)
    referral = referrals.one(reference, why=Permission.TAKE_CAPTURE, acting=acting)
    fact, allowed = referral.fact, settings.DESK.captures
    try:
        check_may_capture(reference, fact.state, referral.captures, allowed=allowed)
    except Refused as refused:
        return cannot_now(request, referral, refused)
    if request.method != "POST":
        return _drawn(request, referral, TakeForm())
    check_announced(int(request.META.get("CONTENT_LENGTH") or 0) - AROUND_THE_FILE)
    coming = Coming()
    arriving = Arriving(coming)
    request.upload_handlers = [arriving]
    try:
        return _sent(request, referral, arriving, acting)
    finally:
        coming.abandon()


@csrf_protect
def _sent(
    request: HttpRequest, referral: ReferralInFull, arriving: Arriving, acting: Acting
) -> HttpResponse:
    form = TakeForm(request.POST, request.FILES)
    try:
        if form.is_of_a_child:
            form.errors.clear()  # Whatever else is missing or wrong, nothing more is asked for.
            raise not_kept()
        if arriving.refused:
            raise arriving.refused
        if form.is_valid():
            check_taking(form.taking(), now=acting.at)
            received = _whole(request, arriving, acting)
            return submitted_once(
                request, acting, lambda: _kept(request, referral, form, received, acting)
            )
    except Refused as refused:
        add_refusals(form, refused)
        return _drawn(request, referral, form, status=STATUS[refused.kind])
    return _drawn(request, referral, form, status=WRONG)


def _whole(request: HttpRequest, arriving: Arriving, acting: Acting) -> Received:
    if CAME not in request.POST:
        raise CaptureUnreadable(
            words("The file did not come whole."), do=words("Send it again."), at="file"
        )
    return arriving.coming.whole(at=acting.at)


def _kept(
    request: HttpRequest,
    referral: ReferralInFull,
    form: TakeForm,
    received: Received,
    acting: Acting,
) -> str:
    reference = referral.fact.reference
    captures.take(reference, form.taking(), received, acting=acting)
    messages.success(request, _("The capture is kept. Nobody sees it without a reason."))
    return reverse("captures", args=[reference])


def _drawn(
    request: HttpRequest, referral: ReferralInFull, form: TakeForm, *, status: int = 200
) -> HttpResponse:
    shown = {
        "form": form,
        "sheet": SHEET,
        "reference": referral.fact.reference,
        "standing": standing(referral),
        "came": CAME,
    }
    return render(request, "evenhand/captures/take.html", shown, status=status)
