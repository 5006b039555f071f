"""An officer sees the link by which a platform can answer, and takes it back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import platform_links as answering
from evenhand.queries import platform_links
from evenhand.queries.opening import is_closed
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.web.act_forms import ActForm, ReasonField
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import HouseForm
from evenhand.web.one_act import WRONG, OneAct, page
from evenhand.web.sheets import Sheet, standing, words_row

SHEET = Sheet(
    title=later("The platform’s link"),
    button=later("Take the link back"),
    lines=(
        later(
            "By this link, which stands in our notices, anybody can answer for the platform"
            " without an account. If it got into the wrong hands, take it back."
        ),
    ),
)


class TakeBackForm(ActForm):
    """Why the link is taken back."""

    reason = ReasonField(
        label=later("Why is it taken back?"), needed=later("Enter why the link is taken back")
    )


def _shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    address = platform_links.address_of(referral.fact.reference)
    return {
        "sheet": SHEET,
        "standing": standing(referral),
        "link": {"rows": [words_row(_("The link"), address)]},
    }


def _take_back(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    answering.take_back(reference, given["reason"], seen_version=given["version"], acting=acting)


_ACT = OneAct(
    permission=Permission.SEND,
    form=TakeBackForm,
    template="evenhand/platform_links/take_back.html",
    check=lambda _referral, _acting: None,
    shown=_shown,
    do=_take_back,
    done=later("The link does not work any more. What is sent from now on has a new one."),
)


class UnseenForm(HouseForm):
    """Why the link of a referral is taken back that cannot be looked at now."""

    reason = TakeBackForm.base_fields["reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back the link by which the platform of a referral can answer.

    On a closed desk nobody looks at a referral: the page shows nothing of it there.
    """
    return _unseen(request, reference) if is_closed() else page(request, reference, _ACT)


def _unseen(request: HttpRequest, reference: str) -> HttpResponse:
    acting = acting_of(request)
    check_may(acting.officer, Permission.SEND)
    form = UnseenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"sheet": SHEET, "reference": reference, "form": form}
        status = WRONG if form.is_bound else 200
        return render(request, "evenhand/platform_links/take_back.html", shown, status=status)

    def doing() -> str:
        answering.take_back(reference, form.cleaned_data["reason"], acting=acting)
        messages.success(request, str(_ACT.done))
        return request.path

    return submitted_once(request, acting, doing)
