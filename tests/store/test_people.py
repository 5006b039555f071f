"""What must never be true of a person cannot be stored, whoever writes it."""

import pytest
from psycopg import Connection, errors

from evenhand.actions import referrals
from evenhand.rules.people_roles import PersonRole
from tests.actions.people import known_person, proposed
from tests.builders import ADA, child, opinion, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number

# What is written, and the rule or the constraint that the database names when it refuses it.
NEVER = {
    "E-CAT-13: no role": ("UPDATE person_link SET role = NULL", "role"),
    "E-CAT-13: an unknown role": (
        (
            "INSERT INTO person_link (id, person_id, referral_id, role, grounds, necessity, by_id,"
            " at) SELECT gen_random_uuid(), person_id, referral_id, 'nominal', '{}', necessity,"
            " by_id, at FROM person_link LIMIT 1"
        ),
        "person_link_has_a_known_role",
    ),
    "E-CAT-15: a role overwritten": (
        "UPDATE person_link SET role = 'reporter' WHERE role = 'victim'",
        "E-CAT-15",
    ),
    "E-CAT-15: a victim accused on old grounds": (
        (
            "INSERT INTO person_link (id, person_id, referral_id, role, offence, grounds,"
            " grounds_on, grounds_words, necessity, best_interests, by_id, at)"
            " SELECT gen_random_uuid(), person_id, referral_id, 'suspect', 'x',"
            " '{seen_doing_it}',"
            " '2020-01-01', necessity, necessity, necessity, by_id, at"
            " FROM person_link WHERE role = 'victim' LIMIT 1"
        ),
        "E-CAT-15",
    ),
    "E-SUS-14: no offence": (
        "UPDATE person_link SET offence = NULL WHERE role = 'suspect'",
        "person_link_suspect_has_grounds",
    ),
    "E-SUS-14: no grounds": (
        "UPDATE person_link SET grounds = '{}' WHERE role = 'suspect'",
        "person_link_suspect_has_grounds",
    ),
    "E-SUS-14: no day": (
        "UPDATE person_link SET grounds_on = NULL WHERE role = 'suspect'",
        "person_link_suspect_has_grounds",
    ),
    "E-SUS-14: a kind of music as a ground": (
        "UPDATE person_link SET grounds = '{genre}' WHERE role = 'suspect'",
        "person_link_has_known_grounds",
    ),
    "E-SUS-14: a victim accused": (
        "UPDATE person_link SET offence = 'x' WHERE role = 'victim'",
        "person_link_accuses_nobody_else",
    ),
    "E-LAW-02: no necessity": (
        "UPDATE person_link SET necessity = NULL",
        "person_link_is_necessary",
    ),
    "E-TWO-03: whoever proposed authorises": (
        "UPDATE person SET authorised_by_id = proposed_by_id",
        "person_authorised_by_a_second_officer",
    ),
    "E-TWO-03: whoever proposed a role authorises it": (
        "UPDATE person_link SET authorised_by_id = by_id",
        "person_link_authorised_by_a_second_officer",
    ),
    "E-TWO-03: held by nobody's leave": (
        "UPDATE person SET authorised_by_id = NULL, authorised_at = NULL",
        "person_held_only_once_authorised",
    ),
    "E-TWO-03: a proposal held": (
        "UPDATE person SET standing = 'held' WHERE standing = 'proposed'",
        "person_held_only_once_authorised",
    ),
    "E-AGE-76: no age and no word of it": (
        "UPDATE person SET birth_date = NULL WHERE age_basis = 'document'",
        "person_age_is_honest",
    ),
    "E-AGE-76: two ages": (
        "UPDATE person SET age_value = birth_date WHERE age_basis = 'document'",
        "person_age_is_honest",
    ),
    "E-AGE-76: an age of a hundred years ago": (
        "UPDATE person SET age_as_at = '1926-12-01' WHERE age_value IS NOT NULL",
        "E-AGE-76",
    ),
    "E-AGE-76: a birth date taken from an age of long ago": (
        (
            "UPDATE person SET age_as_at = '1990-01-01' WHERE birth_date IS NOT NULL;"
            "UPDATE person SET birth_date = NULL, age_value = birth_date"
            " WHERE birth_date IS NOT NULL"
        ),
        "E-AGE-76",
    ),
    "E-AGE-76: no child any more by a day": (
        "UPDATE person SET child = false, age_as_at = age_as_at - 1 WHERE age_value IS NOT NULL",
        "E-AGE-76",
    ),
    "E-AGE-76: unknown, and no child": (
        (
            "UPDATE person SET age_basis = 'unknown', birth_date = NULL, child = false"
            " WHERE age_basis = 'document'"
        ),
        "person_age_is_honest",
    ),
    "E-CHD-73: an accused under ten": (
        (
            "UPDATE person SET under_ten = true, child = true WHERE id IN"
            " (SELECT person_id FROM person_link WHERE role = 'suspect')"
        ),
        "E-CHD-73",
    ),
    "E-CHD-73: under ten and no child": (
        "UPDATE person SET under_ten = true WHERE NOT child",
        "person_under_ten_is_a_child",
    ),
    "E-CHD-74: a child without best interests": (
        "UPDATE person SET child = true",
        "E-CHD-74",
    ),
    "E-CHD-74: a child authorised without training": (
        (
            "UPDATE officer SET roles = '{approver}' WHERE 'child_approver' = ANY (roles);"
            "UPDATE person_link SET authorised_by_id = (SELECT id FROM officer WHERE"
            " 'approver' = ANY (roles) LIMIT 1), authorised_at = at WHERE authorised_at IS NULL"
        ),
        "E-CHD-74",
    ),
    "E-CON-04: contact of a suspect": (
        (
            "UPDATE person SET contact = key_id::text::bytea WHERE id IN"
            " (SELECT person_id FROM person_link WHERE role = 'suspect')"
        ),
        "E-CON-04",
    ),
    "E-FACT-12: a fact without a source": (
        "UPDATE person_statement SET source = NULL WHERE kind = 'fact'",
        "person_statement_is_fact_or_assessment",
    ),
    "E-FACT-12: both at once": (
        "UPDATE person_statement SET basis = text WHERE kind = 'fact'",
        "person_statement_is_fact_or_assessment",
    ),
    "E-FACT-12: an assessment without a basis": (
        "UPDATE person_statement SET basis = NULL WHERE kind = 'assessment'",
        "person_statement_is_fact_or_assessment",
    ),
    "E-GRD-19: an assessment without a grade": (
        "UPDATE person_statement SET grade_source = NULL WHERE kind = 'assessment'",
        "person_statement_is_graded",
    ),
    "E-GRD-19: a post that proves itself": (
        (
            "UPDATE person_statement SET grade_source = '1', grade_information = 'A'"
            " WHERE kind = 'assessment'"
        ),
        "person_statement_is_graded",
    ),
    "E-HND-20: no handling code": ("UPDATE person_statement SET handling = NULL", "handling"),
    "E-HND-20: conditions without a condition": (
        "UPDATE person_statement SET handling = 'C', handling_conditions = '{}'",
        "person_statement_has_a_handling_code",
    ),
    "E-RET-21: authorised after its first review": (
        (
            "UPDATE person SET standing = 'held', trace = NULL, authorised_by_id = (SELECT id"
            " FROM officer WHERE 'child_approver' = ANY (roles) LIMIT 1),"
            " authorised_at = review_on + interval '3 days' WHERE standing = 'proposed'"
        ),
        "E-RET-21",
    ),
    "E-RET-22: authorised through political expression": (
        (
            "INSERT INTO assessment (id, referral_id, by_id, at, number, harm, also_harms, ground,"
            " expression, child) SELECT gen_random_uuid(), referral_id, by_id, at, 1, 'V1', '{}',"
            " 'law', '{political}', 'no' FROM person_link WHERE authorised_at IS NULL;"
            "UPDATE person_link SET authorised_by_id = (SELECT id FROM officer WHERE"
            " 'child_approver' = ANY (roles) LIMIT 1), authorised_at = at"
            " WHERE authorised_at IS NULL"
        ),
        "E-RET-22",
    ),
    "E-RET-21: no schedule": ("UPDATE person SET schedule = NULL", "schedule"),
    "E-RET-21: no such schedule": (
        "UPDATE person SET schedule = 'D99'",
        "person_schedule_is_known",
    ),
    "E-RET-21: no day of review": ("UPDATE person SET review_on = NULL", "review_on"),
    "E-RET-21: no last day": ("UPDATE person SET max_on = NULL", "max_on"),
    "E-RET-21: reviewed when it is over": (
        "UPDATE person SET review_on = max_on + 1",
        "person_is_reviewed_before_the_end",
    ),
    "E-PERS-03: restricted for no reason": (
        "UPDATE person SET standing = 'restricted' WHERE standing = 'held'",
        "person_restricted_for_a_reason",
    ),
    "a reference that follows an order": (
        "UPDATE person SET reference = 'P-00000001'",
        "person_reference_says_nothing",
    ),
}


