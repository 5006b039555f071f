"""Reports from the public: those that wait, and one of them, which is opened before it is read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import public_reports
from evenhand.queries import public_reports as known
from evenhand.rules.public_reports import OPEN, ReportStanding
from evenhand.web.acting import acting
from evenhand.web.drafting import submitted_once
from evenhand.web.reports import present


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the reports that wait, and count what became of the others."""
    now = acting(request)
    found = known.waiting(officer=now.officer)
    shown = {
        "reports": present.listed(found, today=timezone.localdate(now.at)) if found.items else None,
        "more": found.more,
        "counts": present.counted(known.counts(officer=now.officer)),
    }
    return render(request, "evenhand/reports/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show one report: what it says once it is opened, and what an officer may do with it."""
    now = acting(request)
    if request.method == "POST":

        def do() -> str:
            public_reports.open_report(report, acting=now)
            return reverse("report", args=[report])

        return submitted_once(request, now, do)
    found = known.one(report, acting=now)
    standing = found.line.standing
    shown = {
        "report": report,
        "about": present.about(found),
        "tag": present.STANDINGS[standing].params,
        "danger_now": found.line.danger_now and standing in OPEN,
        "to_open": standing is ReportStanding.WAITING,
        "to_settle": standing is ReportStanding.OPENED,
        "became": found.became,
    }
    return render(request, "evenhand/reports/report.html", shown)
