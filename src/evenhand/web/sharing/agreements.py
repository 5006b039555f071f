"""Pages of agreements and of the closed kinds of recipients."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import agreements as agreeing
from evenhand.queries import agreements
from evenhand.queries.agreements import Stands
from evenhand.rules.agreements import RecipientKind
from evenhand.rules.officers import Permission, check_may, may
from evenhand.rules.texts import choose
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers, submitted_once
from evenhand.web.one_form import shown_or_done
from evenhand.web.sharing import present
from evenhand.web.sharing.forms import AgreementForm, OpenKindForm
from evenhand.web.sharing.words import KINDS

FORM = "evenhand/sharing/form.html"
AGREED = {"fields": "fields_agreed"}


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose an agreement."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PROPOSE_AGREEMENT)
    form = AgreementForm(answers(request, acting))

    def doing() -> str:
        reference = agreeing.propose(form.terms(), acting=acting)
        messages.success(request, _("The agreement waits to be signed."))
        return reverse("agreement", args=[reference])

    shown = {"title": _("Propose an agreement"), "button": _("Propose it")}
    return shown_or_done(request, acting, form, doing, (FORM, shown), instead=AGREED)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, agreement: str) -> HttpResponse:
    """Propose a new version of an agreement. The one in force goes on until it is signed."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PROPOSE_AGREEMENT)
    newest = agreements.versions(agreement, officer=acting.officer)[0].agreement
    form = AgreementForm(answers(request, acting), initial=AgreementForm.showing(newest.terms))

    def doing() -> str:
        agreeing.propose(form.terms(newest.terms.people), agreement, acting=acting)
        messages.success(request, _("The new version waits to be signed."))
        return reverse("agreement", args=[agreement])

    shown = {"title": _("Propose a new version"), "button": _("Propose it"), "caption": agreement}
    return shown_or_done(request, acting, form, doing, (FORM, shown), instead=AGREED)


@require_safe
def agreement(request: HttpRequest, agreement: str) -> HttpResponse:
    """Show every version of an agreement, the newest first."""
    acting = acting_of(request)
    found = agreements.versions(agreement, officer=acting.officer)
    today = timezone.localdate(acting.at)
    waits = [it for it in found if it.stands(today) is Stands.PROPOSED]
    live = any(it.over_at is None for it in found)
    shown = {
        "reference": agreement,
        "title": found[0].agreement.terms.organisation,
        "versions": [present.version(it, today=today) for it in found],
        "to_sign": waits[0].agreement.number
        if waits and may(acting.officer, Permission.SIGN_AGREEMENT)
        else None,
        "may_change": may(acting.officer, Permission.PROPOSE_AGREEMENT),
        "may_end": live and may(acting.officer, Permission.END_AGREEMENT),
    }
    return render(request, "evenhand/sharing/agreement.html", shown)


@require_http_methods(["POST"])
def act(request: HttpRequest, agreement: str) -> HttpResponse:
    """Sign the version that was shown, or end the agreement."""
    acting = acting_of(request)
    number = request.POST.get("sign", "")

    def doing() -> str:
        if "end" in request.POST:
            agreeing.end(agreement, acting=acting)
            messages.success(request, _("The agreement has ended. Nothing leaves under it."))
        else:
            short = number.isascii() and number.isdigit() and len(number) <= 6
            agreeing.sign(agreement, int(number) if short else 0, acting=acting)
            messages.success(request, _("The agreement is in force."))
        return reverse("agreement", args=[agreement])

    return submitted_once(request, acting, doing)


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Show the closed kinds of recipients, and which of them a law has opened."""
    acting = acting_of(request)
    found = agreements.kinds(officer=acting.officer)
    today = timezone.localdate(acting.at)
    shown = {
        "kinds": [present.kind(it, today=today) for it in found],
        "may_ask": may(acting.officer, Permission.PROPOSE_AGREEMENT),
        "may_approve": may(acting.officer, Permission.SIGN_AGREEMENT),
        "may_close": may(acting.officer, Permission.END_AGREEMENT),
    }
    return render(request, "evenhand/sharing/kinds.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for leave to share with a closed kind of recipient."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.PROPOSE_AGREEMENT)
    chosen = choose(RecipientKind, kind, at="kind")
    form = OpenKindForm(answers(request, acting))

    def doing() -> str:
        told = form.cleaned_data
        agreeing.ask_to_open(chosen, told["enactment"], told["expires_on"], acting=acting)
        messages.success(request, _("The data protection officer is asked to approve it."))
        return reverse("closed_kinds")

    shown = {
        "title": _("Ask to open this kind of recipient"),
        "caption": KINDS[chosen],
        "button": _("Ask for approval"),
        "lines": [_("It never holds for anybody who was or may have been under 18.")],
    }
    return shown_or_done(request, acting, form, doing, (FORM, shown), instead=AGREED)


@require_http_methods(["POST"])
def act_on_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Approve that a kind is opened, or close it again."""
    acting = acting_of(request)
    chosen = choose(RecipientKind, kind, at="kind")

    def doing() -> str:
        if "close" in request.POST:
            agreeing.close_kind(chosen, acting=acting)
            messages.success(request, _("This kind of recipient is closed."))
        else:
            agreeing.approve_opening(chosen, acting=acting)
            messages.success(request, _("This kind of recipient is open until the day named."))
        return reverse("closed_kinds")

    return submitted_once(request, acting, doing)
