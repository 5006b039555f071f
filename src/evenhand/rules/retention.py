"""How long a record is kept: its schedule, its day of review, its last day, and what is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import Hold, is_held
from evenhand.rules.officers import Officer, OfficerRef, Permission, may
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Dates, Period, Schedule, ScheduleWrong
from evenhand.rules.words import words


class Closed(StrEnum):
    """Why a record is closed to casework."""

    LATE = "late"
    REVIEW = "review"
    EVIDENCE = "evidence"


RELEASE_DAYS = 14
"""So many days after its last day a record waits for its release; then its keys are destroyed."""


class RecordKind(StrEnum):
    """What is kept for a time and counted in and out."""

    REFERRAL = "referral"
    PERSON = "person"


CONTENT, TRAIL = "D02", "D01"
"""The schedules of a referral: first that of its content, then that of its decision trail."""


class What(StrEnum):
    """What goes when a schedule comes to its end: the words of the content, or the record."""

    CONTENT = "content"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Figures:
    """Months from the start until the review and until the last day; and where a child may be."""

    review: int
    most: int
    child_review: int
    child_most: int

    def over(self, schedule: Schedule) -> Schedule:
        """Give a schedule with these figures in place of its own."""
        periods = (self.review, self.most, self.child_review, self.child_most)
        review, most, child_review, child_most = (Period(it, 0) for it in periods)
        return replace(
            schedule,
            review=review,
            most=most,
            child_review=child_review,
            child_most=child_most,
        )


LIMITS: Mapping[str, tuple[int, int]] = {
    TRAIL: (24, 72),
    CONTENT: (12, 24),
    "D05": (12, 24),
    "D06": (6, 12),
    "D07": (12, 48),
    "D08": (12, 24),
    "D09": (2, 6),
    "D27": (24, 36),
    "D28": (6, 12),
    "D29": (60, 72),
}
"""The longest that a desk may set, whoever approves it: months to the review, and at most."""


class LastDayFixed(Refused):
    """A last day moves once at most, by two people, for a finding no older than 30 days."""

    code = "E-RET-22"
    clause = words("ECHR Article 8: Catt v UK, paragraphs 119 and 123; DPA 2018 s.39")
    kind = Kind.CONFLICT


class FiguresWrong(Refused):
    """A schedule's figures stay within the limits of the code, children's no longer than others."""

    code = "E-RET-23"
    clause = words("DPA 2018 s.39(2); decision 3 of the catalogue")


class Restricted(Refused):
    """What nobody reviewed in time is closed to all but who reviews it or answers for rights."""

    code = "E-RET-28"
    clause = words("DPA 2018 s.39(2): a late review fails closed")
    kind = Kind.FORBIDDEN


class ContentGone(Refused):
    """A referral is not reopened once its content was disposed of."""

    code = "E-RET-29"
    clause = words("DPA 2018 s.39: removed means removed")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record that is kept for a time, as the rules see it.

    ``restricted``: a person or the clock closed it. ``extended``: its last day was moved already.
    ``worked_on_by`` are those who made or decided it, and so do not review it. ``duty``: why a
    person's record is to be erased, where that was found.
    """

    kind: RecordKind
    reference: str
    schedule: str
    dates: Dates
    child: bool = False
    restricted: bool = False
    extended: bool = False
    holds: tuple[Hold, ...] = ()
    worked_on_by: frozenset[OfficerRef] = frozenset()
    duty: Duty | None = None


class KeepingDecision(StrEnum):
    """What is to be done with a record today."""

    KEEP = "keep"
    REVIEW = "review"
    DISPOSE = "dispose"
    DESTROY = "destroy"


