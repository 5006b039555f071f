"""Whom wrong data came from, and that they were told, is held by the database, too."""

import pytest

from tests.actions.test_disposal import a_desk
from tests.actions.test_originators import corrected
from tests.desks import FreshDesk
from tests.store.raw import connected
from tests.store.test_people import refused_by

TELL = "UPDATE originator_notice SET told_on = at::date, told_at = at, told_by_id = by_id"
NEVER = {
    "UPDATE originator_notice SET told_on = at::date": "originator_notice_told_wholly",
    "UPDATE originator_notice SET body = 'x'": "E-RECALL-20",
    f"{TELL}; {TELL}": "E-RECALL-20",
    f"{TELL}; UPDATE originator_notice SET told_on = NULL": "E-RECALL-20",
    "DELETE FROM originator_notice; SET CONSTRAINTS originator_told_first IMMEDIATE": "E-RECALL-18",
}


@pytest.mark.usefixtures("fresh_desk")
def test_the_database_refuses_what_the_rules_refuse_of_originators(fresh_desk: FreshDesk) -> None:
    corrected(a_desk())
    with connected(fresh_desk) as connection:
        for statement, names in NEVER.items():
            assert names in refused_by(connection, statement), statement
        assert refused_by(connection, TELL) == ""
