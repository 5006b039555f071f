"""The counts of one month."""

import csv
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import imports, people_count
from evenhand.queries.counts import count, decided
from evenhand.rules.counting import Counts, month_of
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting
from evenhand.web.combinations.present import people
from evenhand.web.counting import present
from evenhand.web.counting.forms import CountsForm, MonthsForm, named
from evenhand.web.imports.present import by_system


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Show what the desk did in a month; this one where none is named."""
    now = acting(request)
    check_may(now.officer, Permission.LIST_REFERRALS)
    today = timezone.localdate(now.at)
    form = CountsForm(request.GET, today=today)
    shown: dict[str, object] = {"form": form}
    if not form.is_valid():
        shown["months"] = MonthsForm(month_of(today), today=today)
        return render(request, "evenhand/counting/counts.html", shown, status=422)
    as_at: date | None = form.cleaned_data["as_at"]
    found = count(form.cleaned_data["month"], officer=now.officer, as_at=as_at)
    if "csv" in request.GET:
        return _as_file(found)
    shown |= {
        "months": MonthsForm(found.month, today=today, as_at=as_at),
        "month": named(found.month),
        "as_at": as_at,
        "groups": present.grouped(found),
        "refused": present.refused(found),
        "is_empty": present.is_empty(found),
        "old_systems": by_system(imports.by_system(officer=now.officer)),
        "people": people(people_count.on_record(officer=now.officer, as_at=as_at)),
        "is_over": found.month < month_of(today),
        "file": f"?{urlencode({'month': found.month, **_parts(as_at), 'csv': '1'})}",
    }
    return render(request, "evenhand/counting/counts.html", shown)


@require_safe
def own_errors(request: HttpRequest) -> HttpResponse:
    """Show how often platforms declined because of how the desk had asked, over twelve months."""
    now = acting(request)
    last = month_of(timezone.localdate(now.at))
    first = last.year_before
    found = decided(first, last, officer=now.officer)
    shown = {"first": named(first), "last": named(last), **present.errors(found)}
    return render(request, "evenhand/counting/own_errors.html", shown)


def _parts(day: date | None) -> dict[str, int]:
    return {f"as_at_{part}": getattr(day, part) for part in ("day", "month", "year")} if day else {}


def _as_file(found: Counts) -> HttpResponse:
    """Give the numbers as a file for a spreadsheet. They are about nobody, so it is no export."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="counts-{found.month}.csv"'
    csv.writer(response).writerows(present.table(found))
    return response