class Because(StrEnum):
    """Why."""

    NOT_YET = "not_yet"
    HELD = "held"
    REVIEW_PASSED = "review_passed"
    LAST_DAY = "last_day"
    NOT_RELEASED = "not_released"
    DUTY = "duty_to_erase"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a record today, and why."""

    decision: KeepingDecision
    because: Because


def decide(kept: Kept, *, today: date) -> Verdict:
    """Say what is to be done with a record today. A hold always wins. A21, A25, A26, A28, A30."""
    if is_held(kept.holds, today=today):
        return Verdict(KeepingDecision.KEEP, Because.HELD)
    if today > kept.dates.max_on + timedelta(days=RELEASE_DAYS):
        return Verdict(KeepingDecision.DESTROY, Because.NOT_RELEASED)
    if today >= kept.dates.max_on:
        return Verdict(KeepingDecision.DISPOSE, Because.LAST_DAY)
    if kept.duty is not None and not kept.restricted:
        return Verdict(KeepingDecision.DISPOSE, Because.DUTY)
    if today >= kept.dates.review_on:
        return Verdict(KeepingDecision.REVIEW, Because.REVIEW_PASSED)
    return Verdict(KeepingDecision.KEEP, Because.NOT_YET)


def duty_to_erase(kept: Kept, *, today: date) -> Duty | None:
    """Say why a record is to be erased, if it is. A person's basis ends with the last day. A25."""
    if kept.duty or kept.kind is not RecordKind.PERSON or today < kept.dates.max_on:
        return kept.duty
    return Duty.BASIS_EXPIRED


def is_restricted(kept: Kept, *, today: date) -> bool:
    """Say whether a record is closed today, whether or not the worker has come by. A26, A28."""
    return kept.restricted or is_late(kept.dates.review_on, today=today)


def is_late(review_on: date | None, *, today: date) -> bool:
    """Say whether a day of review went by without its review."""
    return review_on is not None and review_on < today


def check_open(reference: str, *, restricted: bool, officer: Officer) -> None:
    """Refuse a closed record to all but those who review it or answer for rights in it."""
    if restricted and not may(officer, Permission.READ_RESTRICTED):
        raise Restricted(
            words("{reference} is closed: the day of its review has passed, or it is restricted."),
            do=words("Ask a records reviewer to review it."),
            reference=reference,
        )


def check_has_content(reference: str, *, has_content: bool) -> None:
    """Refuse to reopen a referral of which the desk has no address any more."""
    if not has_content:
        raise ContentGone(
            words("The content of referral {reference} was disposed of."),
            do=words("If it is there again, log its address anew."),
            reference=reference,
        )


def check_can_be_set(code: str) -> None:
    """Refuse to change the figures of a schedule that is not the desk's to set."""
    if code not in LIMITS:
        raise FiguresWrong(
            words("This desk cannot set the figures of {schedule}."),
            do=words("Choose a schedule whose figures the desk may set: {known}."),
            at="figures",
            schedule=code,
            known=", ".join(sorted(LIMITS)),
        )


def check_figures(code: str, figures: Figures) -> None:
    """Refuse figures past the limits of the code, or that keep a child's data longer."""
    check_can_be_set(code)
    review, most = LIMITS[code]
    within = (
        0 < figures.review <= min(review, figures.most)
        and figures.most <= most
        and 0 < figures.child_review <= min(figures.review, figures.child_most)
        and figures.child_most <= figures.most
    )
    if not within:
        raise FiguresWrong(
            words("These months are not allowed for {schedule}."),
            do=words(
                "Review within {review} months and keep for {most} at most; where a child may be,"
                " no longer."
            ),
            at="figures",
            schedule=code,
            review=str(review),
            most=str(most),
        )


def what_goes(code: str) -> What:
    """Say what goes at the end of a schedule: of a referral first the content, then the trail."""
    return What.CONTENT if code == CONTENT else What.RECORD


def period_of_review(schedule: Schedule, *, child: bool) -> Period:
    """Give how long after one review the next one comes at the latest."""
    review = schedule.child_review if child else schedule.review
    if review is None:
        raise ScheduleWrong(f"{schedule.code} has no review")
    return review
