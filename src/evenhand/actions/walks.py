"""Invented referrals on their way: each step is the real act, with its log entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.actions import answers, assessments, decisions, notices, referrals
from evenhand.actions.carriers import NOBODY_HOME, Carrier
from evenhand.actions.stories import HOUR, Cast, Step, Story, gap_before
from evenhand.actions.walk_words import REASONS, assessment_of
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.intake import Intake
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER, Acting, Officer
from evenhand.rules.referrals import Decision, TriageOutcome

S = Step


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
    again = step is S.LOG_AGAIN
    reason = REASONS["duplicate" if again else "again"]
    continuing = referrals.Continuing(as_duplicate=again, reason=reason)
    walk.reference = referrals.log(
        content, story.address, intake, continuing=continuing, acting=acting
    )


def _triage(walk: Walk, step: Step) -> None:
    outcome = TriageOutcome(step)
    referrals.triage(walk.reference, outcome, REASONS.get(step, ""), acting=walk.by(walk.cast.logs))


def _start(walk: Walk, _step: Step) -> None:
    assessments.start(walk.reference, acting=walk.by(walk.cast.assesses))


def _assess(walk: Walk, _step: Step) -> None:
    answers_given = assessment_of(walk.story, on=walk.at.date())
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
    answers.record(walk.reference, AnswerKind.ACKNOWLEDGED, acting=walk.by(walk.cast.logs))


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
    by, carrier = walk.by(walk.cast.logs), walk.carrier
    notice = referrals.withdraw(walk.reference, REASONS[step], carrier=carrier, acting=by)
    if notice:
        notices.deliver(notice, last_attempt=True, carrier=carrier, acting=walk.by(WORKER))


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
