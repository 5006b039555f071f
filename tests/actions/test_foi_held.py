"""What a request for information is about is held while a review can follow, and no record goes."""

from datetime import date, timedelta

import pytest

from evenhand.actions import foi, foi_ending, foi_sending, holds, retention, reviews, schedules
from evenhand.queries import foi as known
from evenhand.queries import retention as kept
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi import FoiStep, FoiStepWrong
from evenhand.rules.holds import HoldKind, OnHold
from evenhand.rules.officers import WORKER
from evenhand.rules.retention import Because, Figures, FiguresWrong
from evenhand.rules.texts import ReasonMissing
from evenhand.store.foi import FoiHoldRow
from evenhand.store.retention import HoldRow
from tests.actions.foi import UNA, answered, approved, on_paper, received, replied, row_of, stepped
from tests.actions.test_disposal import DISPOSE, a_desk
from tests.actions.test_schedules import waiting
from tests.builders import DEE, LEE, RIA, RON
from tests.journeys import Desk, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def held(desk: Desk, number: str) -> tuple[str, HoldRow]:
    reference = desk.do(desk.log(), "withdraw")
    placed = foi.hold(number, f" {reference} ", "It is asked for.", acting=desk.by(RIA))
    return reference, HoldRow.objects.get(id=placed)


def nights(desk: Desk, days: int) -> int:
    """Let days go by, then a night; give how many holds ended."""
    desk.now += timedelta(days=days)
    return foi_ending.end_holds(acting=desk.by(WORKER))


def test_what_is_asked_for_is_held_until_no_review_can_be_asked_for() -> None:
    desk = Desk()
    number = on_paper(desk)
    reference, hold = held(desk, number)
    assert hold.kind == HoldKind.FOI
    assert known.one(number, acting=desk.by(RIA)).holds == 1
    assert kept.one(reference, acting=desk.by(LEE)).holds[0].stands
    assert nights(desk, 1) == 0
    replied(desk, number)
    found = known.one(number, acting=desk.by(RIA))
    assert found.holds == 1
    assert found.holding
    assert (found.holding.until, found.holding.clock.code) == (date(2027, 1, 22), "E26")
    with refused(FoiStepWrong):
        foi.hold(number, reference, "Again.", acting=desk.by(RIA))
    last = (found.holding.until - desk.now.date()).days
    assert nights(desk, last) == 0
    assert kept.one(reference, acting=desk.by(LEE)).holds[0].stands
    assert nights(desk, 1) == 1
    hold.refresh_from_db()
    assert (hold.asked_by_id, hold.ended_by_id) == (RIA.ref, DEE.ref)
    assert known.one(number, acting=desk.by(RIA)).holds == 0
    assert nights(desk, 1) == 0


def test_the_clock_ends_what_is_held_also_once_the_instructions_are_others() -> None:
    desk = Desk()
    number = on_paper(desk)
    held(desk, number)
    replied(desk, number)
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    assert nights(desk, 100) == 1


def test_a_review_and_the_commissioner_keep_what_is_held() -> None:
    desk = Desk()
    number = on_paper(desk)
    _reference, hold = held(desk, number)
    replied(desk, number)
    desk.now += timedelta(days=30)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    assert known.one(number, acting=desk.by(RIA)).holding is None
    assert nights(desk, 100) == 0
    stepped(desk, number, FoiStep.REVIEWED, by=UNA)
    holding = known.one(number, acting=desk.by(RIA)).holding
    assert holding
    assert (holding.until - desk.now.date()).days in range(89, 93)
    assert (holding.clock.code, holding.clock.verified) == ("E27", False)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED)
    assert nights(desk, 200) == 0
    stepped(desk, number, FoiStep.COMMISSIONER_DECIDED)
    assert nights(desk, 1) == 0
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    hold.refresh_from_db()
    assert (hold.asked_at, hold.ended_at) == (None, None)
    assert nights(desk, 80) == 0
    assert nights(desk, 14) == 1


def test_a_review_that_is_withdrawn_keeps_what_is_held_while_the_commissioner_can_be_asked() -> (
    None
):
    desk = Desk()
    number = on_paper(desk)
    held(desk, number)
    replied(desk, number)
    desk.now += timedelta(days=30)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    desk.now += timedelta(days=60)
    stepped(desk, number, FoiStep.REVIEW_WITHDRAWN)
    assert nights(desk, 80) == 0
    assert nights(desk, 14) == 1


