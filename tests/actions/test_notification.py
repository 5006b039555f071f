"""Whether people are told is decided in time; what nobody decided on is restricted."""

from datetime import timedelta

import pytest

from evenhand.actions import notification, people_restrictions
from evenhand.queries import notification as known
from evenhand.rules.notification import (
    Decision,
    NothingToConfirm,
    RestrictionGround,
    RestrictionNotAllowed,
    Telling,
)
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.people import (
    NotAsItStands,
    OwnRequest,
    PersonStanding,
    Restriction,
)
from evenhand.rules.people_changes import NotToldBeforeLifting
from evenhand.rules.referrals import ChangedMeanwhile, NotFound
from evenhand.rules.texts import ReasonMissing
from evenhand.store.notification import NotifyDecisionRow
from evenhand.store.sharing import RecallRow
from tests.actions.people import decision_of, known_person, person, proposed
from tests.actions.sharing import built, in_force, released
from tests.builders import ADA, CY, DEE, OLA, RIA, proposal
from tests.builders import child as a_child
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
TELL = Decision(telling=Telling.TELL, reasons="Nothing speaks against it.")


def restrict(desk: Desk, days: int = 30) -> Decision:
    return Decision(
        telling=Telling.RESTRICT,
        reasons="They would warn the others.",
        ground=RestrictionGround.INQUIRY,
        review_on=desk.now.date() + timedelta(days=days),
    )


def restricted_after(desk: Desk, days: int) -> int:
    desk.now += timedelta(days=days)
    return notification.restrict_undecided(acting=desk.by(WORKER))


def test_who_is_told_gets_a_letter_that_is_sealed() -> None:
    desk = Desk()
    reference = known_person(desk)
    [due] = known.due(acting=desk.by(RIA))
    assert (due.reference, due.waits_to_be_confirmed) == (reference, False)
    notification.decide(reference, TELL, acting=desk.by(RIA))
    found = known.one(reference, acting=desk.by(DEE))
    assert f"our reference {reference}" in found.letter
    assert (found.decided_by, found.reasons, found.due_on) == ("Ria", TELL.reasons, None)
    assert b"Nothing" not in bytes(NotifyDecisionRow.objects.get().reasons or b"")
    assert not known.due(acting=desk.by(RIA))
    assert restricted_after(desk, 100) == 0


def test_the_record_says_what_is_decided_only_while_that_is_in_force() -> None:
    desk = Desk()
    reference = known_person(desk)
    assert person(reference).telling is None
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    assert person(reference).telling is None
    notification.confirm(reference, "It is so.", seen=decision_of(reference), acting=desk.by(DEE))
    assert person(reference).telling == "restrict"
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    assert person(reference).telling is None
    notification.refuse(reference, "Not so.", seen=decision_of(reference), acting=desk.by(DEE))
    assert person(reference).telling is None
    notification.decide(reference, TELL, acting=desk.by(RIA))
    assert person(reference).telling == "tell"


def test_of_many_the_first_due_are_listed_children_among_them() -> None:
    desk = Desk()
    names = ("Alba Quince", "Bea Quince", "Cato Quince")
    first, *_others = [known_person(desk, said=proposal(name=it)) for it in names]
    said = proposal(name="Ode Marsh", age=a_child(), best_interests="She is to be warned.")
    a_childs = known_person(desk, said=said)
    found = known.due(2, acting=desk.by(RIA))
    assert [it.reference for it in found] == [a_childs, first]


def test_the_letter_names_who_was_given_something_and_nobody_else() -> None:
    desk = Desk()
    reference, agreement = known_person(desk), in_force(desk)
    built(desk, reference, agreement)
    notification.decide(reference, TELL, acting=desk.by(RIA))
    assert "nobody." in known.one(reference, acting=desk.by(DEE)).letter
    for _ in range(2):
        released(desk, reference, agreement)
    notification.decide(reference, TELL, acting=desk.by(RIA))
    assert ": Neighbour Police." in known.one(reference, acting=desk.by(DEE)).letter


