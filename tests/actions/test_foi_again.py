"""A further reply to a request for information: of parts of its own, beside the first one."""

import json
from datetime import timedelta

import pytest

from evenhand.actions import foi_ending, foi_letters, foi_parts, foi_sending
from evenhand.queries import foi as known
from evenhand.queries import foi_published
from evenhand.rules.foi import FoiStanding, FoiStep, FoiStepWrong, OwnReply
from evenhand.rules.foi_due import REPLY, REVIEW
from evenhand.rules.foi_parts import FoiOutcome, OtherEyesNeeded, PartStageWrong, Wanted
from evenhand.rules.officers import WORKER
from evenhand.rules.public_foi_letters import FURTHER
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow
from evenhand.store.log import EntryRow
from tests.actions.foi import (
    HELP,
    UNA,
    answered,
    approved,
    letter_of,
    on_paper,
    proposed,
    received,
    replied,
    row_of,
    stepped,
    withheld,
)
from tests.builders import DEE, RIA
from tests.journeys import Desk, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def upheld(desk: Desk) -> str:
    """Have a refusal reviewed, and a further reply follow; give the request's number."""
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED, text="It is no advice.")
    stepped(desk, number, FoiStep.REVIEW_UPHELD, text="It is none.", by=UNA)
    return number


def decided(desk: Desk) -> str:
    """Have the Commissioner decide about a refusal; give the request's number."""
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED, text="IC-1")
    stepped(desk, number, FoiStep.COMMISSIONER_DECIDED, text="Disclose it.")
    return number


def test_after_a_review_was_upheld_two_officers_reply_once_more_beside_the_first() -> None:
    desk = Desk()
    number = upheld(desk)
    assert row_of(number).standing == FoiStanding.TO_REPLY_AGAIN
    assert letter_of(number, "review_upheld").by_id == UNA.ref
    runs = known.one(number, acting=desk.by(RIA)).line.runs
    assert runs
    assert runs.clock == "E18"
    [first] = foi_published.replies(number)
    part = answered(desk, number, "The advice is this.")
    assert part == 2
    foi_letters.propose(number, "The advice", HELP, acting=desk.by(RIA))
    with refused(OtherEyesNeeded):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(RIA))
    foi_letters.give_back(
        number, "Say it whole.", seen=letter_of(number).number, acting=desk.by(DEE)
    )
    replied(desk, number)
    assert row_of(number).standing == FoiStanding.REPLIED
    assert row_of(number).closed_on == desk.now.date()
    before, after = foi_published.replies(number)
    assert before == first
    assert (before.reply, before.outcome) == (1, FoiOutcome.NONE)
    assert (after.reply, after.outcome) == (2, FoiOutcome.ALL)
    assert "The advice is this." in after.body
    assert "It is advice." not in after.body
    assert FURTHER in known.one(number, acting=desk.by(RIA)).letters[-1].text
    assert [it.reply for it in foi_published.disclosures(1).items] == [2, 1]
    assert foi_published.in_time(today=desk.now.date()).answered == 1


def test_what_the_commissioner_decided_is_replied_and_is_done_once_an_officer_says_so() -> None:
    desk = Desk()
    number = decided(desk)
    approved(desk, number)
    with refused(FoiStepWrong):
        stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    letter = letter_of(number)
    foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    assert row_of(number).standing == FoiStanding.TO_COMPLY
    assert len(foi_published.replies(number)) == 2
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.REPLIED


def test_a_further_reply_may_itself_be_reviewed_and_followed() -> None:
    desk = Desk()
    number = upheld(desk)
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    with refused(OwnReply):
        stepped(desk, number, FoiStep.REVIEW_UPHELD)
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    replied(desk, number)
    assert [it.reply for it in foi_published.replies(number)] == [1, 2, 3]


def test_what_the_first_reply_said_stands() -> None:
    desk = Desk()
    number = upheld(desk)
    with changing_nothing():
        with refused(PartStageWrong):
            foi_parts.give(number, 1, "Other.", acting=desk.by(RIA))
        with refused(PartStageWrong):
            foi_letters.propose(number, "Again", HELP, acting=desk.by(RIA))
        with refused(PartStageWrong):
            foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))


