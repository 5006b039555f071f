"""Invented referrals on their way through the desk: each step is the real act, with its log entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from evenhand.actions import answers, assessments, decisions, notices, referrals
from evenhand.actions.carriers import NOBODY_HOME, Carrier
from evenhand.actions.walk_words import REASONS, assessment_of
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.assessments import Child, Expression, Ground, ReportedTo
from evenhand.rules.intake import ContentType, Intake, Source
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.referrals import Decision, TriageOutcome


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
    """Give the usual time from the step before; a chase waits as long as the desk's profile says."""
    desk = settings.DESK
    if step in {S.CHASE, S.SILENCE}:
        return timedelta(days=max(desk.first_chase_days, desk.chase_gap_days), hours=3)
    return GAPS.get(step, 4 * HOUR)


def duration(story: Story, *, pace: float = 1.0) -> timedelta:
    """Give the time from a story's first step to its last; a pace below 1 is too quick for chases."""
    return sum((pace * gap_before(step) for step in story.steps), timedelta(0))


@dataclass(slots=True)
class Walk:
    """A story being acted out. ``at`` moves on with every step, slower with a ``pace`` above 1."""

    story: Story
    cast: Cast
    carrier: Carrier
    at: datetime
    pace: float = 1.0
    reference: str = ""

    def go(self) -> str:
        """Take every step; give the referral's reference."""
        for step in self.story.steps:
            self.at += self.pace * gap_before(step)
            ACTS[step](self, step)
        return self.reference

    def by(self, officer: Officer) -> Acting:
        """Act as this officer, now."""
        return Acting(officer=officer, at=self.at)


def _log(walk: Walk, step: Step) -> None:
    story, acting = walk.story, walk.by(walk.cast.logs)
    intake = Intake(
        source=story.source,
        source_detail=story.source_detail,
        public_without_login=True,
        observed_at=walk.at - HOUR / 6,
        content_type=story.content_type,
        language=story.language,
        description=story.description,
    )
    content = referrals.admit(story.address, intake, acting=acting)
    continuing = referrals.Continuing(
        as_duplicate=step is S.LOG_AGAIN, reason=REASONS["duplicate" if step is S.LOG_AGAIN else "again"]
    )
    walk.reference = referrals.log(
        content, story.address, intake, continuing=continuing, acting=acting
    )


def _triage(walk: Walk, step: Step) -> None:
    outcome = TriageOutcome(step)
    referrals.triage(
        walk.reference, outcome, REASONS.get(step, ""), acting=walk.by(walk.cast.logs)
    )


def _start(walk: Walk, _step: Step) -> None:
    assessments.start(walk.reference, acting=walk.by(walk.cast.assesses))


def _assess(walk: Walk, _step: Step) -> None:
    story = walk.story
    answers_given = assessment_of(
        harm=story.harm,
        address=story.address,
        ground=story.ground,
        child=story.child,
        expression=story.expression,
        evidence=story.evidence or story.description,
        opposite=story.opposite,
        on=walk.at.date(),
    )
    assessments.submit(walk.reference, answers_given, acting=walk.by(walk.cast.assesses))


def _take_statutory_route(walk: Walk, _step: Step) -> None:
    assessments.take_statutory_route(
        walk.reference,
        reported_to=ReportedTo.IWF,
        reported_reference=f"EXAMPLE-{walk.reference}",
        acting=walk.by(walk.cast.assesses),
    )


def _decide(walk: Walk, step: Step) -> None:
    decisions.decide(
        walk.reference, Decision(step), REASONS[step], acting=walk.by(walk.cast.decides)
    )


def _send(walk: Walk, step: Step) -> None:
    carrier = NOBODY_HOME if step is S.BOUNCE else walk.carrier
    notice = notices.send(
        walk.reference, Transport.EMAIL, carrier=carrier, acting=walk.by(walk.cast.logs)
    )
    notices.deliver(notice, last_attempt=True, carrier=carrier, acting=walk.by(WORKER))


def _ask_to_send(walk: Walk, _step: Step) -> None:
    notices.send(walk.reference, Transport.EMAIL, acting=walk.by(walk.cast.logs))


def _chase(walk: Walk, _step: Step) -> None:
    notice = notices.chase(walk.reference, carrier=walk.carrier, acting=walk.by(walk.cast.logs))
    notices.deliver(notice, last_attempt=True, carrier=walk.carrier, acting=walk.by(WORKER))


def _note_silence(walk: Walk, _step: Step) -> None:
    answers.note_silence(walk.reference, acting=walk.by(WORKER))


def _acknowledge(walk: Walk, _step: Step) -> None:
    answers.record(
        walk.reference, AnswerKind.ACKNOWLEDGED, acting=walk.by(walk.cast.logs)
    )


def _record_decision(walk: Walk, step: Step) -> None:
    outcome = Outcome.REINSTATED if step is S.REINSTATE else walk.story.outcome
    answers.record(
        walk.reference,
        AnswerKind.DECIDED,
        outcome,
        their_reference=f"CASE-{walk.reference}",
        ground_relied_on=REASONS[outcome],
        acting=walk.by(walk.cast.logs),
    )


def _look(walk: Walk, step: Step) -> None:
    seen = Seen.VISIBLE if step is S.SEE_IT_BACK else walk.story.seen
    answers.look_again(walk.reference, seen, acting=walk.by(walk.cast.assesses))


def _close(walk: Walk, step: Step) -> None:
    referrals.close(walk.reference, REASONS[step], acting=walk.by(walk.cast.logs))


def _withdraw(walk: Walk, step: Step) -> None:
    referrals.withdraw(walk.reference, REASONS[step], acting=walk.by(walk.cast.logs))


def _reopen(walk: Walk, step: Step) -> None:
    referrals.reopen(walk.reference, REASONS[step], acting=walk.by(walk.cast.decides))


ACTS: Mapping[Step, Callable[[Walk, Step], None]] = {
    S.LOG: _log,
    S.LOG_AGAIN: _log,
    S.PROCEED: _triage,
    S.NOT_FOR_US: _triage,
    S.START: _start,
    S.ASSESS: _assess,
    S.STATUTORY: _take_statutory_route,
    S.RETURN: _decide,
    S.REFUSE: _decide,
    S.APPROVE: _decide,
    S.ASK_TO_SEND: _ask_to_send,
    S.SEND: _send,
    S.BOUNCE: _send,
    S.CHASE: _chase,
    S.SILENCE: _note_silence,
    S.ACKNOWLEDGE: _acknowledge,
    S.DECIDE: _record_decision,
    S.LOOK: _look,
    S.REINSTATE: _record_decision,
    S.SEE_IT_BACK: _look,
    S.CLOSE: _close,
    S.WITHDRAW: _withdraw,
    S.REOPEN: _reopen,
}
