"""Handing one referral over, or several; who works here; and who is away."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import absences, handover
from evenhand.queries import handover as work
from evenhand.queries import officers
from evenhand.queries.officers import Colleague
from evenhand.rules.handover import check_is_open
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.referrals import NotFound
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.handover.forms import AbsenceForm, HandOverForm, SeveralForm
from evenhand.web.handover.present import shown, standing_now, team
from evenhand.web.one_act import OneAct, page
from evenhand.web.one_form import shown_or_done


def _hand_over(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    handover.hand_over(
        reference,
        given["officer"],
        given["reason"],
        seen_version=given["version"],
        acting=acting,
    )


_HAND_OVER = OneAct(
    permission=Permission.HAND_OVER,
    form=HandOverForm,
    template="evenhand/act.html",
    check=lambda referral, _acting: check_is_open(referral.fact.reference, referral.fact.state),
    shown=shown,
    do=_hand_over,
    done=later("It is handed over, and on the other worklist now."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand one referral over to a colleague, or take it over."""
    return page(request, reference, _HAND_OVER)


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """List who works on referrals here and who is away."""
    acting = acting_of(request)
    _check_may_see(acting)
    found = officers.team(today=timezone.localdate(acting.at))
    context = {"team": team(found, officer=acting.officer), "any": bool(found)}
    return render(request, "evenhand/handover/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest, username: str) -> HttpResponse:
    """Hand over what waits for one officer, as many referrals as are chosen."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.HAND_OVER)
    known = officers.team(today=timezone.localdate(acting.at))
    owner = _found(username, known)
    waiting = work.work_of(owner.ref, officer=acting.officer)
    others = [it for it in known if it.ref != owner.ref]
    form = SeveralForm(answers(request, acting), lines=waiting.lines, colleagues=others)
    context = {"form": form, "owner": owner.name, "work": waiting}
    template = "evenhand/handover/several.html"

    def doing() -> str:
        given = form.cleaned_data
        count = handover.hand_over_several(
            given["references"], given["officer"], given["reason"], acting=acting
        )
        text = ngettext(
            "%(count)d referral is handed over.", "%(count)d referrals are handed over.", count
        )
        messages.success(request, text % {"count": count})
        return reverse("colleagues")

    return shown_or_done(request, acting, form, doing, (template, context))


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, username: str) -> HttpResponse:
    """Say when an officer is away, or that they are back."""
    acting = acting_of(request)
    known = officers.team(today=timezone.localdate(acting.at))
    whose = _found(username, known)
    if whose.ref != acting.officer.ref:
        check_may(acting.officer, Permission.MANAGE_ABSENCE)
    entered = officers.absence_of(whose.ref)
    others = [it for it in known if it.ref != whose.ref]
    form = AbsenceForm(answers(request, acting), colleagues=others)
    context = {
        "form": form,
        "whose": whose.name,
        "now": standing_now(entered),
        "entered": entered is not None,
    }

    def doing() -> str:
        if "back" in request.POST:
            absences.end_absence(username, acting=acting)
            messages.success(request, _("The absence is ended."))
        else:
            absences.set_absence(username, **form.cleaned_data, acting=acting)
            messages.success(request, _("The absence is entered."))
            _tell_of_gaps(request, whose)
        return reverse("colleagues")

    if "back" in request.POST:
        return submitted_once(request, acting, doing)
    return shown_or_done(request, acting, form, doing, ("evenhand/handover/absence.html", context))


def _tell_of_gaps(request: HttpRequest, whose: Colleague) -> None:
    """Say for whom nobody stands in now, because whoever does is away as well."""
    entered = officers.absence_of(whose.ref)
    for name in officers.stood_in_for(entered) if entered else ():
        told = _("%(name)s stands in for %(other)s on some of these days: choose somebody else.")
        messages.warning(request, told % {"name": whose.name, "other": name})


def _check_may_see(acting: Acting) -> None:
    if not may(acting.officer, Permission.HAND_OVER):
        check_may(acting.officer, Permission.MANAGE_ABSENCE)


def _found(username: str, known: list[Colleague]) -> Colleague:
    for colleague in known:
        if colleague.username == username:
            return colleague
    raise NotFound(
        words("No officer who works on referrals has this user name."),
        do=words("Choose a colleague from the list."),
    )