def test_a_further_reply_that_is_written_is_not_written_again() -> None:
    desk = Desk()
    number = proposed(desk, upheld(desk))
    with refused(PartStageWrong):
        foi_letters.propose(number, "Again", HELP, acting=desk.by(RIA))
    with refused(PartStageWrong):
        foi_parts.add(number, "More?", Wanted.OTHER, acting=desk.by(RIA))


def test_nothing_is_replied_anew_before_a_review_or_a_decision() -> None:
    desk = Desk()
    number = on_paper(desk)
    replied(desk, number)
    for step in (None, FoiStep.REVIEW_ASKED):
        if step:
            stepped(desk, number, step)
        with refused(FoiStepWrong):
            foi_parts.add(number, "More?", Wanted.OTHER, acting=desk.by(RIA))
        with refused(FoiStepWrong):
            foi_letters.propose(number, "Again", HELP, acting=desk.by(RIA))


def test_a_further_reply_that_nobody_approved_falls_with_the_end_of_the_decision() -> None:
    desk = Desk()
    number = proposed(desk, decided(desk))
    stepped(desk, number, FoiStep.COMMISSIONER_DONE, text="It is over.")
    with refused(FoiStepWrong):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    assert FoiDisclosureRow.objects.count() == 1
    stepped(desk, number, FoiStep.REVIEW_ASKED, by=UNA)
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    with refused(PartStageWrong):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))


def test_a_review_that_is_withdrawn_leaves_the_reply_as_it_was() -> None:
    desk = Desk()
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    stepped(desk, number, FoiStep.REVIEW_WITHDRAWN, text="By telephone.")
    row = row_of(number)
    assert (row.standing, row.closed_on) == (FoiStanding.REPLIED, desk.now.date())
    assert known.one(number, acting=desk.by(RIA)).line.runs is None
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.REVIEW_WITHDRAWN)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    assert row_of(number).standing == FoiStanding.UNDER_REVIEW


def test_a_further_reply_is_not_owed_once_the_review_is_withdrawn() -> None:
    desk = Desk()
    number = upheld(desk)
    proposed(desk, number)
    stepped(desk, number, FoiStep.REVIEW_WITHDRAWN, text="By telephone.")
    assert row_of(number).standing == FoiStanding.REPLIED
    with refused(FoiStepWrong):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    [only] = foi_published.replies(number)
    assert only.reply == 1
    assert letter_of(number).returned_at


def test_an_error_that_the_desk_found_is_no_review_that_could_be_withdrawn() -> None:
    desk = Desk()
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND, text="One record was left out.")
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.REVIEW_WITHDRAWN)
    assert row_of(number).standing == FoiStanding.TO_REPLY_AGAIN


def erroneous(desk: Desk) -> str:
    """Have the desk find that a reply was wrong; give the request's number."""
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND, text="One record was left out.")
    return number


def test_what_was_drafted_for_a_further_reply_goes_with_the_review() -> None:
    desk = Desk()
    number = upheld(desk)
    answered(desk, number, "Drafted for the review.")
    stepped(desk, number, FoiStep.REVIEW_WITHDRAWN, text="By telephone.")
    assert [it.fact.reply for it in known.one(number, acting=desk.by(RIA)).parts] == [1]
    stepped(desk, number, FoiStep.ERROR_FOUND, text="One record was left out.")
    answered(desk, number, "One more.")
    body = replied(desk, number).body
    assert "One more." in body
    assert "Drafted" not in body


