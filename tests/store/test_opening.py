"""That a restored desk stays closed is held by the database, whoever writes."""

import psycopg
import pytest

from tests.actions.test_disposal import a_desk
from tests.builders import ADA, DEE, MAX
from tests.desks import FreshDesk
from tests.opening import closed
from tests.store.raw import LEAF, connected, enter, take_number
from tests.store.test_people import refused_by

PROPOSE = (
    "UPDATE restoration SET proposed_by_id = '{}', proposed_at = now(), reason = '\\x00'::bytea"
)
ATTEST = "UPDATE restoration SET opened_by_id = '{}', opened_at = now() {}"


def test_no_casework_is_entered_on_a_closed_desk(fresh_desk: FreshDesk) -> None:
    desk = a_desk()
    with closed(desk), connected(fresh_desk) as connection:
        number = take_number(connection)
        with (
            pytest.raises(psycopg.errors.CheckViolation, match="E-OPEN-01"),
            connection.transaction(),
        ):
            enter(connection, number, LEAF)
        enter(connection, number, LEAF.replace(b"referral.log", b"officer.retire"))


def test_a_desk_is_opened_by_two_people_of_these_roles(fresh_desk: FreshDesk) -> None:
    desk = a_desk()
    for officer in (ADA, DEE, MAX):
        desk.by(officer)
    with closed(desk), connected(fresh_desk) as connection:
        for statement in (
            PROPOSE.format(ADA.ref),
            PROPOSE.format(MAX.ref).replace(", reason = '\\x00'::bytea", ""),
            ATTEST.format(DEE.ref, ""),
            PROPOSE.format(MAX.ref) + f", opened_by_id = '{DEE.ref}', opened_at = now()",
            "UPDATE restoration SET erased_again = 0",
            "UPDATE restoration SET lost = '{}'",
            "DELETE FROM restoration",
        ):
            assert refused_by(connection, statement), statement
        take_number(connection)
        connection.execute(PROPOSE.format(MAX.ref).encode())
        late = "+ interval '73 hours'"
        for statement in (
            ATTEST.format(MAX.ref, ""),
            ATTEST.format(ADA.ref, ""),
            ATTEST.format(DEE.ref, late),
            ATTEST.format(DEE.ref, "- interval '1 hour'"),
            ATTEST.format(DEE.ref, ", proposed_at = now()- interval '1 second'"),
        ):
            with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
                connection.execute(statement.encode())
        connection.execute(ATTEST.format(DEE.ref, "").encode())
        with (
            pytest.raises(psycopg.errors.CheckViolation, match="E-OPEN-02"),
            connection.transaction(),
        ):
            connection.execute(b"UPDATE restoration SET opened_at = NULL, opened_by_id = NULL")
