"""Joining two records: two officers, a reason, undoable, and every person counted once."""

import contextlib
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.actions import combinations, notification, people, people_corrections
from evenhand.actions.people_storing import identity_of
from evenhand.ledger.acts import CLASS_62, Act, Class62
from evenhand.queries import people_count, people_finding
from evenhand.rules.combinations import UNDONE_WITHIN, CombinationStanding, NotToBeCombined
from evenhand.rules.notification import NotDecidedToTell
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.people import AskedTooLongAgo, OwnRequest
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import ReasonMissing
from evenhand.store.combinations import CombinationRow, PeopleCountRow
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.sealing import open_record_key
from evenhand.store.writing import writing
from tests.actions.people import known_person, person, proposed
from tests.builders import ADA, ANSWERS, CY, GUS, SAM, proposal
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
WHY = "The same scar is described, and the same street."
ON_RECORD = ("held", "restricted")


def several(desk: Desk, count: int) -> list[str]:
    """Have people on record who are nobody's match."""
    return [known_person(desk, said=proposal(name=f"Noor {number}")) for number in range(count)]


def joined(desk: Desk, first: str, second: str) -> CombinationRow:
    ref = combinations.propose(first, second, WHY, acting=desk.by(CY))
    combinations.join(ref, "I agree.", acting=desk.by(GUS))
    return CombinationRow.objects.get(id=ref)


def recount() -> tuple[int, int]:
    """Count records and people from the rows: those that joined pairs connect are one."""
    rows = PersonRow.objects.filter(standing__in=ON_RECORD)
    of = {it: it for it in PersonRow.objects.values_list("id", flat=True)}
    for pair in CombinationRow.objects.filter(standing=CombinationStanding.JOINED):
        one, other = of[pair.first_id], of[pair.second_id]
        of = {it: one if group == other else group for it, group in of.items()}
    return rows.count(), len({of[it.id] for it in rows})


def counted() -> tuple[int, int]:
    everybody = people_count.on_record(officer=ADA)[0]
    assert everybody.system == ""
    return everybody.records, everybody.people


def test_before_anybody_is_recorded_nobody_is_counted() -> None:
    assert counted() == (0, 0)


def test_joined_records_are_one_person_and_the_entry_is_a_combination() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    assert counted() == (2, 2)
    row = joined(desk, first, second)
    assert counted() == recount() == (2, 1)
    assert (row.standing, row.decided_by.name, row.answered_by and row.answered_by.name) == (
        "joined",
        "Cy",
        "Gus",
    )
    acts = [
        bytes(it.leaf).split(b'"')[3].decode()
        for it in EntryRow.objects.filter(obj=row.first_id).order_by("number")
    ]
    assert acts[-2:] == ["people.propose", "people.join"]
    assert CLASS_62[Act.PEOPLE_JOINED] is CLASS_62[Act.PEOPLE_TAKEN_APART] is Class62.COMBINATION
    assert WHY.encode() not in bytes(row.reason or b"")


def test_joining_and_undoing_gives_the_first_state_back() -> None:
    desk = Desk()
    first, second, third = several(desk, 3)
    joined(desk, first, second)
    before = sorted(PersonRow.objects.values_list("reference", "one_with")), counted()
    row = joined(desk, third, second)
    assert counted() == recount() == (3, 1)
    combinations.undo(row.id, "They are cousins.", acting=desk.by(SAM))
    assert (sorted(PersonRow.objects.values_list("reference", "one_with")), counted()) == before


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=7))
def test_the_count_is_always_that_of_a_recount(steps: list[tuple[int, int]]) -> None:
    """Each step joins two records, or takes them apart where they are joined."""
    with transaction.atomic():
        desk = Desk()
        known = several(desk, 4)
        for one, other in steps:
            _step(desk, known[one], known[other])
            assert counted() == recount()
        transaction.set_rollback(True)


def _step(desk: Desk, first: str, second: str) -> None:
    pair = CombinationRow.objects.filter(
        first__reference=first, second__reference=second, standing=CombinationStanding.JOINED
    ).first()
    if pair:
        combinations.undo(pair.id, "No.", acting=desk.by(SAM))
        return
    with contextlib.suppress(NotToBeCombined), transaction.atomic():
        joined(desk, first, second)


