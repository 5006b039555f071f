"""One record that is kept: review it, confirm what a review came to, hold it, end a hold."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import holds, reviews
from evenhand.queries import people, retention
from evenhand.queries import referral as referrals
from evenhand.queries.retention import HoldLine, KeptRecord
from evenhand.rules.holds import HoldKind, HoldUnknown
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.retention import RecordKind
from evenhand.rules.reviews import ReviewOutcome
from evenhand.rules.words import words
from evenhand.web.acting import acting as acting_of
from evenhand.web.disposal import present
from evenhand.web.disposal.forms import CONFIRM, AskForm, ConfirmForm, EndForm, HoldForm, ReviewForm
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.people.pages import asking_first
from evenhand.web.people.present import shown as shown_in_full_of_person
from evenhand.web.referrals.record import shown as shown_in_full

NOT_LOOKED_AT: Mapping[str, object] = MappingProxyType({})
METHODS = ["GET", "HEAD", "POST"]


@require_safe
def kept(request: HttpRequest, record: str) -> HttpResponse:
    """Show how one record is kept, and lead to what can be done."""
    acting = acting_of(request)
    found = retention.one(record, acting=acting)
    return render(request, "evenhand/disposal/kept.html", _shown(found, acting))


@require_http_methods(METHODS)
def review(request: HttpRequest, record: str) -> HttpResponse:
    """Review whether one record is kept, with all of it on the page.

    Of a person’s record the reason is asked first. What is sent after ten minutes counts.
    """
    acting = acting_of(request)
    check_may(acting.officer, Permission.REVIEW)
    found = retention.one(record, acting=acting)
    if found.kept.kind is RecordKind.REFERRAL:
        whole = shown_in_full(referrals.for_review(record, acting=acting), acting)
    elif people.gave_reason(record, acting=acting):
        whole = shown_in_full_of_person(people.one(record, acting=acting), acting.officer)
    elif request.method == "POST":
        whole = NOT_LOOKED_AT
    else:
        return redirect(asking_first(record, request.get_full_path()))
    form = ReviewForm(answers(request, acting), initial={"version": found.version})

    def doing() -> str:
        seen = form.cleaned_data["version"]
        reviews.review(record, form.review, seen_version=seen, acting=acting)
        messages.success(request, _("Your review is recorded."))
        return reverse("kept", args=[record])

    told = {**whole, **_shown(found, acting), "form": form}
    return shown_or_done(request, acting, form, doing, ("evenhand/disposal/review.html", told))


@require_http_methods(METHODS)
def confirm(request: HttpRequest, record: str) -> HttpResponse:
    """Confirm or decline what a review came to, as the second officer."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.CONFIRM_REVIEW)
    found = retention.one(record, acting=acting)
    form = ConfirmForm(answers(request, acting))

    def doing() -> str:
        if form.cleaned_data["answer"] != CONFIRM:
            reviews.decline(record, form.cleaned_data["reason"], acting=acting)
            messages.success(request, _("You declined it. It waits for another review."))
            return reverse("disposal")
        certificate = reviews.confirm(record, acting=acting)
        if certificate:
            messages.success(request, _("It is disposed of. This is the certificate."))
            return reverse("certificate", args=[certificate])
        if found.proposal and found.proposal.outcome is ReviewOutcome.DISPOSE:
            told = _("Whoever was given this is told first. Confirm it once that was sent.")
            messages.success(request, told)
        else:
            messages.success(request, _("It is kept on."))
        return reverse("disposal")

    told = {**_shown(found, acting), "proposal": present.proposal(found), "form": form}
    return shown_or_done(request, acting, form, doing, ("evenhand/disposal/confirm.html", told))


@require_http_methods(METHODS)
def hold(request: HttpRequest, record: str) -> HttpResponse:
    """Place a hold on one record."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PLACE_HOLD)
    found = retention.one(record, acting=acting)
    form = HoldForm(answers(request, acting))

    def doing() -> str:
        given = dict(form.cleaned_data)
        holds.place(record, HoldKind(given.pop("kind")), **given, acting=acting)
        messages.success(request, _("It is held."))
        return reverse("kept", args=[record])

    told = {**_shown(found, acting), "form": form}
    return shown_or_done(request, acting, form, doing, ("evenhand/disposal/hold.html", told))


@require_http_methods(METHODS)
def end_hold(request: HttpRequest, record: str, hold: UUID) -> HttpResponse:
    """Ask for a hold to end, or end it once a colleague asked."""
    acting = acting_of(request)
    found = retention.one(record, acting=acting)
    one = _hold_of(found, hold)
    check_may(acting.officer, Permission.LIFT_HOLD if one.end_asked else Permission.PLACE_HOLD)
    form = EndForm(answers(request, acting)) if one.end_asked else AskForm(answers(request, acting))

    def doing() -> str:
        if one.end_asked:
            holds.end(record, hold, acting=acting)
            messages.success(request, _("The hold is ended."))
        else:
            holds.ask_to_end(record, hold, form.cleaned_data["reason"], acting=acting)
            messages.success(request, _("A second officer ends it."))
        return reverse("kept", args=[record])

    told = {**_shown(found, acting), "form": form, "end_asked": one.end_asked}
    told["is_of_information"] = one.kind is HoldKind.FOI
    return shown_or_done(request, acting, form, doing, ("evenhand/disposal/end_hold.html", told))


def _hold_of(found: KeptRecord, hold: UUID) -> HoldLine:
    for it in found.holds:
        if it.id == hold and it.stands:
            return it
    raise HoldUnknown(
        words("This hold does not stand on {reference}."),
        do=words("Look at its holds again."),
        reference=found.kept.reference,
    )


def _shown(found: KeptRecord, acting: Acting) -> dict[str, object]:
    return {**present.record(found, acting.officer, today=timezone.localdate(acting.at))}
