"""Recording what the platform answered, and what a person saw when looking again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import answers
from evenhand.queries import mail as mails
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.answers import (
    AnswerKind,
    Outcome,
    Seen,
    WhyDeclined,
    check_answer,
    check_may_look_again,
)
from evenhand.rules.mail import check_of_this_referral
from evenhand.rules.officers import Acting, Permission
from evenhand.rules.referrals import State, allowed
from evenhand.web.acting import acting as acting_of
from evenhand.web.answers.forms import AnswerForm, CheckForm, answered, statement_of_reasons
from evenhand.web.answers.present import ANSWERS, shown_for_answer, shown_for_check
from evenhand.web.forms import offer_only
from evenhand.web.mail.present import letter
from evenhand.web.one_act import OneAct, page


def _check_expects_an_answer(referral: ReferralInFull, _acting: Acting) -> None:
    """Refuse where not even an acknowledgement, a decision or a reinstatement could be recorded."""
    fact, status = referral.fact, referral.platform_status
    if allowed(lambda: check_answer(fact, AnswerKind.ACKNOWLEDGED, None, status)):
        return
    ended = fact.state in {State.CLOSED, State.WITHDRAWN}
    outcome = Outcome.REINSTATED if ended else Outcome.DECLINED
    check_answer(fact, AnswerKind.DECIDED, outcome, status)


def _record(
    reference: str, given: Mapping[str, Any], acting: Acting, *, mail: UUID | None = None
) -> None:
    kind, outcome = answered(given)
    answers.record(
        reference,
        kind,
        outcome,
        why_declined=WhyDeclined(given["why_declined"]) if given["why_declined"] else None,
        their_reference=given["their_reference"],
        ground_relied_on=given["ground_relied_on"],
        statement_of_reasons=statement_of_reasons(given),
        mail=mail,
        seen_version=given["version"],
        acting=acting,
    )


def _look_again(reference: str, given: Mapping[str, Any], acting: Acting) -> None:
    seen = Seen(given["seen"])
    answers.look_again(reference, seen, seen_version=given["version"], acting=acting)


def _offer_what_is_possible(form: AnswerForm, referral: ReferralInFull, _acting: Acting) -> None:
    """Offer only the answers that can be true of this referral now."""
    fact, status = referral.fact, referral.platform_status

    def is_possible(said: str) -> bool:
        kind, outcome = answered({"said": said})
        return allowed(lambda: check_answer(fact, kind, outcome, status))

    offer_only(form.fields["said"], (it.value for it in ANSWERS if is_possible(it.value)))


_ANSWER = OneAct(
    permission=Permission.RECORD_ANSWER,
    form=AnswerForm,
    template="evenhand/answers/answer.html",
    check=_check_expects_an_answer,
    shown=shown_for_answer,
    do=_record,
    done=_("The answer is recorded."),
    fit=_offer_what_is_possible,
)
_CHECK = OneAct(
    permission=Permission.CHECK,
    form=CheckForm,
    template="evenhand/answers/check.html",
    check=lambda referral, _acting: check_may_look_again(referral.fact),
    shown=shown_for_check,
    do=_look_again,
    done=_("What you saw is recorded."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what the platform answered, beside the message that says so, if one is named."""
    mail = _named(request.GET.get("mail", ""))
    if mail is None:
        return page(request, reference, _ANSWER)
    found = mails.one(mail, acting=acting_of(request))
    check_of_this_referral(is_its_own=found.reference == reference)

    def shown(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
        return {**shown_for_answer(referral, acting), "letter": letter(found)}

    act = replace(_ANSWER, shown=shown, do=partial(_record, mail=mail))
    return page(request, reference, act)


def _named(mail: str) -> UUID | None:
    """Read which message an address names, if it names one."""
    try:
        return UUID(mail)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what a person saw when looking at the address again."""
    return page(request, reference, _CHECK)
