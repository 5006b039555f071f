"""What this officer may do next with a referral: the same rules that the acts themselves ask."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.answers import AnswerKind, Outcome, check_answer, check_may_look_again
from evenhand.rules.captures import check_may_capture
from evenhand.rules.handover import check_is_open
from evenhand.rules.notes import check_may_note
from evenhand.rules.notices import AlreadyInThePost, check_may_chase, check_may_tell_withdrawal
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.order_reviews import check_can_be_asked, check_may_review
from evenhand.rules.people import check_may_propose
from evenhand.rules.platform_links import unknown as link_unknown
from evenhand.rules.referrals import (
    Decision,
    MoveForbidden,
    State,
    allowed,
    check_can_be_assessed,
    check_can_move,
    check_may_close,
    check_may_decide,
    check_statutory_route,
)
from evenhand.rules.words import words
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params
from evenhand.web.due import sentences
from evenhand.web.words import Words

Check = Callable[[ReferralInFull, Acting], None]
SECONDARY, WARNING = "govuk-button--secondary", "govuk-button--warning"


class Step(NamedTuple):
    """A way on: its words, its page, who may go there, and whether it can be done now."""

    text: Words
    page: str
    permission: Permission
    check: Check
    style: str = SECONDARY


def next_steps(referral: ReferralInFull, acting: Acting) -> list[Params]:
    """Give a button for each thing that this officer may do now.

    Green is what the clock waits for, unless it was put off; else the likeliest.
    """
    possible = [step for step in STEPS if _is_possible(step, referral, acting)]
    due = None if referral.waiting.put_off_until else referral.standing.step
    likeliest = next(
        (step for step in possible if step.page == due and step.style != WARNING),
        next((step for step in possible if not step.style), None),
    )
    return [
        {
            "text": step.text,
            "href": of_referral(referral.fact.reference, step.page),
            "classes": "" if step is likeliest else step.style or SECONDARY,
        }
        for step in possible
    ]


def _is_possible(step: Step, referral: ReferralInFull, acting: Acting) -> bool:
    return allowed(lambda: check_may(acting.officer, step.permission)) and allowed(
        lambda: step.check(referral, acting)
    )


def _can_become(there: State) -> Check:
    return lambda referral, _acting: check_can_move(referral.fact, there)


def _check_close(referral: ReferralInFull, _acting: Acting) -> None:
    check_can_move(referral.fact, State.CLOSED)
    check_may_close(referral.fact, challenged=referral.challenged)


def _check_assess(referral: ReferralInFull, _acting: Acting) -> None:
    """Let a begun assessment go on, and one begin where triage would let it."""
    check_can_be_assessed(referral.fact)
    if referral.fact.state is State.AWAITING_APPROVAL:
        check_can_move(referral.fact, State.AWAITING_APPROVAL)


def _check_decide(referral: ReferralInFull, acting: Acting) -> None:
    """Let an officer decide who could at least return it."""
    check_may_decide(referral.fact, acting.officer, Decision.RETURN)


def _check_send(referral: ReferralInFull, _acting: Acting) -> None:
    """Let an approved referral be sent, also again. Its page says whether it is signed off."""
    if referral.fact.in_the_post:
        raise AlreadyInThePost(words("This referral is being sent already."))
    if referral.fact.state is not State.UNDELIVERABLE:
        check_can_move(referral.fact.unchallenged(), State.SENT)


def _check_answer(referral: ReferralInFull, _acting: Acting) -> None:
    """Let an answer be recorded where any answer could be."""
    fact, status = referral.fact, referral.platform_status
    ended = fact.state in {State.CLOSED, State.WITHDRAWN}
    outcome = Outcome.REINSTATED if ended else Outcome.DECLINED
    check_answer(fact, AnswerKind.DECIDED, outcome, status)


def _check_chase(referral: ReferralInFull, acting: Acting) -> None:
    check_may_chase(referral.fact, referral.standing, referral.times, now=acting.at)


def _check_put_off(referral: ReferralInFull, acting: Acting) -> None:
    sentences.check_can_wait_now(referral, acting.at)


def _check_emergency_open(referral: ReferralInFull, _acting: Acting) -> None:
    """Put an emergency first whose record is missing."""
    if referral.first_look.emergency_since is None:
        raise MoveForbidden(words("No emergency waits for its record."))


def _check_emergency_may_begin(referral: ReferralInFull, _acting: Acting) -> None:
    """Let an emergency be found out for as long as the desk is at work on it."""
    if referral.first_look.emergency_since:
        raise MoveForbidden(words("An emergency waits for its record already."))
    check_is_open(referral.fact.reference, referral.fact.state)


def _check_was_sent(referral: ReferralInFull, _acting: Acting) -> None:
    if referral.fact.sent_at is None:
        raise link_unknown()


def _check_note(referral: ReferralInFull, _acting: Acting) -> None:
    check_may_note(referral.fact.reference, referral.fact.state)


def _check_capture(referral: ReferralInFull, _acting: Acting) -> None:
    fact, allowed_here = referral.fact, settings.DESK.captures
    check_may_capture(fact.reference, fact.state, referral.captures, allowed=allowed_here)


def _check_hand_over(referral: ReferralInFull, _acting: Acting) -> None:
    check_is_open(referral.fact.reference, referral.fact.state)


def _check_propose_person(referral: ReferralInFull, acting: Acting) -> None:
    fact = referral.fact
    check_may_propose(fact.reference, fact.state, referral.owner.ref, acting.officer)


STEPS = (
    Step(
        _("A life is at risk: act and record"),
        "emergency",
        Permission.TRIAGE,
        _check_emergency_open,
        WARNING,
    ),
    Step(_("Triage"), "triage", Permission.TRIAGE, _can_become(State.TRIAGED), ""),
    Step(_("Decide as second officer"), "decide", Permission.DECIDE, _check_decide, ""),
    Step(_("Assess"), "assess", Permission.ASSESS, _check_assess, ""),
    Step(_("Take it back to assess"), "assess", Permission.ASSESS, _can_become(State.RETURNED)),
    Step(_("Send to the platform"), "send", Permission.SEND, _check_send, ""),
    Step(
        _("Tell the platform that it is withdrawn"),
        "tell_withdrawal",
        Permission.WITHDRAW,
        lambda referral, _acting: check_may_tell_withdrawal(referral.fact),
        "",
    ),
    Step(_("Record the platform’s answer"), "answer", Permission.RECORD_ANSWER, _check_answer, ""),
    Step(
        _("Look again"),
        "check",
        Permission.CHECK,
        lambda referral, _acting: check_may_look_again(referral.fact),
        "",
    ),
    Step(
        _("Review the content removal notice"),
        "order_review",
        Permission.REVIEW_ORDER,
        lambda referral, acting: check_may_review(referral.order, acting.officer),
        "",
    ),
    Step(
        _("The platform asks for a review of the notice"),
        "order_asked",
        Permission.RECORD_ANSWER,
        lambda referral, _acting: check_can_be_asked(referral.order),
    ),
    Step(_("Remind the platform"), "chase", Permission.CHASE, _check_chase),
    Step(_("Put the next step off"), "put_off", Permission.SNOOZE, _check_put_off),
    Step(_("Write a note"), "notes", Permission.WRITE_NOTE, _check_note),
    Step(_("Keep a capture"), "take_capture", Permission.TAKE_CAPTURE, _check_capture),
    Step(_("Propose a person"), "propose_person", Permission.PROPOSE_PERSON, _check_propose_person),
    Step(_("The platform’s link"), "take_back_link", Permission.SEND, _check_was_sent),
    Step(
        _("Keep it from posters"),
        "withhold",
        Permission.WITHHOLD_TELLING,
        lambda _referral, _acting: None,
    ),
    Step(_("Hand over"), "hand_over", Permission.HAND_OVER, _check_hand_over),
    Step(_("Close"), "close", Permission.CLOSE, _check_close),
    Step(_("Reopen"), "reopen", Permission.REOPEN, _can_become(State.REOPENED)),
    Step(_("Withdraw"), "withdraw", Permission.WITHDRAW, _can_become(State.WITHDRAWN)),
    Step(
        _("A life is at risk"),
        "emergency",
        Permission.TRIAGE,
        _check_emergency_may_begin,
        WARNING,
    ),
    Step(
        _("It is child sexual abuse imagery"),
        "statutory_route",
        Permission.STATUTORY_ROUTE,
        lambda referral, _acting: check_statutory_route(referral.fact),
    ),
)
