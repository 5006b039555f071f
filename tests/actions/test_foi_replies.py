"""Replies to requests for information: made of their parts, by two officers, sent and published."""

from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from evenhand.actions import foi, foi_letters, foi_parts, foi_sending
from evenhand.actions.scrutiny import say_none
from evenhand.queries import foi as known
from evenhand.queries import foi_published, foi_receipts
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi import FoiStanding, FoiStep, FoiStepWrong
from evenhand.rules.foi_costs import Activity, CostNotCounted
from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.foi_neither import Denying, Neither
from evenhand.rules.foi_parts import (
    ExemptionIncomplete,
    FoiOutcome,
    OtherEyesNeeded,
    PartStageWrong,
    Treatment,
    Wanted,
    Withholding,
)
from evenhand.rules.foi_registers import HeldIn, Register
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.public_foi_letters import ToldOfRequester
from evenhand.rules.questions import NotHeldIsUntrue, QuestionWrong
from evenhand.rules.referrals import ChangedMeanwhile, NotFound
from evenhand.rules.scrutiny import ScrutinyKind
from evenhand.rules.texts import TextMissing
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow
from evenhand.transports.email import NotAccepted
from tests.actions.foi import (
    EMAIL,
    HELP,
    NAME,
    answered,
    approved,
    letter_of,
    on_paper,
    proposed,
    received,
    replied,
    row_of,
    stepped,
    version_of,
    with_part,
    withheld,
)
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, changing_nothing, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
COST = Withholding(exemption="s12", why="It would take weeks.")


def part_of(number: str, desk: Desk, at: int = 0) -> known.PartInFull:
    return known.one(number, acting=desk.by(RIA)).parts[at]


def test_a_part_is_answered_and_may_be_answered_anew() -> None:
    desk = Desk()
    number = received(desk)[0]
    part = answered(desk, number, "Wrong.")
    foi_parts.give(number, part, "Right.", acting=desk.by(RIA))
    found = part_of(number, desk)
    assert (found.answer, found.by, found.fact.treatment) == ("Right.", "Ria", Treatment.GIVEN)
    with refused(TextMissing):
        foi_parts.give(number, part, "", acting=desk.by(RIA))
    with refused(NotFound):
        foi_parts.give(number, 9, "So.", acting=desk.by(RIA))


def test_what_is_withheld_waits_for_another_and_says_why() -> None:
    desk = Desk()
    number = received(desk)[0]
    part = with_part(desk, number)
    said = Withholding(
        exemption="s31",
        why="It tells how.",
        prejudice=Prejudice.WOULD,
        how="They would go round it.",
        public_interest="That weighs more.",
    )
    foi_parts.withhold(number, part, said, acting=desk.by(RIA))
    with refused(OtherEyesNeeded):
        foi_parts.confirm(number, part, seen=version_of(number, part), acting=desk.by(RIA))
    with refused(PartStageWrong):
        foi_letters.propose(number, "How", HELP, acting=desk.by(RIA))
    foi_parts.confirm(number, part, seen=version_of(number, part), acting=desk.by(DEE))
    found = part_of(number, desk)
    assert found.exemption
    assert (found.exemption.section, found.prejudice) == ("31", Prejudice.WOULD)
    assert found.confirmed_by == "Dee"
    with refused(ExemptionIncomplete):
        foi_parts.withhold(number, part, Withholding(exemption="s31", why=""), acting=desk.by(RIA))


def test_a_second_officer_declines_and_the_part_is_open_again() -> None:
    desk = Desk()
    number = received(desk)[0]
    part = with_part(desk, number)
    foi_parts.not_held(number, part, "We looked.", none_answers=True, acting=desk.by(RIA))
    foi_parts.decline(
        number, part, "Look in the archive.", seen=version_of(number, part), acting=desk.by(DEE)
    )
    found = part_of(number, desk)
    assert (found.fact.treatment, found.why) == (None, "")
    total = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    with refused(NotHeldIsUntrue):
        foi_parts.not_held(number, total, "We do not count.", acting=desk.by(RIA))


