"""What came and went over any days, and whether it explains what is there."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.queries import balance as counting
from evenhand.rules.balance import InBalance
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.disposal import present
from evenhand.web.disposal.forms import BalanceForm

PAGE = "evenhand/disposal/balance.html"
A_DAY = timedelta(days=1)


@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """Count records in and out, from a first day to a last one; this year where none is named."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_CERTIFICATES)
    today = timezone.localdate(acting.at)
    days = (today.replace(month=1, day=1), today)
    form = BalanceForm(request.GET) if request.GET else BalanceForm.of(*days)
    if form.is_bound:
        if not form.is_valid():
            return render(request, PAGE, {"form": form}, status=422)
        days = form.cleaned_data["first"], form.cleaned_data["last"]
    found = [_counted(kind, *days, acting.officer) for kind in InBalance]
    shown = {"first": times.day(days[0]), "last": times.day(days[1]), "kinds": found}
    return render(request, PAGE, {"form": form, **shown})


def _counted(kind: InBalance, first: date, last: date, officer: Officer) -> Mapping[str, Params]:
    return present.balance(counting.balance(kind, first, last + A_DAY, officer=officer))
