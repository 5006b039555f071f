"""The desk's clocks: by when the next step on a referral is due, and how it may be put off."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from evenhand.rules.calendar import Calendar
from evenhand.rules.profile import Profile
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

MOST_CHASES_AT_ONCE = 50


class NextStep(StrEnum):
    """What is to be done next with a referral."""

    TRIAGE = "triage"
    ASSESS = "assess"
    DECIDE = "decide"
    SEND = "send"
    CHASE = "chase"
    CHECK = "check"
    CLOSE = "close"


NEXT_STEP: Mapping[State, NextStep] = {
    State.LOGGED: NextStep.TRIAGE,
    State.TRIAGED: NextStep.ASSESS,
    State.ASSESSING: NextStep.ASSESS,
    State.RETURNED: NextStep.ASSESS,
    State.REOPENED: NextStep.ASSESS,
    State.AWAITING_APPROVAL: NextStep.DECIDE,
    State.APPROVED: NextStep.SEND,
    State.UNDELIVERABLE: NextStep.SEND,
    State.SENT: NextStep.CHASE,
    State.ACKNOWLEDGED: NextStep.CHASE,
    State.DECIDED: NextStep.CHECK,
    State.CHECKED: NextStep.CLOSE,
    State.NO_RESPONSE: NextStep.CLOSE,
}
"""The step that each state waits for. What has come to an end waits for none."""
CHASED = tuple(state for state, step in NEXT_STEP.items() if step is NextStep.CHASE)
"""States in which the platform may be reminded."""
DAYS: Mapping[NextStep, Callable[[Profile], int]] = {
    NextStep.TRIAGE: lambda desk: desk.triage_days,
    NextStep.ASSESS: lambda desk: desk.assess_days,
    NextStep.DECIDE: lambda desk: desk.decide_days,
    NextStep.SEND: lambda desk: desk.send_days,
    NextStep.CHECK: lambda desk: desk.check_days,
    NextStep.CLOSE: lambda desk: desk.close_days,
}
"""How many working days the desk's profile gives each step; a chase has its own two."""

URGENT = frozenset(NextStep) - {NextStep.CHECK, NextStep.CLOSE}
"""The steps before a platform decides: where a life is at risk, none of them waits."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a desk's clocks go by: its profile, and its working days."""

    desk: Profile
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands, as the clocks see it.

    ``set_to``: when its next step is due, as was set when it began to wait; None where that is not
    known any more, because the step was put off since. ``answer_by``: by when the law has the
    platform act on a notice that was given, where it does. ``before_challenge``: where it stood
    when a challenge interrupted it.
    """

    state: State
    state_since: datetime
    in_the_post: bool = False
    last_message_at: datetime | None = None
    chases: int = 0
    set_to: datetime | None = None
    answer_by: datetime | None = None
    before_challenge: State | None = None

    @property
    def step(self) -> NextStep | None:
        """Give the step that it waits for; none while a message is on its way."""
        return None if self.in_the_post else NEXT_STEP.get(self.state)

    @property
    def since(self) -> datetime:
        """Say since when it waits: for a platform, since our message or its acknowledgement."""
        if self.last_message_at is None or NEXT_STEP.get(self.state) is not NextStep.CHASE:
            return self.state_since
        if self.state is State.ACKNOWLEDGED:
            return max(self.last_message_at, self.state_since)
        return self.last_message_at


class NothingToPutOff(Refused):
    """Only a step that an officer is to take can be put off."""

    code = "E-CLOCK-01"
    kind = Kind.CONFLICT


class PutOffTooFar(Refused):
    """A step is put off to a later working day, no further than the desk's profile allows."""

    code = "E-CLOCK-02"


class PutOffTooOften(Refused):
    """One step is put off no more often than the desk's profile allows."""

    code = "E-CLOCK-03"
    kind = Kind.CONFLICT


class NotDueBefore(Refused):
    """Putting a step off never brings it forward: it is to no day before it was due."""

    code = "E-CLOCK-06"


class EmergencyWaits(Refused):
    """Where a life is at risk, nothing is put off."""

    code = "E-CLOCK-04"
    clause = words("ECHR Article 2")
    verified = False
    kind = Kind.CONFLICT


