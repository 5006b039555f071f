"""The list of what is due for review or disposal. It destroys nothing and names nobody."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import retention
from evenhand.rules.officers import Permission, may
from evenhand.web.acting import acting as acting_of
from evenhand.web.disposal import present
from evenhand.web.referrals.present import more


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """List what is due today, the soonest last day first, and say when the worker last looked."""
    acting = acting_of(request)
    cursor, today = request.GET.get("cursor", ""), timezone.localdate(acting.at)
    found = retention.due(cursor, officer=acting.officer, today=today)
    last = retention.last_run(officer=acting.officer)
    erasing = retention.to_erase(officer=acting.officer, today=today)
    shown = {
        "found": present.due(found.lines),
        "heartbeat": present.heartbeat(last, erasing, now=acting.at),
        "pages": more(urlencode({"cursor": found.next})) if found.next else None,
        "is_first": not cursor,
        "may_read": may(acting.officer, Permission.READ_CERTIFICATES),
    }
    return render(request, "evenhand/disposal/due.html", shown)
