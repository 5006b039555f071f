"""Logging content: what is said of it, each address checked, and what became of each."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions.referrals import admit_as_public, log_several
from evenhand.queries import referrals
from evenhand.rules.content import Content
from evenhand.rules.intake import SameContent, check_intake
from evenhand.rules.looks import LookNeedsAuthority
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words
from evenhand.web.acting import acting
from evenhand.web.drafting import SUBMISSION, answers, keep, kept, submitted_once
from evenhand.web.faults import RefusalError
from evenhand.web.forms import add_refusals
from evenhand.web.referrals import batch_present, present
from evenhand.web.referrals.authority import (
    AuthorityForm,
    ask,
    asked_before,
    given,
)
from evenhand.web.referrals.batch_forms import Batch, BatchForm
from evenhand.web.referrals.forms import LogForm

WRONG = 422


class Undecided(Exception):
    """The officer has not said yet what to do with every address."""


class Unauthorised(Exception):
    """The officer was asked for an authorisation, and has not given every one that is needed."""


@require_http_methods(["GET", "HEAD", "POST"])
def log_content(request: HttpRequest) -> HttpResponse:
    """Collect addresses and what is said of them; log a single one that raises no question."""
    now = acting(request)
    check_may(now.officer, Permission.LOG)
    form = LogForm(answers(request, now))
    sent = request.POST.get(SUBMISSION, "")
    if request.method == "POST" and _stands(form, now, sent) and "change" not in request.POST:
        batch = Batch.of(form.cleaned_data["url"], now, key=sent)
        if len(batch.rows) > 1 or form.left_aside or batch.accounts:
            shown = BatchForm(None, batch)
            return _checked(request, request.POST, batch, shown, left_aside=form.left_aside)
        refused = batch.rows[0].refused
        if not refused:
            return _logged(request, form, BatchForm(None, batch), now)
        form.add_error("url", RefusalError(refused))
    return _asked(request, form, now)


@require_http_methods(["GET", "HEAD", "POST"])
def log_check(request: HttpRequest) -> HttpResponse:
    """Show what each address is; log those that can be, as the officer has it for each."""
    now = acting(request)
    check_may(now.officer, Permission.LOG)
    data = answers(request, now)
    if data is None:
        return redirect("log_referral")
    batch = Batch.sent(data, now)
    if not batch.rows:
        messages.info(request, _("You left everything out. Nothing was logged."))
        return redirect("worklist")
    form = LogForm(_with_addresses(data, batch))
    if not _stands(form, now, data.get(SUBMISSION, "")) or "change" in data:
        return _asked(request, form, now)
    if request.method != "POST" or "again" in data:
        return _checked(request, data, batch, BatchForm(None, batch, initial=data))
    return _logged(request, form, BatchForm(data, batch), now)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Confirm what was logged, and say what comes next."""
    now = acting(request)
    lines = referrals.named(request.GET.getlist("reference"), officer=now.officer)
    if not lines:
        return redirect("log_referral")
    return render(request, "evenhand/referrals/logged.html", present.logged(lines))


@require_safe
def batch_done(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Say what became of each address of a batch; the page can be come back to."""
    now = acting(request)
    check_may(now.officer, Permission.LOG)
    results = kept(_results_of(batch), now)
    if not results:
        raise NotFound(
            words("The results of this batch are not kept any more, or are not yours."),
            do=words("Its referrals are in the list of referrals."),
        )
    lines = referrals.named(results.getlist("reference"), officer=now.officer)
    shown = batch_present.results(results, lines)
    return render(request, "evenhand/referrals/batch_done.html", shown)


def _stands(form: LogForm, now: Acting, sent: str) -> bool:
    """Say whether what is said of all addresses can stand; else put what is wrong at the form."""
    if form.says_not_public:
        admit_as_public(False, acting=now, key=sent)
    if form.is_valid():
        try:
            check_intake(form.intake(), now=now.at)
        except Refused as refused:
            add_refusals(form, refused)
    return form.is_valid()


def _with_addresses(data: QueryDict, batch: Batch) -> QueryDict:
    """Put the addresses of a check page back into the form that they were pasted in."""
    copy = data.copy()
    copy["url"] = "\n".join(batch.addresses)
    return copy


def _asked(request: HttpRequest, form: LogForm, now: Acting) -> HttpResponse:
    status = WRONG if form.is_bound and form.errors else 200
    shown = {"form": form, "officer": now.officer.name, "action": _to(request, "log_referral")}
    return render(request, "evenhand/referrals/log.html", shown, status=status)


def _checked(
    request: HttpRequest,
    data: QueryDict,
    batch: Batch,
    form: BatchForm,
    *,
    left_aside: Sequence[str] = (),
) -> HttpResponse:
    status = WRONG if form.is_bound and form.errors else 200
    shown = batch_present.check(data, batch, form, left_aside=left_aside)
    shown["action"] = _to(request, "log_check")
    return render(request, "evenhand/referrals/batch_check.html", shown, status=status)


def _to(request: HttpRequest, page: str) -> str:
    """Give the address that a form is sent to: as it was asked for, where it is that page's own."""
    address = reverse(page)
    return request.get_full_path() if request.path == address else address


def _logged(request: HttpRequest, said: LogForm, form: BatchForm, now: Acting) -> HttpResponse:
    """Log what is to be logged; whatever stands in the way now is asked about again."""
    batch = form.batch
    contents = {row.address: row.found for row in batch.rows if isinstance(row.found, Content)}
    authority = AuthorityForm(request.POST, asked_before(contents, request.POST))
    try:
        return submitted_once(request, now, lambda: _log(request, said, form, authority, now))
    except (LookNeedsAuthority, Unauthorised):
        return ask(request, contents, authority, now)
    except Undecided:
        return _checked(request, request.POST, batch, form)
    except SameContent:
        again = batch.again(now)
        if form.is_bound:
            text = _("Somebody logged the same content a moment ago. Nothing is saved yet.")
            messages.warning(request, text)
        shown = BatchForm(None, again, initial=request.POST)
        return _checked(request, request.POST, again, shown)


def _log(
    request: HttpRequest, said: LogForm, form: BatchForm, authority: AuthorityForm, now: Acting
) -> str:
    # Sent again, it leads to the first result; only here is it asked whether it can be done.
    if form.is_bound and not form.is_valid():
        raise Undecided
    if not authority.is_valid():
        raise Unauthorised
    chosen = form.to_log(given(authority))
    if not chosen:
        messages.info(request, _("You left everything out. Nothing was logged."))
        return reverse("worklist")
    references = log_several(list(chosen.values()), said.intake(), acting=now)
    if len(form.batch.rows) == 1 and not form.batch.left:
        return f"{reverse('log_done')}?reference={references[0]}"
    results = batch_present.kept_results(form.batch, dict(zip(chosen, references, strict=True)))
    place = uuid4()
    keep(_results_of(place), results, now, about=tuple(references))
    return reverse("batch_done", args=[place])


def _results_of(batch: UUID) -> str:
    """Name the kept results of a batch; they are forgotten with the words of any referral of it."""
    return f"batch {batch}"
