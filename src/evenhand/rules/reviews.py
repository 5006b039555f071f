"""Reviews: each question answered by itself, by somebody who did not work on the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from evenhand.rules.disposal_duty import check_no_duty
from evenhand.rules.holds import check_no_hold, check_other_officer
from evenhand.rules.officers import OfficerRef
from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.retention import Kept, LastDayFixed, duty_to_erase, period_of_review
from evenhand.rules.retention_schedules import Schedule
from evenhand.rules.texts import check_reason, check_text, says_too_little, words_in
from evenhand.rules.words import words

NEWEST_FINDING = timedelta(days=30)
"""A finding that moves a last day is no older than this when it is confirmed."""


class ReviewOutcome(StrEnum):
    """What a review came to. There is no fourth, and none for several records at once."""

    DISPOSE = "dispose"
    RETAIN = "retain"
    RESTRICT = "restrict"


class ReviewStanding(StrEnum):
    """What became of a review. To restrict takes effect at once; the others wait for a second."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPLACED = "replaced"
    IN_FORCE = "in_force"


class Question(StrEnum):
    """What a review asks, one by one."""

    PURPOSE = "purpose"
    ROLE = "role_right"
    NEWS = "news"
    ACCURACY = "accuracy"
    LESS = "less_intrusive"
    INTEREST = "whose_interest"
    RECIPIENTS = "recipients"


QUESTIONS: Mapping[Question, str] = {
    Question.PURPOSE: words("For which live purpose is it still needed?"),
    Question.ROLE: words("Are the roles of the people in it still right?"),
    Question.NEWS: words("Has anything new happened since it ended?"),
    Question.ACCURACY: words("Is it accurate, and were its facts checked?"),
    Question.LESS: words("Would a record that says less do?"),
    Question.INTEREST: words("If a child or a victim is in it: whose interest is it to keep it?"),
    Question.RECIPIENTS: words("Who received it, and have they been told of changes?"),
}


class ReviewIncomplete(Refused):
    """A record is kept on only if each question of its review is answered, each for itself."""

    code = "E-REV-23"
    clause = words("DPA 2018 s.39(2); College of Policing: review, retention and disposal")
    verified = False


class ReviewerInvolved(Refused):
    """Whoever reviews a record, or releases it, neither made it nor decided on it."""

    code = "E-REV-24"
    clause = words("Rule of this desk: separation of duties")
    kind = Kind.FORBIDDEN


class NothingProposed(Refused):
    """Only what a reviewer proposed, and nobody has answered yet, is confirmed or declined."""

    code = "E-REV-25"
    kind = Kind.CONFLICT


def no_figures_wait(code: str) -> NothingProposed:
    """Say that no new figures of a schedule wait for a second person."""
    return NothingProposed(
        words("No such figures wait for {schedule}: none do, or others took their place."),
        do=words("Look at the retention schedule again. A records reviewer proposes figures."),
        schedule=code,
    )


class NotDue(Refused):
    """A record that has not come to an end, or that has none, is not reviewed."""

    code = "E-REV-26"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review. ``until`` is the next day of review; ``last_day`` a new last day, if any."""

    outcome: ReviewOutcome
    reason: str
    answers: Mapping[Question, str] = field(default_factory=dict)
    until: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What waits for a second officer: who proposed what, when, and at which version."""

    outcome: ReviewOutcome
    by: OfficerRef
    on: date
    version: int
    last_day: date | None = None


def check_review(
    kept: Kept, review: Review, schedule: Schedule, *, by: OfficerRef, today: date
) -> None:
    """Refuse a review that leaves something open, or keeps for longer than may be. A22, A23."""
    check_not_involved(kept, by)
    check_reason(review.reason)
    match review.outcome:
        case ReviewOutcome.DISPOSE:
            check_no_hold(kept.holds, today=today)
        case ReviewOutcome.RETAIN:
            check_no_duty(duty_to_erase(kept, today=today))
            raise_all(_missing(review.answers))
            _check_last_day(kept, review, schedule)
            _check_until(kept, review, schedule, today=today)
        case ReviewOutcome.RESTRICT:
            pass
        case _:
            assert_never(review.outcome)


def check_may_confirm(
    kept: Kept, proposal: Proposal | None, *, version: int, by: OfficerRef, today: date
) -> Proposal:
    """Refuse to confirm what was not proposed, by the same person, too late or after changes."""
    if proposal is None:
        raise NothingProposed(
            words("Nothing waits for your confirmation here."),
            do=words("Look at the list of what is due."),
        )
    check_other_officer(proposal.by, by)
    check_not_involved(kept, by)
    if proposal.outcome is not ReviewOutcome.DISPOSE:
        check_no_duty(duty_to_erase(kept, today=today))
    if proposal.version != version:
        raise ChangedMeanwhile(
            words("{reference} changed after it was reviewed."),
            do=words("Decline it, and have it reviewed again."),
            reference=kept.reference,
        )
    if proposal.outcome is ReviewOutcome.DISPOSE:
        check_no_hold(kept.holds, today=today)
    if proposal.last_day and (kept.extended or today - proposal.on > NEWEST_FINDING):
        raise _fixed()
    return proposal


def check_seen(reference: str, version: int, seen: int | None) -> None:
    """Refuse a review of an older version than the stored one. None: no version was named."""
    if seen is not None and seen != version:
        raise ChangedMeanwhile(
            words("{reference} changed while you were looking at it."),
            do=words("Nothing was saved. Look at it again before you go on."),
            reference=reference,
        )


def check_not_involved(kept: Kept, officer: OfficerRef) -> None:
    """Refuse whoever worked on the record itself."""
    if officer in kept.worked_on_by:
        raise ReviewerInvolved(
            words("You worked on this record yourself."), do=words("Ask a colleague to review it.")
        )


def _missing(answers: Mapping[Question, str]) -> list[Refused]:
    found: list[Refused] = []
    said: set[tuple[str, ...]] = set()
    for question in Question:
        text = answers.get(question, "")
        check_text(text, at=question)
        answer = tuple(words_in(text))
        if says_too_little(text):
            sentence = words("This question of the review has no answer yet.")
            found.append(_no_answer(question, sentence))
        elif answer in said:
            sentence = words("This answer is the same as to another question of the review.")
            found.append(_no_answer(question, sentence))
        said.add(answer)
    return found


def _no_answer(question: Question, sentence: str) -> ReviewIncomplete:
    return ReviewIncomplete(
        sentence,
        do=words("Answer each question for this record, in a sentence. “As before” is no answer."),
        at=question,
    )


def _check_last_day(kept: Kept, review: Review, schedule: Schedule) -> None:
    if review.last_day is None:
        return
    latest = period_of_review(schedule, child=kept.child).after(kept.dates.max_on)
    if kept.extended or not kept.dates.max_on < review.last_day <= latest:
        raise _fixed()


def _check_until(kept: Kept, review: Review, schedule: Schedule, *, today: date) -> None:
    next_one = period_of_review(schedule, child=kept.child).after(today)
    latest = min(next_one, review.last_day or kept.dates.max_on)
    if review.until is None or not today < review.until <= latest:
        raise ReviewIncomplete(
            words("The next day of review lies after today, and by {latest} at the latest."),
            do=words("Choose an earlier day. After the last day nothing is kept."),
            at="until",
            latest=latest.isoformat(),
        )


def _fixed() -> LastDayFixed:
    return LastDayFixed(
        words("The last day of this record cannot be moved so."),
        do=words(
            "It moves once, by one period of review at most, on a finding of the last 30 days that"
            " a second officer confirms."
        ),
        at="last_day",
    )