def test_who_asked_keeps_their_rights_while_the_desk_corrects_its_error() -> None:
    desk = Desk()
    number = erroneous(desk)
    proposed(desk, number)
    assert known.one(number, acting=desk.by(RIA)).line.runs is None
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    assert row_of(number).standing == FoiStanding.UNDER_REVIEW
    runs = known.one(number, acting=desk.by(RIA)).line.runs
    assert runs
    assert runs.clock == REVIEW
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    assert "By hand." in replied(desk, number).body
    other = erroneous(desk)
    stepped(desk, other, FoiStep.COMMISSIONER_ASKED)
    assert row_of(other).standing == FoiStanding.AT_COMMISSIONER
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, upheld(desk), FoiStep.REVIEW_ASKED)


def test_an_error_that_was_none_is_taken_back_and_the_reply_stands() -> None:
    desk = Desk()
    number = erroneous(desk)
    answered(desk, number)
    stepped(desk, number, FoiStep.ERROR_WITHDRAWN, text="It was in the reply.")
    row = row_of(number)
    assert (row.standing, row.closed_on) == (FoiStanding.REPLIED, desk.now.date())
    assert row.parts.count() == 1
    again = upheld(desk)
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, again, FoiStep.ERROR_WITHDRAWN)


def test_a_review_is_not_withdrawn_while_its_approved_reply_leaves() -> None:
    desk = Desk()
    number = upheld(desk)
    letter = approved(desk, number)
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.REVIEW_WITHDRAWN)
    foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    assert row_of(number).standing == FoiStanding.REPLIED


def test_a_further_reply_goes_by_mail_as_the_first_did(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    replied(desk, number)
    for step in (FoiStep.REVIEW_ASKED, FoiStep.REVIEW_UPHELD):
        stepped(desk, number, step, by=UNA)
    letter = approved(desk, number)
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert FoiLetterRow.objects.get(id=letter.id).sent_on
    assert len(server.taken) == 2
    assert len(foi_published.replies(number)) == 2


def test_the_commissioner_is_entered_for_what_is_late_and_the_reply_can_still_leave() -> None:
    desk = Desk()
    number = proposed(desk, on_paper(desk, days_ago=40))
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED, text="IC-1")
    assert row_of(number).standing == FoiStanding.AT_COMMISSIONER
    runs = known.one(number, acting=desk.by(RIA)).line.runs
    assert runs
    assert runs.clock == REPLY
    assert foi_published.in_time(today=desk.now.date()).overdue == 1
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    foi_sending.sent_by_hand(number, letter_of(number).number, acting=desk.by(RIA))
    assert row_of(number).standing == FoiStanding.AT_COMMISSIONER
    assert foi_published.in_time(today=desk.now.date()).late == 1
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.REPLIED


def test_what_the_commissioner_decided_of_what_was_never_answered_is_answered() -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=40)
    for step in (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED):
        stepped(desk, number, step)
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.OPEN
    for step in (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED):
        stepped(desk, number, step)
    replied(desk, number)
    assert row_of(number).standing == FoiStanding.TO_COMPLY
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.REPLIED


def test_the_commissioner_is_not_entered_before_the_desk_is_late() -> None:
    desk = Desk()
    number = on_paper(desk, days_ago=20)
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.COMMISSIONER_ASKED)


def test_a_late_review_is_answered_while_the_commissioner_looks_at_it() -> None:
    desk = Desk()
    number = on_paper(desk)
    withheld(desk, number)
    replied(desk, number)
    stepped(desk, number, FoiStep.REVIEW_ASKED)
    desk.now += timedelta(days=40)
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED)
    stepped(desk, number, FoiStep.REVIEW_UPHELD, by=UNA)
    assert row_of(number).standing == FoiStanding.AT_COMMISSIONER
    replied(desk, number)
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.REPLIED


