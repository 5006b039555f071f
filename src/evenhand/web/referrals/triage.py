"""Triage: the first look at what was logged."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import State, TriageOutcome, check_can_move
from evenhand.web.one_act import OneAct, page
from evenhand.web.referrals.forms import TriageForm
from evenhand.web.sheets import Sheet, standing, words_row

TRIAGE = Sheet(
    title=_("Triage"),
    button=_("Save"),
    warning=_(
        "If a life is at risk now, act first: ring 999 or the force control room, then the "
        "platform’s emergency route for law enforcement."
    ),
)


def _shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    about = {"rows": [words_row(_("What it shows or says"), referral.description)]}
    return {
        "sheet": TRIAGE,
        "standing": standing(referral),
        "address": referral.address,
        "about": about,
    }


def _triage(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    outcome = TriageOutcome(given["outcome"])
    referrals.triage(
        reference, outcome, given["reason"], seen_version=given["version"], acting=acting
    )


_TRIAGE = OneAct(
    permission=Permission.TRIAGE,
    form=TriageForm,
    template="evenhand/referrals/triage.html",
    check=lambda referral, _acting: check_can_move(referral.fact, State.TRIAGED),
    shown=_shown,
    do=_triage,
    done=_("Your first look is recorded."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what the first look at logged content led to."""
    return page(request, reference, _TRIAGE)
