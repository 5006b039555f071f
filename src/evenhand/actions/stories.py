"""Stories of invented referrals: what happens to each, and how long that takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings

from evenhand.rules.answers import Outcome, Seen
from evenhand.rules.assessments import Child, Expression, Ground
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.officers import Officer


class Step(StrEnum):
    """One thing that happens to an invented referral."""

    LOG = "log"
    LOG_AGAIN = "log_again"
    PROCEED = "proceed"
    NOT_FOR_US = "not_for_us"
    START = "start"
    ASSESS = "assess"
    STATUTORY = "statutory"
    RETURN = "return"
    REFUSE = "refuse"
    APPROVE = "approve"
    ASK_TO_SEND = "ask_to_send"
    SEND = "send"
    BOUNCE = "bounce"
    CHASE = "chase"
    SILENCE = "silence"
    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    LOOK = "look"
    REINSTATE = "reinstate"
    SEE_IT_BACK = "see_it_back"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


S = Step
TO_APPROVAL = (S.LOG, S.PROCEED, S.ASSESS)
TO_SENT = (*TO_APPROVAL, S.APPROVE, S.SEND)
TO_DECIDED = (*TO_SENT, S.ACKNOWLEDGE, S.DECIDE)
TO_SILENCE = (*TO_SENT, S.CHASE, S.CHASE, S.SILENCE)
TO_END = (*TO_DECIDED, S.LOOK, S.CLOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An invented referral: what it is about and what happens to it. No person is in it."""

    address: str
    description: str
    harm: str
    steps: tuple[Step, ...]
    ground: Ground = Ground.BOTH
    child: Child = Child.NO
    expression: frozenset[Expression] = frozenset()
    source: Source = Source.OFFICER_FOUND
    source_detail: str = ""
    content_type: ContentType = ContentType.VIDEO
    language: str = "en"
    evidence: str = ""
    opposite: str = ""
    outcome: Outcome = Outcome.RESTRICTED_IN_FULL
    seen: Seen = Seen.NOT_VISIBLE
    waits: timedelta = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in a story: one logs and keeps going, one assesses, one decides."""

    logs: Officer
    assesses: Officer
    decides: Officer


HOUR = timedelta(hours=1)
GAPS: Mapping[Step, timedelta] = {
    S.LOG: timedelta(0),
    S.LOG_AGAIN: 26 * HOUR,
    S.PROCEED: HOUR / 3,
    S.ASSESS: 2 * HOUR,
    S.APPROVE: 3 * HOUR,
    S.ASK_TO_SEND: HOUR / 4,
    S.SEND: HOUR / 4,
    S.ACKNOWLEDGE: 5 * HOUR,
    S.DECIDE: 50 * HOUR,
    S.LOOK: 7 * HOUR,
    S.CLOSE: 12 * HOUR,
    S.REINSTATE: 200 * HOUR,
}


def gap_before(step: Step) -> timedelta:
    """Give the usual time from the step before; a chase waits as the desk's profile says."""
    desk = settings.DESK
    if step in {S.CHASE, S.SILENCE}:
        # Enough for so many working days, with the weekends and holidays between them.
        return timedelta(days=2 * max(desk.first_chase_days, desk.chase_gap_days) + 6)
    return GAPS.get(step, 4 * HOUR)


def duration(story: Story, *, pace: float = 1.0) -> timedelta:
    """Give the time from a story's first step to its last."""
    return sum((pace * gap_before(step) for step in story.steps), timedelta(0))
