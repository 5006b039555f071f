"""What a reply held back by law is looked at again: by one officer, and confirmed by a second."""

from uuid import UUID

from django.utils import timezone

from evenhand.actions.entering import committed
from evenhand.actions.rights_receiving import about_request
from evenhand.ledger.acts import Act
from evenhand.rules.notification import check_review_day
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.rights import NotAPiece, RightsStanding, Withheld
from evenhand.rules.rights_replies import check_nothing_waits
from evenhand.rules.rights_reviews import (
    Restriction,
    RestrictionOutcome,
    Review,
    ReviewStanding,
    check_may_answer,
    check_may_look_again,
    check_review,
)
from evenhand.rules.seeing import check_as_seen
from evenhand.rules.texts import check_reason
from evenhand.rules.words import words
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_found import RightsMarkRow, RightsReviewRow
from evenhand.store.rights_letters import IS_FURTHER, WAITS
from evenhand.store.rights_packing import whole
from evenhand.store.sealing import open_record_key, seal_into
from evenhand.store.writing import writing

HANDLE, APPROVE = Permission.HANDLE_RIGHTS, Permission.APPROVE_RIGHTS


def look_again(reference: str, piece: str, found: Review, *, acting: Acting) -> None:
    """Say whether what an answered request holds back stays so; it counts once it is confirmed.

    Raises RestrictionNotAllowed, NothingToReview.
    """
    check_may(acting.officer, HANDLE)
    check_review(found, today=timezone.localdate(acting.at))
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        mark = _mark(row, piece)
        check_may_look_again(RightsStanding(row.standing), _as_fact(mark), found.outcome)
        key = open_record_key(mark.person.key)
        made = RightsReviewRow(
            request=row,
            mark=mark,
            person=mark.person,
            outcome=found.outcome,
            review_on=found.review_on,
            by_id=acting.officer.ref,
            at=acting.at,
        )
        seal_into(made, key, reasons=found.reasons)
        made.save(force_insert=True)
        entry = about_request(
            row,
            Act.RIGHTS_REVIEWED,
            HANDLE,
            acting=acting,
            outcome=found.outcome,
            objs=(mark.person_id,),
            reason=committed(key, found.reasons),
        )
        pen.enter(entry)


def answer(
    reference: str, piece: str, reason: str, *, approves: bool, seen: UUID, acting: Acting
) -> None:
    """Confirm a review as the second officer, or return it. ``seen``: the review they looked at.

    What is kept has its new day; what is lifted is owed to the person. Raises OwnRequest,
    NothingToReview, ChangedMeanwhile, LetterNotReady where a further letter waits that says
    otherwise.
    """
    check_may(acting.officer, APPROVE)
    check_reason(reason)
    with writing() as pen:
        row = RightsRequestRow.objects.locked(reference)
        mark = _mark(row, piece)
        review = mark.reviews.filter(standing=ReviewStanding.PROPOSED).first()
        check_may_answer(OfficerRef(review.by_id) if review else None, acting.officer.ref)
        assert review is not None  # noqa: S101 - tells the type
        check_as_seen(reference, review.id, seen)
        key = open_record_key(mark.person.key)
        review.standing = ReviewStanding.CONFIRMED if approves else ReviewStanding.RETURNED
        review.answered_by_id, review.answered_at = acting.officer.ref, acting.at
        seal_into(review, key, answer=reason)
        review.save()
        if approves:
            _settle(row, mark, review, acting)
        entry = about_request(
            row,
            Act.RIGHTS_REVIEW_CONFIRMED if approves else Act.RIGHTS_REVIEW_RETURNED,
            APPROVE,
            acting=acting,
            outcome=review.outcome,
            objs=(mark.person_id,),
            reason=committed(key, reason),
        )
        pen.enter(entry)


def _settle(
    row: RightsRequestRow, mark: RightsMarkRow, review: RightsReviewRow, acting: Acting
) -> None:
    if review.outcome == RestrictionOutcome.KEPT:
        check_review_day(review.review_on, today=timezone.localdate(acting.at))
        mark.review_on = review.review_on
        mark.save()
        return
    check_nothing_waits(row.letters.filter(IS_FURTHER, standing__in=WAITS).exists())
    mark.lifted_at = acting.at
    mark.save()
    row.standing = RightsStanding.LIFTED
    row.save()


def _mark(row: RightsRequestRow, piece: str) -> RightsMarkRow:
    found = row.marks.select_related("person__key").filter(piece=piece).first()
    if found is None:
        raise NotAPiece(
            words("Nothing of this name is held back for this request, or not any more."),
            do=words("Open the request again and choose from what is there."),
        )
    return found


def _as_fact(mark: RightsMarkRow) -> Restriction:
    all_of_it = whole(mark.person)
    held = mark.request.marks.standing().filter(piece=all_of_it)
    return Restriction(
        withheld=Withheld(mark.withheld),
        is_lifted=mark.lifted_at is not None,
        in_whole=mark.piece != all_of_it and held.exists(),
        waits=mark.reviews.filter(standing=ReviewStanding.PROPOSED).exists(),
    )
