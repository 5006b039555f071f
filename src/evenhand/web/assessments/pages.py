"""Assessing a referral by hand: five pages, the answers checked, and the statutory way out."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import assessments
from evenhand.queries import referral as referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.assessments import KINDS, ReportedTo
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import (
    MoveForbidden,
    State,
    allowed,
    check_can_be_assessed,
    check_can_move,
    check_statutory_route,
)
from evenhand.rules.refusals import Refused
from evenhand.web.act_forms import ActForm
from evenhand.web.acting import acting as acting_of
from evenhand.web.addresses import of_referral
from evenhand.web.assessments.forms import StatutoryForm
from evenhand.web.assessments.present import (
    STATUTORY,
    TAKE_BACK,
    shown_check,
    shown_page,
)
from evenhand.web.assessments.steps import ASKED_FIRST, Step, after, before
from evenhand.web.assessments.work import Work, draft_of
from evenhand.web.drafting import answers, forget
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.one_act import WRONG, OneAct, cannot_now, page, page_about
from evenhand.web.referrals.happened import QUESTIONS
from evenhand.web.sheets import standing


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Go to the first page without an answer; what waits for approval is first taken back."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.ASSESS)
    referral = referrals.one(reference, why=Permission.ASSESS, acting=acting)
    if referral.fact.state is State.AWAITING_APPROVAL:
        return page_about(request, referral, _TAKE_BACK, acting)
    try:
        check_can_be_assessed(referral.fact)
    except Refused as refused:
        return cannot_now(request, referral, refused)
    return redirect(_first_open(Work.of(referral, acting)))


@require_http_methods(["GET", "HEAD", "POST"])
def assess_page(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Ask the questions of one page, and keep whatever was answered."""
    if step not in list(Step):
        raise Http404
    acting = acting_of(request)
    check_may(acting.officer, Permission.ASSESS)
    referral = referrals.one(reference, why=Permission.ASSESS, acting=acting)
    try:
        _check_is_open(referral)
    except Refused as refused:
        return _too_late(request, referral, acting, refused)
    here, work = Step(step), Work.of(referral, acting)
    if here is not Step.HARM and not work.is_answered(Step.HARM):
        return redirect("assess_page", reference, Step.HARM)
    sent = answers(request, acting)
    if sent is not None:
        work = work.with_page(here, sent)
    if request.method == "POST":
        return _sent(request, work, here)
    return _drawn(request, work, here, work.form(here, filled=False))


@require_http_methods(["GET", "HEAD", "POST"])
def assess_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all answers, and send them for a second officer's decision."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.ASSESS)
    referral = referrals.one(reference, why=Permission.ASSESS, acting=acting)
    if request.method != "POST":
        work = Work.of(referral, acting)
        if not allowed(lambda: _check_is_open(referral)) or work.unanswered:
            return redirect("assess", reference)
    return page_about(request, referral, _CHECK, acting)


@require_http_methods(["GET", "HEAD", "POST"])
def statutory_route(request: HttpRequest, reference: str) -> HttpResponse:
    """End a referral that the law sends elsewhere."""
    return page(request, reference, _STATUTORY)


def _too_late(
    request: HttpRequest, referral: ReferralInFull, acting: Acting, refused: Refused
) -> HttpResponse:
    """Say that it went on meanwhile, with the words of whoever was still assessing it."""
    if request.method != "POST":
        return redirect("assess", referral.fact.reference)
    sent = {name: request.POST.get(name, "") for name in KINDS}
    typed = {str(QUESTIONS[name]): text for name, text in sent.items() if text.strip()}
    written = {**_overtaken_words(referral, acting), **typed}
    return cannot_now(request, referral, refused, written=written)


def _overtaken_words(referral: ReferralInFull, acting: Acting) -> Mapping[str, str]:
    overtaken = Work.overtaken(referral, acting)
    return overtaken.written() if overtaken else {}