@pytest.mark.parametrize("held_in", [HeldIn.EIA, HeldIn.SCRUTINY])
def test_what_a_register_had_on_the_day_of_receipt_is_not_said_to_be_not_held(
    held_in: HeldIn,
) -> None:
    desk = Desk()
    before, number = on_paper(desk, days_ago=1), on_paper(desk)
    for one in (before, number):
        part = foi_parts.add(one, "Share it.", Wanted.DOCUMENT, held_in, acting=desk.by(RIA))
        foi_parts.not_held(one, part, "There is none.", acting=desk.by(RIA))
    desk.put_in_force(DocumentKind.DPIA)
    foi_parts.confirm(
        before, 1, seen=version_of(before, 1), acting=desk.by(DEE)
    )  # another document
    if held_in is HeldIn.EIA:
        desk.put_in_force(DocumentKind.EIA)
    else:
        say_none(ScrutinyKind.AUDIT, desk.now.date(), acting=desk.by(DEE))
    with refused(NotHeldIsUntrue), changing_nothing():
        foi_parts.confirm(number, 1, seen=version_of(number, 1), acting=desk.by(DEE))
    with refused(NotHeldIsUntrue), changing_nothing():
        foi_parts.not_held(number, 1, "There is none.", acting=desk.by(RIA))
    foi_parts.decline(number, 1, "There is one.", seen=version_of(number, 1), acting=desk.by(DEE))
    early = on_paper(desk, days_ago=1)
    part = foi_parts.add(early, "Share it.", Wanted.DOCUMENT, held_in, acting=desk.by(RIA))
    foi_parts.not_held(early, part, "There was none.", acting=desk.by(RIA))


def test_what_goes_on_by_itself_is_always_on_record_and_what_is_in_no_register_never() -> None:
    desk = Desk()
    number = on_paper(desk)
    for held_in in (HeldIn.OPERATIONS, HeldIn.NONE):
        foi_parts.add(number, "How?", Wanted.STATEMENT, held_in, acting=desk.by(RIA))
    with refused(NotHeldIsUntrue):
        foi_parts.not_held(number, 1, "We do not know.", acting=desk.by(RIA))
    foi_parts.not_held(number, 2, "We do not know.", acting=desk.by(RIA))
    with refused(TextMissing):
        foi_parts.add(number, "How?", Wanted.STATEMENT, acting=desk.by(RIA))


def test_a_part_is_answered_from_a_register_that_knows_its_day_once_that_is_over() -> None:
    desk = Desk()
    number = on_paper(desk)
    part = with_part(desk, number)
    foi_parts.give_from(number, part, Register.FIELDS, "So many.", acting=desk.by(RIA))
    with refused(QuestionWrong), changing_nothing():
        foi_parts.give_from(number, part, Register.SCRUTINY, "None.", acting=desk.by(RIA))
    assert part_of(number, desk).answer == "So many."
    desk.now += timedelta(days=1)
    foi_parts.give_from(number, part, Register.SCRUTINY, "None.", acting=desk.by(RIA))
    assert part_of(number, desk).answer == "None."
    with refused(RoleMissing):
        foi_parts.give_from(number, part, Register.FIELDS, "So.", acting=desk.by(ADA))


