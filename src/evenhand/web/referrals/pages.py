"""Finding referrals, one referral, and its history."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.queries import history as log
from evenhand.queries import referral as in_full
from evenhand.queries import referrals as lists
from evenhand.queries.referrals import Filter
from evenhand.rules.officers import Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting
from evenhand.web.forms import add_refusals
from evenhand.web.referrals import present, record
from evenhand.web.referrals.finding import FindForm, ListForm
from evenhand.web.referrals.story import told


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """List referrals by what an officer chose, a page at a time."""
    officer = acting(request).officer
    check_may(officer, Permission.LIST_REFERRALS)
    form = ListForm(request.GET)
    shown: dict[str, object] = {"form": form, "find": FindForm()}
    if not form.is_valid():
        return render(request, "evenhand/referrals/list.html", shown, status=422)
    cursor = request.GET.get("cursor", "")
    found = lists.find(form.filter(cursor), officer=officer)
    shown |= {
        "found": present.listed(found.lines, officer=officer),
        "chosen": present.chosen(request.GET, form),
        "pages": present.pages(request.GET, found.next),
    }
    return render(request, "evenhand/referrals/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find referrals by a reference, an address or words, which no address or log ever holds."""
    officer = acting(request).officer
    check_may(officer, Permission.LIST_REFERRALS)
    form = FindForm(request.POST if request.method == "POST" else None)
    shown: dict[str, object] = {"form": form}
    if form.is_valid():
        asked = form.cleaned_data["q"]
        if lists.named([asked], officer=officer):
            return redirect("referral", asked)
        try:
            cursor = request.POST.get("cursor", "")
            found = lists.find(Filter(q=asked, cursor=cursor), officer=officer)
            shown |= {
                "found": present.listed(found.lines, officer=officer),
                "next": found.next,
                "is_first": not cursor,
            }
        except Refused as refused:
            add_refusals(form, refused)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "evenhand/referrals/find.html", shown, status=status)


@require_safe
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one referral, and what this officer may do with it."""
    now = acting(request)
    found = in_full.one(reference, officer=now.officer)
    return render(request, "evenhand/referrals/referral.html", record.shown(found, now))


@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the history of a referral from the log, oldest first."""
    officer = acting(request).officer
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    found = log.of(reference, after=start, officer=officer)
    shown = {
        "reference": reference,
        "entries": [told(line) for line in found.lines],
        "is_first": start == 0,
        "pages": present.more(urlencode({"after": found.next})) if found.next else None,
    }
    return render(request, "evenhand/referrals/history.html", shown)
