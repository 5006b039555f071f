"""What is overdue on the desk, and putting a step off."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import snoozes
from evenhand.queries import challenges, due, originators, people_waiting, recalls
from evenhand.queries.due import DuePage
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.clocks import NextStep
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.web.acting import acting
from evenhand.web.due import present
from evenhand.web.due.forms import PUT_OFF, DueForm, PutOffForm
from evenhand.web.due.sentences import check_can_wait_now
from evenhand.web.one_act import OneAct, page


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """List what is overdue, of one step or of all, the longest overdue first."""
    now = acting(request)
    check_may(now.officer, Permission.LIST_REFERRALS)
    form = DueForm(request.GET)
    shown: dict[str, object] = {
        "form": form,
        "recalls": _recalls_overdue(now),
        "originators": originators.count_overdue(now=now.at),
        "about_people": people_waiting.count_overdue(now=now.at),
        "challenges": challenges.count_overdue(today=timezone.localdate(now.at)),
        "may_settle": may(now.officer, Permission.SETTLE_CHALLENGE),
        "may_answer": may(now.officer, Permission.ANSWER_PURPOSE),
        "may_remind": may(now.officer, Permission.CHASE),
    }
    if not form.is_valid():
        return render(request, "evenhand/due/overdue.html", shown, status=422)
    asked = form.cleaned_data["step"]
    found = _found(asked, request.GET.get("cursor", ""), now)
    shown |= present.overdue(found, asked, now=now.at)
    return render(request, "evenhand/due/overdue.html", shown)


def _found(asked: str, cursor: str, now: Acting) -> DuePage:
    if asked == PUT_OFF:
        return due.put_off(cursor, officer=now.officer, now=now.at)
    step = NextStep(asked) if asked else None
    return due.overdue(step, cursor, officer=now.officer, now=now.at)


def _recalls_overdue(now: Acting) -> int:
    """Count the recalls that the desk has not sent in its own time, for who may read of them."""
    if not may(now.officer, Permission.READ_DISCLOSURES):
        return 0
    return recalls.count_overdue(now=now.at)


def _put_off(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    snoozes.put_off(
        reference, given["until"], given["reason"], seen_version=given["version"], acting=acting
    )


def _check(referral: ReferralInFull, acting: Acting) -> None:
    check_can_wait_now(referral, acting.at)


_PUT_OFF = OneAct(
    permission=Permission.SNOOZE,
    form=PutOffForm,
    template="evenhand/act.html",
    check=_check,
    shown=present.put_off,
    do=_put_off,
    done=_("The next step is put off."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the next step on a referral off to a later day."""
    return page(request, reference, _PUT_OFF)
