"""Logging content: one page for everyone, and one more where this desk has the content already."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions.referrals import Admitted, Continuing, admit, admit_as_public, log_several
from evenhand.queries import looks, referrals
from evenhand.queries.referrals import ReferralLine
from evenhand.rules.content import Content
from evenhand.rules.intake import SameContent, check_intake
from evenhand.rules.looks import FREE_LOOKS, WINDOW, LookNeedsAuthority
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.web.acting import acting
from evenhand.web.drafting import NOT_ANSWERS, answers, submitted_once
from evenhand.web.forms import add_refusals
from evenhand.web.referrals import present
from evenhand.web.referrals.authority import (
    OF_AUTHORITY,
    AuthorityForm,
    asked_before,
    by_account,
    given,
)
from evenhand.web.referrals.forms import OF_SAME, AddressRefused, LogForm, SameContentForm
from evenhand.web.words import translated

Earlier = Mapping[int, tuple[str, Sequence[ReferralLine]]]


class Undecided(Exception):
    """The officer was asked about the same content, and has not answered for every address."""


class Unauthorised(Exception):
    """The officer was asked for an authorisation, and has not given every one that is needed."""


@require_http_methods(["GET", "HEAD", "POST"])
def log_content(request: HttpRequest) -> HttpResponse:
    """Collect addresses and what is said of them; log them together, or say what is wrong."""
    now = acting(request)
    check_may(now.officer, Permission.LOG)
    form = LogForm(answers(request, now))
    if request.method == "POST":
        if form.says_not_public:
            admit_as_public(False, acting=now)
        contents = _admitted(form, now) if form.is_valid() else {}
        if contents and "change" not in request.POST:
            return _logged(request, form, contents, now)
    return _asked(request, form, now)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Confirm what was logged, and say what comes next."""
    now = acting(request)
    lines = referrals.named(request.GET.getlist("reference"), officer=now.officer)
    if not lines:
        return redirect("log_referral")
    return render(request, "evenhand/referrals/logged.html", present.logged(lines))


def _asked(request: HttpRequest, form: LogForm, now: Acting) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    shown = {"form": form, "officer": now.officer.name}
    return render(request, "evenhand/referrals/log.html", shown, status=status)


def _admitted(form: LogForm, now: Acting) -> dict[str, Content]:
    """Let each address in; put what is refused at the form, with the address it is about."""
    intake = form.intake()
    try:
        check_intake(intake, now=now.at)
    except Refused as refused:
        add_refusals(form, refused)
    found: dict[str, Content] = {}
    keys: dict[str, int] = {}
    for number, address in enumerate(form.cleaned_data["url"], 1):
        try:
            content = admit(address, intake, acting=now)
        except Refused as refused:
            if refused.at == "url":
                form.add_error("url", AddressRefused(number, address, refused))
            continue
        first = keys.setdefault(content.same_content_key, number)
        if first != number:
            form.add_error("url", _same_twice(number, first))
        found[address] = content
    return {} if form.errors else found


def _logged(
    request: HttpRequest, form: LogForm, contents: Mapping[str, Content], now: Acting
) -> HttpResponse:
    """Log the addresses, or ask about those whose content this desk has already."""
    asked = request.POST if "asked" in request.POST else None
    earlier = _earlier(contents, now) if asked else {}
    same = SameContentForm(asked, _numbered(earlier))
    authority = AuthorityForm(request.POST, asked_before(contents, request.POST))

    def act() -> str:
        if not authority.is_valid():
            raise Unauthorised
        if asked and not same.is_valid():
            raise Undecided
        several = _to_log(contents, same, given(authority))
        if not several:
            messages.info(request, _("You left everything out. Nothing was logged."))
            return reverse("worklist")
        references = log_several(several, form.intake(), acting=now)
        return f"{reverse('log_done')}?{urlencode([('reference', it) for it in references])}"

    try:
        return submitted_once(request, now, act)
    except (LookNeedsAuthority, Unauthorised):
        return _asked_for_authority(request, contents, authority, now)
    except (SameContent, Undecided):
        earlier = _earlier(contents, now)
        return _asked_about_same(request, earlier, SameContentForm(asked, _numbered(earlier)))


def _earlier(contents: Mapping[str, Content], now: Acting) -> Earlier:
    """Find the referrals that each address would repeat, by the address's place in the form."""
    found = referrals.earlier_ones(list(contents), officer=now.officer)
    return {
        number: (address, found[address])
        for number, address in enumerate(contents)
        if address in found
    }


def _numbered(earlier: Earlier) -> Mapping[int, str]:
    return {number: address for number, (address, _lines) in earlier.items()}


def _to_log(
    contents: Mapping[str, Content], same: SameContentForm, authorised: Mapping[str, str]
) -> list[Admitted]:
    several = []
    for number, (address, content) in enumerate(contents.items()):
        continuing = same.chosen(number) if number in same.addresses else Continuing()
        if continuing is not None:
            authorisation = authorised.get(address, "")
            several.append(Admitted(content, address, continuing, authorisation))
    return several


def _asked_about_same(
    request: HttpRequest, earlier: Earlier, same: SameContentForm
) -> HttpResponse:
    """Show the earlier referrals and ask what to do; what was entered goes along unseen."""
    carried = _carried(request, without=OF_SAME)
    shown = {"form": same, "carried": carried, "asked": present.same_content(earlier, same)}
    status = 422 if same.is_bound else 200
    return render(request, "evenhand/referrals/same.html", shown, status=status)


def _asked_for_authority(
    request: HttpRequest, contents: Mapping[str, Content], sent: AuthorityForm, now: Acting
) -> HttpResponse:
    """Ask for the authorisation of one look too many; what was entered goes along unseen."""
    accounts = {it.account for it in contents.values() if it.account is not None}
    today = timezone.localdate(now.at)
    needing = looks.needing_authority(accounts, today=today, officer=now.officer)
    several = {
        number: addresses
        for number, addresses in by_account(contents).items()
        if number in sent.several or contents[addresses[0]].account in needing
    }
    form = AuthorityForm(request.POST if "authority_asked" in request.POST else None, several)
    shown = {
        "form": form,
        "carried": _carried(request, without=OF_AUTHORITY),
        "free": FREE_LOOKS,
        "days": WINDOW.days,
        "rule": LookNeedsAuthority.code,
        "clause": translated(LookNeedsAuthority.clause),
    }
    status = 422 if form.is_bound else 200
    return render(request, "evenhand/referrals/authority.html", shown, status=status)


def _carried(request: HttpRequest, *, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give what was entered elsewhere, to go along unseen."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_ANSWERS and not name.startswith(without)
    ]


def _same_twice(number: int, first: int) -> str:
    return _("Address %(number)d is the same content as address %(first)d; remove one of them") % {
        "number": number,
        "first": first,
    }
