"""Pages of equality: the report of a quarter, and the form of the tally."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import equality as tallying
from evenhand.queries import equality
from evenhand.rules.officers import Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting as acting_of
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.equality import present
from evenhand.web.equality.forms import TallyForm
from evenhand.web.forms import add_refusals
from evenhand.web.one_form import WRONG
from evenhand.web.public.equality import asked_quarter

TALLY = "evenhand/equality/tally.html"


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show what stands out in the work of a quarter that is over."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_DISPARITY)
    found = equality.report(asked_quarter(request), officer=acting.officer)
    return render(request, "evenhand/equality/report.html", present.report(found))


@require_http_methods(["GET", "HEAD", "POST"])
def tally(request: HttpRequest) -> HttpResponse:
    """Count somebody, and keep nothing of them: no draft, and no sign that it was sent once."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.TALLY)
    form = TallyForm(request.POST if request.method == "POST" else None)
    shown = {"form": form, "is_on": settings.DESK.equality_tally}
    if request.method != "POST":
        return render(request, TALLY, shown)
    if not form.is_valid():
        return render(request, TALLY, shown, status=WRONG)
    try:
        tallying.tally(form.answer(), acting=acting)
    except Refused as refused:
        attempted(request, refused, acting)
        add_refusals(form, refused, instead={"group": "perceived"})
        return render(request, TALLY, shown, status=STATUS[refused.kind])
    messages.success(request, _("Counted. Nothing says of whom, by whom, or when."))
    return redirect("tally")
