"""Saved lists: keep the filters of a list under a name, rename them, remove them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.actions import saved_lists as keeping
from evenhand.queries import officers, saved_lists
from evenhand.queries.platforms import called
from evenhand.queries.saved_lists import SavedList
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.saved_lists import check_filters
from evenhand.rules.words import words
from evenhand.web.acting import acting
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.referrals.finding import ListForm, filters_in, sites_in
from evenhand.web.referrals.narrowed import address, in_words
from evenhand.web.saved_lists.forms import NameForm
from evenhand.web.saved_lists.present import kept

WRONG = 422


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show an officer's saved lists."""
    officer = acting(request).officer
    lists = kept(saved_lists.of(officer), officers.colleagues(officer))
    return render(request, "evenhand/saved_lists/overview.html", {"lists": lists})


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters in this address under a name."""
    now = acting(request)
    check_may(now.officer, Permission.LIST_REFERRALS)
    filters = filters_in(request.GET)
    check_filters(filters)
    form = NameForm(answers(request, now))
    shown = {
        "form": form,
        "filters": in_words(
            ListForm(filters, officers.colleagues(now.officer), called(sites_in(filters)))
        ),
        "back": address(filters),
    }
    if request.method != "POST":
        return render(request, "evenhand/saved_lists/save.html", shown)
    if not form.is_valid():
        return render(request, "evenhand/saved_lists/save.html", shown, status=WRONG)

    def doing() -> str:
        keeping.add(form.cleaned_data["name"], filters, acting=now)
        messages.success(request, _("The list is saved. You find it here and on your worklist."))
        return address(filters)

    try:
        return submitted_once(request, now, doing)
    except Refused as refused:
        add_refusals(form, refused)
        status = STATUS[refused.kind]
        return render(request, "evenhand/saved_lists/save.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Give a saved list another name."""
    now = acting(request)
    found = _own(ref, now)
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, initial={"name": found.name})
    if not form.is_valid():
        status = WRONG if form.is_bound else 200
        return render(request, "evenhand/saved_lists/rename.html", {"form": form}, status=status)
    keeping.rename(ref, form.cleaned_data["name"], acting=now)
    messages.success(request, _("The list has its new name."))
    return redirect("saved_lists")


@require_POST
def remove(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Forget a saved list."""
    keeping.remove(ref, acting=acting(request))
    messages.success(request, _("The list is removed. The referrals in it are as they were."))
    return redirect(reverse("saved_lists"))


def _own(ref: UUID, now: Acting) -> SavedList:
    for it in saved_lists.of(now.officer):
        if it.ref == ref:
            return it
    raise NotFound(
        words("You have no such saved list."), do=words("Look at the lists that you have.")
    )