@pytest.fixture
def desk_with_people(fresh_desk: FreshDesk) -> FreshDesk:
    desk = Desk()
    known_person(desk)
    known_person(desk, said=proposal(PersonRole.SUSPECT, name="Alba Quince"))
    known_person(desk, said=proposal(name="Ode Marsh"), statement=opinion())
    minor = proposal(PersonRole.REPORTER, age=child(), best_interests="To be safe.")
    proposed(desk, said=minor)
    return fresh_desk


def refused_by(connection: Connection, statements: str) -> str:
    """Say what the database refused it with; empty: it took it."""
    take_number(connection)
    try:
        for statement in statements.split(";"):
            connection.execute(statement.encode())
    except (errors.CheckViolation, errors.NotNullViolation, errors.RaiseException) as refusal:
        return str(refusal)
    finally:
        connection.rollback()
    return ""


def test_the_database_refuses_what_the_rules_refuse_of_people(desk_with_people: FreshDesk) -> None:
    with connected(desk_with_people) as connection:
        said = {what: refused_by(connection, write) for what, (write, _names) in NEVER.items()}
    taken = [what for what, (_write, names) in NEVER.items() if names not in said[what]]
    assert taken == [], {it: said[it] for it in taken}


def test_one_person_has_one_role_in_a_referral_at_a_time(desk_with_people: FreshDesk) -> None:
    again = (
        "INSERT INTO person_link (id, person_id, referral_id, role, grounds, necessity, by_id, at,"
        " authorised_by_id, authorised_at) SELECT gen_random_uuid(), person_id, referral_id,"
        " 'reporter', '{}', necessity, by_id, at, authorised_by_id, authorised_at"
        " FROM person_link WHERE role = 'victim' LIMIT 1"
    )
    with connected(desk_with_people) as connection:
        take_number(connection)
        with pytest.raises(errors.UniqueViolation, match="person_link_one_role_in_force"):
            connection.execute(again.encode())
        connection.rollback()