def _sent(request: HttpRequest, work: Work, step: Step) -> HttpResponse:
    reference = work.referral.fact.reference
    if request.POST.get("go") == "back":
        earlier = before(step)
        if earlier is None:
            return redirect("referral", reference)
        return redirect("assess_page", reference, earlier)
    if work.statutory_route_only:
        return redirect("statutory_route", reference)
    form, against = work.checked(step)
    if against:
        # The rule says what is wrong and names itself; the form's own words would say it twice.
        for one in against.every:
            form.errors.pop(one.at, None)
        add_refusals(form, against, instead=ASKED_FIRST)
    if not form.is_valid():
        return _drawn(request, work, step, form, status=WRONG)
    _start(work)
    following = after(step)
    if following is None or "change" in request.GET:
        return redirect(_first_open(work))
    return redirect("assess_page", reference, following)


def _start(work: Work) -> None:
    """Begin the assessment with its first saved page; another request may just have done it."""
    if work.referral.fact.state is State.ASSESSING:
        return
    reference, acting = work.referral.fact.reference, work.acting
    try:
        assessments.start(reference, acting=acting)
    except MoveForbidden:
        found = referrals.one(reference, why=Permission.ASSESS, acting=acting)
        if found.fact.state is not State.ASSESSING:
            raise


def _first_open(work: Work) -> str:
    """Give the address of the first page without an answer, or of the answers to check."""
    reference, waiting = work.referral.fact.reference, work.unanswered
    if waiting:
        return reverse("assess_page", args=[reference, waiting[0]])
    return reverse("assess_check", args=[reference])


def _check_is_open(referral: ReferralInFull) -> None:
    """Refuse what cannot be assessed, or not without taking it back from the second officer."""
    check_can_be_assessed(referral.fact)
    if referral.fact.state is State.AWAITING_APPROVAL:
        check_can_move(referral.fact, State.AWAITING_APPROVAL)


def _drawn(
    request: HttpRequest, work: Work, step: Step, form: HouseForm, *, status: int = 200
) -> HttpResponse:
    template = f"evenhand/assessments/{step}.html"
    return render(request, template, shown_page(work, step, form), status=status)


def _submit(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    referral = referrals.one(reference, why=Permission.ASSESS, acting=acting)
    work = Work.of(referral, acting)
    seen = given["version"]
    assessments.submit(reference, work.assessment(), seen_version=seen, acting=acting)
    last = work.referral.last_assessment
    for number in (last, last + 1):
        forget(draft_of(work.referral, number), acting)


def _take_back(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    assessments.start(reference, seen_version=given["version"], acting=acting)


def _take_statutory_route(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    assessments.take_statutory_route(
        reference,
        reported_to=ReportedTo(given["reported_to"]),
        reported_reference=given["reported_reference"],
        seen_version=given["version"],
        acting=acting,
    )


_TAKE_BACK = OneAct(
    permission=Permission.ASSESS,
    form=ActForm,
    template="evenhand/act.html",
    check=lambda referral, _acting: check_can_be_assessed(referral.fact),
    shown=lambda referral, _acting: {"sheet": TAKE_BACK, "standing": standing(referral)},
    do=_take_back,
    done=_("It is yours again. Nobody can approve it until you send it."),
    then="assess",
)
_CHECK = OneAct(
    permission=Permission.ASSESS,
    form=ActForm,
    template="evenhand/assessments/check.html",
    check=lambda referral, _acting: _check_is_open(referral),
    shown=lambda referral, acting: shown_check(Work.of(referral, acting)),
    do=_submit,
    done=_("The assessment waits for a second officer."),
    written=_overtaken_words,
)
_STATUTORY = OneAct(
    permission=Permission.STATUTORY_ROUTE,
    form=StatutoryForm,
    template="evenhand/assessments/statutory.html",
    check=lambda referral, _acting: check_statutory_route(referral.fact),
    shown=lambda referral, _acting: {
        "sheet": STATUTORY,
        "address": referral.address,
        "same_content": [(it, of_referral(it)) for it in referral.same_content],
    },
    do=_take_statutory_route,
    done=_("The words are destroyed. Only the reference of the report is kept."),
)
