"""Pages that change what is kept of a platform: each change is a new version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import platforms as keeping
from evenhand.queries import platforms
from evenhand.rules.lawbook import Platform, Policy
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.platforms import (
    Kept,
    PlatformChanged,
    with_address,
    with_form,
    with_forms_taken,
)
from evenhand.rules.platforms_compared import differences
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.platforms import policies
from evenhand.web.platforms.form_fields import FormFieldsForm, shown
from evenhand.web.platforms.forms import AddForm, OwnForm, PolicyForm, ReachForm
from evenhand.web.platforms.present import changes
from evenhand.web.words import Words

WRONG = 422
NOT_SIGNED_OFF = later(
    "Messages still go to the address that was signed off, until the data protection officer signs"
    " off the new one."
)
Sent = QueryDict | None
PLAIN = ("name", "provider", "country", "emergency", "first_chase_days", "chase_gap_days")
WAYS = (("contact", Transport.EMAIL), ("form_address", Transport.PORTAL))


@dataclass(frozen=True, slots=True)
class Edit:
    """One kind of change: its words, its form filled from what is kept, and what comes of it."""

    title: Words
    form: Callable[[Kept, Sent], HouseForm]
    change: Callable[[Platform, Any], Platform]
    template: str = "evenhand/platforms/edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a platform that the law data does not know."""
    acting = _allowed(request)
    form = AddForm(answers(request, acting))
    shown = {"form": form, "title": _("Add a platform")}
    if request.method != "POST":
        return render(request, "evenhand/platforms/edit.html", shown)
    if not form.is_valid():
        return render(request, "evenhand/platforms/edit.html", shown, status=WRONG)

    def doing() -> str:
        keeping.add(_new(form.cleaned_data), acting=acting)
        messages.success(request, _("The platform was added."))
        return reverse("platform", args=[form.cleaned_data["code"]])

    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        add_refusals(form, refused)
        status = STATUS[refused.kind]
        return render(request, "evenhand/platforms/edit.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Change how a platform is reached and when it is reminded."""
    return _page(request, code, Edit(_("How to reach it, and when to remind it"), _ways, _reached))


@require_http_methods(["GET", "HEAD", "POST"])
def form_fields(request: HttpRequest, code: str) -> HttpResponse:
    """Change the fields of a platform's form."""
    template = "evenhand/platforms/form_fields.html"
    return _page(request, code, Edit(_("The fields of its form"), _fields, _formed, template))


@require_http_methods(["GET", "HEAD", "POST"])
def add_policy(request: HttpRequest, code: str) -> HttpResponse:
    """Add a policy of a platform."""

    def form(kept: Kept, sent: Sent) -> HouseForm:
        initial = {"seen": kept.number}
        return PolicyForm(sent, book=platforms.lawbook(), is_new=True, initial=initial)

    return _page(request, code, Edit(_("Add a policy"), form, policies.added))


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """Change one version of a policy, or put a newer one beside it."""

    def form(kept: Kept, sent: Sent) -> HouseForm:
        initial = {} if sent else policies.shown(_policy(kept.platform, place))
        initial |= {"seen": kept.number}
        return PolicyForm(sent, book=platforms.lawbook(), is_new=False, initial=initial)

    return _page(request, code, Edit(_("Change a policy"), form, policies.changed))


def _page(request: HttpRequest, code: str, edit: Edit) -> HttpResponse:
    acting = _allowed(request)
    kept = platforms.current(code, officer=acting.officer)
    form = edit.form(kept, answers(request, acting))
    if request.method != "POST":
        return _drawn(request, edit, kept, form)
    if not form.is_valid():
        return _drawn(request, edit, kept, form, status=WRONG)

    def doing() -> str:
        changed = edit.change(kept.platform, form)
        number = keeping.edit(changed, seen=form.cleaned_data["seen"], acting=acting)
        messages.success(request, _("Saved as version %(number)d.") % {"number": number})
        if _moved(kept.platform, changed):
            messages.warning(request, str(NOT_SIGNED_OFF))
        return reverse("platform", args=[code])

    try:
        return submitted_once(request, acting, doing)
    except PlatformChanged as refused:
        return _changed_meanwhile(request, edit, kept, form, refused)
    except Refused as refused:
        add_refusals(form, refused)
        return _drawn(request, edit, kept, form, status=STATUS[refused.kind])


def _moved(before: Platform, after: Platform) -> bool:
    """Say whether a channel has another address than before."""
    addresses = {it.kind: it.address for it in before.channels}
    return any(addresses.get(it.kind, it.address) != it.address for it in after.channels)


def _changed_meanwhile(
    request: HttpRequest, edit: Edit, kept: Kept, form: HouseForm, refused: Refused
) -> HttpResponse:
    """Show the answers again with what a colleague changed, ready to be saved on their version."""
    officer = acting_of(request).officer
    now = platforms.current(kept.platform.code, officer=officer)
    try:
        before = platforms.numbered(now.platform.code, form.cleaned_data["seen"], officer=officer)
    except NotFound:
        before = now
    sent = request.POST.copy()
    sent["seen"] = str(now.number)
    again = edit.form(now, sent)
    add_refusals(again, refused)
    found = changes(differences(before.platform, now.platform))
    return _drawn(request, edit, now, again, status=STATUS[refused.kind], meanwhile=found)


def _drawn(
    request: HttpRequest,
    edit: Edit,
    kept: Kept,
    form: HouseForm,
    *,
    status: int = 200,
    meanwhile: object = None,
) -> HttpResponse:
    told: Mapping[str, object] = {
        "form": form,
        "title": edit.title,
        "name": kept.platform.name,
        "code": kept.platform.code,
        "meanwhile": meanwhile,
    }
    return render(request, edit.template, told, status=status)


def _allowed(request: HttpRequest) -> Acting:
    acting = acting_of(request)
    check_may(acting.officer, Permission.EDIT_PLATFORM)
    return acting


def _ways(kept: Kept, sent: Sent) -> HouseForm:
    platform = kept.platform
    initial: dict[str, object] = {"seen": kept.number}
    for name, kind in WAYS:
        channel = platform.channel(kind)
        initial[name] = channel.address if channel else ""
        if channel and kind is Transport.EMAIL:
            initial["takes"] = list(channel.takes)
    for name in PLAIN:
        initial[name] = getattr(platform, name)
    known = platforms.lawbook().platform(platform.code)
    return ReachForm(sent, initial=initial) if known else OwnForm(sent, initial=initial)


def _reached(platform: Platform, form: HouseForm) -> Platform:
    told = form.cleaned_data
    for name, kind in WAYS:
        platform = with_address(platform, kind, told[name])
    platform = with_forms_taken(platform, told["takes"])
    return replace(platform, **{name: told[name] for name in PLAIN if name in told})


def _fields(kept: Kept, sent: Sent) -> HouseForm:
    portal = kept.platform.channel(Transport.PORTAL)
    fields = portal.fields if portal else ()
    initial = {"seen": kept.number, "verified": bool(portal and portal.fields_verified)}
    return FormFieldsForm(sent, count=len(fields), initial=initial | shown(fields))


def _formed(platform: Platform, form: FormFieldsForm) -> Platform:
    return with_form(platform, form.given(), verified=form.cleaned_data["verified"])


def _policy(platform: Platform, place: int) -> Policy:
    if place >= len(platform.policies):
        raise NotFound(
            words("There is no policy at this place."), do=words("Choose one from the list.")
        )
    return platform.policies[place]


def _new(told: Mapping[str, Any]) -> Platform:
    platform = Platform(
        code=told["code"],
        name=told["name"],
        provider=told["provider"],
        country=told["country"],
        hosts=(told["code"],),
        fictional=False,
        verified=False,
        source=words("This desk"),
        channels=(),
        policies=(),
        emergency=told["emergency"],
        first_chase_days=told["first_chase_days"],
        chase_gap_days=told["chase_gap_days"],
    )
    for name, kind in WAYS:
        platform = with_address(platform, kind, told[name])
    return with_forms_taken(platform, told["takes"])
