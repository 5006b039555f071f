"""What must never be true of a document cannot be stored, whoever writes it."""

import pytest
from psycopg import errors

from evenhand.actions import assurance
from evenhand.rules.assurance import DocumentKind, Residual
from tests.builders import LIA, NED
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, take_number
from tests.store.test_held_to import stored
from tests.store.test_people import refused_by

APPROVED = (
    "approved_by_id = (SELECT id FROM officer WHERE name = 'Lia'), approved_at = now(),"
    " in_force_from = '2026-11-20', review_on = '2027-11-20', stage = 'in_force'"
)
WAITING = "number = 3"
NEVER = {
    "a part is missing": ("dangers = NULL", "E-DPIA-59", "number = 1"),
    "a text is changed": ("measures = '\\x00'", "E-DPIA-59", "number = 1"),
    "a claim is changed": ("claims = '{profiles}'", "E-DPIA-59", "number = 1"),
    "the review moves": ("review_on = review_on + 1", "E-DPIA-59", "number = 1"),
    "its author approves": ("approved_by_id = written_by_id", "E-DPIA-58", WAITING),
    "no senior owner approves": (
        APPROVED.replace("'Lia'", "'Dee'"),
        "E-DPIA-58",
        WAITING,
    ),
    "nobody advised": (APPROVED, "advised_before|waits_for_the_ico", WAITING),
    "the commissioner was not heard": (
        f"{APPROVED}, advised_at = now()",
        "waits_for_the_ico",
        WAITING,
    ),
    "nobody approved": (
        (
            "in_force_from = '2026-11-20', stage = 'in_force', advised_at = now(),"
            " ico_advised_on = '2026-11-20'"
        ),
        "approved_for_a_time",
        WAITING,
    ),
    "for longer than a year": (
        f"{APPROVED}, advised_at = now(), ico_advised_on = '2026-11-20'".replace("2027", "2028"),
        "approved_for_a_time",
        WAITING,
    ),
    "without a review": (
        f"{APPROVED}, advised_at = now(), ico_advised_on = '2026-11-20', review_on = NULL".replace(
            ", review_on = '2027-11-20'", ""
        ),
        "approved_for_a_time",
        WAITING,
    ),
    "no stage": ("stage = 'lost'", "stage_is_known|waits_for_the_ico", WAITING),
}


def test_the_database_refuses_of_a_document_what_a_rule_refuses(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.put_in_force()
    desk.put_in_force(DocumentKind.APD)
    desk.write_document()
    desk.write_document(residual=Residual.HIGH)
    assurance.write_erratum(DocumentKind.DPIA, 1, "Paper.", acting=desk.by(NED))
    assurance.write_erratum(DocumentKind.DPIA, 1, "Ink.", acting=desk.by(NED))
    assurance.publish_erratum(DocumentKind.DPIA, 1, 1, acting=desk.by(LIA))
    of_words = {
        "advice is changed": "UPDATE document_word SET text = '\\x00'",
        "advice is removed": "DELETE FROM document_word",
        "advice of no dpo": (
            "INSERT INTO document_word (id, document_id, what, text, by_id, at)"
            " SELECT gen_random_uuid(), document_id, 'advice', text,"
            " (SELECT id FROM officer WHERE name = 'Ned'), at"
            " FROM document_word LIMIT 1"
        ),
        "published by its author": (
            "UPDATE document_word SET published_by_id = by_id, published_at = now()"
            " WHERE what = 'erratum' AND published_at IS NULL"
        ),
        "published by nobody": (
            "UPDATE document_word SET published_at = now() WHERE published_at IS NULL"
        ),
        "a version is removed": "DELETE FROM document_version",
        "a version is approved at once": (
            "INSERT INTO document_version SELECT (jsonb_populate_record(d, jsonb_build_object("
            "'id', gen_random_uuid(), 'number', 9, 'stage', 'replaced'))).*"
            " FROM document_version d WHERE number = 1 AND kind = 'dpia'"
        ),
        "a policy without its parts": (
            "INSERT INTO document_version SELECT (jsonb_populate_record(d, jsonb_build_object("
            "'id', gen_random_uuid(), 'number', 9, 'stage', 'replaced', 'retention', NULL,"
            " 'approved_by_id', NULL, 'in_force_from', NULL))).*"
            " FROM document_version d WHERE kind = 'apd'"
        ),
    }
    with connected(fresh_desk) as connection:
        for what, (change, why, which) in NEVER.items():
            take_number(connection)
            statement = f"UPDATE document_version SET {change} WHERE kind = 'dpia' AND {which}"
            with pytest.raises(errors.CheckViolation, match=why):
                connection.execute(statement.encode())
                pytest.fail(what)
            connection.rollback()
        for what, statement in of_words.items():
            take_number(connection)
            with pytest.raises((errors.CheckViolation, errors.RaiseException)):
                connection.execute(statement.encode())
                pytest.fail(what)
            connection.rollback()


def test_the_database_keeps_a_policy_document_to_the_conditions_that_it_states(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    desk.assured()
    desk.write_document(DocumentKind.APD)
    again = (
        "INSERT INTO document_version SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'number', 9, 'stage', 'replaced', 'approved_by_id', NULL,"
        " 'in_force_from', NULL, 'conditions', {}))).* FROM document_version d"
        " WHERE kind = '{}' AND number = 1"
    )
    stated = "document_states_conditions_of_schedule_8"
    waiting = (
        f"{again.format('NULL', 'apd').replace('replaced', 'written')};"
        f" UPDATE document_version SET {APPROVED} WHERE kind = 'apd' AND number = 9"
    )
    before = (
        "UPDATE document_version SET stage = 'replaced' WHERE kind = 'apd' AND stage <> 'replaced'"
    )
    never = {
        again.format("""'["5"]'::jsonb""", "apd"): stated,
        again.format("'[]'::jsonb", "apd"): stated,
        again.format("""'["1"]'::jsonb""", "dpia"): stated,
        "UPDATE document_version SET conditions = '{1,4}' WHERE kind = 'apd'": "E-DPIA-59",
        f"{before}; {waiting}": "E-SCH8-06",
    }
    with connected(fresh_desk) as connection:
        for statement, why in never.items():
            assert why in refused_by(connection, statement)
        undone = "UPDATE document_version SET stage = 'replaced' WHERE kind = 'dpia'"
        assert stored(connection, f"{before}; {undone}; {waiting}")
