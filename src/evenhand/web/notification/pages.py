"""Of whom it must be decided whether they are told; deciding it, and confirming that not."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import notification as deciding
from evenhand.queries import notification
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.as_seen import as_id, seen
from evenhand.web.drafting import answers
from evenhand.web.notification import present
from evenhand.web.notification.forms import CONFIRM, ConfirmForm, DecideForm
from evenhand.web.one_form import shown_or_done

ACT = "evenhand/notification/act.html"


@require_safe
def telling(request: HttpRequest) -> HttpResponse:
    """List the records of which it must be decided, by reference only."""
    acting = acting_of(request)
    today = timezone.localdate(acting.at)
    shown = {"due": present.due(notification.due(acting=acting), today=today)}
    return render(request, "evenhand/notification/telling.html", shown)


@require_safe
def one(request: HttpRequest, person: str) -> HttpResponse:
    """Show what is decided about telling one person, and the letter."""
    acting = acting_of(request)
    found = notification.one(person, acting=acting)
    shown = present.one(found, officer=acting.officer)
    return render(request, "evenhand/notification/one.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, person: str) -> HttpResponse:
    """Decide whether a person is told."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.DECIDE_TELLING)
    notification.one(person, acting=acting)
    form = DecideForm(answers(request, acting))

    def doing() -> str:
        decision = _decision(form.cleaned_data)
        deciding.decide(person, decision, acting=acting)
        proposed = _("It is proposed. A second person has to confirm that they are not told.")
        is_told = decision.telling is Telling.TELL
        messages.success(request, _("It is decided.") if is_told else proposed)
        return reverse("telling_one", args=[person])

    shown = {"person": person, "title": _("Decide whether this person is told")}
    return shown_or_done(request, acting, form, doing, (ACT, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, person: str) -> HttpResponse:
    """Confirm or refuse, as the second person, that somebody is not told."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.CONFIRM_NOT_TELLING)
    found = notification.one(person, acting=acting)
    form = ConfirmForm(answers(request, acting))

    def doing() -> str:
        given = form.cleaned_data
        act = deciding.confirm if given["answer"] == CONFIRM else deciding.refuse
        act(person, given["reason"], seen=as_id(seen(request)), acting=acting)
        messages.success(request, _("Your answer is recorded."))
        return reverse("telling_one", args=[person])

    shown = {
        "person": person,
        "title": _("Confirm that they are not told"),
        **present.decided(found),
    }
    return shown_or_done(request, acting, form, doing, (ACT, shown))


def _decision(given: dict[str, Any]) -> Decision:
    ground: str = given["ground"]
    review_on: date | None = given["review_on"]
    return Decision(
        telling=Telling(given["telling"]),
        reasons=given["reasons"],
        ground=RestrictionGround(ground) if ground else None,
        lawyer=given["lawyer"],
        review_on=review_on,
    )
