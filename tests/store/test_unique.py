"""What must never be true of two records, of counts and of telling cannot be stored."""

import pytest
from psycopg import errors

from evenhand.actions import combinations, notification
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from tests.actions.people import known_person, proposed
from tests.builders import CY, GUS, RIA, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import ask, connected, enter, take_number
from tests.store.test_retention import certificate

GUS_ID = "(SELECT id FROM officer WHERE name = 'Gus')"
NEVER = {
    "joined by one": (
        "UPDATE combination SET standing = 'joined', answered_by_id = decided_by_id,"
        " answered_at = decided_at WHERE standing = 'proposed'"
    ),
    "joined unanswered": "UPDATE combination SET standing = 'joined' WHERE standing = 'proposed'",
    "joined at once": (
        "INSERT INTO combination (id, first_id, second_id, standing, decided_by_id, decided_at)"
        " SELECT gen_random_uuid(), second_id, first_id, 'joined', decided_by_id, decided_at"
        " FROM combination WHERE standing = 'joined'"
    ),
    "joined with what is not on record": (
        "UPDATE combination SET second_id = (SELECT id FROM person WHERE standing = 'proposed')"
        " WHERE standing = 'proposed'"
    ),
    "undone too late": (
        f"UPDATE combination SET standing = 'undone', undone_by_id = {GUS_ID},"
        " undone_at = answered_at + interval '29 days' WHERE standing = 'joined'"
    ),
    "undone at no time": (
        f"UPDATE combination SET standing = 'undone', undone_by_id = {GUS_ID}"
        " WHERE standing = 'joined'"
    ),
    "undone by nobody": "UPDATE combination SET standing = 'undone' WHERE standing = 'joined'",
    "back to proposed": "UPDATE combination SET standing = 'proposed' WHERE standing = 'joined'",
    "forgotten": "DELETE FROM combination",
    "with oneself": (
        "INSERT INTO combination (id, first_id, second_id, standing, decided_by_id, decided_at)"
        " SELECT gen_random_uuid(), first_id, first_id, 'apart', decided_by_id, decided_at"
        " FROM combination LIMIT 1"
    ),
    "more people than records": "UPDATE people_count SET people = records + 1",
    "not told without a ground": "UPDATE notify_decision SET ground = NULL",
    "not told on another ground": "UPDATE notify_decision SET ground = 'behaviour'",
    "not told for too long": "UPDATE notify_decision SET review_on = decided_on + 91",
    "not told without a review": "UPDATE notify_decision SET review_on = NULL",
    "confirmed by oneself": (
        "UPDATE notify_decision SET confirmed_by_id = decided_by_id, confirmed_at = now()"
    ),
    "confirmed by nobody": "UPDATE notify_decision SET confirmed_at = now()",
}
NOBODY_NEW = {
    "an overdue assessment": (
        "E-DPIA-58",
        "UPDATE document_version SET review_on = '2026-02-01' WHERE kind = 'dpia'",
    ),
    "a policy past its review": (
        "E-APD-05",
        "UPDATE document_version SET review_on = '2026-02-01' WHERE kind = 'apd'",
    ),
    "no assessment": (
        "E-DPIA-58",
        "UPDATE document_version SET stage = 'replaced' WHERE kind = 'dpia'",
    ),
}
IN_DATE = "UPDATE document_version SET in_force_from = '2026-01-01', review_on = '2026-12-31'"
NEW = "P-22222222"
COPY = (
    "INSERT INTO person SELECT (jsonb_populate_record(p, jsonb_build_object("
    "'id', gen_random_uuid(), 'reference', 'P-22222222'))).* FROM person p LIMIT 1"
)


@pytest.fixture
def desk(fresh_desk: FreshDesk) -> Desk:
    desk = Desk()
    people = [known_person(desk, said=proposal(name=f"Noor {it}")) for it in range(4)]
    ref = combinations.propose(people[0], people[1], "So.", acting=desk.by(CY))
    combinations.join(ref, "Yes.", acting=desk.by(GUS))
    combinations.propose(people[2], people[3], "So.", acting=desk.by(CY))
    proposed(desk, said=proposal(name="Somebody Else"))
    restricts = Decision(
        telling=Telling.RESTRICT,
        reasons="So.",
        ground=RestrictionGround.CRIME,
        review_on=desk.now.date().replace(month=12, day=20),
    )
    notification.decide(people[0], restricts, acting=desk.by(RIA))
    return desk


@pytest.mark.usefixtures("desk")
def test_the_database_refuses_of_two_records_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    refusals = (errors.CheckViolation, errors.UniqueViolation)
    with connected(fresh_desk) as connection:
        for what, statement in NEVER.items():
            take_number(connection)
            with pytest.raises(refusals):
                connection.execute(statement.encode())
                pytest.fail(what)
            connection.rollback()


@pytest.mark.usefixtures("desk")
def test_nobody_new_is_stored_without_documents_in_date(fresh_desk: FreshDesk) -> None:
    import psycopg

    with psycopg.connect(fresh_desk.owner_url) as owner:
        owner.execute("ALTER TABLE document_version DISABLE TRIGGER USER")
        owner.execute("ALTER TABLE person DISABLE TRIGGER guard")
        for why, change in NOBODY_NEW.values():
            with owner.transaction(force_rollback=True):
                owner.execute(IN_DATE.encode())
                owner.execute(change.encode())
                with pytest.raises(errors.CheckViolation, match=why), owner.transaction():
                    owner.execute(COPY.encode())
        owner.rollback()


@pytest.mark.usefixtures("desk")
def test_whoever_writes_a_person_the_count_is_kept(fresh_desk: FreshDesk) -> None:
    counts = "SELECT records, people FROM people_count WHERE system = ''"
    with connected(fresh_desk) as connection:
        assert ask(connection, counts) == [(4, 3)]
        number = take_number(connection)
        connection.execute(COPY.replace("LIMIT 1", "WHERE standing = 'held' LIMIT 1").encode())
        assert ask(connection, counts) == [(5, 4)]
        [(new,)] = ask(connection, f"SELECT id FROM person WHERE reference = '{NEW}'")
        connection.execute(
            b"UPDATE person SET standing = 'proposed' WHERE reference = 'P-22222222'"
        )
        assert ask(connection, counts) == [(4, 3)]
        late = {"because": "'not_released'", "max_on": "current_date - 15"}
        connection.execute(certificate(record=f"'{new}'", **late).encode())
        connection.execute(b"DELETE FROM person WHERE reference = %s", [NEW])
        assert ask(connection, counts) == [(4, 3)]
        enter(connection, number)
        connection.rollback()
