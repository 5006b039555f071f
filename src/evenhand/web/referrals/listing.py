"""The list of referrals: one search box, filters, and an officer's saved lists.

Filters stand in the address, so that a list can be kept and sent on. Words to look for never do:
they come by a form each time, also for the next page.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.queries import referrals as lists
from evenhand.queries.beside_lists import Beside, beside
from evenhand.queries.filters import reference_in
from evenhand.queries.platforms import called_beside
from evenhand.queries.referrals import Page
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting, officer_of
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.forms import add_refusals
from evenhand.web.referrals import finding, narrowed, present
from evenhand.web.referrals.finding import (
    FindForm,
    ListForm,
    filters_in,
    for_officer,
    narrowing,
    sites_in,
)

WRONG = 422
NARROW = "narrow"
"""Sent beside filters that are to come into the address while words are looked for."""


@require_http_methods(["GET", "HEAD", "POST"])
def referrals(request: HttpRequest) -> HttpResponse:
    """List referrals by filters and words, newest first, a page at a time."""
    now = acting(request)
    check_may(now.officer, Permission.LIST_REFERRALS)
    filters = filters_in(request.GET)
    if request.method != "POST":
        return _by_address(request, filters, now)
    wanted = filters_in(request.POST) if NARROW in request.POST else filters
    find = FindForm(request.POST)
    if not str(request.POST.get("q", "")).strip():
        return redirect(narrowed.address(wanted))
    if wanted != filters:
        # The browser sends the same form again, to the address that names the filters.
        return redirect(narrowed.address(wanted), preserve_request=True)
    reference = reference_in(find.cleaned_data["q"]) if find.is_valid() else ""
    if reference and lists.named([reference], officer=now.officer):
        return redirect("referral", reference)
    return _listed(request, filters, find, now)


def _by_address(request: HttpRequest, filters: dict[str, str], now: Acting) -> HttpResponse:
    """List what the address names; one that names nothing else, no words above all, is shown."""
    cursor = request.GET.get("cursor", "")
    if request.GET.dict() != filters | ({"cursor": cursor} if cursor else {}):
        return redirect(narrowed.address(filters, cursor=cursor))
    return _listed(request, filters, None, now)


def _listed(
    request: HttpRequest, filters: Mapping[str, str], find: FindForm | None, now: Acting
) -> HttpResponse:
    around = beside(now.officer, sites=sites_in(filters))
    form = narrowing(filters, around.colleagues, around.sites.names)
    shown: dict[str, Any] = {
        "form": form,
        "find": for_officer(find or FindForm(), now.officer),
        "words": find is not None,
        "here": narrowed.address(filters),
        "saved": narrowed.links(around.saved),
    }
    if not form.is_valid() or (find and not find.is_valid()):
        return _drawn(request, shown, WRONG)
    shown |= {"chosen": narrowed.chosen(form), "query": request.GET.urlencode()}
    cursor = str((request.POST if find else request.GET).get("cursor", ""))
    q = find.cleaned_data["q"] if find else ""
    try:
        page = lists.find(form.filter(q=q, cursor=cursor, now=now.at), acting=now)
    except Refused as refused:
        attempted(request, refused, now)
        shown["form"] = form = ListForm(filters, around.colleagues, around.sites.names)
        add_refusals(form if refused.at in form.fields or not find else find, refused)
        return _drawn(request, shown, STATUS[refused.kind])
    return _drawn(request, shown | _of_page(page, around, filters, cursor, q, now))


def _of_page(
    page: Page, around: Beside, filters: Mapping[str, str], cursor: str, q: str, now: Acting
) -> dict[str, Any]:
    words, lines = bool(q), page.lines
    names = called_beside(around.sites, {it.platform for it in lines})
    return {
        "found": present.listed(lines, names, officer=now.officer),
        "how_far": narrowed.how_far(page),
        "nothing": narrowed.nothing(page, filters, q=q, first=not cursor),
        "on": narrowed.way_on(page, filters, by_form=words),
        "is_first": not cursor,
    }


def _drawn(request: HttpRequest, shown: Mapping[str, Any], status: int = 200) -> HttpResponse:
    drawn = {
        **shown,
        "fields": shown["form"].drawn,
        "find_fields": finding.drawn(shown["find"], officer_of(request)),
    }
    return render(request, "evenhand/referrals/list.html", drawn, status=status)