def test_what_comes_from_an_old_system_is_counted_by_it_and_once_in_all() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    from evenhand.ledger.entries import Entry
    from evenhand.store.writing import writing

    with writing() as pen:
        row = person(first)
        row.origin = "old"
        row.keep()
        pen.enter(
            Entry(act=Act.PERSON_CORRECTED, at=desk.now, who=CY.ref, obj=row.id, ver=row.version)
        )
    joined(desk, first, second)
    found = {it.system: (it.records, it.people) for it in people_count.on_record(officer=ADA)}
    assert found == {"": (2, 1), "evenhand": (1, 1), "old": (1, 1)}


def test_a_refused_proposal_joins_nobody() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    ref = combinations.propose(first, second, WHY, acting=desk.by(CY))
    combinations.refuse(ref, "The birth place differs.", acting=desk.by(GUS))
    assert counted() == recount() == (2, 2)
    acting = desk.by(SAM)
    with changing_nothing(), refused(NotToBeCombined):
        combinations.join(ref, "Still.", acting=acting)


NEVER = {
    "oneself": OwnRequest,
    "too late": AskedTooLongAgo,
    "without a reason": ReasonMissing,
    "an officer": RoleMissing,
    "not there": NotFound,
}


@pytest.mark.parametrize("what", NEVER)
def test_records_are_not_joined(what: str) -> None:
    desk = Desk()
    first, second = several(desk, 2)
    ref = combinations.propose(first, second, WHY, acting=desk.by(CY))
    if what == "too late":
        desk.now += timedelta(hours=80)
    acting = desk.by({"oneself": CY, "an officer": ADA}.get(what, GUS))
    with changing_nothing(), refused(NEVER[what]):
        combinations.join(
            uuid4() if what == "not there" else ref,
            "" if what == "without a reason" else "I agree.",
            acting=acting,
        )


def test_after_28_days_nobody_takes_them_apart() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    row = joined(desk, first, second)
    desk.now += UNDONE_WITHIN + timedelta(minutes=1)
    acting = desk.by(SAM)
    with changing_nothing(), refused(NotToBeCombined):
        combinations.undo(row.id, "No.", acting=acting)


def test_nobody_is_joined_with_themselves_or_twice() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    joined(desk, first, second)
    for one, other in ((first, first), (first, second), (second, first)):
        acting = desk.by(CY)
        with changing_nothing(), refused(NotToBeCombined):
            combinations.propose(one, other, WHY, acting=acting)


def test_a_record_is_authorised_once_somebody_said_of_each_match_whether_it_is_the_same() -> None:
    desk = Desk()
    first = known_person(desk)
    second = proposed(desk)
    acting = desk.by(GUS)
    with changing_nothing(), refused(NotToBeCombined):
        people.authorise(second, ANSWERS, acting=acting)
    assert [it.reference for it in people_finding.to_tell_apart(second, acting=desk.by(GUS))] == [
        first
    ]
    assert people_finding.with_matches(acting=desk.by(GUS)) == [second]
    combinations.tell_apart(second, first, "Another mother.", acting=desk.by(GUS))
    assert people_finding.with_matches(acting=desk.by(GUS)) == []
    assert not people_finding.to_tell_apart(second, acting=desk.by(GUS))
    people.authorise(second, ANSWERS, acting=desk.by(GUS))
    assert counted() == recount() == (2, 2)
    third = proposed(desk)
    refs = [
        combinations.propose(third, it, "The same.", acting=desk.by(GUS)) for it in (first, second)
    ]
    acting = desk.by(CY)
    with changing_nothing(), refused(NotToBeCombined):
        combinations.join(refs[0], "I agree.", acting=acting)
    people.authorise(third, ANSWERS, acting=desk.by(CY))
    assert [it.ref for it in people_finding.waiting(acting=desk.by(CY))] == refs
    combinations.join(refs[0], "I agree.", acting=desk.by(CY))
    pair = people_finding.pair(refs[0], acting=desk.by(CY))
    assert [it.reference for it in pair.hits] == [third, first]
    assert (pair.reason, pair.decided_by) == ("The same.", "Gus")
    assert counted() == recount() == (3, 2)


