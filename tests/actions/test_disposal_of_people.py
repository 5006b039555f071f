"""A person on record is reviewed, held and disposed of like a referral, all at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.actions import (
    combinations,
    drafts,
    handover,
    holds,
    notification,
    people,
    people_corrections,
    people_roles,
    people_verifying,
    recalls,
    retention,
    reviews,
)
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.queries import people as one_person
from evenhand.queries import retention as kept
from evenhand.queries.balance import balance
from evenhand.queries.history import act_of
from evenhand.rules.balance import InBalance
from evenhand.rules.disposal import RestsOnIt
from evenhand.rules.holds import HoldKind, OnHold
from evenhand.rules.notification import Decision, Telling
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.people import BOTH_WITHIN, PersonStanding
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.recalls import RecallsWait, Why
from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.reviews import Question, Review, ReviewerInvolved, ReviewOutcome
from evenhand.store import disposing
from evenhand.store.combinations import EVERYBODY, CombinationRow, PeopleCountRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from evenhand.store.machinery import ConsultationRow, DraftRow
from evenhand.store.notification import NotifyDecisionRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.retention import DisposalRow, ReviewRow, TallyRow
from evenhand.store.sharing import DisclosureRow, RecallRow
from evenhand.store.writing import writing
from tests.actions.people import known_person, person, proposed
from tests.actions.sharing import in_force, released, staffed
from tests.actions.test_disposal import DISPOSE, a_desk, dispose_of
from tests.builders import ADA, BO, CAST, CY, DEE, GUS, LEE, RIA, RON, SAM, fact, proposal
from tests.journeys import Desk, refused, row
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def everybody() -> tuple[int, int]:
    """Give how many records are on record, and of how many people."""
    return PeopleCountRow.objects.values_list("records", "people").get(system=EVERYBODY)


def today(desk: Desk) -> date:
    return timezone.localdate(desk.now)


def test_a_proposal_that_nobody_answers_within_72_hours_is_destroyed() -> None:
    desk = Desk()
    reference = proposed(desk)
    asked = desk.now
    ran = retention.run(acting=Acting(officer=WORKER, at=asked + BOTH_WITHIN))
    assert (ran.destroyed, person(reference).standing) == (0, PersonStanding.PROPOSED)
    late = Acting(officer=WORKER, at=asked + BOTH_WITHIN + timedelta(seconds=1))
    assert retention.run(acting=late).destroyed == 1
    row = person(reference)
    assert (row.standing, row.name, list(row.statements.all())) == ("refused", None, [])
    newest = EntryRow.objects.filter(obj=row.id).order_by("number").last()
    assert newest is not None
    assert act_of(newest.leaf) is Act.PERSON_REFUSED
    assert retention.run(acting=late).destroyed == 0
    assert not people.refuse_unanswered(row, late)


def test_disposing_of_a_person_leaves_a_certificate_and_numbers_and_nothing_else() -> None:
    desk = a_desk()
    reference = known_person(desk)
    record = person(reference).id
    certificate = DisposalRow.objects.get(reference=dispose_of(desk, reference))
    assert (certificate.kind, certificate.what, certificate.record) == ("person", "record", record)
    for table in (PersonRow, PersonLinkRow, PersonStepRow, StatementRow, ReviewRow):
        assert not table.objects.exists()
    assert not RecordKeyRow.objects.filter(id=record).exists()
    told = {(it.counted, it.role, it.outcome) for it in TallyRow.objects.all()}
    assert told == {
        ("person", "", ""),
        ("person_role", "victim", ""),
        ("person_reviewed", "", "dispose"),
    }


def test_the_certificate_names_the_old_system_that_somebody_came_from() -> None:
    desk = a_desk()
    reference, own = known_person(desk), known_person(desk, said=proposal(name="Alba Quince"))
    with writing() as pen:
        old = PersonRow.objects.locked(reference)
        old.origin = "Old cards"
        old.keep()
        pen.enter(about(old, Act.PERSON_CORRECTED, None, acting=desk.by(CY)))
    for which, system in ((reference, "Old cards"), (own, "evenhand")):
        certificate = DisposalRow.objects.get(reference=dispose_of(desk, which))
        assert certificate.system == system


def test_every_table_that_points_to_a_person_is_emptied_of_them() -> None:
    pointing = {
        table
        for table in apps.get_models()
        for field in table._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model is PersonRow
    }
    assert pointing == {*disposing.OF_A_PERSON, CombinationRow, DisclosureRow}


def test_whoever_was_told_looked_at_or_written_of_is_forgotten() -> None:
    desk = a_desk()
    reference = known_person(desk)
    record = person(reference).id
    notification.decide(
        reference, Decision(telling=Telling.TELL, reasons="No harm."), acting=desk.by(RIA)
    )
    one_person.one(reference, "To decide.", acting=desk.by(RIA))
    drafts.save("page 1", {"reason": ["Half"]}, about=reference, officer=RON.ref, now=desk.now)
    assert ConsultationRow.objects.filter(about=record).exists()
    dispose_of(desk, reference)
    assert not NotifyDecisionRow.objects.exists()
    assert not ConsultationRow.objects.filter(about=record).exists()
    assert not DraftRow.objects.exists()


def test_who_is_one_person_through_a_record_that_goes_is_still_counted_once() -> None:
    desk = a_desk()
    first, middle, last, other = [
        known_person(desk, said=proposal(name=f"Noor {it}")) for it in range(4)
    ]
    waiting = combinations.propose(first, last, "The same street.", acting=desk.by(CY))
    for one in (first, last):
        ref = combinations.propose(one, middle, "The same street.", acting=desk.by(CY))
        combinations.join(ref, "I agree.", acting=desk.by(GUS))
    combinations.tell_apart(middle, other, "Another street.", acting=desk.by(CY))
    assert everybody() == (4, 2)
    dispose_of(desk, middle)
    assert everybody() == (3, 2)
    [left] = CombinationRow.objects.all()
    assert left.id != waiting
    assert {left.first_id, left.second_id} == {person(first).id, person(last).id}
    assert (left.standing, left.reason, left.answer) == ("joined", None, None)
    combinations.undo(left.id, "They are two.", acting=desk.by(CY))
    assert everybody() == (3, 3)
    for reference in (first, last, other):
        dispose_of(desk, reference)
    assert everybody() == (0, 0)


def test_a_referral_waits_for_whom_it_brought_on_record() -> None:
    desk = a_desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    desk.do(referral, "withdraw")
    dispose_of(desk, referral)
    with refused(RestsOnIt):
        dispose_of(desk, referral)
    dispose_of(desk, reference)
    dispose_of(desk, referral)
    assert DisposalRow.objects.filter(what="record").count() == 2


def test_an_unreviewed_person_is_closed_and_goes_when_nobody_releases_them() -> None:
    desk = a_desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    days = person(reference)
    desk.do(referral, "withdraw")
    desk.now += days.review_on - today(desk) + timedelta(days=1)
    assert person(reference).is_restricted(today(desk))
    assert retention.run(acting=desk.by(WORKER)).restricted == 2  # the referral is late as well
    closed = person(reference)
    assert (closed.standing, closed.restricted_because) == ("restricted", "not_reviewed")
    desk.now += days.max_on - today(desk) + timedelta(days=15)
    ran = retention.run(acting=desk.by(WORKER))
    assert ran.destroyed == 2
    assert not PersonRow.objects.exists()
    desk.now = desk.now.replace(year=2030)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 1


def test_the_clock_leaves_a_referral_while_somebody_is_held_through_it() -> None:
    desk = a_desk()
    referral = desk.log()
    reference = known_person(desk, referral)
    desk.do(referral, "withdraw")
    dispose_of(desk, referral)
    holds.place(
        reference, HoldKind.RIGHTS, their_reference="R 1", reason="Asked.", acting=desk.by(RIA)
    )
    with refused(OnHold):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
    desk.now = desk.now.replace(year=2031)
    assert retention.run(acting=desk.by(WORKER)).destroyed == 0
    assert row(referral).schedule == "D01"


def test_a_reviewed_person_is_kept_on_and_open_again() -> None:
    desk = a_desk()
    reference = known_person(desk)
    reviews.review(
        reference, Review(outcome=ReviewOutcome.RESTRICT, reason="Wrong?"), acting=desk.by(RON)
    )
    assert person(reference).restricted_because == "reviewed"
    asked = Review(
        outcome=ReviewOutcome.RETAIN,
        reason="Needed.",
        answers={it: f"My answer on {it}." for it in Question},
        until=today(desk) + timedelta(days=30),
    )
    with refused(ChangedMeanwhile):
        reviews.review(reference, asked, seen_version=1, acting=desk.by(RON))
    reviews.review(reference, asked, acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))
    kept_on = person(reference)
    assert (kept_on.standing, kept_on.review_on) == ("held", asked.until)


def test_evidence_closes_a_person_until_it_is_none() -> None:
    desk = a_desk()
    reference = known_person(desk)
    hold = holds.place(
        reference,
        HoldKind.EVIDENCE,
        their_reference="Exhibit 1",
        owner="DC Fictional",
        reason="A court asks.",
        expires_on=today(desk) + timedelta(days=90),
        acting=desk.by(RIA),
    )
    assert person(reference).restricted_because == "needed_as_evidence"
    holds.ask_to_end(reference, hold, "Over.", acting=desk.by(RIA))
    holds.end(reference, hold, acting=desk.by(LEE))
    assert person(reference).standing == "held"


def test_what_came_and_went_balances_over_any_days() -> None:
    desk = a_desk()
    start = today(desk)
    referral = desk.log()
    reference = known_person(desk, referral)
    desk.do(referral, "withdraw")
    desk.now += timedelta(days=20)
    dispose_of(desk, reference)
    dispose_of(desk, referral)
    dispose_of(desk, referral)
    for kind in (InBalance.REFERRAL, InBalance.PERSON):
        first = balance(kind, start, start + timedelta(days=20), officer=RON)
        second = balance(kind, start + timedelta(days=20), start + timedelta(days=40), officer=RON)
        assert (first.open, first.created, first.disposed, first.close) == (0, 1, 0, 1)
        assert (second.open, second.created, second.disposed, second.close) == (1, 0, 1, 0)


def test_what_is_due_is_listed_page_by_page_in_as_many_queries() -> None:
    desk = a_desk()
    referral = desk.log()
    known_person(desk, referral)
    for _ in range(27):
        desk.do(desk.log(), "withdraw")
    desk.now += timedelta(days=400)
    with CaptureQueriesContext(connection) as captured:
        first = kept.due(officer=LEE, today=today(desk))
    assert len(captured) <= 9
    second = kept.due(first.next or "", officer=LEE, today=today(desk))
    assert len(first.lines) == 25
    assert (len(second.lines), second.next) == (3, None)
    shown = [it.reference for it in (*first.lines, *second.lines)]
    assert len(set(shown)) == len(shown) == 28
    assert shown == [it.reference for it in kept.all_due(today=today(desk))]
    assert ADA.name not in repr(first)


def test_who_was_given_a_persons_data_is_told_before_the_person_goes(server: MailServer) -> None:
    desk = staffed()
    for officer in (LEE, RON):
        desk.by(officer)
    reference = known_person(desk)
    package = released(desk, reference, in_force(desk))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    assert reviews.confirm(reference, acting=desk.by(LEE)) == ""
    [recall] = RecallRow.objects.filter(disclosure__reference=package)
    assert (recall.why, recall.sent_at) == (Why.ERASED, None)
    with refused(RecallsWait):
        reviews.confirm(reference, acting=desk.by(LEE))
    assert RecallRow.objects.count() == 1
    recalls.deliver(recall.id, last_attempt=False, acting=desk.by(WORKER))
    assert len(server.taken) == 1
    assert reviews.confirm(reference, acting=desk.by(LEE))
    assert not PersonRow.objects.exists()
    left = DisclosureRow.objects.get(reference=package)
    assert (left.person_id, left.link_id, left.package, left.document) == (None, None, None, None)


def test_whoever_said_authorised_or_put_right_anything_reviews_and_releases_nothing() -> None:
    desk = a_desk()
    for officer in (GUS, SAM):
        desk.by(officer)
    referral = desk.log()
    reference = known_person(desk, referral)
    wrong = str(person(reference).statements.get().id)
    people_corrections.contest(reference, wrong, "Another shop.", acting=desk.by(DEE))
    why = people_corrections.Why(reason="The document says so.")
    people_corrections.correct_statement(reference, wrong, fact(), why, acting=desk.by(GUS))
    new = NewRole(role=PersonRole.WITNESS_OR_INFORMANT, necessity="They saw it.")
    people_roles.ask(reference, new, referral=referral, acting=desk.by(ADA))
    people_roles.authorise(reference, "They did.", referral=referral, acting=desk.by(SAM))
    handover.hand_over(referral, "bo", "I am away.", acting=desk.by(ADA))
    right = person(reference).statements.get().id
    people_verifying.verify(reference, right, "I looked again.", acting=desk.by(BO))
    workers = (ADA, BO, CY, GUS, SAM)
    assert person(reference).worked_on_by() == {it.ref for it in workers}
    for it in CAST:
        asked = PersonRow.objects.filter(PersonRow.worked_on(it.ref), reference=reference)
        assert asked.exists() == (it in workers), it.name
    for it in workers:
        with refused(ReviewerInvolved):
            reviews.review(reference, DISPOSE, acting=desk.by(replace(RON, ref=it.ref)))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    for it in workers:
        with refused(ReviewerInvolved):
            reviews.confirm(reference, acting=desk.by(replace(LEE, ref=it.ref)))
    assert reviews.confirm(reference, acting=desk.by(LEE))
