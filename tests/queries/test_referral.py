"""One referral in full, its history from the log, and who sees which words."""

from dataclasses import fields
from datetime import timedelta

import pytest

from evenhand.queries import history, notes, summary, worklist
from evenhand.queries import referral as one_referral
from evenhand.queries.worklist import Waiting
from evenhand.rules.notices import Delivery
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.referrals import NotFound, State
from evenhand.store.log import EntryRow
from tests.builders import ADA, BO, CY, DEE, GUS, MAX, OLA, as_reader
from tests.journeys import Desk

pytestmark = pytest.mark.django_db
WORDS = ("address", "canonical_url", "content_id", "source_detail", "description")


def test_a_whole_life_is_told_in_order() -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert [it.move for it in read.moves] == ["triage_proceed", "closed", "reopened"]
    assert [it.reason for it in read.moves[1:]] == ["Done.", "There is news."]
    assert [it.delivery for it in read.notices] == [Delivery.ACCEPTED]
    assert [it.outcome for it in read.answers] == ["restricted_in_full"]
    assert [it.seen for it in read.checks] == ["not_visible"]
    assert read.is_removal
    brief = summary.in_brief(reference, officer=ADA)
    assert (brief.state, brief.version) == (read.fact.state, read.fact.version)
    assert (brief.content_id, brief.canonical_url) == (read.content_id, read.canonical_url)


@pytest.mark.parametrize("officer", [DEE, OLA], ids=lambda it: it.name)
def test_who_may_not_read_words_sees_what_happened_without_them(officer: Officer) -> None:
    desk = Desk()
    reference = desk.brought_to(State.REOPENED)
    read = one_referral.one(reference, acting=as_reader(officer))
    assert {getattr(read, it) for it in WORDS} == {None}
    assert {it.answers for it in read.assessments} == {None}
    assert {it.reason for it in read.moves} == {it.reason for it in read.decisions} == {None}
    assert {(it.message, it.recipient) for it in read.notices} == {(None, None)}
    assert {(it.their_reference, it.ground_relied_on) for it in read.answers} == {(None, None)}
    assert [it.statement_of_reasons for it in read.answers] == [None]
    brief = summary.in_brief(reference, officer=officer)
    assert (brief.content_id, brief.canonical_url) == (None, None)
    assert read.fact.state is State.REOPENED


def test_who_runs_the_machine_sees_no_case() -> None:
    desk = Desk()
    reference = desk.log()
    for ask in (summary.in_brief, history.of):
        with pytest.raises(RoleMissing):
            ask(reference, officer=MAX)
    for look in (one_referral.one, notes.notes_on):
        with pytest.raises(RoleMissing):
            look(reference, acting=as_reader(MAX))
    with pytest.raises(RoleMissing):
        worklist.waiting_for(acting=as_reader(MAX, desk.now))


@pytest.mark.parametrize("reference", ["2026-999999", "", "a\0b", "\ud800", "x" * 100_000])
def test_what_does_not_exist_is_not_found(reference: str) -> None:
    for ask in (summary.in_brief, history.of):
        with pytest.raises(NotFound):
            ask(reference, officer=ADA)
    for look in (one_referral.one, notes.notes_on):
        with pytest.raises(NotFound):
            look(reference, acting=as_reader(ADA))


def test_a_history_is_read_from_the_log_and_names_who_did_what() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    told = history.of(reference, officer=OLA)
    assert [(str(it.act), it.who, it.role, it.outcome) for it in told.lines] == [
        ("referral.log", "Ada", "officer", None),
        ("referral.triage", "Bo", "officer", "proceed"),
        ("assessment.start", "Bo", "officer", None),
        ("assessment.submit", "Bo", "officer", "v1"),
        ("referral.approve", "Cy", "approver", None),
        ("notice.request", "Ada", "officer", "referral"),
        ("notice.accept", "Evenhand", None, "synthetic"),
        ("answer.record", "Ada", "officer", "restricted_in_full"),
        ("check.record", "Ada", "officer", "not_visible"),
        ("referral.close", "Ada", "officer", None),
    ]
    assert [it.version for it in told.lines] == list(range(1, 11))
    assert [it.words_committed for it in told.lines if str(it.act) == "referral.close"] == [True]
    assert all(it.rows_changed for it in told.lines)
    assert told.lines[-1].number == EntryRow.objects.latest("number").number


def test_a_history_is_given_page_by_page() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    whole = history.of(reference, officer=ADA).lines
    first = history.of(reference, most=4, officer=ADA)
    assert first.next
    rest = history.of(reference, after=int(first.next), most=6, officer=ADA)
    assert [*first.lines, *rest.lines] == list(whole)
    assert rest.next is None


def piles(officer: Officer, desk: Desk) -> dict[Waiting, list[str]]:
    return {
        pile.why: [it.reference for it in pile.lines]
        for pile in worklist.waiting_for(acting=as_reader(officer, desk.now))
    }


def test_what_waits_is_with_whom_it_waits_oldest_first() -> None:
    desk = Desk()
    first, second = desk.brought_to(State.LOGGED), desk.brought_to(State.LOGGED)
    waiting = desk.brought_to(State.AWAITING_APPROVAL)
    decided = desk.brought_to(State.DECIDED)
    begun = desk.brought_to(State.ASSESSING)
    assert piles(ADA, desk) == {Waiting.TO_TRIAGE: [first, second]}
    assert piles(BO, desk) == {Waiting.TO_CHECK: [decided], Waiting.TO_ASSESS: [begun]}
    assert piles(CY, desk) == {Waiting.FOR_APPROVAL: [waiting]}
    assert piles(OLA, desk) == {}


def test_nobody_is_asked_to_approve_what_they_may_not() -> None:
    desk = Desk()
    own = desk.do(desk.log(), "submit_by_cy")
    assert Waiting.FOR_APPROVAL not in piles(CY, desk)
    assert piles(GUS, desk) == {Waiting.FOR_APPROVAL: [own]}


def test_what_may_be_chased_waits_until_it_is_on_its_way() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    assert piles(BO, desk) == {}
    desk.now += timedelta(days=60)
    assert piles(BO, desk) == {Waiting.TO_CHASE: [reference]}


def test_every_part_of_a_referral_is_read() -> None:
    read = one_referral.one(Desk().log(), acting=as_reader(ADA))
    assert {it.name for it in fields(read)} >= set(WORDS)