def test_a_record_that_is_corrected_into_another_is_told_apart_afterwards() -> None:
    desk = Desk()
    first, second = known_person(desk), known_person(desk, said=proposal(name="Noor Vantige"))
    assert people_finding.with_matches(acting=desk.by(GUS)) == []
    people_corrections.contest(second, "name", "It is misspelt.", acting=desk.by(ADA))
    row = person(second)
    right = replace(identity_of(row, open_record_key(row.key)), name=proposal().name)
    why = people_corrections.Why(reason="The document says so.")
    people_corrections.correct_identity(second, right, why, acting=desk.by(CY))
    [listed] = people_finding.with_matches(acting=desk.by(GUS))
    [found] = people_finding.to_tell_apart(listed, acting=desk.by(GUS))
    assert {listed, found.reference} == {first, second}
    joined(desk, second, first)
    assert people_finding.with_matches(acting=desk.by(GUS)) == []
    assert not people_finding.to_tell_apart(second, acting=desk.by(GUS))
    assert counted() == recount() == (2, 1)


def test_what_is_joined_through_a_third_record_is_not_told_apart_again() -> None:
    desk = Desk()
    first, third = known_person(desk), known_person(desk, said=proposal(name="Alba Quince"))
    second = proposed(desk)
    ref = combinations.propose(second, first, "The same.", acting=desk.by(GUS))
    people.authorise(second, ANSWERS, acting=desk.by(CY))
    joined(desk, first, third)
    joined(desk, second, third)
    combinations.refuse(ref, "They are one already.", acting=desk.by(CY))
    assert people_finding.with_matches(acting=desk.by(GUS)) == []
    assert not people_finding.to_tell_apart(second, acting=desk.by(GUS))


def test_what_was_said_of_a_record_that_is_refused_lapses_and_can_be_looked_at() -> None:
    desk = Desk()
    first, second = known_person(desk), proposed(desk)
    ref = combinations.propose(second, first, "The same.", acting=desk.by(CY))
    people.refuse(second, "Not needed.", acting=desk.by(GUS))
    pair = people_finding.pair(ref, acting=desk.by(CY))
    assert (pair.standing, pair.reason) == (CombinationStanding.LAPSED, "")
    assert [it.name for it in pair.hits] == ["", proposal().name]
    acting = desk.by(GUS)
    with changing_nothing(), refused(NotToBeCombined):
        combinations.refuse(ref, "No.", acting=acting)
    third = proposed(desk)
    combinations.tell_apart(third, first, "Another.", acting=desk.by(CY))
    people.refuse(third, "Not needed.", acting=desk.by(GUS))
    told = CombinationRow.objects.get(first__reference=third)
    assert (told.standing, told.reason) == (CombinationStanding.APART, None)


def test_the_database_has_nobody_on_record_twice_untold_apart() -> None:
    desk = Desk()
    known_person(desk)
    second = proposed(desk)
    with pytest.raises(IntegrityError, match="E-CMB-49"), writing():
        PersonRow.objects.filter(reference=second).update(
            standing="held", authorised_by=CY.ref, authorised_at=desk.now, trace=None
        )


def test_a_record_on_which_nobody_decided_is_not_joined() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    desk.now += timedelta(days=40)
    assert notification.restrict_undecided(acting=desk.by(WORKER)) == 2
    assert counted() == recount() == (2, 2)
    acting = desk.by(CY)
    with changing_nothing(), refused(NotDecidedToTell):
        combinations.propose(first, second, WHY, acting=acting)


def test_who_is_told_apart_from_a_record_on_which_nobody_decided_comes_on_record() -> None:
    desk = Desk()
    first = known_person(desk)
    desk.now += timedelta(days=40)
    assert notification.restrict_undecided(acting=desk.by(WORKER)) == 1
    second = proposed(desk)
    combinations.tell_apart(second, first, "Another mother.", acting=desk.by(GUS))
    people.authorise(second, ANSWERS, acting=desk.by(GUS))
    assert counted() == recount() == (2, 2)


def test_what_is_undecided_when_it_is_to_be_joined_is_not_joined() -> None:
    desk = Desk()
    first, second = several(desk, 2)
    desk.now += timedelta(days=28)
    ref = combinations.propose(first, second, WHY, acting=desk.by(CY))
    desk.now += timedelta(days=2)
    assert notification.restrict_undecided(acting=desk.by(WORKER)) == 2
    acting = desk.by(GUS)
    with changing_nothing(), refused(NotDecidedToTell):
        combinations.join(ref, "I agree.", acting=acting)


def test_the_count_is_not_rewritten_by_who_is_refused() -> None:
    desk = Desk()
    known_person(desk)
    other = proposed(desk, said=proposal(name="Somebody Else"))
    people.refuse(other, "Not needed.", acting=desk.by(GUS))
    assert counted() == recount() == (1, 1)
    assert PeopleCountRow.objects.count() == 2