def test_cost_refuses_only_above_the_limit_with_like_requests_within_60_days() -> None:
    desk = Desk()
    first = on_paper(desk, days_ago=5)
    second = on_paper(desk)
    late = on_paper(desk)
    for number in (first, second):
        part = with_part(desk, number)
        with refused(CostNotCounted):
            foi_parts.withhold(number, part, COST, acting=desk.by(RIA))
        like = "" if number == first else first
        foi.estimate(number, {Activity.LOCATING: 600}, like=like, acting=desk.by(RIA))
    foi_parts.withhold(second, 1, COST, acting=desk.by(RIA))
    foi_parts.withhold(first, 1, COST, acting=desk.by(RIA))
    foi.estimate(late, {Activity.LOCATING: 600}, acting=desk.by(RIA))
    with_part(desk, late)
    with refused(CostNotCounted):
        foi_parts.withhold(late, 1, COST, acting=desk.by(RIA))
    foi_parts.add(second, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    with refused(CostNotCounted):
        foi_parts.withhold(second, 1, COST, acting=desk.by(RIA))


def test_a_like_request_without_an_estimate_adds_nothing() -> None:
    desk = Desk()
    first, second = on_paper(desk), on_paper(desk)
    foi.estimate(second, {Activity.LOCATING: 1_200}, like=first, acting=desk.by(RIA))
    with_part(desk, second)
    foi_parts.withhold(second, 1, COST, acting=desk.by(RIA))


def test_two_officers_write_a_reply() -> None:
    desk = Desk()
    number = proposed(desk, received(desk)[0])
    with refused(PartStageWrong):
        foi_letters.propose(number, "Again", HELP, acting=desk.by(RIA))
    with refused(PartStageWrong):
        foi_parts.give(number, 1, "Other.", acting=desk.by(RIA))
    with refused(OtherEyesNeeded):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(RIA))
    with refused(RoleMissing):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(ADA))
    foi_letters.give_back(
        number, "Say it plainly.", seen=letter_of(number).number, acting=desk.by(DEE)
    )
    foi_parts.give(number, 1, "Plainly.", acting=desk.by(RIA))
    foi_letters.propose(number, "Again", HELP, acting=desk.by(RIA))
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    with refused(PartStageWrong):
        foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    returned, standing = known.one(number, acting=desk.by(RIA)).letters
    assert returned.returned
    assert not standing.returned
    assert standing.approved_by == "Dee"


def test_a_title_or_an_answer_that_names_who_asked_is_not_published() -> None:
    desk = Desk()
    number = received(desk)[0]
    answered(desk, number)
    with refused(ToldOfRequester):
        foi_letters.propose(number, f"What {NAME} asked", HELP, acting=desk.by(RIA))
    with refused(TextMissing):
        foi_letters.propose(number, "How it is done", "", acting=desk.by(RIA))


