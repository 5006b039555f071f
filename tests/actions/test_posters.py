"""The poster's door: everybody is answered on one day, in the same words where nothing is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.actions import (
    assessments,
    challenges,
    emergencies,
    opening,
    posters,
    referrals,
    reviews,
)
from evenhand.actions.referrals import Continuing
from evenhand.ledger.acts import Act
from evenhand.queries import challenges as known
from evenhand.rules.assessments import Ground
from evenhand.rules.challenges import (
    NothingToChallenge,
    NotWithheld,
    Told,
    WithheldWrong,
    Withholding,
)
from evenhand.rules.content import PrivatePlace
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import WORKER, Acting, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State
from evenhand.rules.texts import TextMissing
from evenhand.store.challenges import AskingRow, ChallengeRow, WithholdingRow
from evenhand.store.log import EntryRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import Pen, writing
from tests.actions.reporting import anyone
from tests.actions.test_disposal import DISPOSE
from tests.actions.test_emergencies import record
from tests.builders import ADA, BO, CY, DEE, LEE, MAX, RON, as_reader, assessment, intake
from tests.journeys import Desk, asked, changing_nothing, refused, row, told
from tests.opening import closed, compared

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
OTHER_SPELLING = "https://youtu.be/dQw4w9WgXcQ?t=7"


def withheld(desk: Desk, reference: str, *, days: int = 60) -> None:
    until = timezone.localdate(desk.now) + timedelta(days=days)
    ground = RestrictionGround.INQUIRY
    said = Withholding(ground=ground, reasons="An inquiry is under way.", until=until)
    challenges.withhold(reference, said, acting=desk.by(DEE))


def test_nobody_is_answered_before_the_day_and_then_everybody_is() -> None:
    desk = Desk()  # 20 November 2026 is a Friday.
    desk.brought_to(State.SENT, address=ADDRESS)
    ours, not_ours = asked(desk, OTHER_SPELLING), asked(desk, "https://site1.example/nothing")
    first, second = known.by_receipt(ours), known.by_receipt(not_ours)
    assert first == second
    assert (first.told, first.answer_on) == (None, date(2026, 11, 23))
    assert posters.answer_due(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=2)
    assert posters.answer_due(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=1)
    assert posters.answer_due(acting=desk.by(WORKER)) == 2
    assert posters.answer_due(acting=desk.by(WORKER)) == 0
    answer = known.by_receipt(ours.lower().replace("-", " "))
    assert (answer.told, answer.ground, answer.sent_on) == (
        Told.REFERRED, Ground.BOTH, date(2026, 11, 20))  # fmt: skip
    assert answer.harm
    assert answer.may_challenge
    assert known.by_receipt(not_ours).told is Told.CANNOT_SAY


def test_where_there_is_nothing_and_where_it_must_not_be_told_all_is_the_same() -> None:
    desk = Desk()
    withheld(desk, desk.brought_to(State.SENT, address=ADDRESS))
    desk.brought_to(State.APPROVED, address="https://site2.example/never/sent")
    desk.do(desk.log("https://site4.example/not/ours"), "not_for_us")
    receipts = [
        told(desk, it)
        for it in (
            ADDRESS,
            "https://site2.example/never/sent",
            "https://site4.example/not/ours",
            "https://site99.example/never/heard/of",
        )
    ]
    rows = AskingRow.objects.filter(told=Told.CANNOT_SAY)
    assert rows.count() == 4
    assert not rows.exclude(referral=None).exists()
    answers = [known.by_receipt(it) for it in receipts]
    assert {(it.told, it.sent_on, it.ground, it.may_challenge) for it in answers} == {
        (Told.CANNOT_SAY, None, None, False)
    }
    for receipt in receipts:
        with refused(NotFound) as refusal:
            posters.challenge(receipt, "It was me.", acting=anyone(desk))
        with refused(NotFound) as unknown:
            posters.challenge("2222-2222-2222-2222", "It was me.", acting=anyone(desk))
        assert str(refusal.value) == str(unknown.value)


def test_where_a_life_was_at_risk_nobody_is_told_also_once_it_was_dealt_with() -> None:
    desk = Desk()
    desk.do(desk.log(ADDRESS), "emergency", "start", "submit", "approve", "send")
    later_found = desk.brought_to(State.SENT, address="https://site3.example/post/3")
    emergencies.record(later_found, record(desk.now), acting=desk.by(BO))
    receipts = [told(desk, it) for it in (ADDRESS, "https://site3.example/post/3")]
    assert [known.by_receipt(it).told for it in receipts] == [Told.CANNOT_SAY] * 2


def test_withholding_one_referral_of_a_content_keeps_its_older_twin_too() -> None:
    desk = Desk()
    desk.brought_to(State.CLOSED, address=ADDRESS)
    acting = desk.by(ADA)
    content = referrals.admit(ADDRESS, intake(), acting=acting)
    anew = Continuing(reason="It is there again.")
    twin = referrals.log(content, ADDRESS, intake(), continuing=anew, acting=acting)
    withheld(desk, desk.do(twin, "submit", "approve", "send"))
    assert known.by_receipt(told(desk, ADDRESS)).told is Told.CANNOT_SAY


def test_a_receipt_tells_what_was_sent_and_not_a_later_assessment() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED, address=ADDRESS)
    later = assessment(ground=Ground.ILLEGAL)
    desk.do(reference, "start")
    assessments.submit(reference, later, acting=desk.by(BO))
    receipt = told(desk, ADDRESS)
    assert known.by_receipt(receipt).ground is Ground.BOTH
    desk.do(reference, "approve", "send")
    assert known.by_receipt(receipt).ground is Ground.BOTH
    assert known.by_receipt(told(desk, ADDRESS)).ground is Ground.ILLEGAL


def test_of_a_referral_that_took_the_statutory_route_a_receipt_tells_no_more() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED, address=ADDRESS)
    receipt, other = told(desk, ADDRESS), told(desk, ADDRESS)
    withheld(desk, reference)
    posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    [line] = known.waiting(officer=CY).items
    desk.do(reference, "start", "statutory")
    connection.check_constraints()
    for number in (receipt, other):
        assert (known.by_receipt(number).told, known.by_receipt(number).sent_on) == (
            Told.REFERRED, None)  # fmt: skip
    assert not known.waiting(officer=CY).items
    with refused(NotFound):
        known.one(line.id, acting=as_reader(CY, desk.now))
    assert known.published() == (1, 0)
    assert not WithholdingRow.objects.exclude(reasons=None).exists()


def test_once_a_restored_desk_was_opened_answers_wait_a_working_day() -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)
    receipt = asked(desk, ADDRESS)
    desk.by(MAX), desk.by(DEE)
    with closed(desk):
        compared(desk.now + timedelta(seconds=1))
        opening.propose("Looked at it all.", acting=desk.by(MAX))
        desk.now += timedelta(days=3)  # From Friday to Monday, when the answer is due.
        opening.attest(acting=Acting(DEE, desk.now - timedelta(minutes=10)))
        assert posters.answer_due(acting=desk.by(WORKER)) == 0
        assert known.by_receipt(receipt).told is None
        desk.now += timedelta(days=1)
        assert posters.answer_due(acting=desk.by(WORKER)) == 1


def test_asking_does_the_same_whatever_there_is() -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)

    def entered(address: str) -> list[bool]:
        before = EntryRow.objects.latest("number").number
        asked(desk, address)
        new = EntryRow.objects.filter(number__gt=before)
        return [Act.POSTER_ASKED.encode() in bytes(it.leaf) for it in new]

    assert entered(ADDRESS) == entered("https://site7.example/none") == [True]


def test_a_page_sent_again_is_one_question_and_what_is_private_is_none() -> None:
    desk = Desk()
    first = posters.ask(ADDRESS, "form", acting=anyone(desk))
    with changing_nothing():
        assert posters.ask(OTHER_SPELLING, "form", acting=anyone(desk)) == first
    assert posters.ask("https://site8.example/", "form", acting=anyone(desk)) != first
    with refused(PrivatePlace), changing_nothing():
        posters.ask("https://t.me/+AAAAAE1234567890", "form", acting=anyone(desk))


def test_a_receipt_that_is_none_is_not_found() -> None:
    with pytest.raises(NotFound):
        known.by_receipt("7KQ2-M9XA-4TRB-W8CE")


def test_what_was_withheld_is_told_once_the_day_is_over() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT, address=ADDRESS)
    withheld(desk, reference, days=3)
    today = timezone.localdate(desk.now)
    found = known.withheld(reference, today=today)
    assert found is not None
    assert (found.ground, found.until) == (RestrictionGround.INQUIRY, today + timedelta(days=3))
    early = told(desk, ADDRESS)
    assert known.by_receipt(early).told is Told.REFERRED  # The answer came after three days.
    assert known.withheld(reference, today=timezone.localdate(desk.now)) is None


def test_what_was_withheld_is_told_again_before_its_day() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT, address=ADDRESS)
    with refused(NotWithheld), changing_nothing():
        challenges.tell_again(reference, "It is over.", acting=desk.by(DEE))
    withheld(desk, reference)
    desk.now += timedelta(hours=1)
    with refused(RoleMissing):
        challenges.tell_again(reference, "It is over.", acting=desk.by(CY))
    with refused(ChangedMeanwhile):
        challenges.tell_again(reference, "Over.", seen_version=1, acting=desk.by(DEE))
    challenges.tell_again(reference, "The inquiry is over.", acting=desk.by(DEE))
    assert known.withheld(reference, today=timezone.localdate(desk.now)) is None
    with refused(NotWithheld), changing_nothing():
        challenges.tell_again(reference, "It is over.", acting=desk.by(DEE))
    assert known.by_receipt(told(desk, ADDRESS)).told is Told.REFERRED
    withheld(desk, reference)
    assert known.withheld(reference, today=timezone.localdate(desk.now))


def test_only_the_data_protection_officer_withholds_for_reasons_and_90_days() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    today = timezone.localdate(desk.now)
    plain = Withholding(ground=RestrictionGround.CRIME, reasons="It would warn them.", until=today)
    for officer in (ADA, CY):
        with refused(RoleMissing):
            challenges.withhold(reference, plain, acting=desk.by(officer))
    for days in (0, 91):
        wrong = Withholding(
            ground=plain.ground, reasons=plain.reasons, until=today + timedelta(days=days)
        )
        with refused(WithheldWrong):
            challenges.withhold(reference, wrong, acting=desk.by(DEE))
    last = today + timedelta(days=90)
    with refused(ChangedMeanwhile):
        challenges.withhold(
            reference,
            Withholding(ground=plain.ground, reasons="So.", until=last),
            seen_version=1,
            acting=desk.by(DEE),
        )
    challenges.withhold(
        reference,
        Withholding(ground=plain.ground, reasons="So.", until=last),
        acting=desk.by(DEE),
    )


def test_a_challenge_puts_the_referral_under_challenge_with_a_day() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    asked_on = timezone.localdate(desk.now)
    due_on = posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    assert (due_on - asked_on).days >= 14
    assert (row(reference).state, row(reference).before_challenge) == ("under_challenge", "closed")
    made = ChallengeRow.objects.get()
    assert b"song" not in bytes(made.words or b"")
    answer = known.by_receipt(receipt)
    assert (answer.challenge, answer.due_on, answer.may_challenge, answer.reply) == (
        "open", due_on, False, "")  # fmt: skip
    with refused(NothingToChallenge), changing_nothing():
        posters.challenge(receipt, "It was a song.", acting=anyone(desk))


def test_an_empty_challenge_is_none() -> None:
    desk = Desk()
    with refused(TextMissing):
        posters.challenge("2222", " ", acting=anyone(desk))


def test_what_is_withdrawn_or_gone_is_not_challenged() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CHECKED, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    desk.do(reference, "withdraw")
    assert known.by_receipt(receipt).is_withdrawn
    with refused(NothingToChallenge):
        posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    for officer in (RON, LEE):
        desk.by(officer)
    for _content_then_trail in range(2):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
        reviews.confirm(reference, acting=desk.by(LEE))
    assert known.by_receipt(receipt).sent_on is None
    with refused(NothingToChallenge):
        posters.challenge(receipt, "It was a song.", acting=anyone(desk))


def test_questions_are_forgotten_after_six_months_but_not_while_a_challenge_waits() -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)
    kept, _gone = told(desk, ADDRESS), told(desk, "https://site9.example/none")
    posters.challenge(kept, "It was a song.", acting=anyone(desk))
    desk.now += timedelta(days=150)
    assert posters.forget_old(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=50)
    assert posters.forget_old(acting=desk.by(WORKER)) == 1
    assert known.by_receipt(kept).challenge == "open"


def test_a_challenge_locks_the_referral_first_as_settling_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    real = ReferralRow.objects.locked
    locked_before: list[int] = []

    def locked(reference: str) -> ReferralRow:
        locked_before.append(sum("FOR UPDATE" in _sql(it) for it in seen.captured_queries))
        return real(reference)

    with CaptureQueriesContext(connection) as seen:
        monkeypatch.setattr(ReferralRow.objects, "locked", locked)
        posters.challenge(receipt, "It was a song.", acting=anyone(desk))
    assert locked_before == [0]
    assert any('FROM "asking"' in sql and "FOR UPDATE" in sql for sql in map(_sql, seen))


def _sql(query: dict[str, str]) -> str:
    return str(query["sql"])


def test_a_question_that_is_challenged_as_it_is_forgotten_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    desk.brought_to(State.SENT, address=ADDRESS)
    receipt = told(desk, ADDRESS)
    desk.now += timedelta(days=200)

    @contextmanager
    def challenged_first() -> Iterator[Pen]:
        monkeypatch.setattr(posters, "writing", writing)
        posters.challenge(receipt, "It was a song.", acting=anyone(desk))
        with writing() as pen:
            yield pen

    monkeypatch.setattr(posters, "writing", challenged_first)
    assert posters.forget_old(acting=desk.by(WORKER)) == 0
    assert known.by_receipt(receipt).challenge == "open"
