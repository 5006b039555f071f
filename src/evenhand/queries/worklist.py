"""What waits for an officer, oldest first, and why: one question, bounded for each reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from django.conf import settings

from evenhand.queries import consultations
from evenhand.queries.referrals import PAGE, ReferralLine, page
from evenhand.rules.clocks import CHASED
from evenhand.rules.officers import Acting, Officer, OfficerRef, Permission, Role, check_may, may
from evenhand.rules.referrals import State
from evenhand.store.looking import Condition, Listed, both
from evenhand.store.waiting import Heap, Since, longest


class Waiting(StrEnum):
    """Why a referral waits for this officer."""

    EMERGENCY = "emergency"
    FOR_APPROVAL = "for_approval"
    TO_READ = "to_read"
    RETURNED = "returned"
    TO_TRIAGE = "to_triage"
    TO_ASSESS = "to_assess"
    TO_SEND = "to_send"
    UNDELIVERABLE = "undeliverable"
    TO_TELL = "to_tell"
    TO_CHASE = "to_chase"
    TO_CHECK = "to_check"
    TO_CLOSE = "to_close"


SHOWN = 10
"""Of each pile: what can be done in one sitting. Whatever is done, the next comes up."""


@dataclass(frozen=True, slots=True)
class Pile:
    """The oldest referrals that wait for one reason.

    ``count``: how many wait, as far as they were counted; ``more`` says that there are others.
    """

    why: Waiting
    lines: Sequence[ReferralLine]
    count: int
    more: bool


STATES = {
    Waiting.RETURNED: [State.RETURNED],
    Waiting.TO_TRIAGE: [State.LOGGED],
    Waiting.TO_ASSESS: [State.TRIAGED, State.ASSESSING, State.REOPENED],
    Waiting.TO_SEND: [State.APPROVED],
    Waiting.UNDELIVERABLE: [State.UNDELIVERABLE],
    Waiting.TO_CHECK: [State.DECIDED, State.UNDER_CHALLENGE],
    Waiting.TO_CLOSE: [State.CHECKED, State.NO_RESPONSE],
}


# A platform's answer is seen under challenge too: a look is taken then, and nothing else.
NOT_IN_THE_POST = both(
    Condition("NOT in_the_post"),
    Condition("COALESCE(before_challenge, 'decided') = 'decided'"),
)


def waiting_for(*, covering: Sequence[OfficerRef] = (), acting: Acting) -> list[Pile]:
    """Give the piles of work that wait for this officer, empty ones left out.

    ``covering``: the colleagues for whom they stand in. The look is in the log before it is given.
    """
    officer = acting.officer
    check_may(officer, Permission.LIST_REFERRALS)
    heaps = dict(_heaps(covering, acting))
    found = longest(list(heaps.values()), most=PAGE + 1)
    piles = [_pile(why, rows, officer) for why, rows in zip(heaps, found, strict=True)]
    shown = [line.record for pile in piles for line in pile.lines]
    consultations.at_several(shown, Permission.LIST_REFERRALS, acting=acting)
    return [pile for pile in piles if pile.lines]


def _heaps(covering: Sequence[OfficerRef], acting: Acting) -> Iterator[tuple[Waiting, Heap]]:
    officer = acting.officer
    if may(officer, Permission.TRIAGE):
        # Everyone's: whoever sees it first makes sure that somebody was told.
        told_nobody = Condition("emergency_since IS NOT NULL")
        yield Waiting.EMERGENCY, Heap(told_nobody, since=Since.EMERGENCY)
    if may(officer, Permission.DECIDE):
        yield Waiting.FOR_APPROVAL, Heap(_approvable(officer), [State.AWAITING_APPROVAL])
    if may(officer, Permission.ASSESS):
        # Nobody's work is lost when somebody leaves: it waits for everyone.
        mine = partial(Heap, owners=[officer.ref, *covering], and_leavers=True)
        yield Waiting.TO_READ, mine(Condition("mail_since IS NOT NULL"), since=Since.MAIL)
        for why, states in STATES.items():
            yield why, mine(NOT_IN_THE_POST, states)
        owed = both(Condition("withdrawal_owed"), NOT_IN_THE_POST)
        yield Waiting.TO_TELL, mine(owed)
        yield Waiting.TO_CHASE, mine(_to_chase(acting.at), since=Since.DUE)


def _approvable(officer: Officer) -> Condition:
    parts = [
        Condition(
            "logged_by_id <> %s AND NOT assessors @> %s::uuid[]", (officer.ref, [officer.ref])
        )
    ]
    if Role.SENIOR_APPROVER not in officer.roles:
        parts.append(Condition("NOT terms_only"))
    if Role.CHILD_APPROVER not in officer.roles:
        parts.append(Condition("NOT child"))
    return both(*parts)


def _to_chase(now: datetime) -> Condition:
    """Name the states in the statement itself: the index of what can be chased is for them."""
    return both(
        Condition("state IN ('{}')".format("', '".join(CHASED))),
        Condition("due_at <= %s AND chases < %s", (now, settings.DESK.chases_before_silence)),
    )


def _pile(why: Waiting, rows: Sequence[Listed], officer: Officer) -> Pile:
    lines = page(rows[:SHOWN], officer=officer).lines
    return Pile(why, lines, count=min(len(rows), PAGE), more=len(rows) > PAGE)
