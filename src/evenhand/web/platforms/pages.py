"""Platforms: who may be written to, and the data protection officer's leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import platforms as signing
from evenhand.queries import platforms
from evenhand.queries.platforms import PlatformLine
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.platforms.forms import SignOffForm
from evenhand.web.platforms.present import hint_for, listed, name_of, standing_now

WRONG = 422


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the platforms with how sending to them stands."""
    acting = acting_of(request)
    lines = platforms.signed_off(officer=acting.officer)
    may_sign_off = may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    shown = listed(lines, today=acting.at.date(), may_sign_off=may_sign_off)
    return render(request, "evenhand/platforms/overview.html", {"platforms": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    """Sign off sending to one platform."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    line = _found(code, acting)
    form = _form(request, line, acting)
    if request.method != "POST":
        return _drawn(request, line, form, acting)
    if not form.is_valid():
        return _drawn(request, line, form, acting, status=WRONG)

    def doing() -> str:
        _sign_off(line, form, acting)
        text = _("Sending to %(platform)s is signed off.") % {"platform": name_of(line)}
        messages.success(request, text)
        return reverse("platforms")

    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        add_refusals(form, refused)
        return _drawn(request, line, form, acting, status=STATUS[refused.kind])


def _sign_off(line: PlatformLine, form: SignOffForm, acting: Acting) -> None:
    given = form.cleaned_data
    signing.sign_off(
        line.code,
        transport=Transport(given["transport"]),
        contact=given["contact"],
        basis=given["basis"],
        review_on=given["review_on"],
        acting=acting,
    )


def _found(code: str, acting: Acting) -> PlatformLine:
    for line in platforms.signed_off(officer=acting.officer):
        if line.code == code:
            return line
    raise NotFound(
        words("There is no platform with this code."),
        do=words("Choose a platform from the list. “other” stands for any other site."),
    )


def _form(request: HttpRequest, line: PlatformLine, acting: Acting) -> SignOffForm:
    now = {"transport": line.transport, "contact": line.contact, "basis": line.basis}
    form = SignOffForm(answers(request, acting), initial=now if line.transport else None)
    form.fields["contact"].help_text = hint_for(line)
    return form


def _drawn(
    request: HttpRequest,
    line: PlatformLine,
    form: SignOffForm,
    acting: Acting,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "form": form,
        "name": name_of(line),
        "standing": standing_now(line, today=acting.at.date()),
    }
    return render(request, "evenhand/platforms/sign_off.html", shown, status=status)
