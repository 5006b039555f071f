"""Every act in every state: what the table of moves forbids is refused, and changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from evenhand.actions import answers, assessments, decisions, notices, referrals
from evenhand.actions.carriers import NOBODY
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.referrals import (
    MOVES,
    ChallengeOpen,
    Decision,
    MoveForbidden,
    State,
    TriageOutcome,
)
from evenhand.rules.refusals import Refused
from tests.builders import ADA, BO, CY, assessment
from tests.journeys import Desk, changing_nothing, row

pytestmark = pytest.mark.django_db

# Where an act leads. An act that begins an assessment leads there by way of *assessing*.
ACTS: dict[str, tuple[State, Callable[[Desk, str], object]]] = {
    "triage": (
        State.TRIAGED,
        lambda d, r: referrals.triage(r, TriageOutcome.PROCEED, "", acting=d.by(ADA)),
    ),
    "not for us": (
        State.NOT_FOR_US,
        lambda d, r: referrals.triage(r, TriageOutcome.NOT_FOR_US, "No.", acting=d.by(ADA)),
    ),
    "duplicate": (
        State.DUPLICATE,
        lambda d, r: referrals.triage(r, TriageOutcome.DUPLICATE, "Same.", acting=d.by(ADA)),
    ),
    "start": (State.ASSESSING, lambda d, r: assessments.start(r, acting=d.by(BO))),
    "submit": (
        State.AWAITING_APPROVAL,
        lambda d, r: assessments.submit(r, assessment(), acting=d.by(BO)),
    ),
    "statutory route": (
        State.STATUTORY_ROUTE,
        lambda d, r: assessments.take_statutory_route(
            r, reported_to=ReportedTo.NCA, reported_reference="1", acting=d.by(BO)
        ),
    ),
    "approve": (
        State.APPROVED,
        lambda d, r: decisions.decide(r, Decision.APPROVE, "Yes.", acting=d.by(CY)),
    ),
    "return": (
        State.RETURNED,
        lambda d, r: decisions.decide(r, Decision.RETURN, "No.", acting=d.by(CY)),
    ),
    "refuse": (
        State.NOT_REFERRED,
        lambda d, r: decisions.decide(r, Decision.REFUSE, "No.", acting=d.by(CY)),
    ),
    "send": (State.SENT, lambda d, r: notices.send(r, "email", carrier=NOBODY, acting=d.by(ADA))),
    "chase": (State.NO_RESPONSE, lambda d, r: notices.chase(r, carrier=NOBODY, acting=d.by(ADA))),
    "acknowledge": (
        State.ACKNOWLEDGED,
        lambda d, r: answers.record(r, AnswerKind.ACKNOWLEDGED, acting=d.by(ADA)),
    ),
    "decline": (
        State.DECIDED,
        lambda d, r: answers.record(r, AnswerKind.DECIDED, Outcome.DECLINED, acting=d.by(ADA)),
    ),
    "look again": (
        State.CHECKED,
        lambda d, r: answers.look_again(r, Seen.VISIBLE, acting=d.by(ADA)),
    ),
    "close": (State.CLOSED, lambda d, r: referrals.close(r, "Done.", acting=d.by(ADA))),
    "withdraw": (State.WITHDRAWN, lambda d, r: referrals.withdraw(r, "Sorry.", acting=d.by(ADA))),
    "reopen": (State.REOPENED, lambda d, r: referrals.reopen(r, "News.", acting=d.by(CY))),
}
MEANWHILE = {"send", "chase", "acknowledge", "decline", "look again"}
BY_WAY_OF_ASSESSING = {"submit", "statutory route"}


def leads_there(name: str, here: State) -> bool:
    """Say by the table whether an act is possible in a state."""
    there = ACTS[name][0]
    if name == "decline" and here is State.CLOSED:
        return False  # Only a reinstatement is recorded on a closed referral.
    if here is State.UNDER_CHALLENGE and name in MEANWHILE:
        return leads_there(name, State.CHECKED)  # Where it stood, as brought_to brings it there.
    if name == "send" and here is State.UNDELIVERABLE:
        return True  # It is approved again, and then sent.
    if name in BY_WAY_OF_ASSESSING and here is not State.ASSESSING:
        return leads_there("start", here) or (
            name == "statutory route" and there in MOVES[here] and here is not State.DUPLICATE
        )
    if name == "start" and here is State.LOGGED:
        return True  # It is triaged first.
    return there in MOVES[here]


@pytest.mark.parametrize("here", list(State))
def test_an_act_is_possible_exactly_where_the_table_of_moves_has_it(here: State) -> None:
    desk = Desk()
    reference = desk.brought_to(here)
    desk.now += timedelta(days=60)
    for person in (ADA, BO, CY):
        desk.by(person)
    desk.sign_off()
    happened = {}
    for name, (_there, act) in ACTS.items():
        with changing_nothing():
            happened[name] = _try(lambda act=act: act(desk, reference))  # type: ignore[misc]
    expected = {name: "done" if leads_there(name, here) else "forbidden" for name in ACTS}
    if here is State.UNDER_CHALLENGE:
        expected["close"] = ChallengeOpen.code
    assert happened == expected
    assert row(reference).state == here


def _try(act: Callable[[], object]) -> str:
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except MoveForbidden:
        return "forbidden"
    except Refused as refused:
        return refused.code
    return "done"