def test_a_reply_goes_by_mail_closes_the_request_and_is_published(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    withheld(desk, number)
    answered(desk, number)
    letter = approved(desk, number)
    assert ProcrastinateJob.objects.filter(task_name="send_foi_letter").count() == 1
    foi_sending.deliver(letter.id, last_attempt=False, acting=desk.by(WORKER))
    foi_sending.deliver(letter.id, last_attempt=False, acting=desk.by(WORKER))
    [(_sender, recipients, data)] = server.taken
    assert recipients == [EMAIL]
    mail = message_from_bytes(data, policy=policy.default)
    assert number in mail["Subject"]
    body = mail.get_content()
    assert "s.42" in body
    assert "section 50" in body.replace("\n", " ")
    assert row_of(number).standing == FoiStanding.REPLIED
    found = foi_published.replies(number)[0]
    assert found.outcome is FoiOutcome.SOME
    assert found.in_time
    assert "By hand." in found.body
    assert NAME not in found.body
    assert EMAIL not in found.body


def test_a_letter_that_cannot_be_sent_is_sent_by_hand(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    letter = approved(desk, number)
    with refused(PartStageWrong):
        foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    server.to_data = "450 4.3.0 Later"
    with pytest.raises(NotAccepted):
        foi_sending.deliver(letter.id, last_attempt=False, acting=desk.by(WORKER))
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert letter_of(number).failed
    assert known.one(number, acting=desk.by(RIA)).letters[0].to_print
    assert row_of(number).standing == FoiStanding.OPEN
    foi_sending.give_up(letter.id, acting=desk.by(WORKER))
    foi_sending.sent_by_hand(number, letter.number, acting=desk.by(RIA))
    assert row_of(number).standing == FoiStanding.REPLIED
    with refused(NotFound):
        foi_sending.sent_by_hand(number, 9, acting=desk.by(RIA))


def test_an_approved_reply_closes_its_request_and_nothing_else_does(server: MailServer) -> None:
    desk = Desk()
    number = received(desk)[0]
    letter = approved(desk, number)
    for step in (FoiStep.WITHDRAWN, FoiStep.TRANSFERRED, FoiStep.NOT_VALID):
        with refused(FoiStepWrong):
            stepped(desk, number, step)
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert len(server.taken) == 1
    assert row_of(number).standing == FoiStanding.REPLIED


def test_a_reply_to_what_has_ended_does_not_leave(server: MailServer) -> None:
    desk = Desk()
    mailed, printed = received(desk)[0], received(desk)[0]
    letter, other = approved(desk, mailed), approved(desk, printed)
    server.to_recipient = "550 5.1.1 Nobody"
    for it in (letter, other):
        foi_sending.deliver(it.id, last_attempt=True, acting=desk.by(WORKER))
    for number in (mailed, printed):
        stepped(desk, number, FoiStep.UNREACHED)
    server.to_recipient = "250 2.1.5 Yes"
    foi.reach(mailed, "quilla@other.example", "", acting=desk.by(RIA))
    foi_sending.deliver(letter.id, last_attempt=False, acting=desk.by(WORKER))
    with refused(FoiStepWrong):
        foi_sending.sent_by_hand(printed, 1, acting=desk.by(RIA))
    assert not server.taken
    assert not FoiLetterRow.objects.exclude(sent_on=None).exists()


def test_a_fault_of_the_desks_own_is_recorded_once() -> None:
    desk = Desk()
    letter = approved(desk, received(desk)[0])
    foi_sending.give_up(letter.id, acting=desk.by(WORKER))
    assert FoiLetterRow.objects.get(id=letter.id).failed == "fault"
    foi_sending.give_up(uuid4(), acting=desk.by(WORKER))


def test_a_printed_reply_waits_until_somebody_posted_it() -> None:
    desk = Desk()
    number = on_paper(desk)
    proposed(desk, number)
    with refused(PartStageWrong):
        foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))
    foi_letters.approve(number, seen=letter_of(number).number, acting=desk.by(DEE))
    assert not ProcrastinateJob.objects.filter(task_name="send_foi_letter").exists()
    found = known.one(number, acting=desk.by(RIA)).letters[0]
    assert found.to_print
    foi_sending.sent_by_hand(number, 1, acting=desk.by(RIA))
    assert not known.one(number, acting=desk.by(RIA)).letters[0].to_print
    with refused(FoiStepWrong):
        foi_parts.add(number, "More?", Wanted.OTHER, acting=desk.by(RIA))


