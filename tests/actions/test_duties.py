"""What the desk has to erase without being asked becomes work by itself. A25."""

from datetime import timedelta

import pytest
from django.db.models import Q

from evenhand.actions import holds, people_roles, purposes, retention, reviews, sharing
from evenhand.ledger.acts import Act
from evenhand.queries import retention as kept
from evenhand.queries.history import act_of
from evenhand.rules.disposal_duty import ERASE_WITHIN, Duty, DutyStands
from evenhand.rules.holds import HoldKind
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.people_changes import NewRole
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.retention import Because
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from tests.actions.people import known_person, no_assessment_in_force, person, suspect
from tests.actions.sharing import in_force, wanted
from tests.actions.test_disposal import DISPOSE, a_desk, dispose_of, keep_until, run, today
from tests.actions.test_purposes import CHANGE
from tests.builders import ADA, CY, LEE, OLA, RON, SID, adult, grounds, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
CLOSE = Review(outcome=ReviewOutcome.RESTRICT, reason="It is not used until it goes.")


def given_role(desk: Desk, reference: str, referral: str, role: PersonRole) -> None:
    """Have Ada ask for another role, and Cy authorise it."""
    new = NewRole(role=role, necessity="So it is.")
    people_roles.ask(reference, new, referral=referral, acting=desk.by(ADA))
    people_roles.authorise(reference, "I looked.", referral=referral, acting=desk.by(CY))


def dropped(desk: Desk) -> tuple[str, str]:
    """Have a suspicion dropped; give the record and its referral."""
    referral, day = desk.log(), today(desk)
    said = proposal(PersonRole.SUSPECT, age=adult(as_at=day), grounds=grounds(on=day))
    reference = known_person(desk, referral, said=said)
    given_role(desk, reference, referral, PersonRole.CONTENT_POSTER_NOT_SUSPECTED)
    return reference, referral


def counted(desk: Desk) -> tuple[int, int]:
    found = kept.to_erase(officer=OLA, today=today(desk))
    return found.in_time, found.overdue


def test_a_dropped_suspicion_is_to_be_erased_within_14_days() -> None:
    desk = a_desk()
    reference, _referral = dropped(desk)
    row = person(reference)
    assert (row.erase_because, row.review_on) == ("not_suspected", today(desk) + ERASE_WITHIN)
    [line] = kept.due(officer=RON, today=today(desk)).lines
    assert (line.reference, line.verdict.because, line.duty) == (
        reference,
        Because.DUTY,
        Duty.NOT_SUSPECTED,
    )
    assert counted(desk) == (1, 0)
    dispose_of(desk, reference)
    assert not PersonRow.objects.exists()
    assert counted(desk) == (0, 0)


def test_who_turns_out_to_be_a_victim_is_kept_on() -> None:
    desk = a_desk()
    referral = desk.log()
    reference = suspect(desk, referral)
    given_role(desk, reference, referral, PersonRole.VICTIM)
    assert person(reference).erase_because is None
    assert counted(desk) == (0, 0)


def test_what_is_to_be_erased_is_not_kept_on_nor_taken_for_something_else() -> None:
    desk = a_desk()
    reference, referral = dropped(desk)
    later = keep_until(today(desk) + timedelta(days=30))
    acting = desk.by(RON)
    with refused(DutyStands), changing_nothing():
        reviews.review(reference, later, acting=acting)
    new = NewRole(role=PersonRole.VICTIM, necessity="They must be warned.")
    acting = desk.by(ADA)
    with refused(DutyStands), changing_nothing():
        people_roles.ask(reference, new, referral=referral, acting=acting)


def test_a_role_that_was_asked_for_before_is_not_given_after() -> None:
    desk = a_desk()
    first = desk.log()
    reference = suspect(desk, first)
    new = NewRole(role=PersonRole.VICTIM, necessity="They must be warned.")
    people_roles.ask(reference, new, referral=first, acting=desk.by(ADA))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    acting = desk.by(CY)
    with refused(DutyStands), changing_nothing():
        people_roles.authorise(reference, "Yes.", referral=first, acting=acting)


def test_a_review_that_finds_no_need_is_answered_by_erasing_or_by_a_second_officer() -> None:
    desk = a_desk()
    reference = known_person(desk)
    until = today(desk) + timedelta(days=30)
    reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    row = person(reference)
    assert (row.erase_because, row.review_on) == ("review_failed", today(desk) + ERASE_WITHIN)
    with refused(DutyStands):
        reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.decline(reference, "A court asks for it.", acting=desk.by(LEE))
    row = person(reference)
    assert (row.erase_because, row.review_on) == (None, today(desk) + ERASE_WITHIN)
    reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))
    assert person(reference).review_on == until
    reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.decline(reference, "Not for so long.", acting=desk.by(LEE))


