"""Reviewing what is kept: one record at a time; a second officer confirms what it came to."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.actions import sharing
from evenhand.actions.closing import close, keep_evidence_closed, opened
from evenhand.actions.disposal import dispose, locked_to_go
from evenhand.actions.entering import about, committed
from evenhand.ledger.acts import Act
from evenhand.rules.disposal import Reason
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.retention import Closed
from evenhand.rules.reviews import (
    NothingProposed,
    Review,
    ReviewOutcome,
    ReviewStanding,
    check_may_confirm,
    check_review,
    check_seen,
)
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.store.people import PersonRow
from evenhand.store.records import Record, kept, locked, parts_of
from evenhand.store.retention import ReviewRow
from evenhand.store.schedules import schedule_of
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing


def review(
    reference: str, found: Review, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Record the review of one ended referral. To keep or dispose waits for a second officer."""
    check_may(acting.officer, Permission.REVIEW)
    with writing() as pen:
        row = locked(reference)
        check_seen(row.reference, row.version, seen_version)
        found_kept, today = kept(row), timezone.localdate(acting.at)
        schedule = schedule_of(found_kept.schedule)
        check_review(found_kept, found, schedule, by=acting.officer.ref, today=today)
        key = open_record_key(row.key)
        if found.outcome is ReviewOutcome.RESTRICT:
            close(row, Closed.REVIEW, pen, acting=acting)
        if found.outcome is ReviewOutcome.DISPOSE and isinstance(row, PersonRow):
            row.must_go(Duty.REVIEW_FAILED, today=today)
        row.keep()
        _waiting(row).update(standing=ReviewStanding.REPLACED)
        step = ReviewRow(
            **parts_of(row),
            schedule=found_kept.schedule,
            by_id=acting.officer.ref,
            at=acting.at,
            day=today,
            outcome=found.outcome,
            until=found.until if found.outcome is ReviewOutcome.RETAIN else None,
            last_day=found.last_day if found.outcome is ReviewOutcome.RETAIN else None,
            seen_version=row.version,
            standing=_standing(found.outcome),
        )
        seal_into(step, key, reason=found.reason, **{str(k): it for k, it in found.answers.items()})
        step.save(force_insert=True)
        pen.enter(
            about(
                row,
                Act.REVIEW_RECORDED,
                Permission.REVIEW,
                acting=acting,
                outcome=found.outcome,
                reason=committed(key, found.reason),
            )
        )


def confirm(reference: str, *, acting: Acting) -> str:
    """Confirm what a review proposed: keep the record on, or dispose of what comes to its end.

    Gives the reference of the certificate of a disposal, else the empty text. Where somebody was
    given data of a person who would go, they are told first, and nothing else is done: it is
    confirmed once that was sent. Raises RecallsWait until then.
    """
    check_may(acting.officer, Permission.CONFIRM_REVIEW)
    if _recall_from_others(reference, acting):
        return ""
    with writing() as pen:
        row = locked_to_go(reference)
        proposal = _waiting(row).first()
        found_kept, today = kept(row), timezone.localdate(acting.at)
        found = check_may_confirm(
            found_kept,
            proposal.as_proposal() if proposal else None,
            version=row.version,
            by=acting.officer.ref,
            today=today,
        )
        assert proposal is not None  # noqa: S101 - the rule has refused that already
        proposal.standing, proposal.settled_at = ReviewStanding.CONFIRMED, acting.at
        proposal.settled_by_id = acting.officer.ref
        proposal.save()
        if found.outcome is ReviewOutcome.DISPOSE:
            is_last = today >= found_kept.dates.max_on
            because = Reason.LAST_DAY if is_last else Reason.REVIEWED
            return dispose(row, because, proposed_by=found.by, pen=pen, acting=acting)
        _keep_on(row, proposal, today=today)
        opened(row, pen, acting=acting)
        pen.enter(about(row, Act.REVIEW_CONFIRMED, Permission.CONFIRM_REVIEW, acting=acting))
    return ""


def _recall_from_others(reference: str, acting: Acting) -> bool:
    """Have everybody told who was given anything of a person that somebody else let go. A18."""
    with transaction.atomic():
        row = locked(reference)
        proposal = _waiting(row).first()
        if not isinstance(row, PersonRow) or proposal is None:
            return False
        goes = proposal.outcome == ReviewOutcome.DISPOSE and proposal.by_id != acting.officer.ref
        return goes and sharing.recall_to_erase(row.id, acting=acting)


def decline(reference: str, reason: str, *, acting: Acting) -> None:
    """Decline what a review proposed, for a reason; the record waits for another review."""
    check_may(acting.officer, Permission.CONFIRM_REVIEW)
    check_reason(reason)
    with writing() as pen:
        row = locked(reference)
        proposal = _waiting(row).first()
        if proposal is None:
            raise NothingProposed(
                words("Nothing waits for your confirmation here."),
                do=words("Look at the list of what is due."),
            )
        proposal.standing, proposal.settled_at = ReviewStanding.DECLINED, acting.at
        proposal.settled_by_id = acting.officer.ref
        key = open_record_key(row.key)
        seal_into(proposal, key, settled_because=reason)
        proposal.save()
        if isinstance(row, PersonRow) and row.erase_because == Duty.REVIEW_FAILED:
            row.erase_because = None
        row.keep()
        pen.enter(
            about(
                row,
                Act.REVIEW_DECLINED,
                Permission.CONFIRM_REVIEW,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def _keep_on(row: Record, proposal: ReviewRow, *, today: date) -> None:
    if row.open_again(Closed.LATE, Closed.REVIEW):
        keep_evidence_closed(row, today=today)
    assert proposal.until is not None  # noqa: S101 - the database holds that too
    row.review_on = proposal.until
    if proposal.last_day:
        row.max_on, row.extended = proposal.last_day, True
    row.keep()


def _waiting(row: Record) -> QuerySet[ReviewRow]:
    return row.reviewrows.filter(standing=ReviewStanding.WAITING)


def _standing(outcome: ReviewOutcome) -> ReviewStanding:
    return ReviewStanding.IN_FORCE if outcome is ReviewOutcome.RESTRICT else ReviewStanding.WAITING
