"""The second officer's decision, with everything on one page."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import decisions
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import Decision, allowed, check_may_decide
from evenhand.web.decisions.forms import DecideForm
from evenhand.web.decisions.present import shown
from evenhand.web.one_act import OneAct, page


def _check(referral: ReferralInFull, acting: Acting) -> None:
    """Refuse an officer who could not even return it."""
    check_may_decide(referral.fact, acting.officer, Decision.RETURN)


def _decide(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    decision = Decision(given["decision"])
    seen = given["version"]
    decisions.decide(reference, decision, given["reason"], seen_version=seen, acting=acting)


def _offer_what_is_possible(form: DecideForm, referral: ReferralInFull, acting: Acting) -> None:
    """Offer no approval to who may only return or refuse it; the page says why."""
    form.offer_only(
        it
        for it in Decision
        if allowed(partial(check_may_decide, referral.fact, acting.officer, it))
    )


_DECIDE = OneAct(
    permission=Permission.DECIDE,
    form=DecideForm,
    template="evenhand/decisions/decide.html",
    check=_check,
    shown=shown,
    do=_decide,
    done=_("Your decision is recorded."),
    fit=_offer_what_is_possible,
)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve, return or refuse a referral as its second officer."""
    return page(request, reference, _DECIDE)