def test_what_was_proposed_to_be_kept_before_is_not_kept_after() -> None:
    desk = a_desk()
    reference = known_person(desk)
    reviews.review(reference, keep_until(today(desk) + timedelta(days=30)), acting=desk.by(RON))
    no_assessment_in_force(desk)
    run(desk)
    desk.assured()
    acting = desk.by(LEE)
    with refused(DutyStands), changing_nothing():
        reviews.confirm(reference, acting=acting)
    other = known_person(desk, said=proposal(name="Alba Quince"))
    desk.now += person(other).max_on - today(desk) - timedelta(days=1)
    moved = keep_until(person(other).max_on, person(other).max_on + timedelta(days=5))
    reviews.review(other, moved, acting=desk.by(RON))
    desk.now += timedelta(days=1)
    with refused(DutyStands):
        reviews.confirm(other, acting=desk.by(LEE))


def test_without_a_policy_document_everybody_is_to_be_erased() -> None:
    desk = a_desk()
    reference = known_person(desk)
    run(desk)
    assert person(reference).erase_because is None
    no_assessment_in_force(desk)
    run(desk)
    assert person(reference).erase_because == "policy_lapsed"
    newest = EntryRow.objects.filter(obj=person(reference).id).order_by("number").last()
    assert newest is not None
    assert act_of(newest.leaf) is Act.ERASURE_DUE
    desk.assured()
    with changing_nothing():
        retention._find_duties(retention.Each(desk.by(WORKER)))
    with refused(DutyStands):
        until = today(desk) + timedelta(days=5)
        reviews.review(reference, keep_until(until), acting=desk.by(RON))


def test_whose_last_day_has_come_is_to_be_erased_whether_or_not_the_worker_came_by() -> None:
    desk = a_desk()
    reference = known_person(desk)
    row = person(reference)
    desk.now += row.max_on - today(desk) + timedelta(days=1)
    desk.put_in_force()
    until = today(desk) + timedelta(days=5)
    moved = keep_until(until, today(desk) + timedelta(days=30))
    with refused(DutyStands):
        reviews.review(reference, moved, acting=desk.by(RON))
    run(desk)
    assert person(reference).erase_because == "basis_expired"
    assert counted(desk) == (0, 1)


def test_what_is_not_erased_in_time_is_closed_and_shown_to_who_oversees() -> None:
    desk = a_desk()
    reference, _referral = dropped(desk)
    desk.now += ERASE_WITHIN + timedelta(days=1)
    assert counted(desk) == (0, 1)
    assert run(desk).restricted == 1
    row = person(reference)
    assert (row.standing, row.restricted_because) == ("restricted", "not_reviewed")
    assert counted(desk) == (0, 1)
    with refused(RoleMissing):
        kept.to_erase(officer=ADA, today=today(desk))
    holds.place(
        reference,
        HoldKind.EVIDENCE,
        their_reference="Exhibit 1",
        owner="DC Fictional",
        reason="They ask for it.",
        expires_on=today(desk) + timedelta(days=30),
        acting=desk.by(RON),
    )
    assert counted(desk) == (0, 0)


def test_to_close_it_ends_the_task_and_the_duty_stays() -> None:
    desk = a_desk()
    reference, _referral = dropped(desk)
    reviews.review(reference, CLOSE, acting=desk.by(RON))
    assert counted(desk) == (0, 0)
    assert kept.due(officer=RON, today=today(desk)).lines == []
    desk.now += ERASE_WITHIN + timedelta(days=1)
    assert counted(desk) == (0, 0)
    assert kept.one(reference, acting=desk.by(RON)).duty is Duty.NOT_SUSPECTED
    with refused(DutyStands):
        until = today(desk) + timedelta(days=5)
        reviews.review(reference, keep_until(until), acting=desk.by(RON))


def test_that_the_policy_is_gone_stands_above_what_a_review_came_to() -> None:
    desk = a_desk()
    reference = known_person(desk)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    no_assessment_in_force(desk)
    run(desk)
    assert person(reference).duty is Duty.POLICY_LAPSED
    desk.assured()
    reviews.decline(reference, "A court asks for it.", acting=desk.by(LEE))
    assert person(reference).duty is Duty.POLICY_LAPSED


def test_what_is_to_be_erased_is_used_for_nothing_else_and_leaves_to_nobody() -> None:
    desk = a_desk()
    reference = known_person(desk)
    agreement = in_force(desk)
    said = wanted(reference, agreement)
    reviews.review(reference, DISPOSE, acting=desk.by(RON))
    acting = desk.by(ADA)
    with refused(DutyStands), changing_nothing():
        purposes.ask(reference, CHANGE, acting=acting)
    acting = desk.by(SID)
    with refused(DutyStands), changing_nothing():
        sharing.build(reference, said, acting=acting)


def test_what_is_gone_since_it_was_listed_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk()
    monkeypatch.setattr(retention, "references", lambda *_asked: iter(["P-2026-000999"]))
    each = retention.Each(desk.by(WORKER))
    assert each.of(PersonRow, Q(), lambda _row, _acting: True) == 0
    each.tell()
