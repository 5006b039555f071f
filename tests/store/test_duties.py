"""Whom the desk has to erase stays so, whoever writes it."""

import pytest

from evenhand.actions import reviews
from tests.actions.people import known_person, person
from tests.actions.test_disposal import DISPOSE, a_desk
from tests.actions.test_duties import dropped
from tests.builders import RON, proposal
from tests.desks import FreshDesk
from tests.store.raw import connected
from tests.store.test_people import refused_by

TO_GO = "WHERE erase_because = 'not_suspected'"
NEVER = (
    f"UPDATE person SET erase_because = NULL {TO_GO}",
    f"UPDATE person SET erase_because = 'review_failed' {TO_GO}",
    f"UPDATE person SET review_on = review_on + 1 {TO_GO}",
    f"UPDATE person SET max_on = max_on + 1, extended = true {TO_GO}",
    "UPDATE person SET erase_because = NULL WHERE erase_because = 'review_failed'",
)


@pytest.mark.usefixtures("fresh_desk")
def test_the_database_refuses_to_keep_on_what_is_to_be_erased(fresh_desk: FreshDesk) -> None:
    desk = a_desk()
    dropped(desk)
    other = person(known_person(desk, said=proposal(name="Alba Quince"))).id
    failed = known_person(desk, said=proposal(name="Ode Marsh"))
    reviews.review(failed, DISPOSE, acting=desk.by(RON))
    with connected(fresh_desk) as connection:
        for statement in NEVER:
            assert "E-ERA-25" in refused_by(connection, statement), statement
        unknown = "UPDATE person SET erase_because = 'whim' WHERE id = '{other}'"
        assert "known_reason" in refused_by(connection, unknown.format(other=other))
