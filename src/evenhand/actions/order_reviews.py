"""The review of a content removal notice: asked for by its platform, made by another officer."""

from uuid import UUID

from django.db import transaction

from evenhand.actions.entering import about, committed
from evenhand.actions.referrals import add_move, withdraw
from evenhand.ledger.acts import Act
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.order_reviews import OrderReview, check_can_be_asked, check_may_review
from evenhand.rules.referrals import check_version
from evenhand.rules.texts import check_reason
from evenhand.store.referrals import ReferralRow
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing

MOVES = {it: f"order_{it}" for it in OrderReview}


def note_asked(row: ReferralRow, *, acting: Acting) -> None:
    """Note on a locked referral that its platform itself asks for a review.

    Raises NoOrder, ReviewedOnce.
    """
    check_can_be_asked(row.order(_senders(row)))
    with writing() as pen:
        row.order_review = OrderReview.ASKED
        row.keep()
        pen.enter(about(row, Act.ORDER_REVIEW_ASKED, None, acting=acting))


def record_asked(
    reference: str, reason: str, *, seen_version: int | None = None, acting: Acting
) -> None:
    """Record that a platform asks for a review, by mail or otherwise, and why, in a few words.

    Raises NoOrder, ReviewedOnce.
    """
    check_may(acting.officer, Permission.RECORD_ANSWER)
    check_reason(reason)
    with writing() as pen:
        row = ReferralRow.objects.locked(reference)
        check_version(row.as_fact(), seen_version)
        check_can_be_asked(row.order(_senders(row)))
        key = open_record_key(row.key)
        row.order_review = OrderReview.ASKED
        row.keep()
        add_move(row, key, MOVES[OrderReview.ASKED], reason, acting=acting)
        reasoned = committed(key, reason)
        pen.enter(
            about(
                row,
                Act.ORDER_REVIEW_ASKED,
                Permission.RECORD_ANSWER,
                acting=acting,
                reason=reasoned,
            )
        )


def review(
    reference: str,
    reason: str,
    *,
    withdrawn: bool,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Confirm a content removal notice after its review, or withdraw it with its referral.

    Raises NoOrder, GaveItThemselves.
    """
    check_may(acting.officer, Permission.REVIEW_ORDER)
    check_reason(reason)
    outcome = OrderReview.WITHDRAWN if withdrawn else OrderReview.CONFIRMED
    with transaction.atomic(savepoint=False):
        with writing() as pen:
            row = ReferralRow.objects.locked(reference)
            check_version(row.as_fact(), seen_version)
            check_may_review(row.order(_senders(row)), acting.officer)
            key = open_record_key(row.key)
            row.order_review = outcome
            row.keep()
            add_move(row, key, MOVES[outcome], reason, acting=acting)
            entry = about(
                row,
                Act.ORDER_REVIEWED,
                Permission.REVIEW_ORDER,
                acting=acting,
                outcome=outcome,
                reason=committed(key, reason),
            )
            pen.enter(entry)
        if withdrawn:
            withdraw(reference, reason, acting=acting)


def _senders(row: ReferralRow) -> list[UUID]:
    """Give whoever sent a content removal notice about a referral."""
    sent = row.noticerows.filter(form=NoticeForm.WEAPONS)
    return list(sent.values_list("by_id", flat=True))
