"""One referral, all steps on it, and its history."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from evenhand.queries import all_steps, receipts
from evenhand.queries import history as log
from evenhand.queries import referral as in_full
from evenhand.web.acting import acting
from evenhand.web.components import render as component
from evenhand.web.referrals import histories, present, record
from evenhand.web.referrals.happened import parts
from evenhand.web.referrals.part import drawn


@require_safe
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one referral, and what this officer may do with it."""
    now = acting(request)
    found = record.shown(in_full.one(reference, acting=now), now)
    shown = {
        **found,
        "steps": SafeString("\n".join(component("button", it) for it in found["steps"])),
        "sections": drawn(found["sections"]),
        "back_to": _list_before(request),
    }
    return render(request, "evenhand/referrals/referral.html", shown)


def _list_before(request: HttpRequest) -> str:
    """Give the address of the list that the officer came from, with its filters, or of all."""
    came_from, whole = urlsplit(request.headers.get("Referer", "")), reverse("referrals")
    is_a_list = came_from.netloc == request.get_host() and came_from.path == whole
    return f"{whole}?{came_from.query}" if is_a_list and came_from.query else whole


@require_safe
def steps(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all steps on a referral, of every kind, the latest first."""
    cursor = request.GET.get("cursor", "")
    found = all_steps.of(reference, cursor, acting=acting(request))
    shown = {
        "reference": reference,
        "parts": parts(found.steps),
        "is_first": not cursor,
        "pages": present.more(urlencode({"cursor": found.next})) if found.next else None,
    }
    return render(request, "evenhand/referrals/steps.html", shown)


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the history of a referral from the log, oldest first."""
    start = histories.after(request)
    found = log.of(reference, after=start, officer=acting(request).officer)
    shown = histories.shown(found, reference, history="history", receipt="receipt", start=start)
    return render(request, "evenhand/referrals/history.html", shown)


@require_safe
def receipt(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give the receipt of an entry as a file: it proves that the entry is in the log."""
    officer = acting(request).officer
    made = receipts.of_entry(reference, number, log=settings.LOG_FOLDER, officer=officer)
    return histories.as_file(made, f"receipt-{reference}-{number}")
