"""Platforms: what is kept of them, and the data protection officer's leave to write to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import platforms as signing
from evenhand.queries import platforms
from evenhand.queries.platforms import PlatformLine
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.platforms import Kept
from evenhand.rules.platforms_compared import differences
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import choose
from evenhand.web.acting import acting as acting_of
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.labels import TRANSPORTS
from evenhand.web.platforms.forms import SignOffForm
from evenhand.web.platforms.present import (
    about,
    changes,
    form_rows,
    form_tag,
    hint_for,
    kept_addresses,
    listed,
    more,
    name_of,
    policies,
    said,
    signed_off,
    standing_now,
    version_lines,
)

WRONG = 422


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the platforms with how sending to them stands."""
    acting = acting_of(request)
    found = platforms.signed_off(request.GET.get("after", ""), officer=acting.officer)
    may_sign_off = may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    shown = listed(found.lines, today=timezone.localdate(acting.at), may_sign_off=may_sign_off)
    may_edit = may(acting.officer, Permission.EDIT_PLATFORM)
    told = {"platforms": shown, "may_edit": may_edit, "pages": more("after", found.next)}
    return render(request, "evenhand/platforms/overview.html", told)


@require_safe
def platform(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is kept of one platform."""
    acting = acting_of(request)
    kept = platforms.current(code, officer=acting.officer)
    may_edit = may(acting.officer, Permission.EDIT_PLATFORM)
    before = _number(request.GET.get("before", ""))
    versions = platforms.versions(code, before=before, officer=acting.officer)
    told = {
        **_told(kept, may_edit=may_edit),
        "leaves": signed_off(_line(code, acting), today=timezone.localdate(acting.at)),
        "may_sign_off": may(acting.officer, Permission.SIGN_OFF_PLATFORM),
        "versions": version_lines(code, versions.lines),
        "older": more("before", versions.next),
    }
    return render(request, "evenhand/platforms/platform.html", told)


@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version of what was kept of a platform, and what it changed."""
    officer = acting_of(request).officer
    kept = platforms.numbered(code, number, officer=officer)
    told = _told(kept, may_edit=False)
    try:
        before = platforms.numbered(code, number - 1, officer=officer)
    except NotFound:
        return render(request, "evenhand/platforms/version.html", told)
    told["changes"] = changes(differences(before.platform, kept.platform))
    return render(request, "evenhand/platforms/version.html", told)


def _told(kept: Kept, *, may_edit: bool) -> dict[str, object]:
    return {
        "name": kept.platform.name,
        "code": kept.platform.code,
        "version": said(kept.number, kept.made_by, kept),
        "about": about(kept),
        "form_rows": form_rows(kept.platform),
        "form_tag": form_tag(kept.platform),
        "policies": policies(kept.platform, may_edit=may_edit),
        "may_edit": may_edit,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, code: str) -> HttpResponse:
    """Sign off sending to one platform."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.SIGN_OFF_PLATFORM)
    line = _line(code, acting)
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


@require_http_methods(["POST"])
def end_sign_off(request: HttpRequest, code: str) -> HttpResponse:
    """End the sign-off of one channel to a platform, at once."""
    acting = acting_of(request)
    line = _line(code, acting)
    transport = choose(Transport, request.POST.get("by", ""), at="by")

    def doing() -> str:
        signing.end_sign_off(code, transport, acting=acting)
        shown = {"platform": name_of(line), "channel": TRANSPORTS[transport]}
        text = _("Sending to %(platform)s by %(channel)s is not signed off any more.") % shown
        messages.success(request, text)
        return reverse("sign_off", args=[code])

    return submitted_once(request, acting, doing)


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


def _line(code: str, acting: Acting) -> PlatformLine:
    return platforms.one_line(code, officer=acting.officer)


def _number(text: str) -> int:
    """Read the number before which versions are listed; what is none lists the newest."""
    short = len(text) < len(str(platforms.MOST_NUMBER))
    return int(text) if text.isascii() and text.isdigit() and short else platforms.MOST_NUMBER


def _form(request: HttpRequest, line: PlatformLine, acting: Acting) -> SignOffForm:
    form = SignOffForm(answers(request, acting), initial=_begins_with(request, line))
    form.fields["contact"].help_text = hint_for(line)
    return form


def _begins_with(request: HttpRequest, line: PlatformLine) -> dict[str, str]:
    """Begin with the sign-off that the address asks for, else with one that there is."""
    asked = request.GET.get("by", "")
    given = [it for it in line.leaves if not asked or it.transport == asked]
    if given:
        leave = given[0]
        return {"transport": leave.transport, "contact": leave.contact, "basis": leave.basis}
    return {"transport": asked} if asked in list(Transport) else {}


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
        "standing": standing_now(line, today=timezone.localdate(acting.at)),
        "kept": kept_addresses(line),
        "ends": [(it.transport, TRANSPORTS[it.transport]) for it in line.leaves],
        "code": line.code,
    }
    return render(request, "evenhand/platforms/sign_off.html", shown, status=status)