def test_nothing_held_for_a_request_is_disposed_of_while_a_review_can_follow() -> None:
    desk = a_desk()
    number = on_paper(desk)
    reference, _hold = held(desk, number)
    replied(desk, number)
    with changing_nothing(), refused(OnHold):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
    desk.now += timedelta(days=40)
    assert not retention.run(acting=desk.by(WORKER)).destroyed
    assert kept.one(reference, acting=desk.by(LEE)).verdict.because is Because.HELD
    nights(desk, 60)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))


def test_a_colleague_still_ends_what_was_held_by_mistake() -> None:
    desk = Desk()
    number = on_paper(desk)
    reference, hold = held(desk, number)
    holds.ask_to_end(reference, hold.id, "It is another record.", acting=desk.by(RIA))
    replied(desk, number)
    assert nights(desk, 100) == 0
    holds.end(reference, hold.id, acting=desk.by(LEE))
    assert known.one(number, acting=desk.by(RIA)).holds == 0


def test_a_request_that_is_erased_after_its_reply_leaves_no_hold_that_nobody_ends() -> None:
    desk = Desk()
    number = on_paper(desk)
    _reference, hold = held(desk, number)
    replied(desk, number)
    foi_ending.forget(row_of(number).id, acting=desk.by(WORKER))
    hold.refresh_from_db()
    assert (hold.asked_by_id, hold.ended_at) == (RIA.ref, None)


def set_figures(desk: Desk, code: str, figures: Figures) -> None:
    schedules.propose(code, figures, "We need less.", acting=desk.by(RON))
    schedules.approve(code, seen=waiting(code), acting=desk.by(DEE))


def test_shorter_figures_of_the_desk_count_and_longer_ones_do_not() -> None:
    desk = Desk()
    desk.put_in_force(DocumentKind.APD)
    set_figures(desk, "D27", Figures(6, 12, 6, 12))
    set_figures(desk, "D28", Figures(3, 6, 3, 6))
    set_figures(desk, "D29", Figures(12, 24, 12, 24))
    number = on_paper(desk)
    published, row = replied(desk, number), row_of(number)
    assert (row.review_on, row.max_on) == (date(2027, 5, 20), date(2027, 11, 20))
    assert row.requester.last_on == date(2027, 5, 20)
    assert published.max_on == date(2028, 11, 20)
    with refused(FiguresWrong):
        set_figures(desk, "D28", Figures(6, 13, 6, 13))


def test_no_figures_of_the_desk_erase_a_request_while_a_review_can_follow() -> None:
    desk = Desk()
    desk.put_in_force(DocumentKind.APD)
    for code in ("D27", "D28"):
        set_figures(desk, code, Figures(1, 1, 1, 1))
    number, withdrawn = on_paper(desk), on_paper(desk)
    replied(desk, number)
    stepped(desk, withdrawn, FoiStep.WITHDRAWN)
    row = row_of(number)
    assert row.max_on == row.requester.last_on == date(2027, 1, 23)
    assert row_of(withdrawn).max_on == date(2026, 12, 20)


def test_what_one_officer_closed_another_one_lets_go() -> None:
    desk = Desk()
    number = on_paper(desk)
    reference, hold = held(desk, number)
    with refused(ReasonMissing):
        foi.hold(number, reference, " ", acting=desk.by(RIA))
    stepped(desk, number, FoiStep.WITHDRAWN)
    hold.refresh_from_db()
    assert (hold.asked_by_id, hold.ended_at) == (RIA.ref, None)
    holds.end(reference, hold.id, acting=desk.by(LEE))
    hold.refresh_from_db()
    assert hold.ended_at


def test_a_request_is_erased_with_what_is_held_for_it() -> None:
    desk = Desk()
    number = on_paper(desk)
    reference, hold = held(desk, number)
    foi_ending.forget(row_of(number).id, acting=desk.by(WORKER))
    assert not FoiHoldRow.objects.exists()
    hold.refresh_from_db()
    assert (hold.asked_by_id, hold.ended_at) == (RIA.ref, None)
    holds.end(reference, hold.id, acting=desk.by(LEE))
    hold.refresh_from_db()
    assert hold.ended_at


def test_what_was_replied_to_once_is_held_on_where_a_further_reply_reaches_nobody(
    server: MailServer,
) -> None:
    desk = Desk()
    number = received(desk)[0]
    _reference, hold = held(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND)
    answered(desk, number, "By machine.")
    letter = approved(desk, number)
    server.to_recipient = "550 5.1.1 Nobody"
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    stepped(desk, number, FoiStep.UNREACHED)
    hold.refresh_from_db()
    assert (hold.asked_at, hold.ended_at) == (None, None)
    assert known.one(number, acting=desk.by(RIA)).holding
    assert nights(desk, 88) == 0
    assert nights(desk, 14) == 1
