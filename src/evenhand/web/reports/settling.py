"""What an officer does with a report that they have read: log it, join it, or set it aside."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import public_reports, referrals
from evenhand.actions.referrals import Admitted, Continuing
from evenhand.queries import public_reports as known
from evenhand.queries.public_reports import ReportInFull
from evenhand.rules.officers import Acting
from evenhand.rules.public_reports import ReportStanding
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import SUBMISSION, answers, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.imports.forms import PassForm
from evenhand.web.one_form import WRONG, shown_or_done
from evenhand.web.reports import present
from evenhand.web.reports.forms import JoinForm, SetAsideForm


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, report: UUID) -> HttpResponse:
    """Log a referral from a report once every question of logging is answered."""
    now = acting(request)
    found = known.one(report, acting=now)
    if _is_not_for_now(request, found):
        return redirect("report", report)
    form = PassForm(answers(request, now), initial=present.filled(found))
    if request.method != "POST":
        return _shown(request, found, form)
    if form.says_not_public:
        referrals.admit_as_public(False, acting=now, key=request.POST.get(SUBMISSION, ""))
    if not form.is_valid():
        return _shown(request, found, form, status=WRONG)
    try:
        return _logged(request, report, form, now)
    except Refused as refused:
        attempted(request, refused, now)
        add_refusals(form, refused)
        return _shown(request, found, form, status=STATUS[refused.kind])


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, report: UUID) -> HttpResponse:
    """Join a report to a referral that the desk has already."""
    now = acting(request)
    found = known.one(report, acting=now)
    if _is_not_for_now(request, found):
        return redirect("report", report)
    form = JoinForm(answers(request, now))

    def do() -> str:
        reference = form.cleaned_data["reference"]
        public_reports.join(report, reference, acting=now)
        said = _("The report is joined to %(reference)s. What it said is destroyed.")
        messages.success(request, said % {"reference": reference})
        return reverse("reports")

    drawn = "evenhand/reports/join.html", _beside(found)
    return shown_or_done(request, now, form, do, drawn)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, report: UUID) -> HttpResponse:
    """Set a report aside for a reason, and say who can help instead."""
    now = acting(request)
    found = known.one(report, acting=now)
    if _is_not_for_now(request, found):
        return redirect("report", report)
    form = SetAsideForm(answers(request, now))

    def do() -> str:
        said = form.cleaned_data
        public_reports.set_aside(report, said["reason"], signpost=said["signpost"], acting=now)
        messages.success(request, _("The report is set aside. What it said is destroyed."))
        return reverse("reports")

    drawn = "evenhand/reports/set_aside.html", _beside(found)
    return shown_or_done(request, now, form, do, drawn)


def _logged(request: HttpRequest, report: UUID, form: PassForm, now: Acting) -> HttpResponse:
    """Log it as any content: admitted first, then logged and the report settled in one."""
    said, intake = form.cleaned_data, form.intake()
    key = request.POST.get(SUBMISSION, "")
    admitted = Admitted(
        content=referrals.admit(said["url"], intake, acting=now, key=key),
        address=said["url"],
        continuing=Continuing(reason=said["continue_reason"]),
        authorisation=said["authorisation"],
    )

    def do() -> str:
        reference = public_reports.log(report, admitted, intake, acting=now)
        return f"{reverse('log_done')}?reference={reference}"

    return submitted_once(request, now, do)


def _shown(
    request: HttpRequest, found: ReportInFull, form: PassForm, *, status: int = 200
) -> HttpResponse:
    shown = {"form": form, **_beside(found)}
    return render(request, "evenhand/reports/log.html", shown, status=status)


def _is_not_for_now(request: HttpRequest, found: ReportInFull) -> bool:
    """Say whether a page of settling is asked for that has nothing to settle, or not yet."""
    return request.method != "POST" and found.line.standing is not ReportStanding.OPENED


def _beside(found: ReportInFull) -> Mapping[str, object]:
    return {"report": found.line.id, "about": present.about(found)}
