from typing import Any

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
    _work_of_a_day(desk)
    return fresh_desk


def _work_of_a_day(desk: Any) -> None:
    """Have what is written beside a referral's own way happen once, too."""
    from evenhand.actions import absences, emergencies, handover, notes, platforms, snoozes
    from evenhand.queries import platforms as known
    from evenhand.rules.notices import Transport
    from evenhand.rules.platforms import with_address
    from tests.actions.people import known_person
    from tests.actions.test_emergencies import record
    from tests.actions.test_snoozes import later
    from tests.builders import ADA, BO, MAX

    known_person(desk)
    desk.by(BO)
    reference = desk.log("https://www.tiktok.com/@nobody.at.all/video/7000000000000000001")
    notes.write(reference, "Look at this.", acting=desk.by(ADA))
    snoozes.put_off(reference, later(desk, 2), "They call back.", acting=desk.by(ADA))
    handover.hand_over(reference, "bo", "I am away.", acting=desk.by(ADA))
    today = desk.now.date()
    absences.set_absence("ada", first_day=today, last_day=today, acting=desk.by(ADA))
    emergencies.record(desk.log(), record(desk.now), acting=desk.by(ADA))
    youtube = known.current("youtube", officer=ADA).platform
    changed = with_address(youtube, Transport.EMAIL, "new@youtube.example")
    platforms.edit(changed, seen=1, acting=desk.by(MAX))
