"""Challenges by posters: those that wait, and one of them; and keeping a referral from posters."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import challenges
from evenhand.queries import challenges as known
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.challenges import (
    ChallengeStanding,
    Settlement,
    Withholding,
    check_is_withheld,
)
from evenhand.rules.notification import GROUND_WORDS, RestrictionGround
from evenhand.rules.officers import Acting, Permission
from evenhand.web import times
from evenhand.web.acting import acting
from evenhand.web.challenges import present
from evenhand.web.challenges.forms import SettleForm, TellAgainForm, WithholdForm
from evenhand.web.drafting import answers
from evenhand.web.one_act import OneAct, page
from evenhand.web.one_form import shown_or_done
from evenhand.web.sheets import Sheet, row, standing
from evenhand.web.words import translated


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List the challenges that wait, what is due first at the top."""
    now = acting(request)
    found = known.waiting(officer=now.officer)
    made, upheld = known.published()
    today = timezone.localdate(now.at)
    shown = {
        "challenges": present.listed(found.items, today=today) if found.items else None,
        "more": found.more,
        "counts": {
            "rows": [
                row(_("Challenges since the desk was opened"), f"{made:,}"),
                row(_("Upheld"), f"{upheld:,}"),
            ]
        },
    }
    return render(request, "evenhand/challenges/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, challenge: UUID) -> HttpResponse:
    """Show one challenge, and settle it."""
    now = acting(request)
    found = known.one(challenge, acting=now)
    form = SettleForm(answers(request, now))

    def do() -> str:
        said = form.cleaned_data
        settlement = Settlement(
            standing=ChallengeStanding(said["outcome"]), reasons=said["reasons"], told=said["told"]
        )
        challenges.settle(challenge, settlement, acting=now)
        messages.success(request, _("The challenge is settled. Its challenger can read it now."))
        return reverse("challenges")

    is_open = found.line.standing is ChallengeStanding.OPEN
    today = timezone.localdate(now.at)
    shown = {
        "about": present.about(found, now.officer),
        "tag": present.tag(found.line, today=today).params,
        "reference": found.line.reference,
        "not_yours": is_open and found.line.has_touched,
        "to_settle": is_open and not found.line.has_touched,
    }
    return shown_or_done(request, now, form, do, ("evenhand/challenges/challenge.html", shown))


SHEET = Sheet(
    title=later("Keep it from posters"),
    button=later("Keep it from posters"),
    lines=(
        later(
            "Whoever posted the content can ask at the public door whether this desk had it"
            " restricted. Where the law forbids telling, they get the answer that everybody gets"
            " of whom nothing is known."
        ),
    ),
)


TELL_AGAIN = Sheet(
    title=later("Tell posters again"),
    button=later("Tell posters again"),
    lines=(
        later(
            "Whoever asks from now on is told of this referral. Whoever was answered already stays"
            " answered as they were."
        ),
    ),
)


def _shown(sheet: Sheet) -> Callable[[ReferralInFull, Acting], Mapping[str, object]]:
    def shown(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
        found = _withheld(referral, acting)
        kept = _("No: whoever asks is told")
        if found:
            said = {"ground": translated(GROUND_WORDS[found.ground]), "day": times.day(found.until)}
            kept = _("Until %(day)s: %(ground)s") % said
        return {
            "sheet": sheet,
            "standing": standing(referral),
            "withheld": {"rows": [row(_("Kept from posters"), kept)]},
            "can_end": found is not None and sheet is SHEET,
        }

    return shown


def _withheld(referral: ReferralInFull, acting: Acting) -> known.Withheld | None:
    return known.withheld(referral.fact.reference, today=timezone.localdate(acting.at))


def _check_withheld(referral: ReferralInFull, acting: Acting) -> None:
    found = _withheld(referral, acting)
    check_is_withheld(found.until if found else None, today=timezone.localdate(acting.at))


def _withhold(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    ground = RestrictionGround(given["ground"])
    said = Withholding(ground=ground, reasons=given["reasons"], until=given["until"])
    challenges.withhold(reference, said, seen_version=given["version"], acting=acting)


_WITHHOLD = OneAct(
    permission=Permission.WITHHOLD_TELLING,
    form=WithholdForm,
    template="evenhand/challenges/withhold.html",
    check=lambda _referral, _acting: None,
    shown=_shown(SHEET),
    do=_withhold,
    done=later("Posters are not told of this referral until that day."),
)


def _tell_again(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    challenges.tell_again(reference, given["reason"], seen_version=given["version"], acting=acting)


_TELL_AGAIN = OneAct(
    permission=Permission.WITHHOLD_TELLING,
    form=TellAgainForm,
    template="evenhand/challenges/withhold.html",
    check=_check_withheld,
    shown=_shown(TELL_AGAIN),
    do=_tell_again,
    done=later("Whoever asks is told of this referral again."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a referral from posters on a ground in law, until a day."""
    return page(request, reference, _WITHHOLD)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_again(request: HttpRequest, reference: str) -> HttpResponse:
    """End before its day that a referral is kept from posters."""
    return page(request, reference, _TELL_AGAIN)
