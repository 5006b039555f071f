"""The review of a content removal notice: asked for, made by another, seen by the platform."""

from datetime import timedelta

import pytest

from evenhand.actions import order_reviews, platform_links
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.queries import platform_links as links
from evenhand.queries import referral as one_referral
from evenhand.rules.notice_forms import WEAPONS_TIME
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.order_reviews import GaveItThemselves, NoOrder, OrderReview, ReviewedOnce
from evenhand.rules.platform_links import Named, Writing
from evenhand.rules.referrals import ChangedMeanwhile, State
from evenhand.rules.texts import ReasonMissing, TextMissing
from tests.actions.test_notice_forms import CLIPS, ORDER, approved, deliver, send
from tests.actions.test_platform_links import token_of
from tests.builders import ADA, CY, SAM, as_reader
from tests.journeys import Desk, changing_nothing, refused, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def given(desk: Desk, address: str = CLIPS) -> str:
    """Have a content removal notice given: assessed by Bo, approved by Cy, sent by Ada."""
    reference = approved(desk, harm="W1", address=address)
    deliver(desk, send(desk, reference, ORDER))
    return reference


def asked(desk: Desk) -> str:
    reference = given(desk)
    order_reviews.record_asked(reference, "They say it is a prop.", acting=desk.by(ADA))
    return reference


def review(desk: Desk, reference: str, officer: Officer = SAM, *, withdrawn: bool = False) -> None:
    order_reviews.review(reference, "We looked.", withdrawn=withdrawn, acting=desk.by(officer))


def acts(reference: str) -> list[Act]:
    return [it.act for it in history.of(reference, officer=ADA).lines]


def test_a_notice_that_was_given_shows_its_clock(server: MailServer) -> None:
    desk = Desk()
    reference = given(desk)
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.order is not None
    assert read.order.act_by - read.order.given_at == WEAPONS_TIME == timedelta(hours=48)
    assert row(reference).due_at == read.order.act_by
    assert read.order.givers >= {ADA.ref, CY.ref}
    other = desk.brought_to(State.SENT)
    assert one_referral.one(other, acting=as_reader(ADA)).order is None


@pytest.mark.parametrize("by_program", [False, True])
def test_a_platform_asks_and_gives_its_reasons(server: MailServer, by_program: bool) -> None:
    desk = Desk()
    reference = given(desk)
    named = Named(row(reference).platform, reference)
    request = named if by_program else token_of(reference)
    assert links.one(named, now=desk.now).may_ask_review
    with changing_nothing(), refused(TextMissing):
        platform_links.write(request, Writing.REVIEW, " ", acting=desk.by(WORKER))
    platform_links.write(request, Writing.REVIEW, "It is a prop.", acting=desk.by(WORKER))
    seen = links.one(named, now=desk.now)
    assert (seen.review, seen.may_ask_review) == (OrderReview.ASKED, False)
    assert Act.ORDER_REVIEW_ASKED in acts(reference)
    assert row(reference).mail_since is not None
    with changing_nothing(), refused(ReviewedOnce):
        platform_links.write(request, Writing.REVIEW, "Again.", acting=desk.by(WORKER))


def test_no_review_is_asked_for_of_what_orders_nothing() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    with changing_nothing(), refused(NoOrder):
        platform_links.write(token_of(reference), Writing.REVIEW, "Why?", acting=desk.by(WORKER))
    with changing_nothing(), refused(NoOrder):
        order_reviews.record_asked(reference, "Why?", acting=desk.by(ADA))


def test_an_officer_records_that_a_review_is_asked_for(server: MailServer) -> None:
    desk = Desk()
    reference = given(desk)
    with changing_nothing(), refused(ReasonMissing):
        order_reviews.record_asked(reference, "", acting=desk.by(ADA))
    with changing_nothing(), refused(ChangedMeanwhile):
        order_reviews.record_asked(reference, "Prop.", seen_version=1, acting=desk.by(ADA))
    order_reviews.record_asked(reference, "They say it is a prop.", acting=desk.by(ADA))
    made = one_referral.one(reference, acting=as_reader(ADA)).moves[-1]
    assert (made.move, made.reason) == ("order_asked", "They say it is a prop.")
    assert Act.ORDER_REVIEW_ASKED in acts(reference)


def test_somebody_without_a_part_in_it_confirms_it(server: MailServer) -> None:
    desk = Desk()
    reference = asked(desk)
    with changing_nothing(), refused(RoleMissing):
        review(desk, reference, ADA)
    with changing_nothing(), refused(GaveItThemselves):
        review(desk, reference, CY)
    review(desk, reference)
    stored = row(reference)
    assert (stored.order_review, stored.state) == (OrderReview.CONFIRMED, State.SENT)
    assert Act.ORDER_REVIEWED in acts(reference)
    named = Named(stored.platform, reference)
    assert links.one(named, now=desk.now).review is OrderReview.CONFIRMED
    with changing_nothing(), refused(NoOrder):
        review(desk, reference)


def test_a_notice_that_should_not_have_been_given_is_withdrawn_whole(server: MailServer) -> None:
    desk = Desk()
    reference = asked(desk)
    review(desk, reference, withdrawn=True)
    stored = row(reference)
    assert (stored.order_review, stored.state) == (OrderReview.WITHDRAWN, State.WITHDRAWN)
    assert acts(reference)[-3:] == [
        Act.ORDER_REVIEWED,
        Act.REFERRAL_WITHDRAWN,
        Act.NOTICE_REQUESTED,
    ]
    assert one_referral.one(reference, acting=as_reader(ADA)).order is None


def test_a_referral_that_is_open_again_has_no_order(server: MailServer) -> None:
    desk = Desk()
    reference = asked(desk)
    review(desk, reference, withdrawn=True)
    desk.do(reference, "reopen")
    assert row(reference).order_review == OrderReview.WITHDRAWN
    with changing_nothing(), refused(NoOrder):
        order_reviews.record_asked(reference, "Again.", acting=desk.by(ADA))
