"""The work that waits for one officer, to be handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.rules.handover import MOST_AT_ONCE, OPEN
from evenhand.rules.officers import Officer, OfficerRef, Permission, check_may
from evenhand.rules.referrals import State
from evenhand.store.waiting import Heap, longest


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An open referral, without a word of it: whose work it is needs none."""

    reference: str
    state: State
    state_since: datetime
    platform: str
    harm: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """The open referrals of an officer, the longest waiting first; ``more``: there are others."""

    lines: Sequence[WorkLine]
    more: bool


def work_of(owner: OfficerRef, *, officer: Officer) -> Work:
    """Give what waits for an officer, as much as can be handed over at once."""
    check_may(officer, Permission.HAND_OVER)
    [rows] = longest([Heap(states=sorted(OPEN), owners=[owner])], most=MOST_AT_ONCE + 1)
    lines = [
        WorkLine(it.reference, State(it.state), it.state_since, it.platform, it.harm)
        for it in rows[:MOST_AT_ONCE]
    ]
    return Work(lines, more=len(rows) > MOST_AT_ONCE)
