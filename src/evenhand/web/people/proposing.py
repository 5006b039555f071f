"""Proposing a person from a referral's page, step by step: as what and why, then who."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import people
from evenhand.queries import referral as referrals
from evenhand.queries.assurance import assured
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.assurance import check_may_add_people
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.people import Proposal, check_may_propose
from evenhand.rules.people_roles import ROLE_WORDS, PersonRole
from evenhand.rules.refusals import Refused
from evenhand.web import drafting
from evenhand.web.acting import acting as acting_of
from evenhand.web.addresses import of_referral
from evenhand.web.doorway import STATUS
from evenhand.web.forms import add_refusals
from evenhand.web.people.forms import YES, AboutForm, RoleForm
from evenhand.web.sheets import standing

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def what_role(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what somebody is in this referral, and why they must be on record."""
    acting, referral = _begun(request, reference)
    kept = drafting.kept(_draft(reference), acting)
    form = RoleForm(request.POST if request.method == "POST" else kept or None)
    if request.method == "POST" and form.is_valid():
        drafting.keep(_draft(reference), request.POST, acting, about=reference)
        return redirect("propose_person_about", reference)
    status = WRONG if request.method == "POST" else 200
    shown = {"form": form, "reference": reference, "standing": standing(referral)}
    return render(request, "evenhand/people/propose.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def about_them(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask who it is and what protects them, and propose them."""
    acting, _referral = _begun(request, reference)
    said = RoleForm(drafting.kept(_draft(reference), acting))
    if not said.is_valid():
        return redirect("propose_person", reference)
    role = PersonRole(said.cleaned_data["role"])
    form = AboutForm(drafting.answers(request, acting), role=role)
    if request.method != "POST":
        return _drawn(request, reference, role, form)
    if not form.is_valid():
        return _drawn(request, reference, role, form, status=WRONG)

    def doing() -> str:
        proposal = _proposal(role, said.cleaned_data["necessity"], form, acting)
        person = people.propose(reference, proposal, acting=acting)
        drafting.forget(_draft(reference), acting)
        told = _("%(person)s is proposed. A second officer has to authorise it within 72 hours.")
        messages.success(request, told % {"person": person})
        return of_referral(reference)

    try:
        return drafting.submitted_once(request, acting, doing)
    except Refused as refused:
        add_refusals(form, refused)
        return _drawn(request, reference, role, form, status=STATUS[refused.kind])


def _begun(request: HttpRequest, reference: str) -> tuple[Acting, ReferralInFull]:
    """Look the referral up, if anybody may be added, and by this officer on it."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PROPOSE_PERSON)
    check_may_add_people(assured(), today=timezone.localdate(acting.at))
    referral = referrals.one(reference, why=Permission.PROPOSE_PERSON, acting=acting)
    check_may_propose(reference, referral.fact.state, referral.owner.ref, acting.officer)
    return acting, referral


def _draft(reference: str) -> str:
    return f"person {reference}"


def _proposal(role: PersonRole, necessity: str, form: AboutForm, acting: Acting) -> Proposal:
    given = form.cleaned_data
    return Proposal(
        role=role,
        necessity=necessity,
        age=form.age(timezone.localdate(acting.at)),
        name=given.get("name", ""),
        contact=given.get("contact", ""),
        grounds=form.as_grounds(),
        welfare_reason=given["welfare_reason"],
        best_interests=given["best_interests"],
        knows=given["knows"] == YES,
    )


def _drawn(
    request: HttpRequest, reference: str, role: PersonRole, form: AboutForm, *, status: int = 200
) -> HttpResponse:
    shown = {"form": form, "reference": reference, "role": _(ROLE_WORDS[role])}
    return render(request, "evenhand/people/about.html", shown, status=status)
