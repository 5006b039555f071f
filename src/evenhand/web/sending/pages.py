"""Sending a referral to its platform, and reminding the platform."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import notices as sending
from evenhand.queries import notice_forms, notices
from evenhand.queries import referral as referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.notice_forms import PLAIN, ChosenForm, NoticeForm, ReportKind
from evenhand.rules.notices import (
    NoChaseYet,
    NoticeKind,
    NotSignedOff,
    Transport,
    check_may_chase,
    check_may_send,
    check_may_tell_withdrawal,
    check_signed_off,
)
from evenhand.rules.officers import Acting, Permission, check_may, may
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import choose
from evenhand.web.act_forms import ActForm
from evenhand.web.acting import acting as acting_of
from evenhand.web.one_act import OneAct, page_about
from evenhand.web.sending.forms import SendForm
from evenhand.web.sending.present import in_form, shown, side_by_side

Written = Callable[[ReferralInFull, Acting], notices.Preview]
"""Gives a notice as it would be sent."""


def _check_send(written: Written, referral: ReferralInFull, acting: Acting) -> None:
    """Refuse what a sign-off could not mend."""
    with suppress(NotSignedOff):
        check_may_send(referral.fact, None, Transport.EMAIL, today=timezone.localdate(acting.at))
    written(referral, acting)


def _check_chase(referral: ReferralInFull, acting: Acting) -> None:
    """Refuse what time could not mend."""
    with suppress(NoChaseYet):
        _check_chase_now(referral, acting)


def _check_chase_now(referral: ReferralInFull, acting: Acting) -> None:
    check_may_chase(referral.fact, referral.standing, referral.times, now=acting.at)


def _shown_for_send(
    chosen: ChosenForm, written: Written, referral: ReferralInFull, acting: Acting
) -> Mapping[str, object]:
    preview = written(referral, acting)
    not_yet = _refusal_of(lambda: _check_signed_off(referral, preview, acting))
    return {**shown(NoticeKind.REFERRAL, referral, preview, not_yet), **in_form(chosen, preview)}


def _shown_for_chase(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
    preview = _preview(referral, NoticeKind.CHASE, acting)
    not_yet = _refusal_of(lambda: _check_chase_now(referral, acting))
    not_yet = not_yet or _refusal_of(lambda: _check_signed_off(referral, preview, acting))
    return shown(NoticeKind.CHASE, referral, preview, not_yet)


def _shown_for_withdrawal(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
    preview = _preview(referral, NoticeKind.WITHDRAWAL, acting)
    not_yet = _refusal_of(lambda: _check_signed_off(referral, preview, acting))
    return shown(NoticeKind.WITHDRAWAL, referral, preview, not_yet)


def _preview(
    referral: ReferralInFull, kind: NoticeKind, acting: Acting, chosen: ChosenForm = PLAIN
) -> notices.Preview:
    reference = referral.fact.reference
    return notices.preview(reference, kind, chosen, officer=acting.officer, at=acting.at)


def _check_signed_off(referral: ReferralInFull, preview: notices.Preview, acting: Acting) -> None:
    platform, today = referral.fact.platform, timezone.localdate(acting.at)
    check_signed_off(platform, preview.sign_off, Transport.EMAIL, today=today)


def _refusal_of(check: Callable[[], None]) -> Refused | None:
    try:
        check()
    except Refused as refused:
        return refused
    return None


def _send(chosen: ChosenForm, reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    sending.send(reference, Transport.EMAIL, chosen, seen_version=given["version"], acting=acting)


def _chase(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    sending.chase(reference, seen_version=given["version"], acting=acting)


def _written_once(chosen: ChosenForm) -> Written:
    """Write a notice once a request and version, however often the page asks for it."""
    previews: dict[int, notices.Preview] = {}

    def written(referral: ReferralInFull, acting: Acting) -> notices.Preview:
        version = referral.fact.version
        if version not in previews:
            previews[version] = _preview(referral, NoticeKind.REFERRAL, acting, chosen)
        return previews[version]

    return written


def _tell_withdrawal(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    sending.tell_withdrawal(reference, seen_version=given["version"], acting=acting)


def _sending(chosen: ChosenForm) -> OneAct:
    written = _written_once(chosen)
    return OneAct(
        permission=Permission.SEND,
        form=partial(SendForm, chosen=chosen),
        template="evenhand/sending/notice.html",
        check=partial(_check_send, written),
        shown=partial(_shown_for_send, chosen, written),
        do=partial(_send, chosen),
        done=_(
            "It is on its way. This page says “Sent” once the platform’s mail server has it: reload"
            " it to see."
        ),
    )


_CHASE = OneAct(
    permission=Permission.CHASE,
    form=ActForm,
    template="evenhand/sending/notice.html",
    check=_check_chase,
    shown=_shown_for_chase,
    do=_chase,
    done=_("The reminder is on its way. Reload this page to see whether it arrived."),
)


_WITHDRAWAL = OneAct(
    permission=Permission.WITHDRAW,
    form=ActForm,
    template="evenhand/sending/notice.html",
    check=lambda referral, _acting: check_may_tell_withdrawal(referral.fact),
    shown=_shown_for_withdrawal,
    do=_tell_withdrawal,
    done=_("It is on its way. Reload this page to see whether it arrived."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send an approved referral to its platform, in the form that the address or the page names."""
    told = request.POST if request.method == "POST" else request.GET
    form = choose(NoticeForm, told.get("form", NoticeForm.PLAIN), at="form")
    kind = told.get("report_kind", "")
    chosen = ChosenForm(form, choose(ReportKind, kind, at="report_kind") if kind else None)
    return _page(request, reference, _sending(chosen), by_form="send_by_form")


@require_safe
def forms(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the notice in every form side by side, with what each leaves out."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.READ_WORDS)
    referral = referrals.one(reference, why=Permission.READ_WORDS, acting=acting)
    found = notice_forms.compared(reference, acting=acting)
    shown = side_by_side(referral, found, may_send=may(acting.officer, Permission.SEND))
    return render(request, "evenhand/sending/forms.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest, reference: str) -> HttpResponse:
    """Remind the platform."""
    return _page(request, reference, _CHASE, by_form="chase_by_form")


@require_http_methods(["GET", "HEAD", "POST"])
def tell_withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the platform that a referral is withdrawn, where that could not be done at once."""
    return _page(request, reference, _WITHDRAWAL, by_form="tell_withdrawal_by_form")


def _page(request: HttpRequest, reference: str, act: OneAct, *, by_form: str) -> HttpResponse:
    """Answer the page; lead to the sheet where only the platform's form was signed off."""
    acting = acting_of(request)
    check_may(acting.officer, act.permission)
    referral = referrals.one(reference, why=act.permission, acting=acting)
    if request.method != "POST":
        signed = notices.sign_offs_for(referral.fact.platform, officer=acting.officer)
        if {it.transport for it in signed} == {Transport.PORTAL}:
            return redirect(by_form, reference)
    return page_about(request, referral, act, acting)