class TooManyAtOnce(Refused):
    """One page of reminders is sent at once, never more."""

    code = "E-CLOCK-05"


def chase_due_at(standing: Standing, clocks: Clocks) -> datetime:
    """Give the moment from which the platform may be reminded again.

    It has so many whole working days to answer; the desk reminds it on the working day after. An
    acknowledgement gives it as many days anew, and takes back no reminder that was sent. Times that
    were changed since do not reach back. Where the law itself sets the time, the first reminder
    goes as it ends, on whatever day.
    """
    if standing.set_to:
        return standing.set_to
    if standing.answer_by and standing.chases == 0:
        return standing.answer_by
    days = clocks.desk.first_chase_days if standing.chases == 0 else clocks.desk.chase_gap_days
    return clocks.calendar.opening_after(standing.since, days)


def due_at(standing: Standing, clocks: Clocks) -> datetime | None:
    """Give the moment by which the next step is due; none where nothing is to be done.

    Under challenge the desk's own clocks stand still; the time that the law gives a platform to act
    on a content removal notice runs on until it decides.
    """
    if standing.before_challenge is not None:
        return standing.answer_by if standing.before_challenge in CHASED else None
    step = standing.step
    if step is None:
        return None
    if step is NextStep.CHASE:
        return chase_due_at(standing, clocks)
    if standing.set_to:
        return standing.set_to
    return clocks.calendar.end_after(standing.since, DAYS[step](clocks.desk))


def check_may_put_off(
    standing: Standing, until: date, clocks: Clocks, *, emergency: bool, before: int, today: date
) -> None:
    """Refuse to put a step off that cannot wait, or that has waited often enough.

    ``clocks`` have the platform's own chase times.
    """
    check_can_wait(standing, clocks, emergency=emergency, before=before, today=today)
    last = latest_put_off(today, clocks)
    if not today < until <= last or not clocks.calendar.is_working_day(until):
        raise PutOffTooFar(
            words("This cannot be put off until that day."),
            do=words("Choose a working day after today, and no later than {last}."),
            at="until",
            last=last.isoformat(),
        )
    if _is_due_after(until, standing, clocks):
        raise NotDueBefore(
            words("The next step is not due before that day."),
            do=words("Choose a later working day, or leave it as it is."),
            at="until",
        )


def check_can_wait(
    standing: Standing, clocks: Clocks, *, emergency: bool, before: int, today: date
) -> None:
    """Refuse to put off a step that nobody waits for, that is urgent, or that has waited enough.

    ``before`` says how often this same step was put off already.
    """
    if standing.step is None:
        raise NothingToPutOff(
            words("Nobody is to do anything with this referral now."),
            do=words("Open the referral to see how it stands."),
        )
    if emergency and standing.step in URGENT:
        raise EmergencyWaits(
            words("A life is at risk here."), do=words("Take the next step, or ask a colleague to.")
        )
    if before >= clocks.desk.snoozes_of_a_step:
        raise PutOffTooOften(
            words("This step was put off {count} times already."),
            do=words("Take it, or end the referral for a reason."),
            count=str(before),
        )
    if _is_due_after(latest_put_off(today, clocks), standing, clocks):
        raise NotDueBefore(
            words("The next step is not due for longer than it could be put off."),
            do=words("Leave it as it is."),
        )


def latest_put_off(today: date, clocks: Clocks) -> date:
    """Give the last day that a step may be put off until."""
    return clocks.calendar.working_day_after(today, clocks.desk.snooze_days)


def check_how_many(count: int) -> None:
    """Refuse to remind of more referrals at once than a page shows."""
    if count > MOST_CHASES_AT_ONCE:
        raise TooManyAtOnce(
            words("You can send up to {most} reminders at once."),
            do=words("Send them in several goes."),
            most=str(MOST_CHASES_AT_ONCE),
        )


def _is_due_after(day: date, standing: Standing, clocks: Clocks) -> bool:
    """Say whether the next step is due after a day begins, as it was before it was put off."""
    due = due_at(standing, clocks)
    return due is not None and due > clocks.calendar.start_of(day)