AUTHORISED = (
    "UPDATE person_link SET authorised_by_id = (SELECT id FROM officer WHERE"
    " 'child_approver' = ANY (roles) LIMIT 1), authorised_at = at WHERE authorised_at IS NULL"
)
ACCUSED = (
    "INSERT INTO person_link (id, person_id, referral_id, role, offence, grounds, grounds_on,"
    " grounds_words, necessity, best_interests, by_id, at) SELECT gen_random_uuid(), person_id,"
    " referral_id, 'suspect', 'x', '{seen_doing_it}', at, necessity, necessity, necessity, by_id,"
    " at FROM person_link WHERE authorised_at IS NOT NULL"
)


def test_nobody_comes_on_record_or_is_accused_through_a_referral_that_ended(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    referral, another = desk.log(), desk.log()
    known_person(desk, referral)
    proposed(desk, another, said=proposal(name="Ode Marsh"))
    with connected(fresh_desk) as connection:
        assert [refused_by(connection, it) for it in (AUTHORISED, ACCUSED)] == ["", ""]
        for ended in (referral, another):
            referrals.withdraw(ended, "It was another shop.", acting=desk.by(ADA))
        for statement in (AUTHORISED, ACCUSED):
            assert "E-PERS-02" in refused_by(connection, statement)
