"""A challenge is settled by somebody with no part in it; upheld, the platform is told."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import (
    answers,
    exports,
    notes,
    notices,
    platform_links,
    posters,
    referrals,
    retention,
    reviews,
)
from evenhand.actions import challenges as settling
from evenhand.actions.carriers import NOBODY
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.queries import challenges as known
from evenhand.queries import counts, referral
from evenhand.queries import platform_links as seen_by_platform
from evenhand.queries import retention as kept
from evenhand.queries.due import overdue
from evenhand.queries.worklist import Waiting, waiting_for
from evenhand.rules.answers import AnswerKind, Outcome, Seen
from evenhand.rules.challenges import (
    ChallengeSettled,
    ChallengeStanding,
    HandsOnIt,
    Settlement,
)
from evenhand.rules.clocks import NextStep
from evenhand.rules.counting import Counted, month_of
from evenhand.rules.holds import OnHold
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.platform_links import LinkEnded, Named
from evenhand.rules.referrals import ChallengeOpen, MoveForbidden, NotFound, State
from evenhand.rules.retention import Because, Restricted
from evenhand.rules.texts import TextMissing
from evenhand.store.casework import NoticeRow
from evenhand.store.challenges import ChallengeRow, has_touched
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import TallyRow
from evenhand.store.writing import writing
from tests.actions.reporting import anyone
from tests.actions.sharing import staffed
from tests.actions.test_closing import as_evidence
from tests.actions.test_disposal import DISPOSE
from tests.actions.test_exports import asked
from tests.actions.test_order_reviews import given
from tests.actions.test_withdrawals import letters
from tests.builders import ADA, BO, CY, GUS, LEE, RON, SAM, SID, as_reader
from tests.journeys import Desk, challenged, changing_nothing, refused, row, told
from tests.mail import MailServer

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
REJECT = Settlement(
    standing=ChallengeStanding.REJECTED, reasons="It names a victim.", told="We stand by it."
)
UPHOLD = Settlement(
    standing=ChallengeStanding.UPHELD, reasons="It is satire.", told="You are right."
)


def settle(desk: Desk, challenge: UUID, how: Settlement, *, by: Officer = GUS) -> None:
    settling.settle(challenge, how, acting=desk.by(by))


def number(desk: Desk, what: Counted) -> int:
    return counts.count(month_of(desk.now.date()), officer=ADA).numbers[what]


def test_upheld_it_is_withdrawn_the_platform_told_and_the_figures_corrected(
    server: MailServer,
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    challenge = challenged(desk, reference)
    before = (number(desk, Counted.REMOVALS), number(desk, Counted.CHALLENGED))
    assert before == (1, 1)
    settle(desk, challenge, UPHOLD)
    assert row(reference).state == State.WITHDRAWN
    notice = NoticeRow.objects.filter(referral__reference=reference).latest("at")
    notices.deliver(notice.id, last_attempt=False, acting=desk.by(WORKER))
    assert "We withdraw" in letters(server)[0]
    assert number(desk, Counted.REMOVALS) == 0
    assert number(desk, Counted.UPHELD) == 1
    assert number(desk, Counted.WITHDRAWN) == 1
    assert known.published() == (1, 1)
    month = month_of(desk.now.date())
    assert counts.decided(month, month, officer=ADA).upheld == 1
    found = known.one(challenge, acting=as_reader(GUS, desk.now))
    assert (found.reasons, found.told, found.settled_by) == (
        "It is satire.",
        "You are right.",
        "Gus",
    )


def test_rejected_it_goes_back_to_where_it_stood() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    challenge = challenged(desk, reference)
    assert row(reference).state == State.UNDER_CHALLENGE
    settle(desk, challenge, REJECT)
    assert (row(reference).state, row(reference).is_removal) == ("checked", True)
    assert (number(desk, Counted.CHALLENGED), number(desk, Counted.UPHELD)) == (1, 0)
    with refused(ChallengeSettled), changing_nothing():
        settle(desk, challenge, UPHOLD)


def test_its_challenger_reads_the_answer_and_not_the_reasons() -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    [line] = known.waiting(officer=GUS).items
    settle(desk, line.id, REJECT)
    answer = known.by_receipt(receipt)
    assert (answer.challenge, answer.reply) == ("rejected", "We stand by it.")
    assert "victim" not in repr(answer)


@pytest.mark.parametrize("officer", [CY, SAM, BO])
def test_whoever_had_a_part_in_it_does_not_settle_it(officer: Officer) -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    challenge = challenged(desk, reference)
    if officer is SAM:
        notes.write(reference, "I looked at this once.", acting=desk.by(SAM))
    if officer is BO:
        with refused(RoleMissing):
            settle(desk, challenge, REJECT, by=BO)
        return
    desk.by(officer)
    [line] = known.waiting(officer=officer).items
    assert line.has_touched
    assert known.one(challenge, acting=as_reader(officer, desk.now)).line.has_touched
    with refused(HandsOnIt), changing_nothing():
        settle(desk, challenge, REJECT, by=officer)
    desk.by(GUS)
    assert not known.waiting(officer=GUS).items[0].has_touched


def test_two_challenges_are_settled_one_after_the_other() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    first, second = challenged(desk, reference), challenged(desk, reference)
    settle(desk, first, REJECT)
    assert row(reference).state == State.UNDER_CHALLENGE
    settle(desk, second, replace(UPHOLD, standing=ChallengeStanding.UPHELD_IN_PART))
    assert row(reference).state == State.WITHDRAWN


def test_what_was_withdrawn_meanwhile_stays_so_and_is_told_once() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    challenge = challenged(desk, reference)
    desk.do(reference, "withdraw")
    settle(desk, challenge, UPHOLD)
    assert NoticeRow.objects.filter(kind="withdrawal").count() == 1
    assert number(desk, Counted.WITHDRAWN) == 1


def test_under_challenge_it_is_not_closed_and_answers_and_looks_are_kept() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    challenge = challenged(desk, reference)
    with refused(ChallengeOpen):
        referrals.close(reference, "Done.", acting=desk.by(ADA))
    answers.record(reference, AnswerKind.DECIDED, Outcome.RESTRICTED_IN_FULL, acting=desk.by(ADA))
    assert (row(reference).state, row(reference).before_challenge) == ("under_challenge", "decided")
    answers.look_again(reference, Seen.NOT_VISIBLE, acting=desk.by(ADA))
    settle(desk, challenge, REJECT)
    assert (row(reference).state, row(reference).is_removal) == ("checked", True)


def test_work_that_goes_on_is_not_interrupted_and_can_still_be_withdrawn() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    challenge = challenged(desk, reference)
    assert row(reference).state == State.REOPENED
    settle(desk, challenge, UPHOLD)
    assert row(reference).state == State.WITHDRAWN


@pytest.mark.parametrize(("how", "ends"), [(REJECT, State.CLOSED), (UPHOLD, State.WITHDRAWN)])
def test_what_is_closed_to_casework_is_held_and_settled_all_the_same(
    how: Settlement, ends: State
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    as_evidence(desk, reference)
    retention.run(acting=desk.by(WORKER))
    assert row(reference).restricted == "evidence"
    posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    desk.by(GUS), desk.by(CY)
    [line] = known.waiting(officer=GUS).items
    assert referral.one(reference, acting=as_reader(GUS, desk.now)).fact.reference == reference
    assert known.one(line.id, acting=as_reader(GUS, desk.now)).words == "It was a song."
    for officer in (CY, ADA):
        with refused(Restricted):
            referral.one(reference, acting=as_reader(officer, desk.now))
    with refused(Restricted):
        referrals.withdraw(reference, "A mistake.", acting=desk.by(ADA))
    with refused(Restricted):
        answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=desk.by(ADA))
    settle(desk, line.id, how)
    assert (row(reference).state, row(reference).restricted) == (ends, "evidence")
    with refused(Restricted):
        referral.one(reference, acting=as_reader(GUS, desk.now))


def test_a_challenge_that_waits_holds_the_record_until_it_is_settled() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED, address=ADDRESS)
    challenge = challenged(desk, reference)
    for officer in (RON, LEE, GUS):
        desk.by(officer)
    with refused(OnHold):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
    last = row(reference).max_on
    assert last is not None
    desk.now += timedelta(days=(last - desk.now.date()).days + 15)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 0
    assert kept.one(reference, acting=as_reader(RON, desk.now)).verdict.because is Because.HELD
    assert next(kept.all_due(today=desk.now.date())).verdict.because is Because.HELD
    settle(desk, challenge, REJECT)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 1


def test_a_challenge_that_is_rejected_leaves_every_day_as_it_was() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED, address=ADDRESS)
    with writing() as pen:
        stored = ReferralRow.objects.locked(reference)
        stored.extended = True
        stored.keep()
        pen.enter(about(stored, Act.RECORD_DATED, None, acting=desk.by(WORKER)))

    def days() -> tuple[object, ...]:
        it = row(reference)
        return it.schedule, it.start_on, it.review_on, it.max_on, it.extended

    before = days()
    desk.now += timedelta(days=30)
    challenge = challenged(desk, reference)
    assert (row(reference).state, days()) == (State.UNDER_CHALLENGE, before)
    settle(desk, challenge, REJECT)
    assert (row(reference).state, days()) == (State.CLOSED, before)
    challenge = challenged(desk, reference)
    answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=desk.by(ADA))
    assert days() == (None,) * 5
    settle(desk, challenge, REJECT)
    assert (row(reference).state, days()) == (State.DECIDED, (None,) * 5)


def test_what_somebody_works_on_is_not_closed_while_it_is_challenged() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    challenge = challenged(desk, reference)
    with refused(ChallengeOpen), changing_nothing():
        referrals.close(reference, "Done.", acting=desk.by(ADA))
    settle(desk, challenge, REJECT)
    referrals.close(reference, "Done.", acting=desk.by(ADA))


def test_a_settlement_says_how_why_and_what_is_told() -> None:
    desk = Desk()
    challenge = challenged(desk, desk.brought_to(State.SENT))
    with refused(ChallengeSettled):
        settle(desk, challenge, replace(REJECT, standing=ChallengeStanding.OPEN))
    for empty in (replace(REJECT, reasons=" "), replace(REJECT, told=" ")):
        with refused(TextMissing):
            settle(desk, challenge, empty)
    with refused(NotFound):
        settle(desk, uuid4(), REJECT)


def test_it_is_overdue_after_its_day() -> None:
    desk = Desk()
    challenged(desk, desk.brought_to(State.SENT))
    [line] = known.waiting(most=1, officer=GUS).items
    assert not line.is_overdue(line.due_on)
    assert line.is_overdue(line.due_on + timedelta(days=1))
    assert line.reference


def test_disposed_of_a_referral_takes_its_challenges_and_their_counts_stay() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    challenge = challenged(desk, reference)
    settle(desk, challenge, UPHOLD)
    for officer in (RON, LEE):
        desk.by(officer)
    for _content_then_trail in range(2):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
        reviews.confirm(reference, acting=desk.by(LEE))
    assert known.published() == (1, 1)
    assert TallyRow.objects.filter(counted="challenge_upheld").exists()
    assert (number(desk, Counted.CHALLENGED), number(desk, Counted.UPHELD)) == (1, 1)


def test_of_content_that_was_disposed_of_no_platform_is_told() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    for officer in (RON, LEE):
        desk.by(officer)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))
    assert row(reference).url is None
    posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    [line] = known.waiting(officer=GUS).items
    settle(desk, line.id, UPHOLD)
    assert (row(reference).state, row(reference).withdrawal_owed) == ("withdrawn", None)
    assert not NoticeRow.objects.filter(kind="withdrawal").exists()


def test_what_nobody_settled_by_its_day_is_counted_as_overdue() -> None:
    desk = Desk()
    challenged(desk, desk.brought_to(State.CHECKED))
    due_on = ChallengeRow.objects.get().due_on
    assert known.count_overdue(today=due_on) == 0
    assert known.count_overdue(today=due_on + timedelta(days=1)) == 1


def test_under_challenge_no_answer_is_taken_that_was_not_before() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED)
    challenge = challenged(desk, reference)
    with refused(LinkEnded), changing_nothing():
        platform_links.answer(
            Named(row(reference).platform, reference),
            AnswerKind.ACKNOWLEDGED,
            answers.AnswerWords(),
            seen_version=None,
            acting=desk.by(WORKER),
        )
    with refused(MoveForbidden), changing_nothing():
        answers.record(reference, AnswerKind.ACKNOWLEDGED, acting=desk.by(ADA))
    assert number(desk, Counted.REMOVALS) == 1
    settle(desk, challenge, REJECT)
    assert (row(reference).state, row(reference).is_removal) == ("checked", True)


def test_what_was_closed_stays_closed_under_challenge_but_for_a_reinstatement() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    challenged(desk, reference)
    with refused(MoveForbidden), changing_nothing():
        answers.record(reference, AnswerKind.DECIDED, Outcome.DECLINED, acting=desk.by(ADA))
    with refused(MoveForbidden), changing_nothing():
        answers.look_again(reference, Seen.VISIBLE, acting=desk.by(ADA))
    answers.record(reference, AnswerKind.DECIDED, Outcome.REINSTATED, acting=desk.by(ADA))
    assert (row(reference).before_challenge, row(reference).is_removal) == ("decided", False)


@pytest.mark.parametrize(
    ("state", "is_listed"), [(State.SENT, True), (State.ACKNOWLEDGED, True), (State.DECIDED, False)]
)
def test_a_platform_does_not_see_from_its_list_that_somebody_challenges(
    state: State, is_listed: bool
) -> None:
    desk = Desk()
    reference = desk.brought_to(state)
    platform = row(reference).platform
    assert bool(seen_by_platform.waiting(platform, now=desk.now).lines) == is_listed
    challenged(desk, reference)
    assert bool(seen_by_platform.waiting(platform, now=desk.now).lines) == is_listed


def test_whoever_upheld_one_challenge_settles_the_next_and_is_no_part_of_it() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    first, second = challenged(desk, reference), challenged(desk, reference)
    settle(desk, first, UPHOLD)
    assert NoticeRow.objects.filter(kind="withdrawal", by_id=GUS.ref).count() == 1
    assert not known.one(second, acting=as_reader(GUS, desk.now)).line.has_touched
    settle(desk, second, REJECT)
    assert known.one(second, acting=as_reader(GUS, desk.now)).line.standing == "rejected"


def test_whoever_settled_one_challenge_and_worked_on_it_besides_settles_no_other() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    first, second = challenged(desk, reference), challenged(desk, reference)
    settle(desk, first, UPHOLD)
    referrals.reopen(reference, "There is news.", acting=desk.by(GUS))
    with refused(HandsOnIt), changing_nothing():
        settle(desk, second, REJECT)


def test_whoever_asked_for_an_export_or_answered_for_it_had_a_part() -> None:
    desk = staffed()
    reference = desk.brought_to(State.CHECKED)
    challenge = challenged(desk, reference)
    export = asked(desk, reference)
    assert has_touched(row(reference).id, SID.ref)
    assert not has_touched(row(reference).id, GUS.ref)
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(GUS))
    with refused(HandsOnIt), changing_nothing():
        settle(desk, challenge, REJECT)


@pytest.mark.parametrize("step", [None, NextStep.CHASE])
def test_under_challenge_the_time_of_a_content_removal_notice_runs_on_until_a_decision(
    server: MailServer, step: NextStep | None
) -> None:
    desk = Desk()
    reference = given(desk)
    act_by = row(reference).answer_by
    challenged(desk, reference)
    assert row(reference).due_at == act_by
    [line] = overdue(step, officer=ADA, now=desk.now).lines
    assert (line.reference, line.state, line.step) == (
        reference,
        State.UNDER_CHALLENGE,
        NextStep.CHASE,
    )
    assert overdue(NextStep.CHECK, officer=ADA, now=desk.now).lines == []
    answers.record(reference, AnswerKind.DECIDED, Outcome.DECLINED, acting=desk.by(ADA))
    assert row(reference).due_at is None


def test_a_decision_under_challenge_waits_for_whoever_looks_again() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    challenged(desk, reference)
    desk.by(BO)
    assert waiting_for(acting=as_reader(BO, desk.now)) == []
    answers.record(reference, AnswerKind.DECIDED, Outcome.RESTRICTED_IN_FULL, acting=desk.by(ADA))
    [pile] = waiting_for(acting=as_reader(BO, desk.now))
    assert (pile.why, [it.reference for it in pile.lines]) == (Waiting.TO_CHECK, [reference])
    answers.look_again(reference, Seen.NOT_VISIBLE, acting=desk.by(ADA))
    assert waiting_for(acting=as_reader(BO, desk.now)) == []


def test_under_challenge_no_platform_is_reminded_nor_counted_as_silent() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    desk.now += timedelta(days=30)
    chase = notices.chase(reference, carrier=NOBODY, acting=desk.by(ADA))
    posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    notices.deliver(chase, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))
    notice = NoticeRow.objects.get(id=chase)
    assert (notice.delivery, notice.failure) == ("failed", "challenged")
    stands = row(reference)
    assert (stands.in_the_post, stands.chases, stands.due_at) == (False, 0, None)
    with refused(MoveForbidden), changing_nothing():
        notices.chase(reference, carrier=NOBODY, acting=desk.by(ADA))
    with changing_nothing():
        answers.note_silence(reference, acting=desk.by(WORKER))
    [line] = known.waiting(officer=GUS).items
    settle(desk, line.id, REJECT)
    notices.chase(reference, carrier=NOBODY, acting=desk.by(ADA))
