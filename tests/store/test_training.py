"""What must never be true of the register of training cannot be stored, whoever writes it."""

from datetime import timedelta

import pytest
from psycopg import errors

from evenhand.actions import agreements, training
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.referrals import State
from evenhand.rules.training import Course, Training
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from tests.actions.foi import on_paper
from tests.actions.foi import proposed as written
from tests.actions.people import proposed
from tests.builders import BO, CY, DEE, LIA, NED, child, proposal, terms
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import ask, connected, take_number

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


def test_who_is_trained_anew_was_trained_before(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(CY)
    later = desk.now + timedelta(days=400)
    anew = Training(later.date(), later.date() + timedelta(days=30))
    training.record("cy", Course.CHILDREN, anew, acting=Acting(officer=WORKER, at=later))
    asked = "SELECT is_child_trained(id, %s) FROM officer WHERE name = 'Cy'"
    with connected(fresh_desk) as connection:
        for days, trained in ((-2, False), (0, True), (399, True), (430, True), (432, False)):
            day = desk.now.date() + timedelta(days=days)
            assert ask(connection, asked, day) == [(trained,)], days


def test_nobody_records_training_who_does_not_keep_the_register(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, LIA, BO):
        desk.by(officer)
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-WHO-02"):
            connection.execute(INSERT.replace("'Lia'", "'Bo'").format(**PLAIN).encode())
        connection.rollback()


DECIDED = (
    "INSERT INTO decision SELECT (jsonb_populate_record(it, jsonb_build_object("
    "'id', gen_random_uuid(), 'at', it.at + interval '{days} days', 'decision', '{decision}'))).*"
    " FROM decision AS it"
)


def test_nobody_approves_a_childs_referral_whose_training_is_over(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.by(CY)
    reference = desk.brought_to(State.APPROVED)
    with connected(fresh_desk) as connection:
        take_number(connection)
        connection.execute(DECIDED.format(days=900, decision="approve").encode())
        connection.rollback()
    with writing() as pen:
        ReferralRow.objects.filter(reference=reference).update(child=True)
        pen.enter(Entry(act=Act.ASSESSMENT_SUBMITTED, at=desk.now, who=BO.ref))
    with connected(fresh_desk) as connection:
        for days, decision in ((1, "approve"), (900, "return")):
            take_number(connection)
            connection.execute(DECIDED.format(days=days, decision=decision).encode())
            connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-CHD-74"):
            connection.execute(DECIDED.format(days=900, decision="approve").encode())
        connection.rollback()


SIGNED = (
    "UPDATE agreement SET signed_by_id = (SELECT id FROM officer WHERE name = 'Dee'),"
    " signed_at = proposed_at + interval '{days} days' WHERE signed_at IS NULL"
)


def test_nobody_decides_who_has_not_accepted_the_instructions(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    for officer in (CY, DEE, LIA, NED):
        desk.by(officer)
    desk.brought_to(State.APPROVED)
    review_on = desk.now.date() + timedelta(days=300)
    agreements.propose(terms(review_on=review_on), acting=desk.by(NED))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    both = [SIGNED, DECIDED.replace("{decision}", "return")]
    with connected(fresh_desk) as connection:
        for statement in both:
            take_number(connection)
            connection.execute(statement.format(days=14).encode())
            connection.rollback()
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(statement.format(days=20).encode())
            connection.rollback()
    for officer in (CY, DEE):
        training.accept(1, acting=desk.by(officer))
    with connected(fresh_desk) as connection:
        for statement in both:
            take_number(connection)
            connection.execute(statement.format(days=300).encode())
            connection.rollback()
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(statement.format(days=370).encode())
            connection.rollback()


def test_each_table_that_decides_names_who_and_when(fresh_desk: FreshDesk) -> None:
    """A column that is none would let everybody pass."""
    with connected(fresh_desk) as connection:
        found = connection.execute(
            b"SELECT tgrelid::regclass::text, tgargs FROM pg_trigger"
            b" WHERE tgname = 'decides_on_instructions'"
        ).fetchall()
        columns = {
            table: {
                name
                for (name,) in connection.execute(
                    b"SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", [table]
                )
            }
            for table, _args in found
        }
    assert len(found) == 12
    for table, args in found:
        assert set(bytes(args).decode().split("\0")[:-1]) <= columns[table]


def test_no_reply_is_approved_by_who_left_or_has_not_accepted_the_instructions(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    for officer in (DEE, NED, LIA):
        desk.by(officer)
    written(desk, on_paper(desk))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    approved = (
        "UPDATE foi_letter SET approved_by_id = (SELECT id FROM officer WHERE name = 'Dee'),"
        " approved_at = at + interval '20 days'"
    )
    with connected(fresh_desk) as connection:
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
            connection.execute(approved.encode())
    for days, is_refused in ((25, False), (10, True)):
        with connected(fresh_desk) as connection:
            take_number(connection)
            connection.execute(
                b"UPDATE officer SET retired_at = (SELECT at FROM foi_letter)"
                b" + make_interval(days => %s) WHERE name = 'Dee'",
                [days],
            )
            if not is_refused:
                connection.execute(approved.encode())
                continue
            with pytest.raises(errors.CheckViolation, match="E-WHO-07"):
                connection.execute(approved.encode())
