"""The page of what the software does by itself, while the desk’s counts are wrong."""

from html import unescape

from django.test import Client

from evenhand.rules.operations import OPERATIONS
from evenhand.rules.referrals import State
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.queries.test_counts_as_at import as_owner
from tests.web.people import text_of


def test_what_goes_on_by_itself_is_listed_while_counts_do_not_balance(
    fresh_desk: FreshDesk,
) -> None:
    Desk().brought_to(State.LOGGED)
    as_owner(fresh_desk, "UPDATE machinery.day_count SET number = 7 WHERE counted = 'held'")
    answer = Client().get("/public/by-itself")
    page = unescape(text_of(answer))
    assert answer.status_code == 200
    assert OPERATIONS[0].does in page
    assert "counts do not add up" in page
    assert "Records that no person made" not in page
