"""An officer's own page, and what they set for their own pages."""

from urllib.parse import urlencode

from django.conf import settings as desk_settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import preferences
from evenhand.queries import consultations, own
from evenhand.rules.consultations import BreakWish, Preferences
from evenhand.rules.officers import Permission, may
from evenhand.web.acting import acting as acting_of
from evenhand.web.addresses import way_back
from evenhand.web.referrals.present import more
from evenhand.web.you import present
from evenhand.web.you.forms import SettingsForm

COLLEAGUES = (Permission.HAND_OVER, Permission.MANAGE_ABSENCE)
MOST_DIGITS = 18
WRONG = 422


@require_safe
def you(request: HttpRequest) -> HttpResponse:
    """Show what was done and looked at in the officer's own name, and how much they opened."""
    acting = acting_of(request)
    before = request.GET.get("before", "")
    known = before.isascii() and before.isdigit() and len(before) <= MOST_DIGITS
    found = own.entries(before=int(before) if known else None, officer=acting.officer)
    began = timezone.localtime(acting.at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = consultations.exposure(officer=acting.officer, now=acting.at, day_began=began)
    shown = {
        "days": present.days(found.lines),
        "exposure": present.exposure(seen),
        "colleagues": any(may(acting.officer, it) for it in COLLEAGUES),
        "trained": may(acting.officer, Permission.ACCEPT_INSTRUCTIONS),
        "works": may(acting.officer, Permission.READ_WORDS),
        "contact": desk_settings.DESK.contact_email,
        "is_first": not known,
        "pages": more(urlencode({"before": found.next})) if found.next else None,
    }
    return render(request, "evenhand/you/you.html", shown)


@require_POST
def put_reminder_away(request: HttpRequest) -> HttpResponse:
    """Put the reminder of a break away for a while, and lead back to the page it stood on."""
    preferences.put_reminder_away(acting=acting_of(request))
    return redirect(way_back(request.POST.get("back", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Set reminders of a break, and keyboard shortcuts."""
    acting = acting_of(request)
    now: Preferences = request.preferences  # type: ignore[attr-defined]
    initial = {
        "after_looks": now.breaks.after_looks,
        "after_minutes": now.breaks.after_minutes,
        "shortcuts": now.shortcuts,
    }
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        breaks = BreakWish(given["after_looks"], given["after_minutes"])
        preferences.prefer(Preferences(given["shortcuts"], breaks), acting=acting)
        messages.success(request, _("Saved. Only you see this."))
        return redirect("you")
    status = WRONG if form.is_bound else 200
    return render(request, "evenhand/you/settings.html", {"form": form}, status=status)
