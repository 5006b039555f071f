"""The published reports: a list with the clocks, each as a page, and its files."""

import json
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import yearly
from evenhand.queries.yearly import InFull
from evenhand.rules import yearly_files
from evenhand.rules.yearly import ReportKind
from evenhand.rules.yearly_files import Place
from evenhand.web.for_everybody import for_everybody
from evenhand.web.yearly import present


@require_safe
@for_everybody
def reports(request: HttpRequest) -> HttpResponse:
    """List the published reports, and by when the next are due."""
    shown = {
        "reports": [present.line(it) for it in yearly.published()],
        "clocks": present.clocks(yearly.yearly_clocks(), today=timezone.localdate(timezone.now())),
    }
    return render(request, "evenhand/yearly/reports.html", shown)


@require_safe
@for_everybody
def report(request: HttpRequest, kind: ReportKind, last: date, number: int) -> HttpResponse:
    """Show one published edition."""
    return render(request, "evenhand/yearly/report.html", present.full(_found(kind, last, number)))


@require_safe
@for_everybody
def catalogue(_request: HttpRequest) -> HttpResponse:
    """List the published reports with their files for programs, as DCAT-AP 3.0 in JSON-LD."""
    found = yearly_files.catalogue(
        [_place(it) for it in yearly.published_in_full()],
        desk=settings.DESK.name,
        email=settings.DESK.contact_email,
        address=settings.PUBLIC_URL + reverse("public_catalogue"),
    )
    return _file(json.dumps(found, indent=2, ensure_ascii=False), yearly_files.JSON_LD)


@require_safe
@for_everybody
def as_json(_request: HttpRequest, kind: ReportKind, last: date, number: int) -> HttpResponse:
    """Give an edition whole."""
    return _file(yearly_files.json_text(_found(kind, last, number).report), yearly_files.JSON)


@require_safe
@for_everybody
def metadata(_request: HttpRequest, kind: ReportKind, last: date, number: int) -> HttpResponse:
    """Say what the CSV files of an edition are, as CSV on the Web asks."""
    found = yearly_files.metadata(_place(_found(kind, last, number)))
    return _file(json.dumps(found, indent=2, ensure_ascii=False), yearly_files.METADATA)


@require_safe
@for_everybody
def as_csv(
    _request: HttpRequest, kind: ReportKind, last: date, number: int, table: str
) -> HttpResponse:
    """Give one table of an edition as CSV."""
    found = _found(kind, last, number).report
    asked = next((it for it in found.tables if it.name == table), None)
    if asked is None:
        raise Http404
    response = _file(yearly_files.csv_text(asked), yearly_files.CSV)
    described = reverse("public_yearly_metadata", args=[kind, last, number])
    response.headers["Link"] = f'<{described}>; rel="describedby"; type="{yearly_files.METADATA}"'
    return response


def _found(kind: ReportKind, last: date, number: int) -> InFull:
    found = yearly.one_published(kind, last, number)
    if found is None:
        raise Http404
    return found


def _place(found: InFull) -> Place:
    it = found.edition
    address = reverse("public_yearly", args=[it.kind, it.last, it.number])
    return Place(found.report, it.number, settings.PUBLIC_URL + address)


def _file(text: str, kind: str) -> HttpResponse:
    """Let pages of anybody read it: it holds nothing personal."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
