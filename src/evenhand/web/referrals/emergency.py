"""A life is at risk: what to do now, in order, and then the record of what was done."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import emergencies
from evenhand.queries.platforms import lawbook, lawbook_for
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.lawbook import Platform
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.triage import check_may_record_emergency
from evenhand.web.one_act import OneAct, page
from evenhand.web.referrals.triage import shown_of
from evenhand.web.referrals.triage_forms import EmergencyForm, emergency_record
from evenhand.web.sheets import Sheet

EMERGENCY = Sheet(
    title=later("A life is at risk"),
    button=later("Record what was done"),
    warning=later("Act first. The record comes last."),
)


def _steps(referral: ReferralInFull) -> Iterator[str]:
    """Say what to do now, in order."""
    yield _(
        "Ring the force control room, or 999. Say who is at risk, where, and what you saw. Read "
        "the address of the content out if you are asked for it."
    )
    platform = referral.platform_name
    of_law = lawbook().platform(referral.fact.platform)
    known = of_law or lawbook_for(referral.fact.platform).platform(referral.fact.platform)
    if known and known.emergency:
        yield _(
            "If it helps to find the person, have the control room ask %(platform)s by its "
            "emergency route: %(route)s"
        ) % {"platform": platform, "route": f"{_(known.emergency)} {_how_sure(known, of_law)}"}
    else:
        yield _(
            "If it helps to find the person, have the control room ask %(platform)s. This desk "
            "knows no emergency route of theirs."
        ) % {"platform": platform}
    yield _("Do not write to the poster, follow anyone or log in anywhere.")
    yield _("Then record here what was done. The referral goes on as before.")


def _how_sure(known: Platform, of_law: Platform | None) -> str:
    """Say where a route comes from: a wrong one costs time that nobody has."""
    if of_law is None:
        return _("(Entered by this desk.)")
    return "" if known.verified else _("(Not verified by this desk.)")


def _shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    return shown_of(EMERGENCY, referral) | {"steps": list(_steps(referral))}


def _record(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    emergencies.record(
        reference, emergency_record(given), seen_version=given["version"], acting=acting
    )


_EMERGENCY = OneAct(
    permission=Permission.TRIAGE,
    form=EmergencyForm,
    template="evenhand/referrals/emergency.html",
    check=lambda referral, _acting: check_may_record_emergency(referral.fact),
    shown=_shown,
    do=_record,
    done=later("What was done is recorded."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what to do now, and record that it was done."""
    return page(request, reference, _EMERGENCY)
