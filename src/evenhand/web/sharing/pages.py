"""Pages of packages: choose, read exactly what leaves, approve, hand over, and the ledger."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import sharing as disclosing
from evenhand.queries import agreements, recalls, receipts, sharing, sharing_gate
from evenhand.queries import history as log
from evenhand.rules.officers import Acting, Permission, RoleMissing, check_may, may
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import Restricted
from evenhand.rules.sharing import QualityLacking, Standing
from evenhand.web.acting import acting as acting_of
from evenhand.web.attempts import attempted, looked_without_reason
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import HouseForm, add_refusals
from evenhand.web.one_form import WRONG, shown_or_done
from evenhand.web.referrals import histories
from evenhand.web.sharing import packages, present
from evenhand.web.sharing.forms import ApproveForm, BuildForm, LookForm, OpenForm, WrongForm

FORM = "evenhand/sharing/form.html"
CHOOSE = "evenhand/sharing/choose.html"
PACKAGE = "evenhand/sharing/package.html"
CHOSEN = {"fields": "fields_chosen"}
OPENING = (Permission.SHARE, Permission.APPROVE_SHARE, Permission.APPROVE_CHILD_SHARE)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List agreements, packages on their way, and how many recalls are open."""
    acting = acting_of(request)
    found = agreements.current(request.GET.get("after", ""), officer=acting.officer)
    may_open = any(may(acting.officer, it) for it in OPENING)
    waiting = sharing.on_the_way(officer=acting.officer) if may_open else ()
    shown = {
        "agreements": present.agreements(found.lines, today=timezone.localdate(acting.at)),
        "pages": present.more("after", found.next),
        "on_the_way": packages.lines(waiting),
        "may_share": may(acting.officer, Permission.SHARE),
        "may_propose": may(acting.officer, Permission.PROPOSE_AGREEMENT),
        "may_read": may(acting.officer, Permission.READ_DISCLOSURES),
        "open_recalls": recalls.count_open(),
    }
    return render(request, "evenhand/sharing/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Say about whom, under which agreement and why; then choose what goes into the package."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.SHARE)
    known = agreements.in_date(today=timezone.localdate(acting.at), officer=acting.officer)
    if request.method != "POST":
        return _begun(request, LookForm(agreements=known))
    look = LookForm(request.POST, agreements=known)
    if not look.is_valid():
        looked_without_reason(request, acting)
        return _begun(request, look, status=WRONG)
    told = look.cleaned_data
    try:
        choice = sharing.choice(told["person"], told["agreement"], told["reason"], acting=acting)
    except Refused as refused:
        attempted(request, refused, acting)
        add_refusals(look, refused)
        return _begun(request, look, status=STATUS[refused.kind])
    shown = packages.choice(choice)
    if "carrier" not in request.POST and "gaps" not in request.POST:
        begun = {name: told[name] for name in ("person", "agreement", "reason")}
        return render(request, CHOOSE, {**shown, "form": BuildForm(choice=choice, initial=begun)})
    form = BuildForm(request.POST, choice=choice)

    def doing() -> str:
        package = disclosing.build(told["person"], form.wanted(), acting=acting)
        messages.success(request, _("The package is built. Nothing has left yet: read it."))
        return reverse("package", args=[package])

    return shown_or_done(request, acting, form, doing, (CHOOSE, shown), instead=CHOSEN)


def _begun(request: HttpRequest, form: LookForm, *, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "title": _("Share under an agreement"),
        "button": _("Continue"),
        "lines": [_("One package, about one person, for one named recipient.")],
    }
    return render(request, FORM, shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, package: str) -> HttpResponse:
    """Show a disclosure; opened for a reason, exactly what leaves and what the agreement keeps."""
    acting = acting_of(request)
    line = sharing.one(package, officer=acting.officer)
    on_its_way = line.fact.standing in {Standing.BUILT, Standing.PROPOSED, Standing.APPROVED}
    if request.method != "POST":
        own = line.fact.built_by == acting.officer.ref and on_its_way
        if own and may(acting.officer, Permission.SHARE):
            try:
                return _opened(request, package, "", acting)
            except (Restricted, QualityLacking) as refused:
                # It can still be dropped, unread.
                attempted(request, refused, acting)
        return _drawn(request, line, OpenForm(), acting)
    form = OpenForm(request.POST)
    if not form.is_valid():
        looked_without_reason(request, acting)
        return _drawn(request, line, form, acting, status=WRONG)
    return _opened(request, package, form.cleaned_data["reason"], acting)


@require_http_methods(["POST"])
def approve(request: HttpRequest, package: str) -> HttpResponse:
    """Approve or refuse the package that was shown."""
    acting = acting_of(request)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        reason = request.POST.get("reason", "")
        return _opened(request, package, reason, acting, form=form, status=WRONG)
    told = form.cleaned_data

    def doing() -> str:
        if told["answer"] == "approve":
            disclosing.approve(package, told["digest"], told["why"], acting=acting)
            messages.success(request, _("You approved the package."))
        else:
            disclosing.refuse(package, told["why"], acting=acting)
            messages.success(request, _("You refused the package. It never leaves."))
        return reverse("package", args=[package])

    try:
        return submitted_once(request, acting, doing)
    except RoleMissing:
        raise
    except Refused as refused:
        add_refusals(form, refused)
        status = STATUS[refused.kind]
        return _opened(request, package, told["reason"], acting, form=form, status=status)


