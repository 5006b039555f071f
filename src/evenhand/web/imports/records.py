"""One record of an old system: looked at, then passed like any new content, or rejected."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import imports_passing as passing
from evenhand.actions import referrals
from evenhand.actions.referrals import Admitted, Continuing
from evenhand.queries import imports as known
from evenhand.queries.imports import InQuarantine
from evenhand.rules.imports import Standing
from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting
from evenhand.web.attempts import attempted
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import SUBMISSION, answers, submitted_once
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.imports import present
from evenhand.web.imports.forms import PassForm, PersonForm, RejectForm

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, record: UUID) -> HttpResponse:
    """Show one record, and pass it as a referral once every question of logging is answered."""
    now = acting(request)
    found = known.one(record, acting=now)
    if found.line.standing is not Standing.WAITING and request.method != "POST":
        return _over(request, found)
    form = PassForm(answers(request, now), initial=present.filled(found))
    if request.method != "POST":
        return _shown(request, found, form, "record")
    if form.says_not_public:
        referrals.admit_as_public(False, acting=now, key=request.POST.get(SUBMISSION, ""))
    if not form.is_valid():
        return _shown(request, found, form, "record", status=WRONG)
    try:
        return _passed(request, found, form, now)
    except Refused as refused:
        attempted(request, refused, now)
        add_refusals(form, refused)
        return _shown(request, found, form, "record", status=STATUS[refused.kind])


def _passed(request: HttpRequest, found: InQuarantine, form: PassForm, now: Acting) -> HttpResponse:
    """Log it as any content: admitted first, then logged and taken out of quarantine in one."""
    said, intake = form.cleaned_data, form.intake()
    key = request.POST.get(SUBMISSION, "")
    admitted = Admitted(
        content=referrals.admit(said["url"], intake, acting=now, key=key),
        address=said["url"],
        continuing=Continuing(reason=said["continue_reason"], whole_account=said["whole_account"]),
        authorisation=said["authorisation"],
    )

    def do() -> str:
        reference = passing.pass_on(found.line.id, admitted, intake, acting=now)
        text = _("The record is passed and logged as %(reference)s.") % {"reference": reference}
        messages.success(request, text)
        if found.line.names_person:
            return reverse("import_person", args=[found.line.id])
        return reverse("import_run", args=[found.run])

    return submitted_once(request, now, do)


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, record: UUID) -> HttpResponse:
    """Reject one record for a reason; what it says is destroyed."""
    now = acting(request)
    found = known.one(record, acting=now)
    if found.line.standing is not Standing.WAITING and request.method != "POST":
        return _over(request, found)

    form = RejectForm(answers(request, now))

    def do() -> str:
        passing.reject(record, form.cleaned_data["reason"], acting=now)
        messages.success(request, _("The record is rejected and destroyed."))
        return reverse("import_run", args=[found.run])

    return _settled(request, found, form, "reject", do)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, record: UUID) -> HttpResponse:
    """Show whom a passed record names, until they are proposed or left out for a reason."""
    now = acting(request)
    found = known.one(record, acting=now)
    if not found.line.names_person and request.method != "POST":
        return _over(request, found)
    form = PersonForm(answers(request, now))

    def do() -> str:
        passing.settle_person(record, **form.decided(), acting=now)
        messages.success(request, _("What the old system said of this person is destroyed."))
        return reverse("import_run", args=[found.run])

    return _settled(request, found, form, "person", do)


def _settled(
    request: HttpRequest, found: InQuarantine, form: HouseForm, page: str, do: Callable[[], str]
) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, found, form, page)
    if not form.is_valid():
        return _shown(request, found, form, page, status=WRONG)
    try:
        return submitted_once(request, acting(request), do)
    except Refused as refused:
        add_refusals(form, refused)
        return _shown(request, found, form, page, status=STATUS[refused.kind])


def _shown(
    request: HttpRequest, found: InQuarantine, form: HouseForm, page: str, *, status: int = 200
) -> HttpResponse:
    shown = {
        "form": form,
        "record": found.line.id,
        "run": found.run,
        "title": present.called(found.line),
        "said": present.said(found),
        "names_person": found.line.names_person,
        "became": found.became,
        "is_asked_about": found.is_asked_about,
    }
    return render(request, f"evenhand/imports/{page}.html", shown, status=status)


def _over(request: HttpRequest, found: InQuarantine) -> HttpResponse:
    """Lead on from a record that has left quarantine."""
    if found.line.names_person:
        return redirect("import_person", found.line.id)
    messages.info(request, _("This record has left quarantine already."))
    return redirect("import_run", found.run)
