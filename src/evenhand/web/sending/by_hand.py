"""Sending by a platform's form: its fields to copy, and what was sent, confirmed by two people."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import sheets as recording
from evenhand.queries import notices, sheets
from evenhand.queries import referral as referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.queries.sheets import SheetShown
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
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused
from evenhand.rules.sheets import ByHand
from evenhand.web.acting import acting as acting_of
from evenhand.web.one_act import OneAct, page_about
from evenhand.web.sending.forms import AS_SHOWN, ByHandForm
from evenhand.web.sending.sheet import shown

Draw = Callable[[], SheetShown]
DONE = _("It is recorded as sent. This page shows the exact text, with its fingerprint.")


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Send an approved referral by the platform's form, and record it."""
    return _page(request, reference, NoticeKind.REFERRAL, Permission.SEND)


@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest, reference: str) -> HttpResponse:
    """Remind the platform by its form, and record it."""
    return _page(request, reference, NoticeKind.CHASE, Permission.CHASE)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the platform by its form that a referral is withdrawn, and record it."""
    return _page(request, reference, NoticeKind.WITHDRAWAL, Permission.WITHDRAW)


def _page(
    request: HttpRequest, reference: str, kind: NoticeKind, permission: Permission
) -> HttpResponse:
    acting = acting_of(request)
    check_may(acting.officer, permission)
    referral = referrals.one(reference, why=permission, acting=acting)
    draw = cache(lambda: sheets.one(reference, kind, acting=acting))
    form = partial(
        ByHandForm,
        sheet=_digest(draw),
        witnesses=sheets.possible_witnesses(officer=acting.officer),
        now=acting.at,
    )
    act = OneAct(
        permission=permission,
        form=form,
        template="evenhand/sending/sheet.html",
        check=partial(_check, kind, draw),
        shown=partial(_shown, kind, draw),
        do=partial(_record, kind),
        done=DONE,
    )
    return page_about(request, referral, act, acting)


def _digest(draw: Draw) -> str:
    with suppress(Refused):
        return draw().sha256
    return ""


def _check(kind: NoticeKind, draw: Draw, referral: ReferralInFull, acting: Acting) -> None:
    """Refuse what neither a sign-off nor time could mend."""
    with suppress(NotSignedOff, NoChaseYet):
        _check_now(kind, referral, acting)
    draw()


def _check_now(kind: NoticeKind, referral: ReferralInFull, acting: Acting) -> None:
    fact, today = referral.fact, timezone.localdate(acting.at)
    if kind is NoticeKind.WITHDRAWAL:
        check_may_tell_withdrawal(fact)
    if kind is NoticeKind.CHASE:
        check_may_chase(fact, referral.standing, referral.times, now=acting.at)
    signed = notices.sign_offs_for(fact.platform, officer=acting.officer)
    sign_off = next((it for it in signed if it.transport is Transport.PORTAL), None)
    if kind is NoticeKind.REFERRAL:
        check_may_send(fact, sign_off, Transport.PORTAL, today=today)
    check_signed_off(fact.platform, sign_off, Transport.PORTAL, today=today)


def _shown(
    kind: NoticeKind, draw: Draw, referral: ReferralInFull, acting: Acting
) -> Mapping[str, object]:
    try:
        _check_now(kind, referral, acting)
    except Refused as refused:
        return shown(kind, referral, draw(), refused)
    return shown(kind, referral, draw(), None)


def _record(kind: NoticeKind, reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    told = ByHand(
        sent_at=given["sent_at"],
        as_shown=given["how"] == AS_SHOWN,
        changed=given["changed"],
        their_reference=given["their_reference"],
        witness=given["witness"],
        initials=given["witness_initials"],
        sheet=given["sheet"],
    )
    recording.record(reference, kind, told, seen_version=given["version"], acting=acting)