def test_a_late_reply_counts_as_late_and_an_overdue_request_as_overdue() -> None:
    desk = Desk()
    late = on_paper(desk, days_ago=60)
    on_paper(desk, days_ago=60)
    waiting = on_paper(desk)
    stepped(desk, waiting, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    replied(desk, late)
    found = foi_published.in_time(today=desk.now.date())
    assert (found.answered, found.late, found.overdue) == (1, 1, 1)
    assert not foi_published.replies(late)[0].in_time


def test_a_reply_is_in_time_by_the_clock_that_ran_for_it() -> None:
    desk = Desk()
    extended, waiting = on_paper(desk), on_paper(desk)
    stepped(desk, extended, FoiStep.EXTENDED, until=desk.now.date() + timedelta(days=40))
    stepped(desk, waiting, FoiStep.CLARIFICATION_ASKED, narrower="May?")
    desk.now += timedelta(days=35)
    for number in (extended, waiting):
        replied(desk, number)
    assert foi_published.replies(extended)[0].in_time
    assert foi_published.replies(waiting)[0].in_time is None
    assert foi_published.in_time(today=desk.now.date()).late == 0


def test_lists_ask_the_database_as_often_for_many_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk = Desk()
    for _each in range(5):
        on_paper(desk)
    with django_assert_max_num_queries(7):
        foi_published.in_time(today=desk.now.date())
    with django_assert_max_num_queries(9):
        known.lines(officer=RIA)


def test_the_disclosure_log_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(foi_published, "PAGE", 2)
    numbers = [on_paper(desk) for _ in range(3)]
    for number in numbers:
        replied(desk, number)
    first = foi_published.disclosures(1)
    assert [it.number for it in first.items] == [numbers[2], numbers[1]]
    assert first.next_page == 2
    assert [it.number for it in foi_published.disclosures(2).items] == [numbers[0]]
    assert foi_published.disclosures(2).next_page == 0
    with refused(NotFound):
        foi_published.replies("FOI-2026-9999")
    assert FoiDisclosureRow.objects.count() == 3


def test_requests_are_listed_by_their_clocks() -> None:
    desk = Desk()
    new, old, done = on_paper(desk), on_paper(desk, days_ago=8), on_paper(desk)
    stepped(desk, done, FoiStep.WITHDRAWN)
    found = known.lines(officer=RIA)
    assert [it.number for it in found.running] == [old, new]
    assert [it.number for it in found.closed] == [done]
    assert not found.more


def test_whoever_has_the_receipt_sees_how_it_stands() -> None:
    desk = Desk()
    number, receipt = received(desk)
    desk.now += timedelta(days=1)
    found = foi_receipts.by_receipt(receipt.lower())
    assert (found.number, found.standing) == (number, FoiStanding.OPEN)
    assert not found.is_in_the_signed_log
    assert found.review_until is None
    with refused(NotFound):
        foi_receipts.by_receipt("AAAA-AAAA-AAAA-AAAA")
    assert known.all_exemptions()["s31"].section == "31"


def test_a_letter_on_the_way_leaves_and_the_request_stays_open(server: MailServer) -> None:
    desk = Desk()
    printed, mailed = on_paper(desk), received(desk)[0]
    for number in (printed, mailed):
        stepped(desk, number, FoiStep.CLARIFICATION_ASKED, narrower="How many in May?")
    foi_sending.sent_by_hand(printed, 1, acting=desk.by(RIA))
    letter = letter_of(mailed, "clarification_asked")
    foi_sending.deliver(letter.id, last_attempt=True, acting=desk.by(WORKER))
    assert len(server.taken) == 1
    for number in (printed, mailed):
        assert row_of(number).standing == FoiStanding.OPEN
        assert letter_of(number, "clarification_asked").sent_on


def test_a_part_is_answered_confirmed_and_given_back_as_it_was_read() -> None:
    desk = Desk()
    number = on_paper(desk)
    part = with_part(desk, number)
    read = version_of(number, part)
    foi_parts.not_held(
        number, part, "We looked.", seen=read, none_answers=True, acting=desk.by(RIA)
    )
    old = version_of(number, part)
    foi_parts.not_held(number, part, "We looked again.", none_answers=True, acting=desk.by(RIA))
    ria, dee = desk.by(RIA), desk.by(DEE)
    with refused(ChangedMeanwhile), changing_nothing():
        foi_parts.give(number, part, "Yes.", seen=read, acting=ria)
    with refused(ChangedMeanwhile), changing_nothing():
        foi_parts.confirm(number, part, seen=old, acting=dee)
    with refused(ChangedMeanwhile), changing_nothing():
        foi_parts.decline(number, part, "No.", seen=old, acting=dee)


def test_a_reply_in_place_of_the_one_that_was_read_is_neither_approved_nor_given_back() -> None:
    desk = Desk()
    number = proposed(desk, on_paper(desk))
    read, dee = letter_of(number).number, desk.by(DEE)
    foi_letters.give_back(number, "Say more.", seen=read, acting=dee)
    proposed(desk, number)
    with refused(ChangedMeanwhile), changing_nothing():
        foi_letters.approve(number, seen=read, acting=dee)
    with refused(ChangedMeanwhile), changing_nothing():
        foi_letters.give_back(number, "No.", seen=read, acting=dee)


def test_a_part_is_neither_confirmed_nor_denied_in_one_text_with_the_reasons_kept_inside() -> None:
    desk = Desk()
    number = on_paper(desk)
    part = with_part(desk, number)
    said = Denying(section=Neither.LAW_ENFORCEMENT, why="It would warn.", public_interest="Safety.")
    with refused(RoleMissing), changing_nothing():
        foi_parts.neither(number, part, said, acting=desk.by(ADA))
    foi_parts.neither(number, part, said, acting=desk.by(RIA))
    found = known.one(number, acting=desk.by(DEE)).parts[0]
    assert (found.fact.treatment, found.fact.exemption) == (Treatment.NEITHER, "31(3)")
    assert (found.why, found.public_interest) == ("It would warn.", "Safety.")
    with refused(PartStageWrong), changing_nothing():
        foi_letters.propose(number, "On record", HELP, acting=desk.by(RIA))
    with refused(OtherEyesNeeded), changing_nothing():
        foi_parts.confirm(number, part, seen=version_of(number, part), acting=desk.by(RIA))
    foi_parts.confirm(number, part, seen=version_of(number, part), acting=desk.by(DEE))
    disclosure = replied(desk, number)
    [letter] = known.one(number, acting=desk.by(DEE)).letters
    for text in (disclosure.body, letter.text):
        assert "We neither confirm nor deny whether we hold this." in text
        assert "s.31(3)" in text
        assert "warn" not in text
        assert "Safety" not in text
    assert disclosure.outcome == "none_given"


def test_anything_else_is_not_held_only_once_two_say_that_no_number_answers_it() -> None:
    desk = Desk()
    number = on_paper(desk)
    part = foi_parts.add(number, "How many on record?", Wanted.OTHER, acting=desk.by(RIA))
    with refused(NotHeldIsUntrue), changing_nothing():
        foi_parts.not_held(number, part, "We looked.", acting=desk.by(RIA))
    foi_parts.not_held(number, part, "We looked.", none_answers=True, acting=desk.by(RIA))
    seen, dee = version_of(number, part), desk.by(DEE)
    with refused(NotHeldIsUntrue), changing_nothing():
        foi_parts.confirm(number, part, seen=seen, acting=dee)
    foi_parts.confirm(number, part, seen=seen, none_answers=True, acting=dee)


def test_a_part_is_changed_and_removed_until_the_reply_is_written() -> None:
    desk = Desk()
    number = on_paper(desk)
    first, second = withheld(desk, number), with_part(desk, number)
    foi_parts.change(number, first, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    fact = part_of(number, desk).fact
    assert (fact.wants, fact.treatment, fact.exemption) == (Wanted.TOTAL, None, "")
    assert fact.confirmed_by is None
    foi_parts.remove(number, first, "Nobody asked that.", acting=desk.by(RIA))
    assert with_part(desk, number) == second + 1
    foi_parts.remove(number, second + 1, "Twice.", acting=desk.by(RIA))
    foi_parts.give(number, second, "By hand.", acting=desk.by(RIA))
    proposed(desk, number)
    with refused(PartStageWrong), changing_nothing():
        foi_parts.change(number, second, "How?", Wanted.OTHER, acting=desk.by(RIA))
    with refused(PartStageWrong), changing_nothing():
        foi_parts.remove(number, second, "So.", acting=desk.by(RIA))
