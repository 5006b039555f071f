"""The tally is only added to, one at a time, whoever writes."""

import pytest
from psycopg import errors

from tests.actions.test_equality import tallied
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.store.raw import connected, refuses

NEW = (
    "INSERT INTO machinery.equality_tally VALUES"
    " (gen_random_uuid(), '2026-01-01', 'poster', 'perceived', 'ic1', {})"
)
NEVER = {
    "less": "UPDATE machinery.equality_tally SET number = number - 1",
    "two more": "UPDATE machinery.equality_tally SET number = number + 2",
    "another group": "UPDATE machinery.equality_tally SET answer = 'ic1'",
    "none, before its time": "DELETE FROM machinery.equality_tally",
    "many at once": NEW.format(9),
    "of a day": NEW.format(1).replace("01-01", "01-02"),
    "of no part": NEW.format(1).replace("poster", "singer"),
    "of somebody": NEW.format(1).replace("ic1", "Ada Frost"),
}


@pytest.mark.parametrize("what", NEVER)
def test_the_tally_is_only_added_to(fresh_desk: FreshDesk, what: str) -> None:
    tallied(Desk(), ic3=3)
    with connected(fresh_desk) as connection:
        refuses(connection, NEVER[what], errors.CheckViolation)