def test_what_the_worker_restricts_is_recalled_from_whoever_was_given_it() -> None:
    desk = Desk()
    reference = known_person(desk)
    package = released(desk, reference, in_force(desk))
    assert restricted_after(desk, 30) == 1
    recall = RecallRow.objects.get()
    assert (recall.disclosure.reference, recall.why, recall.by) == (package, "restricted", None)


@pytest.mark.parametrize(("child", "days"), [(False, 28), (True, 14)])
def test_what_nobody_decided_on_in_time_is_restricted_by_the_worker(child: bool, days: int) -> None:
    desk = Desk()
    said = proposal(age=a_child(), best_interests="To be safe.") if child else proposal()
    reference = known_person(desk, said=said)
    assert restricted_after(desk, days) == 0
    assert restricted_after(desk, 1) == 1
    assert person(reference).restricted_because == "not_decided_to_tell"
    assert restricted_after(desk, 1) == 0
    [due] = known.due(acting=desk.by(RIA))
    assert due.is_restricted
    notification.decide(reference, TELL, acting=desk.by(RIA))
    assert person(reference).standing == PersonStanding.HELD


def test_a_restriction_holds_once_confirmed_and_until_its_review() -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    assert known.due(acting=desk.by(DEE))[0].waits_to_be_confirmed
    assert known.one(reference, acting=desk.by(DEE)).ground is RestrictionGround.INQUIRY
    assert restricted_after(desk, 29) == 1
    notification.confirm(reference, "I agree.", seen=decision_of(reference), acting=desk.by(DEE))
    assert person(reference).standing == PersonStanding.HELD
    [due] = known.due(acting=desk.by(DEE))
    assert due.due_on == known.one(reference, acting=desk.by(DEE)).due_on
    assert restricted_after(desk, 1) == 0
    assert restricted_after(desk, 1) == 1


def test_a_restriction_that_is_refused_is_undecided_again() -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    notification.refuse(
        reference, "That is no ground.", seen=decision_of(reference), acting=desk.by(DEE)
    )
    assert known.one(reference, acting=desk.by(DEE)).fact is None
    assert len(known.due(acting=desk.by(RIA))) == 1
    acting = desk.by(DEE)
    with changing_nothing(), refused(NothingToConfirm):
        notification.confirm(reference, "I agree.", seen=decision_of(reference), acting=acting)


def test_a_newer_decision_takes_the_place_of_the_one_before() -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    notification.decide(reference, TELL, acting=desk.by(RIA))
    assert NotifyDecisionRow.objects.filter(replaced_at__isnull=True).count() == 1
    assert known.one(reference, acting=desk.by(DEE)).fact is not None


NEVER = {
    "alone": OwnRequest,
    "without a reason": ReasonMissing,
    "an approver": RoleMissing,
}


@pytest.mark.parametrize("what", NEVER)
def test_a_restriction_is_not_confirmed(what: str) -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    acting = desk.by({"alone": RIA, "an approver": CY}.get(what, DEE))
    with changing_nothing(), refused(NEVER[what]):
        said = "" if what == "without a reason" else "Yes."
        notification.confirm(reference, said, seen=decision_of(reference), acting=acting)


@pytest.mark.parametrize("officer", [ADA, CY, DEE, OLA])
def test_nobody_else_decides(officer: Officer) -> None:
    desk = Desk()
    reference = known_person(desk)
    acting = desk.by(officer)
    with changing_nothing(), refused(RoleMissing):
        notification.decide(reference, TELL, acting=acting)


