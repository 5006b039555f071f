"""The reporting door: anyone tells the desk of public content, and asks later how it stands."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from evenhand.actions import public_reports_receiving as receiving
from evenhand.queries import public_reports as known
from evenhand.queries.public_reports import ReceiptFound
from evenhand.rules.officers import Acting
from evenhand.rules.public_doors import Door
from evenhand.rules.public_reports import ReportStanding
from evenhand.rules.refusals import Refused
from evenhand.web import times
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.public import door
from evenhand.web.public.documents import summary
from evenhand.web.public.forms import ReceiptForm, ReportForm
from evenhand.web.referrals.histories import as_file
from evenhand.web.words import Words

WRONG = 422
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
        return _asked(request, "report", form)
    now = door.acting()
    if form.says_child_abuse_imagery:
        return _signposted(request, form, now)
    if form.says_not_public:
        door.knock(request, Door.REPORT, now)
        receiving.refuse_not_public(form=door.showing(request), acting=now)
    if not form.is_valid():
        return _asked(request, "report", form, status=WRONG)
    told = form.report()
    try:
        shown = door.come_in(request, Door.REPORT, now)
        receiving.admit(told, form=shown, acting=now)
        number = receiving.receive(told, shown, acting=now)
    except Refused as refused:
        attempted(request, refused)
        add_refusals(form, refused)
        return _asked(request, "report", form, status=STATUS[refused.kind])
    context = {"receipt": number, "danger_now": told.danger_now, "told": bool(told.email)}
    return render(request, "evenhand/public/reported.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Say how a report stands to whoever has its receipt number."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _asked(request, "receipt", form)
    if not form.is_valid():
        return _asked(request, "receipt", form, status=WRONG)
    number = form.cleaned_data["receipt"]
    try:
        door.knock(request, Door.RECEIPT, door.acting())
        found = known.by_receipt(number)
    except Refused as refused:
        attempted(request, refused)
        return _no_receipt(request, form, refused)
    return render(request, "evenhand/public/standing.html", _standing(found, number))


@require_http_methods(["GET", "HEAD", "POST"])
def log_receipt(request: HttpRequest) -> HttpResponse:
    """Give whoever has a receipt number the proof that the log has the report, as a file."""
    if request.method != "POST":
        return redirect("public_receipt")
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _asked(request, "receipt", form, status=WRONG)
    try:
        door.knock(request, Door.RECEIPT, door.acting())
        made = known.log_receipt(form.cleaned_data["receipt"], log=settings.LOG_FOLDER)
    except Refused as refused:
        attempted(request, refused)
        return _no_receipt(request, form, refused)
    return as_file(made, "receipt-of-report")


def _signposted(request: HttpRequest, form: ReportForm, now: Acting) -> HttpResponse:
    """End with who deals with it; only the time, the platform and a reference are kept. A77."""
    door.knock(request, Door.REPORT, now)
    shown = door.showing(request)
    number = receiving.receive(form.of_imagery(), shown, acting=now)
    return render(request, "evenhand/public/signposted.html", {"receipt": number})


def _no_receipt(request: HttpRequest, form: ReceiptForm, refused: Refused) -> HttpResponse:
    add_refusals(form, refused)
    return _asked(request, "receipt", form, status=STATUS[refused.kind])


def _asked(request: HttpRequest, page: str, form: HouseForm, *, status: int = 200) -> HttpResponse:
    shown = {"form": form, "name": door.SHOWN, "sign": door.sign_of(request)}
    return render(request, f"evenhand/public/{page}.html", shown, status=status)


def _standing(found: ReceiptFound, number: str) -> Mapping[str, object]:
    rows = [
        (_("Reported on"), times.day(found.reported_on)),
        (_("How it stands"), str(STANDINGS[found.standing])),
    ]
    return {
        "standing": summary(rows),
        "signpost": found.signpost,
        "receipt": number,
        "is_signed": found.is_in_the_signed_log,
    }
