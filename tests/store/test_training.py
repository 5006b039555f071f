"""What must never be true of the register of training cannot be stored, whoever writes it."""

from datetime import timedelta

import pytest
from psycopg import errors

from evenhand.actions import training
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import WORKER
from evenhand.rules.training import Course, Training
from tests.actions.people import proposed
from tests.builders import CY, LIA, child, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

INSERT = (
    "INSERT INTO training (id, officer_id, course, done_on, valid_until, document_id, by_id, at)"
    " SELECT gen_random_uuid(), cy.id, {course}, {done}, {until}, {document}, {by}, '2026-11-20'"
    " FROM officer AS cy, officer AS lia WHERE cy.name = 'Cy' AND lia.name = 'Lia'"
)
PLAIN = {
    "course": "'children'",
    "done": "date '2026-11-20'",
    "until": "date '2027-11-20'",
    "document": "NULL::uuid",
    "by": "lia.id",
}
A_DOCUMENT = "(SELECT id FROM document_version WHERE kind = '{kind}' AND stage = '{stage}')"
NEVER = {
    "no course": ({"course": "'driving'"}, "training_is_known"),
    "before it was done": ({"until": "date '2026-11-19'"}, "training_children_in_time"),
    "too long": ({"until": "date '2028-11-21'"}, "training_children_in_time"),
    "to come": ({"done": "date '2026-11-22'"}, "E-TRN-01"),
    "recorded by oneself": ({"by": "cy.id"}, "training_recorded_by_another"),
    "instructions of nothing": (
        {"course": "'instructions'", "by": "cy.id"},
        "training_recorded_by_another",
    ),
    "instructions for another": (
        {
            "course": "'instructions'",
            "document": A_DOCUMENT.format(kind="instructions", stage="in_force"),
        },
        "training_recorded_by_another",
    ),
    "instructions accepted by nobody": (
        {
            "course": "'instructions'",
            "by": "NULL::uuid",
            "document": A_DOCUMENT.format(kind="instructions", stage="in_force"),
        },
        "training_recorded_by_another",
    ),
    "another document": (
        {
            "course": "'instructions'",
            "by": "cy.id",
            "document": A_DOCUMENT.format(kind="apd", stage="in_force"),
        },
        "E-TRN-03",
    ),
    "instructions of old": (
        {
            "course": "'instructions'",
            "by": "cy.id",
            "document": A_DOCUMENT.format(kind="instructions", stage="replaced"),
        },
        "E-TRN-03",
    ),
}


def test_the_database_refuses_of_the_register_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, LIA):
        desk.by(officer)
    desk.put_in_force(DocumentKind.APD)
    for _ in range(2):
        desk.put_in_force(DocumentKind.INSTRUCTIONS)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(INSERT.format(**PLAIN).encode())
        connection.rollback()
        for what, (changes, why) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=why):
                connection.execute(INSERT.format(**PLAIN | changes).encode())
                pytest.fail(what)
            connection.rollback()
        for statement in (
            b"UPDATE training SET valid_until = valid_until + 1",
            b"DELETE FROM training",
        ):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="only added to"):
                connection.execute(statement)
            connection.rollback()


AUTHORISED = (
    "UPDATE person_link SET authorised_by_id = (SELECT id FROM officer WHERE name = 'Cy'),"
    " authorised_at = at + interval '{days} days' WHERE authorised_at IS NULL"
)


def test_nobody_who_may_be_a_child_is_authorised_by_whose_training_is_over(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    desk.by(CY)
    proposed(desk, said=proposal(age=child(), best_interests="To be safe."))
    short = Training(desk.now.date(), desk.now.date() + timedelta(days=30))
    training.record("cy", Course.CHILDREN, short, acting=desk.by(WORKER))
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(AUTHORISED.format(days=29).encode())
        connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-CHD-74"):
            connection.execute(AUTHORISED.format(days=40).encode())
        connection.rollback()