def test_nothing_is_decided_of_who_is_not_on_record_or_for_too_long() -> None:
    desk = Desk()
    reference = known_person(desk)
    waits = proposed(desk, said=proposal(name="Somebody Else"))
    acting = desk.by(RIA)
    with changing_nothing():
        with refused(NotFound):
            notification.decide("P-22222222", TELL, acting=acting)
        with refused(NotAsItStands):
            notification.decide(waits, TELL, acting=acting)
        with refused(RestrictionNotAllowed):
            notification.decide(reference, restrict(desk, 91), acting=acting)


def test_who_was_closed_since_they_were_listed_stays_closed_for_that() -> None:
    desk = Desk()
    reference = known_person(desk)
    people_restrictions.restrict(
        reference, Restriction.ACCURACY_CONTESTED, "Doubted.", acting=desk.by(RIA)
    )
    desk.now += timedelta(days=40)
    assert notification._restrict(reference, desk.by(WORKER)) is False
    assert person(reference).restricted_because == "accuracy_contested"


def contested(desk: Desk, reference: str) -> None:
    later(desk)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(reference, because, "He may be another.", acting=desk.by(RIA))


def later(desk: Desk) -> None:
    desk.now += timedelta(minutes=1)


def asked(desk: Desk, reference: str) -> None:
    later(desk)
    people_restrictions.ask_to_lift(reference, "It is he.", acting=desk.by(CY))
    later(desk)


def declined(desk: Desk, reference: str) -> None:
    people_restrictions.lift(reference, "Not yet.", agreed=False, acting=desk.by(DEE))


def lifted(desk: Desk, reference: str, notice: str = "") -> None:
    asked(desk, reference)
    people_restrictions.lift(
        reference, "So it is.", agreed=True, notice=notice, acting=desk.by(DEE)
    )


def test_what_was_contested_of_somebody_who_is_not_told_is_lifted_without_a_letter() -> None:
    desk = Desk()
    reference = known_person(desk)
    contested(desk, reference)
    with refused(NotToldBeforeLifting):
        lifted(desk, reference)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    asked(desk, reference)
    with refused(NotToldBeforeLifting):  # nobody has confirmed it yet
        people_restrictions.lift(reference, "So it is.", agreed=True, acting=desk.by(DEE))
    declined(desk, reference)
    notification.confirm(reference, "So it is.", seen=decision_of(reference), acting=desk.by(DEE))
    lifted(desk, reference)
    row = person(reference)
    assert row.standing == PersonStanding.HELD
    step, before = row.steps.filter(what__in=["ask_to_lift", "lift"]).order_by("-at")[:2]
    assert (step.about, before.letter) == ("not_told", None)
    # Told in the end, and contested anew: now there is a letter, and without it no way.
    notification.decide(reference, TELL, acting=desk.by(RIA))
    contested(desk, reference)
    with refused(NotToldBeforeLifting):
        lifted(desk, reference)
    lifted(desk, reference, "L-3")
    assert person(reference).standing == PersonStanding.HELD


def test_not_telling_that_is_past_its_review_lifts_nothing() -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk, days=2), acting=desk.by(RIA))
    notification.confirm(reference, "So it is.", seen=decision_of(reference), acting=desk.by(DEE))
    contested(desk, reference)
    desk.now += timedelta(days=3)
    with refused(NotToldBeforeLifting):
        lifted(desk, reference)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    notification.confirm(reference, "Still.", seen=decision_of(reference), acting=desk.by(DEE))
    lifted(desk, reference)
    assert person(reference).standing == PersonStanding.HELD


def test_a_decision_in_place_of_the_one_that_was_read_is_neither_confirmed_nor_refused() -> None:
    desk = Desk()
    reference = known_person(desk)
    notification.decide(reference, restrict(desk), acting=desk.by(RIA))
    read, dee = decision_of(reference), desk.by(DEE)
    notification.decide(reference, restrict(desk, 60), acting=desk.by(RIA))
    for act in (notification.confirm, notification.refuse):
        with refused(ChangedMeanwhile), changing_nothing():
            act(reference, "So.", seen=read, acting=dee)
