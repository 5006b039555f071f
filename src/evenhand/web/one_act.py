"""Pages that do one act on one referral: show it, ask, act once, say what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.queries import referral as referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.act_forms import ActForm, look_anew
from evenhand.web.acting import acting as acting_of
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.forms import WordsField, add_refusals
from evenhand.web.sheets import happened
from evenhand.web.words import Said, Words

WRONG = 422


@dataclass(frozen=True, slots=True)
class OneAct:
    """One act: who may, whether it can be done now, the form, the page, the doing and the thanks.

    ``check`` refuses where the act is out of the question; the page then says so and asks nothing.
    Without thanks the page that follows says it all. ``then`` names that page. ``fit`` leaves out
    what this officer cannot choose now; ``written`` gives words kept elsewhere, to be copied where
    the act cannot be done any more.
    """

    permission: Permission
    form: Callable[..., ActForm]
    template: str
    check: Callable[[ReferralInFull, Acting], None]
    shown: Callable[[ReferralInFull, Acting], Mapping[str, object]]
    do: Callable[[str, Mapping[str, Any], Acting], None]
    done: Words
    then: str = "referral"
    fit: Callable[[Any, ReferralInFull, Acting], None] = lambda _form, _referral, _acting: None
    written: Callable[[ReferralInFull, Acting], Mapping[str, str]] = lambda _referral, _acting: {}


def page(request: HttpRequest, reference: str, act: OneAct) -> HttpResponse:
    """Answer the page of one act."""
    acting = acting_of(request)
    check_may(acting.officer, act.permission)
    referral = referrals.one(reference, why=act.permission, acting=acting)
    return page_about(request, referral, act, acting)


def page_about(
    request: HttpRequest, referral: ReferralInFull, act: OneAct, acting: Acting
) -> HttpResponse:
    """Answer the page of one act on a referral that was looked up already."""
    if request.method == "POST":
        return _asked(request, referral, act, acting)
    try:
        act.check(referral, acting)
    except Refused as refused:
        return cannot_now(request, referral, refused)
    form = act.form(answers(request, acting), initial={"version": referral.fact.version})
    return _drawn(request, referral, act, acting, form)


def _asked(
    request: HttpRequest, referral: ReferralInFull, act: OneAct, acting: Acting
) -> HttpResponse:
    form = act.form(request.POST)
    if not form.is_valid():
        return _drawn(request, referral, act, acting, form, status=WRONG)
    reference = referral.fact.reference

    def doing() -> str:
        act.do(reference, form.cleaned_data, acting)
        if act.done:
            messages.success(request, str(act.done))
        return reverse(act.then, args=[reference])

    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        return _refused(request, reference, act, acting, refused)


def _refused(
    request: HttpRequest, reference: str, act: OneAct, acting: Acting, refused: Refused
) -> HttpResponse:
    """Show the form again with its answers; where it cannot be done any more, say what happened."""
    referral = referrals.one(reference, why=act.permission, acting=acting)
    form = act.form(request.POST, initial={"version": referral.fact.version})
    look_anew(form, refused)
    try:
        act.check(referral, acting)
    except Refused:
        said = {**_written(form), **act.written(referral, acting)}
        return cannot_now(request, referral, refused, written=said)
    add_refusals(form, refused)
    return _drawn(request, referral, act, acting, form, status=STATUS[refused.kind])


def _drawn(
    request: HttpRequest,
    referral: ReferralInFull,
    act: OneAct,
    acting: Acting,
    form: ActForm,
    *,
    status: int = 200,
) -> HttpResponse:
    act.fit(form, referral, acting)
    shown = {"form": form, "reference": referral.fact.reference, **act.shown(referral, acting)}
    return render(request, act.template, shown, status=status)


def cannot_now(
    request: HttpRequest,
    referral: ReferralInFull,
    refused: Refused,
    *,
    written: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Say that the act is out of the question, what happened, and where to look."""
    shown = {
        "reference": referral.fact.reference,
        "refusals": [Said(one) for one in refused.every],
        "happened": happened(referral),
        "written": written,
    }
    return render(request, "evenhand/cannot_now.html", shown, status=STATUS[refused.kind])


def _written(form: ActForm) -> dict[str, str]:
    """Give the officer's own words of a form that cannot be sent any more, to be copied."""
    return {
        str(bound.label): str(bound.value())
        for bound in form.visible_fields()
        if isinstance(bound.field, WordsField) and bound.value()
    }
