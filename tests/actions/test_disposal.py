"""From ending to disposal: reviews, holds, the release by two, the clock, and what stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from evenhand.actions import (
    answers,
    disposal,
    holds,
    notes,
    referrals,
    retention,
    reviews,
    same_content,
)
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.queries import counts
from evenhand.queries import referral as one
from evenhand.queries import referrals as lists
from evenhand.queries.history import act_of
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.counting import month_of
from evenhand.rules.holds import HoldIncomplete, HoldKind, HoldUnknown, OnHold, OtherOfficerNeeded
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State
from evenhand.rules.retention import ContentGone, LastDayFixed, Restricted
from evenhand.rules.reviews import (
    NotDue,
    NothingProposed,
    Question,
    Review,
    ReviewIncomplete,
    ReviewOutcome,
)
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from evenhand.store.records import Record, locked
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow, RetentionRunRow, TallyRow
from evenhand.store.writing import writing
from tests.builders import ADA, BO, CY, DEE, LEE, RIA, RON
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
ANSWERS = {it: f"My answer on {it}." for it in Question}
DISPOSE = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it any more.")


def a_desk() -> Desk:
    """A desk where everybody came in before anything was refused, and so taken back."""
    desk = Desk()
    for one_of_them in (ADA, BO, CY, DEE, RIA, LEE, RON):
        desk.add(one_of_them)
    return desk


def keep_until(until: date, last_day: date | None = None) -> Review:
    return Review(
        outcome=ReviewOutcome.RETAIN,
        reason="A court asks for it.",
        answers=ANSWERS,
        until=until,
        last_day=last_day,
    )


def today(desk: Desk) -> date:
    return timezone.localdate(desk.now)


def months_later(desk: Desk, months: int) -> None:
    desk.now += timedelta(days=31 * months)


def dispose_of(desk: Desk, reference: str) -> str:
    """Have Ron propose and Lee release what comes to its end now."""
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    return reviews.confirm(reference, acting=desk.by(LEE))


def run(desk: Desk) -> retention.Ran:
    return retention.run(acting=desk.by(WORKER))


def test_a_referral_has_its_days_from_when_it_ends_until_it_is_reopened() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CHECKED)
    assert row(reference).schedule is None
    desk.do(reference, "close")
    ended = row(reference)
    assert (ended.schedule, ended.start_on) == ("D02", today(desk))
    assert ended.review_on == date(2027, 5, 20)
    assert ended.max_on == date(2027, 11, 20)
    desk.do(reference, "reopen")
    assert (row(reference).schedule, row(reference).max_on) == (None, None)
    months_later(desk, 1)
    desk.do(reference, "withdraw")
    assert row(reference).start_on == today(desk)


def test_what_the_statutory_route_ended_has_no_content_to_keep() -> None:
    desk = a_desk()
    assert row(desk.brought_to(State.STATUTORY_ROUTE)).schedule == "D01"


def test_two_dispose_of_the_content_first_and_later_of_the_record_and_no_count_changes() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    record, month = row(reference).id, month_of(today(desk))
    notes.write(reference, "Seen again.", acting=desk.by(BO))
    before = counts.count(month, officer=ADA).numbers
    assert sum(before.values()) == 4

    first = DisposalRow.objects.get(reference=dispose_of(desk, reference))
    shown = one.one(reference, acting=desk.by(ADA))
    assert (first.what, first.because, shown.address, shown.description) == (
        "content",
        "reviewed",
        "",
        "",
    )
    assert shown.notes[0].text == ""
    assert shown.decisions[0].reason
    trail = row(reference)
    assert (trail.schedule, trail.same_content) == ("D01", None)
    assert trail.max_on == date(2029, 11, 20)
    assert counts.count(month, officer=ADA).numbers == before
    with refused(ContentGone):
        desk.do(reference, "reopen")

    second = DisposalRow.objects.get(reference=dispose_of(desk, reference))
    assert (second.what, second.record) == ("record", record)
    assert second.proposed_by_id == RON.ref
    assert second.released_by_id == LEE.ref
    assert counts.count(month, officer=ADA).numbers == before
    assert not RecordKeyRow.objects.filter(id=record).exists()
    with refused(NotFound):
        one.one(reference, acting=desk.by(ADA))
    entry = EntryRow.objects.order_by("number").filter(obj=record).last()
    assert entry
    assert act_of(entry.leaf) is Act.RECORD_DISPOSED


def test_what_is_answered_after_its_content_went_keeps_its_trail_alone() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    dispose_of(desk, reference)
    answers.record(
        reference,
        AnswerKind.DECIDED,
        Outcome.REINSTATED,
        their_reference="FB-77",
        acting=desk.by(ADA),
    )
    desk.do(reference, "look_visible", "close")
    assert row(reference).schedule == "D01"
    dispose_of(desk, reference)
    assert not ReferralRow.objects.filter(reference=reference).exists()


def test_what_named_the_disposed_one_as_the_earlier_names_none() -> None:
    desk = a_desk()
    first = desk.brought_to(State.CLOSED)
    other = desk.brought_to(State.DUPLICATE)
    with writing() as pen:
        later = ReferralRow.objects.locked(other)
        later.duplicate_of_id = row(first).id
        later.keep()
        pen.enter(about(later, Act.RECORD_DATED, None, acting=desk.by(WORKER)))
    dispose_of(desk, first)
    dispose_of(desk, first)
    assert row(other).duplicate_of_id is None


def test_keeping_needs_each_answer_and_a_second_officer_and_ends_at_the_last_day() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    months_later(desk, 7)
    run(desk)
    assert row(reference).restricted == "late"
    with refused(ReviewIncomplete) as told:
        asked = Review(outcome=ReviewOutcome.RETAIN, reason="Still needed.", until=today(desk))
        reviews.review(reference, asked, acting=desk.by(RON))
    assert len(told.value.every) == len(Question)
    next_one = today(desk) + timedelta(days=60)
    reviews.review(reference, keep_until(next_one), acting=desk.by(RON))
    both_roles = replace(RON, roles=RON.roles | LEE.roles)
    with refused(OtherOfficerNeeded):
        reviews.confirm(reference, acting=desk.by(both_roles))
    assert reviews.confirm(reference, acting=desk.by(LEE)) == ""
    kept = row(reference)
    assert (kept.restricted, kept.review_on) == (None, next_one)
    with refused(NothingProposed):
        reviews.confirm(reference, acting=desk.by(LEE))


def test_a_last_day_moves_once_by_two_people_on_a_fresh_finding() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    last = row(reference).max_on
    assert last is not None
    later = last + timedelta(days=90)
    asked = keep_until(today(desk) + timedelta(days=30), last_day=later)
    reviews.review(reference, asked, acting=desk.by(RON))
    desk.now += timedelta(days=31)
    with refused(LastDayFixed):
        reviews.confirm(reference, acting=desk.by(LEE))
    asked = keep_until(today(desk) + timedelta(days=30), last_day=later)
    reviews.review(reference, asked, acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))
    assert (row(reference).max_on, row(reference).extended) == (later, True)
    with refused(LastDayFixed):
        asked = keep_until(today(desk) + timedelta(days=30), last_day=later + timedelta(days=1))
        reviews.review(reference, asked, acting=desk.by(RON))


def test_a_proposal_is_declined_for_a_reason_or_falls_with_the_next_change() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    reviews.decline(reference, "A complaint may come.", acting=desk.by(LEE))
    with refused(NothingProposed):
        reviews.decline(reference, "Once more.", acting=desk.by(LEE))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    notes.write(reference, "There is news.", acting=desk.by(BO))
    with refused(ChangedMeanwhile):
        reviews.confirm(reference, acting=desk.by(LEE))


def test_only_what_has_ended_is_reviewed() -> None:
    desk = a_desk()
    reference = desk.log()
    with refused(NotDue):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
    with refused(NotDue):
        reviews.confirm(reference, acting=desk.by(LEE))


def test_only_the_releaser_confirms() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    for nobody in (DEE, RON, CY):
        with refused(RoleMissing):
            reviews.confirm(reference, acting=desk.by(nobody))


def test_an_unreviewed_record_is_closed_even_where_the_worker_stopped() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    months_later(desk, 7)
    tries: list[Callable[[], object]] = [
        lambda: one.one(reference, acting=desk.by(ADA)),
        lambda: referrals.reopen(reference, "News.", acting=desk.by(CY)),
        lambda: notes.write(reference, "News.", acting=desk.by(BO)),
    ]
    for attempt in tries:
        with refused(Restricted):
            attempt()
    assert not lists.find(lists.Filter(), acting=desk.by(ADA)).lines
    assert lists.find(lists.Filter(), acting=desk.by(DEE)).lines
    one.one(reference, acting=desk.by(DEE))
    ran = run(desk)
    assert (ran.restricted, ran.destroyed) == (1, 0)
    assert run(desk).restricted == 0
    assert RetentionRunRow.objects.get().ran_at == desk.now
    with refused(Restricted):
        one.one(reference, acting=desk.by(ADA))


def test_a_review_may_close_a_record_at_once() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    asked = Review(outcome=ReviewOutcome.RESTRICT, reason="Somebody says that it is wrong.")
    reviews.review(reference, asked, acting=desk.by(RON))
    with refused(Restricted):
        one.one(reference, acting=desk.by(ADA))
    with refused(NothingProposed):
        reviews.confirm(reference, acting=desk.by(LEE))


def test_what_nobody_releases_within_14_days_is_destroyed_without_a_name() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    last = row(reference).max_on
    assert last is not None
    desk.now += last - today(desk) + timedelta(days=14)
    assert (run(desk).destroyed, run(desk).waiting) == (0, 1)
    desk.now += timedelta(days=1)
    assert run(desk).destroyed == 1
    told = DisposalRow.objects.get()
    assert (told.because, told.what, told.released_by_id) == ("not_released", "content", None)
    assert row(reference).schedule == "D01"
    desk.now = desk.now.replace(year=2029, month=12, day=31)
    assert run(desk).destroyed == 1
    assert not ReferralRow.objects.filter(reference=reference).exists()


def test_the_account_that_a_referral_names_is_locked_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = a_desk()
    reference = desk.log("https://www.tiktok.com/@made.up/video/7312345678901234567")
    locks: list[object] = []
    monkeypatch.setattr(same_content, "lock", lambda tokens: locks.append(list(tokens)))
    monkeypatch.setattr(disposal, "locked", locks.append)
    disposal.locked_to_go(reference)
    assert locks == [[row(reference).account], reference]


@pytest.mark.parametrize("kind", HoldKind)
def test_a_hold_wins_over_every_way_to_dispose_until_two_people_end_it(kind: HoldKind) -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    desk.now += timedelta(days=350)
    is_evidence = kind is HoldKind.EVIDENCE
    hold = holds.place(
        reference,
        kind,
        their_reference="T 2026 17",
        owner="DC Fictional" if is_evidence else "",
        reason="They ask for it.",
        expires_on=today(desk) + timedelta(days=365) if is_evidence else None,
        acting=desk.by(RIA),
    )
    desk.now += timedelta(days=300)
    with changing_nothing():
        with refused(ChangedMeanwhile):
            reviews.confirm(reference, acting=desk.by(LEE))
        with refused(OnHold):
            reviews.review(reference, DISPOSE, acting=desk.by(RON))
    assert run(desk).destroyed == 0
    with refused(HoldUnknown):
        holds.end(reference, hold, acting=desk.by(LEE))
    with refused(HoldUnknown):
        holds.ask_to_end(reference, uuid4(), "Over.", acting=desk.by(RIA))
    holds.ask_to_end(reference, hold, "It is over.", acting=desk.by(DEE))
    with refused(OtherOfficerNeeded):
        holds.end(reference, hold, acting=desk.by(DEE))
    assert run(desk).destroyed == 0
    holds.end(reference, hold, acting=desk.by(LEE))
    assert run(desk).destroyed == 1


def test_a_hold_that_comes_while_the_worker_destroys_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    desk.now += timedelta(days=368)
    assert (run(desk).restricted, run(desk).destroyed) == (1, 0)
    desk.now += timedelta(days=30)

    def held_just_before(which: str) -> Record:
        holds.place(
            which,
            HoldKind.FOI,
            their_reference="FOI 2",
            reason="It is asked for.",
            acting=desk.by(RIA),
        )
        return locked(which)

    monkeypatch.setattr(retention, "locked_to_go", held_just_before)
    assert run(desk).destroyed == 0
    assert row(reference).state == State.CLOSED


def test_what_is_evidence_is_closed_while_it_is() -> None:
    desk = a_desk()
    reference, opened = desk.brought_to(State.CLOSED), desk.log()

    def hold(which: str) -> object:
        return holds.place(
            which,
            HoldKind.EVIDENCE,
            their_reference="Exhibit 1",
            owner="DC Fictional",
            reason="They ask for it.",
            expires_on=today(desk) + timedelta(days=30),
            acting=desk.by(RON),
        )

    placed, other = hold(reference), hold(reference)
    hold(opened)
    assert row(reference).restricted == "evidence"
    assert row(opened).restricted is None
    desk.do(opened, "withdraw")
    assert run(desk).restricted == 1
    assert row(opened).restricted == "evidence"
    holds.ask_to_end(reference, placed, "It is over.", acting=desk.by(RIA))  # type: ignore[arg-type]
    holds.end(reference, placed, acting=desk.by(LEE))  # type: ignore[arg-type]
    assert row(reference).restricted == "evidence"
    holds.ask_to_end(reference, other, "It is over.", acting=desk.by(RIA))  # type: ignore[arg-type]
    holds.end(reference, other, acting=desk.by(LEE))  # type: ignore[arg-type]
    assert row(reference).restricted is None


@pytest.mark.parametrize("officer", [ADA, CY, LEE])
def test_a_hold_is_placed_by_those_who_may(officer: Officer) -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    with refused(RoleMissing):
        holds.place(
            reference,
            HoldKind.FOI,
            their_reference="FOI 1",
            reason="Asked.",
            acting=desk.by(officer),
        )
    with refused(HoldIncomplete):
        holds.place(
            reference, HoldKind.FOI, their_reference="", reason="Asked.", acting=desk.by(RIA)
        )


def test_tallies_hold_codes_and_numbers_and_no_host() -> None:
    desk = a_desk()
    reference = desk.brought_to(State.CLOSED)
    dispose_of(desk, reference)
    dispose_of(desk, reference)
    told = TallyRow.objects.all()
    assert {it.platform for it in told} == {"other"}
    assert {(it.counted, it.outcome) for it in told if it.counted == "answered"} == {
        ("answered", "restricted_in_full")
    }
    assert sum(it.number for it in told if it.counted == "reviewed") == 2
