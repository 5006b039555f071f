"""What the desk did in a year and in each of its months, as tables and charts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import recalls
from evenhand.queries import statistics as asked
from evenhand.web.for_everybody import for_everybody
from evenhand.web.statistics import present


@require_safe
@for_everybody
def statistics(request: HttpRequest) -> HttpResponse:
    """Show this year, every year before it, and the people on record."""
    today = timezone.localdate(timezone.now())
    shown = {
        **present.of_year(asked.of_year(today.year, today=today), today.year, today=today),
        **present.people(asked.people()),
        "years": present.years(asked.years()),
        "open_recalls": recalls.count_open(),
        "log": asked.log_head(),
    }
    return render(request, "evenhand/statistics/statistics.html", shown)


@require_safe
@for_everybody
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show one year."""
    today = timezone.localdate(timezone.now())
    shown = present.of_year(asked.of_year(year, today=today), year, today=today)
    return render(request, "evenhand/statistics/year.html", {**shown, "log": asked.log_head()})
