"""When a restriction ends is held by the database, whoever writes it."""

import pytest

from evenhand.actions import combinations, notification, people_restrictions
from evenhand.rules.officers import WORKER
from evenhand.rules.people import Restriction
from tests.actions.people import known_person, person
from tests.actions.test_disposal import a_desk
from tests.builders import CY, DEE, RIA, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected
from tests.store.test_people import refused_by

LIFT = "UPDATE person SET standing = 'held', restricted_because = NULL WHERE restricted_because = "
AT_ONCE = "SET CONSTRAINTS told_before_lifting IMMEDIATE"


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def test_what_was_contested_is_lifted_once_they_were_told(
    fresh_desk: FreshDesk, desk: Desk
) -> None:
    reference = known_person(desk)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(reference, because, "Doubted.", acting=desk.by(RIA))
    with connected(fresh_desk) as connection:
        said = refused_by(connection, f"{LIFT} 'accuracy_contested'; {AT_ONCE}")
        assert "E-HOLD-27" in said
        renamed = "UPDATE person SET restricted_because = 'reviewed'"
        said = refused_by(connection, f"{renamed}; {LIFT} 'reviewed'; {AT_ONCE}")
        assert "E-HOLD-27" in said
    people_restrictions.ask_to_lift(reference, "It is settled.", acting=desk.by(RIA))
    people_restrictions.lift(
        reference, "They agree.", agreed=True, notice="L-3", acting=desk.by(DEE)
    )
    assert person(reference).standing == "held"


def test_what_was_contested_of_who_is_not_told_is_lifted_only_as_decided(
    fresh_desk: FreshDesk, desk: Desk
) -> None:
    reference = known_person(desk)
    because = Restriction.ACCURACY_CONTESTED
    people_restrictions.restrict(reference, because, "Doubted.", acting=desk.by(RIA))
    step = (
        "INSERT INTO person_step SELECT (jsonb_populate_record(person_step, jsonb_build_object("
        "'id', gen_random_uuid(), 'what', 'lift', 'about', 'not_told', 'at', at))).*"
        " FROM person_step WHERE what = 'restrict'"
    )
    with connected(fresh_desk) as connection:
        said = refused_by(connection, f"{step}; {LIFT} 'accuracy_contested'; {AT_ONCE}")
        assert "E-HOLD-27" in said


def test_what_is_restricted_as_evidence_is_held(fresh_desk: FreshDesk, desk: Desk) -> None:
    known_person(desk)
    close = "UPDATE person SET standing = 'restricted', restricted_because = 'needed_as_evidence'"
    with connected(fresh_desk) as connection:
        said = refused_by(connection, f"{close}; SET CONSTRAINTS evidence_is_held IMMEDIATE")
        assert "E-HOLD-26" in said


def test_what_nobody_decided_on_is_neither_lifted_nor_joined(
    fresh_desk: FreshDesk, desk: Desk
) -> None:
    first, second = known_person(desk), known_person(desk, said=proposal(name="Alba Quince"))
    combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    desk.now = desk.now.replace(year=desk.now.year + 1, month=1)
    notification.restrict_undecided(acting=desk.by(WORKER))
    assert person(first).restricted_because == "not_decided_to_tell"
    gus = "(SELECT id FROM officer WHERE name = 'Bo')"
    join = (
        f"UPDATE combination SET standing = 'joined', answered_by_id = {gus},"
        " answered_at = decided_at, answer = reason"
    )
    again = (
        "INSERT INTO combination (id, first_id, second_id, standing, decided_by_id, decided_at,"
        " reason) SELECT gen_random_uuid(), second_id, first_id, 'proposed', decided_by_id,"
        " decided_at, reason FROM combination"
    )
    with connected(fresh_desk) as connection:
        renamed = "UPDATE person SET restricted_because = 'reviewed'"
        for statement in (f"{LIFT} 'not_decided_to_tell'", renamed, join, again):
            assert "E-NOT-33" in refused_by(connection, statement), statement
