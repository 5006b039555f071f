"""What waits for an officer, oldest first, and why: a bounded question each, in one trip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE, ReferralLine, page
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, Role, check_may, may
from evenhand.rules.referrals import State
from evenhand.store.looking import Condition, Listed, both, oldest


class Waiting(StrEnum):
    """Why a referral waits for this officer."""

    EMERGENCY = "emergency"
    FOR_APPROVAL = "for_approval"
    RETURNED = "returned"
    TO_TRIAGE = "to_triage"
    TO_ASSESS = "to_assess"
    TO_SEND = "to_send"
    UNDELIVERABLE = "undeliverable"
    TO_CHASE = "to_chase"
    TO_CHECK = "to_check"
    TO_CLOSE = "to_close"


@dataclass(frozen=True, slots=True)
class Pile:
    """The oldest referrals that wait for one reason; ``more`` says that there are others."""

    why: Waiting
    lines: Sequence[ReferralLine]
    more: bool


STATES = {
    Waiting.RETURNED: [State.RETURNED],
    Waiting.TO_TRIAGE: [State.LOGGED],
    Waiting.TO_ASSESS: [State.TRIAGED, State.ASSESSING, State.REOPENED],
    Waiting.TO_SEND: [State.APPROVED],
    Waiting.UNDELIVERABLE: [State.UNDELIVERABLE],
    Waiting.TO_CHECK: [State.DECIDED],
    Waiting.TO_CLOSE: [State.CHECKED, State.NO_RESPONSE],
}


NOT_IN_THE_POST = Condition("NOT in_the_post")
# Nobody's work is lost when somebody leaves: it waits for everyone.
OWNED = "owner_id = ANY(%s::uuid[] || ARRAY(SELECT id FROM officer WHERE retired_at IS NOT NULL))"


def waiting_for(*, covering: Sequence[OfficerRef] = (), acting: Acting) -> list[Pile]:
    """Give the piles of work that wait for this officer, empty ones left out.

    ``covering``: the colleagues for whom they stand in. The look is in the log before it is given.
    """
    officer = acting.officer
    check_may(officer, Permission.LIST_REFERRALS)
    kinds = dict(_kinds(covering, acting))
    found = oldest(list(kinds.values()), most=PAGE + 1)
    piles = [_pile(why, rows, officer) for why, rows in zip(kinds, found, strict=True)]
    shown = [line.record for pile in piles for line in pile.lines]
    consultations.at_several(shown, Permission.LIST_REFERRALS, acting=acting)
    return [pile for pile in piles if pile.lines]


def _kinds(covering: Sequence[OfficerRef], acting: Acting) -> Iterator[tuple[Waiting, Condition]]:
    officer = acting.officer
    if may(officer, Permission.TRIAGE):
        # Everyone's: whoever sees it first makes sure that somebody was told.
        yield Waiting.EMERGENCY, Condition("emergency_since IS NOT NULL")
    if may(officer, Permission.DECIDE):
        yield Waiting.FOR_APPROVAL, _approvable(officer)
    if may(officer, Permission.ASSESS):
        mine = Condition(OWNED, ([officer.ref, *covering],))
        for why, states in STATES.items():
            yield why, both(_in(states), mine, NOT_IN_THE_POST)
        yield Waiting.TO_CHASE, both(_to_chase(acting.at), mine)


def _approvable(officer: Officer) -> Condition:
    theirs = Condition(
        "logged_by_id <> %s AND NOT assessors @> %s::uuid[]", (officer.ref, [officer.ref])
    )
    parts = [_in([State.AWAITING_APPROVAL]), theirs]
    if Role.SENIOR_APPROVER not in officer.roles:
        parts.append(Condition("NOT terms_only"))
    if Role.CHILD_APPROVER not in officer.roles:
        parts.append(Condition("NOT child"))
    return both(*parts)


def _to_chase(now: datetime) -> Condition:
    due = Condition("due_at <= %s AND chases < %s", (now, settings.DESK.chases_before_silence))
    return both(_in([State.SENT, State.ACKNOWLEDGED]), due)


def _in(states: Sequence[State]) -> Condition:
    """Name states in the statement itself: how many stand in each is no secret to the planner."""
    return Condition("state IN ('{}')".format("', '".join(states)))


def _pile(why: Waiting, rows: Sequence[Listed], officer: Officer) -> Pile:
    found = page(rows, officer=officer)
    return Pile(why, found.lines, more=found.next is not None)