@require_http_methods(["POST"])
def act(request: HttpRequest, package: str) -> HttpResponse:
    """Take the next step with a package: ask for approval, hand it over, drop or recall it."""
    acting = acting_of(request)
    steps = {
        "propose": (disclosing.propose, _("A second officer is asked to approve it.")),
        "release": (disclosing.release, _("The package has left the desk.")),
        "drop": (disclosing.drop, _("The package is dropped. It never leaves.")),
    }
    wanted = next((it for it in steps if it in request.POST), "")

    def doing() -> str:
        if wanted:
            do, done = steps[wanted]
            do(package, acting=acting)
        else:
            disclosing.recall_one(package, request.POST.get("reason", ""), acting=acting)
            done = _(
                "The recipient is told that the package was wrong. A breach is recorded; the data"
                " protection officer settles it."
            )
        messages.success(request, done)
        return reverse("package", args=[package])

    return submitted_once(request, acting, doing)


@require_safe
def package_file(request: HttpRequest, package: str) -> HttpResponse:
    """Give the sealed file of a package that was released, to be handed over."""
    acting = acting_of(request)
    data = sharing.handed_over(package, acting=acting)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{package}.age"'
    return response


@require_safe
def package_proof(request: HttpRequest, package: str) -> HttpResponse:
    """Give the proof that a package left, to be handed over with it or after it."""
    proof = sharing_gate.proof_of(package, acting=acting_of(request))
    return histories.as_file(proof, package)


@require_safe
def package_history(request: HttpRequest, package: str) -> HttpResponse:
    """Tell the history of a package from the log, oldest first."""
    start = histories.after(request)
    found = log.of_package(package, after=start, officer=acting_of(request).officer)
    names = {"history": "package_history", "receipt": "package_receipt"}
    shown = histories.shown(found, package, **names, start=start)
    return render(request, "evenhand/sharing/history.html", shown)


@require_safe
def package_receipt(request: HttpRequest, package: str, number: int) -> HttpResponse:
    """Give the receipt of an entry about a package as a file."""
    officer = acting_of(request).officer
    made = receipts.of_package(package, number, log=settings.LOG_FOLDER, officer=officer)
    return histories.as_file(made, f"receipt-{package}-{number}")


@require_safe
def package_print(request: HttpRequest, package: str) -> HttpResponse:
    """Show a released package to be printed, marked with who, when, to whom and its id."""
    acting = acting_of(request)
    line = sharing.one(package, officer=acting.officer)
    data = sharing.handed_over(package, acting=acting)
    passage = sharing_gate.passage_of(package, acting=acting)
    shown = {**packages.printed(line, data, acting), **packages.proved(passage.proof)}
    return render(request, "evenhand/sharing/print.html", shown)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """List what left the desk, to whom and under what; nothing of what it held."""
    acting = acting_of(request)
    found = sharing.ledger(request.GET.get("cursor", ""), officer=acting.officer)
    shown = {"lines": packages.lines(found.lines), "pages": present.more("cursor", found.next)}
    return render(request, "evenhand/sharing/ledger.html", shown)


def _opened(
    request: HttpRequest,
    package: str,
    reason: str,
    acting: Acting,
    *,
    form: HouseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = sharing.opened(package, reason, acting=acting)
    asks = packages.may_answer(found.line, acting.officer)
    given = form or ApproveForm(initial={"digest": found.sha256, "reason": reason})
    shown = {
        **packages.opened(found),
        **({"form": given} if asks else {}),
        **_next(found.line, acting),
    }
    return render(request, PACKAGE, shown, status=status)


def _drawn(
    request: HttpRequest,
    line: sharing.Line,
    form: HouseForm,
    acting: Acting,
    *,
    status: int = 200,
) -> HttpResponse:
    may_open = any(may(acting.officer, it) for it in OPENING)
    shown = {
        **packages.in_short(line),
        **({"form": form} if may_open else {}),
        "to_open": may_open,
        **_next(line, acting),
    }
    return render(request, PACKAGE, shown, status=status)


def _next(line: sharing.Line, acting: Acting) -> Mapping[str, object]:
    """Give what can be done next with a package."""
    may_hand_over = may(acting.officer, Permission.SHARE)
    proof = None
    if may_hand_over:
        proof = sharing_gate.passage_of(line.fact.reference, acting=acting).proof
    return {
        "steps": packages.steps(line, acting.officer),
        "may_hand_over": may_hand_over,
        "recall": WrongForm(auto_id="wrong_%s"),
        **packages.proved(proof),
    }
