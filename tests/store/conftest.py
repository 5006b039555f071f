import pytest

from tests.desks import FreshDesk


@pytest.fixture
def lived_in(fresh_desk: FreshDesk) -> FreshDesk:
    """A desk on which everything has happened once, so that every table has rows."""
    from evenhand.actions import officers, referrals
    from evenhand.rules.intake import NotPublic
    from evenhand.rules.officers import WORKER
    from evenhand.rules.referrals import State
    from tests.builders import ADA, intake
    from tests.journeys import Desk

    desk = Desk()
    desk.brought_to(State.CLOSED)
    desk.brought_to(State.STATUTORY_ROUTE)
    desk.brought_to(State.RETURNED)
    desk.brought_to(State.WITHDRAWN)
    officers.create_token("ada", may_decide=False, acting=desk.by(WORKER))
    with pytest.raises(NotPublic):
        referrals.admit(
            "https://x.example/", intake(public_without_login=False), acting=desk.by(ADA)
        )
    return fresh_desk