@pytest.mark.parametrize(
    "steps",
    [
        (FoiStep.REVIEW_ASKED, FoiStep.REVIEW_WITHDRAWN),
        (FoiStep.REVIEW_ASKED, FoiStep.REVIEWED),
        (FoiStep.REVIEW_ASKED, FoiStep.REVIEW_UPHELD, FoiStep.REVIEW_WITHDRAWN),
        (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DONE),
        (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED, FoiStep.COMMISSIONER_DONE),
    ],
    ids="-".join,
)
def test_what_the_desk_found_wrong_is_still_to_be_corrected_after(
    steps: tuple[FoiStep, ...],
) -> None:
    desk = Desk()
    number = erroneous(desk)
    answered(desk, number, "One more.")
    for step in steps:
        stepped(desk, number, step, by=UNA)
    row = row_of(number)
    assert (row.standing, row.closed_on) == (FoiStanding.TO_REPLY_AGAIN, None)
    found = known.one(number, acting=desk.by(RIA))
    assert (found.line.runs, found.fact.is_own_correction) == (None, True)
    assert "One more." in replied(desk, number).body
    assert row_of(number).standing == FoiStanding.REPLIED


def test_what_was_found_wrong_is_taken_back_after_a_review_or_while_the_commissioner_looks() -> (
    None
):
    desk = Desk()
    number = erroneous(desk)
    for step in (FoiStep.REVIEW_ASKED, FoiStep.REVIEW_WITHDRAWN, FoiStep.ERROR_WITHDRAWN):
        stepped(desk, number, step)
    assert row_of(number).standing == FoiStanding.REPLIED
    other = erroneous(desk)
    answered(desk, other, "One more.")
    for step in (FoiStep.COMMISSIONER_ASKED, FoiStep.ERROR_WITHDRAWN):
        stepped(desk, other, step)
    row = row_of(other)
    assert (row.standing, row.parts.count()) == (FoiStanding.AT_COMMISSIONER, 1)
    stepped(desk, other, FoiStep.COMMISSIONER_DONE)
    assert row_of(other).standing == FoiStanding.REPLIED


def test_a_correction_goes_on_while_the_commissioner_looks_at_it() -> None:
    desk = Desk()
    number = proposed(desk, erroneous(desk))
    stepped(desk, number, FoiStep.COMMISSIONER_ASKED)
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    foi_sending.sent_by_hand(number, letter_of(number).number, acting=desk.by(RIA))
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.ERROR_WITHDRAWN)
    stepped(desk, number, FoiStep.COMMISSIONER_DONE)
    assert row_of(number).standing == FoiStanding.REPLIED


def forgotten(desk: Desk) -> str:
    """Have a request replied to whose requester is erased since; give its number."""
    number = on_paper(desk)
    replied(desk, number)
    desk.now += timedelta(days=366)
    foi_ending.forget_old(acting=desk.by(WORKER))
    return number


def test_what_is_published_is_corrected_by_two_without_a_letter_once_who_asked_is_erased() -> None:
    desk = Desk()
    number = forgotten(desk)
    [first] = foi_published.replies(number)
    stepped(desk, number, FoiStep.ERROR_FOUND, text="It was by machine.")
    answered(desk, number, "By machine.")
    proposed(desk, number)
    letter = known.one(number, acting=desk.by(RIA)).letters[-1]
    assert (letter.is_public, letter.to_print) == (True, False)
    assert "Quilla" not in letter.text
    with refused(OtherEyesNeeded):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(RIA))
    with changing_nothing(), refused(PartStageWrong):
        foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    before, after = foi_published.replies(number)
    assert before == first
    assert (after.reply, after.replied_on) == (2, desk.now.date())
    assert "By machine." in after.body
    assert row_of(number).standing == FoiStanding.REPLIED
    assert not letter_of(number).by_mail
    acts = [json.loads(bytes(it.leaf))["act"] for it in EntryRow.objects.order_by("-number")[:1]]
    assert acts == ["foi.correct"]
    with changing_nothing(), refused(FoiStepWrong):
        stepped(desk, number, FoiStep.REVIEW_ASKED)


def test_what_the_commissioner_decided_then_is_published_too() -> None:
    desk = Desk()
    number = forgotten(desk)
    for step in (FoiStep.COMMISSIONER_ASKED, FoiStep.COMMISSIONER_DECIDED):
        stepped(desk, number, step)
    approved(desk, number)
    assert row_of(number).standing == FoiStanding.TO_COMPLY
    assert len(foi_published.replies(number)) == 2
