"""Triage: the first look at what was logged."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import referrals
from evenhand.queries import referral as in_full
from evenhand.queries.platforms import signposts
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import State, TriageOutcome, check_can_move
from evenhand.web.acting import acting
from evenhand.web.components import Params
from evenhand.web.one_act import OneAct, page_about
from evenhand.web.referrals.triage_forms import TriageForm
from evenhand.web.sheets import Sheet, row, standing, words_row

TRIAGE = Sheet(
    title=later("Triage"),
    button=later("Save"),
    warning=later("If a life is at risk now, act first: ring 999 or the force control room."),
)


def shown_of(sheet: Sheet, referral: ReferralInFull) -> dict[str, object]:
    """Give what a page shows that asks for a first look: what is known, and the content."""
    about = {"rows": [words_row(_("What it shows or says"), referral.description)]}
    return {
        "sheet": sheet,
        "standing": standing(referral),
        "address": referral.address,
        "about": about,
    }


def _signposts() -> Params:
    """Show every signpost: what it deals with, and what to tell the reporter."""
    several = signposts().values()
    return {"rows": [row(_(it.title), f"{_(it.deals_with)} {_(it.tell)}") for it in several]}


def _triage(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    referrals.triage(
        reference,
        TriageOutcome(given["outcome"]),
        given["reason"],
        detail=given["detail"],
        seen_version=given["version"],
        acting=acting,
    )


_TRIAGE = OneAct(
    permission=Permission.TRIAGE,
    form=TriageForm,
    template="evenhand/referrals/triage.html",
    check=lambda referral, _acting: check_can_move(referral.fact, State.TRIAGED),
    shown=lambda referral, _acting: shown_of(TRIAGE, referral) | {"signposts": _signposts()},
    do=_triage,
    done=later("Your first look is recorded."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what the first look at logged content led to; an emergency goes on to its own page."""
    now = acting(request)
    check_may(now.officer, Permission.TRIAGE)
    referral = in_full.one(reference, why=Permission.TRIAGE, acting=now)
    is_emergency = request.POST.get("outcome") == TriageOutcome.EMERGENCY
    act = replace(
        _TRIAGE,
        form=partial(TriageForm, same=referral.same_content),
        then="emergency" if is_emergency else _TRIAGE.then,
        done="" if is_emergency else _TRIAGE.done,
    )
    return page_about(request, referral, act, now)
