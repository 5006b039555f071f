"""That a restored desk stays closed is held by the database, whoever writes."""

import psycopg
import pytest

from evenhand.ledger.acts import Act
from evenhand.rules.opening import STILL_ENDED, DeskNotOpen, check_open
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


def leaf_of(act: str) -> bytes:
    return LEAF.replace(b"referral.log", act.encode())


def test_the_database_lets_a_closed_desk_do_what_the_rule_lets_it_do(
    fresh_desk: FreshDesk,
) -> None:
    with closed(a_desk()), connected(fresh_desk) as connection:
        for act in Act:
            try:
                check_open(act, is_closed=True)
            except DeskNotOpen:
                may = False
            else:
                may = True
            number = take_number(connection)
            try:
                with connection.transaction():
                    enter(connection, number, leaf_of(act))
            except psycopg.errors.CheckViolation:
                assert not may, act
            else:
                assert may, act


@pytest.mark.parametrize("act", ["log.consult", "officer.retire", *sorted(STILL_ENDED)])
def test_no_casework_is_changed_under_the_name_of_another_act(
    fresh_desk: FreshDesk, act: str
) -> None:
    desk = a_desk()
    desk.sign_off()
    desk.log()
    with closed(desk), connected(fresh_desk) as connection:
        for change in ("UPDATE words SET id = id", "DELETE FROM sign_off"):
            number = take_number(connection)
            with (
                pytest.raises(psycopg.errors.CheckViolation, match="E-OPEN-01"),
                connection.transaction(),
            ):
                assert connection.execute(change.encode()).rowcount > 0
                enter(connection, number, leaf_of(act))


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
