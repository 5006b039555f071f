"""The page on which a restored desk is opened: proposed by one person, attested by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import opening as doing_with
from evenhand.queries import opening as asking
from evenhand.queries.opening import Restoration
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.opening import check_waits
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.opening import present
from evenhand.web.opening.forms import AttestForm, ProposeForm

PAGE = "evenhand/opening/opening.html"


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Show what was restored; have an administrator propose to open the desk, or the DPO attest."""
    acting = acting_of(request)
    found = asking.one(officer=acting.officer)
    if found is None:
        if request.method == "POST":
            check_waits([])
        return render(request, PAGE, {"title": _("This desk is open")})
    shown: dict[str, object] = {"title": _("Open a restored desk"), "rows": present.rows(found)}
    if may(acting.officer, Permission.PROPOSE_OPENING):
        return _propose(request, acting, found, shown)
    return _attest(request, acting, found, shown)


def _propose(
    request: HttpRequest, acting: Acting, found: Restoration, shown: dict[str, object]
) -> HttpResponse:
    form = ProposeForm(answers(request, acting))
    if found.remains.proposed is not None:
        shown["told"] = _(
            "It waits for the data protection officer. Proposed anew, it begins anew."
        )

    def doing() -> str:
        doing_with.propose(form.cleaned_data["reason"], acting=acting)
        messages.success(request, _("It is proposed. The data protection officer attests."))
        return reverse("opening")

    shown["button"] = _("Propose to open the desk")
    return shown_or_done(request, acting, form, doing, (PAGE, shown))


def _attest(
    request: HttpRequest, acting: Acting, found: Restoration, shown: dict[str, object]
) -> HttpResponse:
    if found.remains.proposed is None and request.method != "POST":
        told = _("An administrator has not proposed yet to open the desk.")
        return render(request, PAGE, {**shown, "told": told})
    form = AttestForm(answers(request, acting))

    def doing() -> str:
        doing_with.attest(acting=acting)
        messages.success(request, _("The desk is open."))
        return reverse("opening")

    shown["button"] = _("Attest and open the desk")
    return shown_or_done(request, acting, form, doing, (PAGE, shown))
