"""Whoever was disposed of lately is not stored again through an old case, whoever writes it."""

from datetime import timedelta

import pytest

from tests.actions.people import known_person, proposed
from tests.actions.test_disposal import a_desk, dispose_of
from tests.builders import proposal
from tests.desks import FreshDesk
from tests.store.raw import connected
from tests.store.test_people import refused_by

OLD = "(SELECT id FROM referral ORDER BY number LIMIT 1)"
FRESH = "(SELECT id FROM referral ORDER BY number DESC LIMIT 1)"
LINK = (
    "INSERT INTO person_link (id, person_id, referral_id, role, grounds, necessity, by_id, at)"
    " SELECT gen_random_uuid(), person_id, {through}, role, grounds, necessity, by_id, at"
    " FROM person_link JOIN person ON person.id = person_id WHERE standing = 'proposed' LIMIT 1"
)
COPY = (
    "INSERT INTO person SELECT (it).* FROM (SELECT jsonb_populate_record(person,"
    " jsonb_build_object('id', gen_random_uuid(), 'reference', 'P-22222222', 'trace', NULL)) AS it"
    " FROM person"
    " WHERE standing = 'proposed' LIMIT 1) AS copied"
)
NEVER = (
    LINK.format(through=OLD),
    COPY,
    "UPDATE person SET trace = NULL WHERE standing = 'proposed'",
    "UPDATE person SET trace = id::text::bytea WHERE standing = 'proposed'",
    (
        "UPDATE disposed_trace SET day = day + 30;"
        "UPDATE person SET standing = 'held', trace = NULL, authorised_at = proposed_at,"
        " authorised_by_id = (SELECT id FROM officer WHERE name = 'Cy')"
        " WHERE standing = 'proposed'"
    ),
)


@pytest.mark.usefixtures("fresh_desk")
def test_the_database_refuses_whoever_was_disposed_of_lately(fresh_desk: FreshDesk) -> None:
    desk = a_desk()
    desk.log()
    desk.now += timedelta(days=2)
    dispose_of(desk, known_person(desk))
    desk.now += timedelta(days=2)
    proposed(desk)
    desk.log()
    with connected(fresh_desk) as connection:
        assert refused_by(connection, LINK.format(through=FRESH)) == ""
        for statement in NEVER:
            assert "E-DISP-24" in refused_by(connection, statement), statement
        traced = "UPDATE person SET trace = key_id::text::bytea WHERE standing = 'held'"
    other = known_person(desk, said=proposal(name="Alba Quince"))
    with connected(fresh_desk) as connection:
        assert other
        assert "E-DISP-24" in refused_by(connection, traced)
