"""Certificates of disposal."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries import receipts, retention
from evenhand.web.acting import acting as acting_of
from evenhand.web.disposal import present
from evenhand.web.referrals import histories
from evenhand.web.referrals.present import more


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List certificates, the newest first."""
    acting = acting_of(request)
    cursor = request.GET.get("cursor", "")
    found = retention.certificates(cursor, officer=acting.officer)
    shown = {
        "found": present.certificates(found.lines),
        "pages": more(urlencode({"cursor": found.next})) if found.next else None,
        "is_first": not cursor,
    }
    return render(request, "evenhand/disposal/certificates.html", shown)


@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Show one certificate, to be printed or kept."""
    acting = acting_of(request)
    found = retention.certificate(number, officer=acting.officer)
    shown = {"number": found.reference, "rows": present.certificate(found)}
    return render(request, "evenhand/disposal/certificate.html", shown)


@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Give the receipt of the disposal as a file: it proves that the log has it."""
    officer = acting_of(request).officer
    made = receipts.of_disposal(number, log=settings.LOG_FOLDER, officer=officer)
    return histories.as_file(made, f"receipt-{number}")
