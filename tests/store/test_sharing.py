"""What must never leave the desk cannot be stored as released, whoever writes it."""

import psycopg
import pytest
from psycopg import errors

from tests.actions.people import known_person
from tests.actions.sharing import approved, built, in_force, released, staffed
from tests.builders import child, opinion, proposal
from tests.desks import FreshDesk
from tests.store.raw import connected, take_number

RELEASE = (
    "UPDATE disclosure SET standing = 'released', released_at = built_at + interval '1 hour',"
    " package_sha256 = digest"
)
MAY_LEAVE = {
    "no impact assessment": "UPDATE document_version SET stage = 'replaced'",
    "agreement ended": "UPDATE agreement SET over_at = now()",
    "agreement never signed": "UPDATE disclosure SET agreement_id = (SELECT id FROM agreement"
    " WHERE signed_at IS NULL)",
    "record restricted": "UPDATE person SET standing = 'restricted',"
    " restricted_because = 'unlawful'",
    "record past its review": "UPDATE person SET review_on = start_on - 8, start_on = start_on - 9",
    "role ended": "UPDATE person_link SET ended_at = now()",
    "statement contested": "UPDATE person_statement SET standing = 'contested'",
    "statement not verified": "UPDATE person_statement SET verified_at ="
    " verified_at - interval '8 days'",
    "originator not asked": "UPDATE person_statement SET handling = 'C',"
    " handling_conditions = '{S2}'",
    "a reporter’s contact": "INSERT INTO person_link SELECT (jsonb_populate_record(person_link,"
    " jsonb_build_object('id', gen_random_uuid(), 'role', 'reporter', 'authorised_by_id', NULL,"
    " 'authorised_at', NULL))).* FROM person_link",
    "suspected false": "UPDATE person_statement SET kind = 'assessment', basis = source,"
    " source = NULL, grade_of = 'other', grade_source = '2', grade_information = 'E'",
}
"""What is made wrong first; then no package of it leaves."""
CODES = {
    "no impact assessment": "E-DPIA-58",
    "agreement ended": "E-SHR-63",
    "agreement never signed": "E-SHR-65",
    "record restricted": "E-QUAL-16",
    "record past its review": "E-QUAL-16",
    "role ended": "E-QUAL-16",
    "statement contested": "E-QUAL-16",
    "statement not verified": "E-QUAL-16",
    "originator not asked": "E-HND-20",
    "a reporter’s contact": "E-CON-05",
    "suspected false": "E-HND-20",
}
ANOTHER_VERSION = (
    "INSERT INTO agreement SELECT (jsonb_populate_record(agreement, jsonb_build_object("
    "'id', gen_random_uuid(), 'number', 9, {}))).* FROM agreement"
)
NEVER = {
    "approved by who built it": ("UPDATE disclosure SET approved_by_id = built_by_id", "by_two"),
    "approved too late": (
        "UPDATE disclosure SET approved_at = built_at + interval '73 hours'",
        "72_hours",
    ),
    "handed over too late": (
        RELEASE.replace("'1 hour'", "'73 hours'"),
        "72_hours",
    ),
    "altered": ("UPDATE disclosure SET digest = sha256(digest)", "E-SHR-65"),
    "another recipient": (
        "UPDATE disclosure SET recipient_person = gen_random_uuid()",
        "E-SHR-65",
    ),
    "a field added": ("UPDATE disclosure SET fields = fields || '{name}'", "E-SHR-65"),
    "an agreement rewritten": ("UPDATE agreement SET fields = '{name}'", "E-SHR-64"),
    "an agreement revived": ("UPDATE agreement SET signed_by_id = NULL", "E-SHR-64"),
    "an agreement without end": ("UPDATE agreement SET review_on = '2036-01-01'", "E-SHR-64"),
    "an agreement signed by its owner": (
        ANOTHER_VERSION.format("'signed_by_id', proposed_by_id"),
        "signed_by_another",
    ),
    "an agreement of two years": (
        ANOTHER_VERSION.format("'review_on', '2028-11-20', 'over_at', now()"),
        "within_a_year",
    ),
    "a kind opened by one person": (
        (
            "INSERT INTO opened_kind SELECT gen_random_uuid(), 'housing', 'Act', now(), now(),"
            " current_date + 1, NULL, built_by_id, built_by_id FROM disclosure"
        ),
        "by_two",
    ),
}


def release(connection: psycopg.Connection) -> None:
    connection.execute(RELEASE.encode())


@pytest.fixture
def ready(fresh_desk: FreshDesk) -> FreshDesk:
    """A desk on which one package is approved and could leave."""
    desk = staffed()
    approved(desk, built(desk, known_person(desk), in_force(desk)))
    return fresh_desk


def test_what_is_approved_and_fresh_may_be_stored_as_released(ready: FreshDesk) -> None:
    with connected(ready) as connection:
        take_number(connection)
        release(connection)
        connection.rollback()
        for what, statement in MAY_LEAVE.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=CODES[what]):
                connection.execute(statement.encode())
                release(connection)
            connection.rollback()
        for what, (statement, why) in NEVER.items():
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=why):
                connection.execute(statement.encode())
                pytest.fail(what)
            connection.rollback()


def test_what_is_about_a_child_is_not_stored_as_released_without_the_dpo(
    fresh_desk: FreshDesk,
) -> None:
    desk = staffed()
    said = proposal(age=child(), best_interests="She must be warned.")
    one = known_person(desk, said=said, statement=opinion())
    package = built(
        desk, one, in_force(desk), compelling="She is threatened today.", consent="The author."
    )
    approved(desk, package)
    with connected(fresh_desk) as connection:
        take_number(connection)
        release(connection)
        connection.rollback()
        take_number(connection)
        with pytest.raises(errors.CheckViolation, match="E-CHD-75"):
            connection.execute(b"UPDATE disclosure SET dpo_by_id = NULL")
            release(connection)
        connection.rollback()


def test_what_left_stays_in_the_ledger_and_its_recalls_are_sent_first(
    fresh_desk: FreshDesk,
) -> None:
    from evenhand.actions import sharing
    from tests.builders import SID

    desk = staffed()
    package = released(desk, known_person(desk), in_force(desk))
    sharing.recall_one(package, "It was wrong.", acting=desk.by(SID))
    with connected(fresh_desk) as connection:
        for statement, why in (
            ("UPDATE disclosure SET standing = 'dropped'", "E-SHR-66"),
            ("UPDATE disclosure SET package_sha256 = digest, child = true", "E-SHR-6"),
            ("UPDATE disclosure SET person_id = NULL, link_id = NULL", "E-RECALL-18"),
            ("DELETE FROM recall", "E-RECALL-18"),
            ("UPDATE recall SET acknowledged_at = now()", "only_once_sent"),
            ("UPDATE recall SET why = 'boredom'", "reason_is_known"),
            (
                (
                    "INSERT INTO disclosure SELECT (jsonb_populate_record(disclosure,"
                    " jsonb_build_object('id', gen_random_uuid(), 'reference', 'D-2'))).*"
                    " FROM disclosure"
                ),
                "E-SHR-66",
            ),
        ):
            take_number(connection)
            with pytest.raises(errors.CheckViolation, match=why):
                connection.execute(statement.encode())
            connection.rollback()
