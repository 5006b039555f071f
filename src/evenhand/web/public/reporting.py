"""The reporting door: anyone tells the desk of public content, and asks later how it stands."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import public_reports_receiving as receiving
from evenhand.queries import public_reports as known
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import Door
from evenhand.rules.public_reports import ReportStanding
from evenhand.rules.refusals import Refused
from evenhand.web import times
from evenhand.web.attempts import attempted
from evenhand.web.for_everybody import in_language
from evenhand.web.public import door
from evenhand.web.public.documents import summary
from evenhand.web.public.forms import ReportForm
from evenhand.web.referrals.histories import as_file
from evenhand.web.words import Words

STANDINGS: Mapping[ReportStanding, Words] = {
    ReportStanding.WAITING: later("Waiting: no officer has opened it yet"),
    ReportStanding.OPENED: later("Opened: an officer is reading it"),
    ReportStanding.LOGGED: later("Closed: an officer has read it and took it up"),
    ReportStanding.JOINED: later("Closed: an officer has read it and took it up"),
    ReportStanding.SET_ASIDE: later(
        "Closed: an officer has read it. It is not something that this desk deals with"
    ),
    ReportStanding.LAPSED: later(
        "Closed: nobody dealt with it in time, and what you told us has been erased"
    ),
    ReportStanding.SIGNPOSTED: later("Closed: it is for others to deal with, as we told you"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report from anyone, and give its receipt number."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return door.drawn(request, "report", form)
    now = door.acting()
    if form.says_child_abuse_imagery:
        return _signposted(request, form, now)
    if form.says_not_public:
        door.knock(request, Door.REPORT, now)
        receiving.refuse_not_public(form=door.showing(request), acting=now)
    if not form.is_valid():
        return door.drawn(request, "report", form, status=door.WRONG)
    told = form.report()
    try:
        shown = door.come_in(request, Door.REPORT, now)
        receiving.admit(told, form=shown, acting=now)
        number = receiving.receive(told, shown, acting=now)
    except Refused as refused:
        attempted(request, refused)
        return door.drawn_again(request, "report", form, refused)
    context = {"receipt": number, "danger_now": told.danger_now, "told": bool(told.email)}
    return render(request, "evenhand/public/reported.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Say how a report stands to whoever has its receipt number."""
    return door.to_who_has_a_number(request, "receipt", lambda number: _standing(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt(request: HttpRequest) -> HttpResponse:
    """Give whoever has a receipt number the proof that the log has the report, as a file."""
    if request.method != "POST":
        return redirect(in_language(reverse("public_receipt")))
    return door.to_who_has_a_number(request, "receipt", _proof)


def _signposted(request: HttpRequest, form: ReportForm, now: Acting) -> HttpResponse:
    """End with who deals with it; only the time, the platform and a reference are kept. A77."""
    door.knock(request, Door.REPORT, now)
    shown = door.showing(request)
    number = receiving.receive(form.of_imagery(), shown, acting=now)
    return render(request, "evenhand/public/signposted.html", {"receipt": number})


def _standing(request: HttpRequest, number: str) -> HttpResponse:
    found = known.by_receipt(number)
    rows = [
        (_("Reported on"), times.day(found.reported_on)),
        (_("How it stands"), str(STANDINGS[found.standing])),
    ]
    shown = {
        "standing": summary(rows),
        "signpost": found.signpost,
        "receipt": number,
        "is_signed": found.is_in_the_signed_log,
    }
    return render(request, "evenhand/public/standing.html", shown)


def _proof(number: str) -> HttpResponse:
    return as_file(known.log_receipt(number, log=settings.LOG_FOLDER), "receipt-of-report")
