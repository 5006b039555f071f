"""Closing, withdrawing and reopening, each for a reason."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import referrals
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import State, check_can_move, check_may_close
from evenhand.web.endings.forms import CloseForm, ReopenForm, WithdrawForm
from evenhand.web.endings.present import CLOSE, REOPEN, shown_with, shown_withdrawing
from evenhand.web.one_act import OneAct, page


class _Ending(Protocol):
    def __call__(
        self, reference: str, reason: str, *, seen_version: int | None, acting: Acting
    ) -> object: ...


def _becoming(there: State) -> Callable[[ReferralInFull, Acting], None]:
    return lambda referral, _acting: check_can_move(referral.fact, there)


def _doing(act: _Ending) -> Callable[[str, Mapping[str, Any], Acting], None]:
    def do(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
        act(reference, given["reason"], seen_version=given["version"], acting=acting)

    return do


def _check_close(referral: ReferralInFull, _acting: Acting) -> None:
    check_can_move(referral.fact, State.CLOSED)
    check_may_close(referral.fact, challenged=referral.challenged)


_CLOSE = OneAct(
    permission=Permission.CLOSE,
    form=CloseForm,
    template="evenhand/act.html",
    check=_check_close,
    shown=shown_with(CLOSE),
    do=_doing(referrals.close),
    done=_("The referral is closed."),
)
_WITHDRAW = OneAct(
    permission=Permission.WITHDRAW,
    form=WithdrawForm,
    template="evenhand/act.html",
    check=_becoming(State.WITHDRAWN),
    shown=shown_withdrawing,
    do=_doing(referrals.withdraw),
    done=_("The referral is withdrawn."),
)
_REOPEN = OneAct(
    permission=Permission.REOPEN,
    form=ReopenForm,
    template="evenhand/act.html",
    check=_becoming(State.REOPENED),
    shown=shown_with(REOPEN),
    do=_doing(referrals.reopen),
    done=_("The referral is open again."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a referral."""
    return page(request, reference, _CLOSE)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a referral."""
    return page(request, reference, _WITHDRAW)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Reopen a referral that had come to an end."""
    return page(request, reference, _REOPEN)
