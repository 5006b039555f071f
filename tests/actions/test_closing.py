"""What is closed is opened by what it waits for, and whoever was given anything is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from evenhand.actions import (
    holds,
    notification,
    people,
    people_restrictions,
    recalls,
    retention,
    reviews,
)
from evenhand.queries import recalls as asked
from evenhand.rules.holds import HoldKind
from evenhand.rules.notification import Decision, Telling
from evenhand.rules.officers import WORKER
from evenhand.rules.people import Restriction
from evenhand.rules.people_changes import RestrictionStands
from evenhand.rules.recalls import Why
from evenhand.rules.reviews import Review, ReviewOutcome
from tests.actions.people import known_person, person, proposed
from tests.actions.sharing import in_force, released
from tests.actions.test_disposal import keep_until
from tests.builders import (
    ADA,
    ANSWERS,
    CY,
    DEE,
    GUS,
    KIM,
    LEE,
    NED,
    OLA,
    RIA,
    RON,
    SAM,
    SID,
    terms,
)
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
CLOSING = Review(outcome=ReviewOutcome.RESTRICT, reason="It may be wrong.")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, CY, GUS, SAM, DEE, OLA, SID, NED, RIA, RON, LEE):
        desk.by(officer)
    return desk


@pytest.fixture
def someone(desk: Desk) -> str:
    return known_person(desk)


def today(desk: Desk) -> date:
    return timezone.localdate(desk.now)


def stands(reference: str) -> tuple[str, str | None]:
    row = person(reference)
    return row.standing, row.restricted_because


def later(desk: Desk, reference: str) -> None:
    """Let the day of review go by."""
    desk.now += person(reference).review_on - today(desk) + timedelta(days=1)


def late(desk: Desk, reference: str) -> None:
    """Let the worker find the record late."""
    later(desk, reference)
    retention.run(acting=desk.by(WORKER))


def as_evidence(desk: Desk, reference: str) -> UUID:
    return holds.place(
        reference,
        HoldKind.EVIDENCE,
        their_reference="Exhibit 1",
        owner="DC Fictional",
        reason="A court asks.",
        expires_on=today(desk) + timedelta(days=90),
        acting=desk.by(RIA),
    )


def undecided(desk: Desk, _reference: str) -> None:
    desk.now += timedelta(days=30)
    assert notification.restrict_undecided(acting=desk.by(WORKER)) == 1


def restricted(desk: Desk, reference: str) -> None:
    because = Restriction.UNLAWFUL
    people_restrictions.restrict(reference, because, "No basis.", acting=desk.by(DEE))


def lifted(desk: Desk, reference: str) -> None:
    people_restrictions.ask_to_lift(reference, "It is settled.", acting=desk.by(RIA))
    people_restrictions.lift(reference, "Yes.", agreed=True, acting=desk.by(DEE))


def kept_on(desk: Desk, reference: str) -> None:
    until = today(desk) + timedelta(days=60)
    reviews.review(reference, keep_until(until), acting=desk.by(RON))
    reviews.confirm(reference, acting=desk.by(LEE))


Closes = Callable[[Desk, str], object]
ENDS_OTHERWISE: dict[str, Closes] = {
    "late": late,
    "late, and the worker stopped": later,
    "undecided": undecided,
    "evidence": as_evidence,
}


@pytest.mark.parametrize("what", ENDS_OTHERWISE)
def test_what_a_review_a_decision_or_a_hold_ends_is_not_lifted(
    desk: Desk, someone: str, what: str
) -> None:
    ENDS_OTHERWISE[what](desk, someone)
    with changing_nothing(), refused(RestrictionStands):
        lifted(desk, someone)


def test_what_became_evidence_after_it_was_asked_to_lift_it_stays_closed(
    desk: Desk, someone: str
) -> None:
    restricted(desk, someone)
    people_restrictions.ask_to_lift(someone, "It is settled.", acting=desk.by(RIA))
    as_evidence(desk, someone)
    acting = desk.by(DEE)
    with changing_nothing(), refused(RestrictionStands):
        people_restrictions.lift(someone, "Yes.", agreed=True, acting=acting)
    people_restrictions.lift(someone, "No.", agreed=False, acting=desk.by(DEE))


def test_what_a_review_closed_two_people_may_open(desk: Desk, someone: str) -> None:
    reviews.review(someone, CLOSING, acting=desk.by(RON))
    assert stands(someone) == ("restricted", "reviewed")
    lifted(desk, someone)
    assert stands(someone) == ("held", None)


@pytest.mark.parametrize("is_held", [True, False])
def test_a_late_record_that_is_kept_on_stays_closed_as_evidence(
    desk: Desk, someone: str, is_held: bool
) -> None:
    late(desk, someone)
    if is_held:
        as_evidence(desk, someone)
    assert stands(someone) == ("restricted", "not_reviewed")
    kept_on(desk, someone)
    expected = ("restricted", "needed_as_evidence") if is_held else ("held", None)
    assert stands(someone) == expected


def test_a_decision_on_telling_opens_nothing_that_is_evidence(desk: Desk, someone: str) -> None:
    undecided(desk, someone)
    hold = as_evidence(desk, someone)
    decision = Decision(telling=Telling.TELL, reasons="No harm.")
    notification.decide(someone, decision, acting=desk.by(RIA))
    assert stands(someone) == ("restricted", "needed_as_evidence")
    holds.ask_to_end(someone, hold, "Over.", acting=desk.by(RIA))
    holds.end(someone, hold, acting=desk.by(LEE))
    assert stands(someone) == ("held", None)


def test_who_comes_on_record_as_evidence_is_closed_from_then_on(desk: Desk) -> None:
    reference = proposed(desk)
    as_evidence(desk, reference)
    assert stands(reference) == ("proposed", None)
    people.authorise(reference, ANSWERS, acting=desk.by(CY))
    assert stands(reference) == ("restricted", "needed_as_evidence")


CLOSES: dict[str, Closes] = {
    "the worker, what is late": late,
    "a review": lambda desk, it: reviews.review(it, CLOSING, acting=desk.by(RON)),
    "a hold": as_evidence,
    "an officer": restricted,
    "the worker, what is undecided": undecided,
}


@pytest.mark.parametrize("what", CLOSES)
def test_whoever_was_given_anything_is_told_that_it_is_closed(
    desk: Desk, someone: str, what: str
) -> None:
    agreed = terms(review_on=desk.now.date() + timedelta(days=180))
    package = released(desk, someone, in_force(desk, agreed))
    CLOSES[what](desk, someone)
    [line] = asked.waiting(officer=OLA).lines
    assert (line.fact.package, line.fact.why) == (package, Why.RESTRICTED)


def test_what_is_closed_already_is_not_recalled_twice(desk: Desk, someone: str) -> None:
    released(desk, someone, in_force(desk, terms(people=(replace(KIM, email=""),))))
    restricted(desk, someone)
    [line] = asked.waiting(officer=OLA).lines
    recalls.sent_on_paper(line.ref, acting=desk.by(SID))
    as_evidence(desk, someone)
    reviews.review(someone, CLOSING, acting=desk.by(RON))
    assert [it.ref for it in asked.waiting(officer=OLA).lines] == [line.ref]
